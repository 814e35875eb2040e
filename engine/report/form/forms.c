#include "report/form/forms.h"

#include "base/workers.h"
#include "report/figures/words.h"
#include "report/form/check_sheet.h"
#include "report/form/claim_sheet.h"
#include "report/form/how_sheet.h"
#include "report/form/lists_sheet.h"
#include "report/form/prices_sheet.h"

#include "base/poison.h"

/* What the processes are given. */
typedef struct {
    const GPtrArray *forms;
    const char *folder, *scratch;
} Writing;

/* The sheets in their order, then what is in them: formulas of one name cells of others. */
static void
fill(FormBook *book)
{
    Sheet **const sheets[] = {&book->claim, &book->check, &book->prices, &book->lists, &book->how};
    static const char *const NAMES[] = {SHEET_CLAIM, SHEET_CHECK, SHEET_PRICES, SHEET_LISTS,
                                        SHEET_HOW};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        *sheets[i] = book_add_sheet(book->book, NAMES[i], false);
    if (book_has_failed(book->book))
        return;
    form_define_names(book);
    claim_sheet_fill(book);
    check_sheet_fill(book);
    prices_sheet_fill(book);
    lists_sheet_fill(book);
    how_sheet_fill(book);
}

/* The spells that touch the months of the form. */
static GArray *
spells_of(const Form *form)
{
    GArray *spells = g_array_new(FALSE, FALSE, sizeof(const Spell *));
    Day first = month_first_day(form_month(form, 0)->month);
    Day last = month_last_day(form_month(form, form->months->len - 1)->month);
    for (guint i = 0; i < form->key->spell_count; i++) {
        const Spell *spell = contracts_spell(form->pack->contracts, form->key, i);
        if (spell->from <= last && spell->to >= first)
            g_array_append_val(spells, spell);
    }
    return spells;
}

static bool
write_form(gsize number, gpointer user, GError **error)
{
    const Writing *writing = user;
    const Form *form = form_at(writing->forms, (guint)number);
    const Period *period = &form->pack->period;
    const char *name = form->provider->in_force->name;
    g_autofree char *path = g_strdup_printf("%s/%s.xlsx", writing->folder, form->name);
    Words when = period->is_year_end ? words_year(period->year) : words_period(period);
    g_autofree char *title =
        g_strdup_printf("Claim of %s for %s", form->provider->code, form->scheme->code);
    BookPlan plan = {.path = path,
                     .title = title,
                     .subject = when.text,
                     .date = year_first_day(period->year),
                     .scratch = writing->scratch};
    g_autoptr(Book) book = book_new(&plan, error);
    if (book == NULL)
        return false;
    FormBook whole = {.form = form,
                      .book = book,
                      .spells = spells_of(form),
                      .of = g_strdup_printf("%s, %s: %s, %s, %s", form->scheme->code,
                                            form->scheme->title, form->provider->code, name,
                                            when.text),
                      .room = g_string_chunk_new(65536)};
    fill(&whole);
    g_array_unref(whole.spells);
    g_string_chunk_free(whole.room);
    g_free(whole.of);
    return book_write(book, error);
}

bool
forms_write(const GPtrArray *forms, const char *folder, const char *scratch, GError **error)
{
    Writing writing = {forms, folder, scratch};
    if (forms->len == 0)
        return true;
    Workers *workers =
        workers_start(form_at(forms, 0)->pack->threads, forms->len, write_form, &writing);
    return workers_finish(workers, error);
}
