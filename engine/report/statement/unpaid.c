#include "report/statement/unpaid.h"

#include "pay/exception_text.h"
#include "report/statement/reasons.h"

#include "base/poison.h"

/* Beyond so many places of a group the rest is counted. */
#define MOST_PLACES 12

/* Exceptions that are told together. */
typedef struct {
    Reason reason;
    const Period *since; /* since when they are known; NULL: new */
    char *what;          /* provider, scheme, item and month */
    char *detail;        /* what is wrong with the row, or "" */
    GString *where;      /* "claims.csv, line 12, 14" */
    const char *file;
    guint rows;
    bool has_risk;
    Sum at_risk;
} Group;

typedef struct {
    const Page *page;
    GPtrArray *groups; /* of Group, as they came */
    GHashTable *by_key;
    Tally by_numbers; /* scheme and provider; reason, activity, month and since: to a group's
                         number */
    ExceptionReader *reader;
} Grouping;

static void
group_free(gpointer pointer)
{
    Group *group = pointer;
    g_free(group->what);
    g_free(group->detail);
    g_string_free(group->where, TRUE);
    g_free(group);
}

/* Counts one more exception of a group, at a line of a file; 0: a contract. */
static void
group_add(Group *group, const ExceptionEntry *entry, const char *file, guint64 line)
{
    group->rows++;
    if (entry->has_risk) {
        group->has_risk = true;
        sum_add(&group->at_risk, entry->at_risk);
    }
    if (line == 0 || group->rows > MOST_PLACES)
        return;
    bool is_same_file = g_strcmp0(group->file, file) == 0;
    if (!is_same_file)
        g_string_append_printf(group->where, "%s%s, line ", group->where->len > 0 ? "; " : "",
                               file);
    g_string_append_printf(group->where, "%s%" G_GUINT64_FORMAT, is_same_file ? ", " : "", line);
    group->file = file;
}

/* "SPIRO, SPIRO-DIAG, Sep 2025", with the provider in front where the statement names several. */
static char *
what_of(const Page *page, const ExceptionText *text)
{
    GString *what = g_string_new(NULL);
    Words month = {""};
    if (text->month != MONTH_NONE)
        month = words_month(text->month);
    const char *const parts[] = {page->has_other_providers ? text->provider : "", text->scheme,
                                 text->item, month.text};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i][0] != '\0')
            g_string_append_printf(what, "%s%s", what->len > 0 ? ", " : "", parts[i]);
    return g_string_free(what, FALSE);
}

/* What a row has to say beyond its reason. */
static char *
detail_of(const ExceptionEntry *entry, const ExceptionText *text)
{
    if (entry->reason <= REASON_TOO_LONG)
        return g_strdup_printf("%s: %s", text->column, text->message);
    if (entry->reason <= REASON_UNKNOWN_INDICATOR || entry->is_part)
        return g_strdup(text->message);
    return g_strdup("");
}

/* Adds an exception by its words; its group's number is returned. */
static guint
add_by_words(Grouping *grouping, const ExceptionEntry *entry)
{
    ExceptionText text;
    exception_reader_read(grouping->reader, entry, &text);
    g_autofree char *what = what_of(grouping->page, &text);
    g_autofree char *detail = detail_of(entry, &text);
    g_autofree char *since = entry->since == NULL ? g_strdup("") : period_text(entry->since);
    g_autofree char *key =
        g_strdup_printf("%d\n%s\n%s\n%s", (int)entry->reason, since, what, detail);
    gpointer known = g_hash_table_lookup(grouping->by_key, key);
    guint number = known == NULL ? grouping->groups->len : GPOINTER_TO_UINT(known) - 1;
    if (known == NULL) {
        Group *group = g_new0(Group, 1);
        group->reason = entry->reason;
        group->since = entry->since;
        group->what = g_steal_pointer(&what);
        group->detail = g_steal_pointer(&detail);
        group->where = g_string_new(NULL);
        g_ptr_array_add(grouping->groups, group);
        g_hash_table_insert(grouping->by_key, g_steal_pointer(&key), GUINT_TO_POINTER(number + 1));
    }
    group_add(g_ptr_array_index(grouping->groups, number), entry, text.file, text.line);
    exception_text_clear(&text);
    return number;
}

/* A number for since when an exception is known: 0 for a new one, else one for each period. */
static guint16
since_number(const ExceptionEntry *entry)
{
    const Period *since = entry->since;
    if (since == NULL)
        return 0;
    if (since->is_year_end)
        return (guint16)(13 + since->supplement);
    return (guint16)(1 + since->month - year_first_month(since->year));
}

/* The same by numbers, for claims that failed against others: they may be many, all their codes are
 * known, and they have no details, so that equal numbers give equal words. */
static void
add_by_numbers(Grouping *grouping, const ExceptionEntry *entry)
{
    const Pack *pack = grouping->page->result->pack;
    const Claim *claim = &pack->claims->rows[entry->index];
    bool is_new;
    int64_t *number =
        tally_add(&grouping->by_numbers, (guint64)claim->scheme << 32 | claim->provider,
                  (guint64)claim->activity << 32 | (guint64)since_number(entry) << 16 |
                      (guint64)claim->month << 8 | (guint8)entry->reason,
                  &is_new);
    if (is_new)
        *number = add_by_words(grouping, entry);
    else
        group_add(g_ptr_array_index(grouping->groups, *number), entry,
                  input_file(pack->inputs, place_file(claim->place))->name, entry->line);
}

static GPtrArray *
form_groups(const Page *page)
{
    Grouping grouping = {.page = page,
                         .groups = g_ptr_array_new_with_free_func(group_free),
                         .by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                         .reader = exception_reader_new(page->result)};
    tally_init(&grouping.by_numbers);
    for (guint i = 0; i < page->payee->exception_count; i++) {
        const ExceptionEntry *entry = payee_exception(page->payees, page->result, page->payee, i);
        if (entry->kind != EXCEPTION_CLAIM || entry->is_part || entry->reason < REASON_DUPLICATE)
            (void)add_by_words(&grouping, entry);
        else
            add_by_numbers(&grouping, entry);
    }
    g_hash_table_unref(grouping.by_key);
    tally_clear(&grouping.by_numbers);
    exception_reader_free(grouping.reader);
    return grouping.groups;
}

static void
write_group(Page *page, const Group *group)
{
    g_autoptr(GString) how = g_string_new(group->detail);
    if (group->where->len > 0)
        g_string_append_printf(how, "%s%u row%s: %s", how->len > 0 ? "; " : "", group->rows,
                               text_plural(group->rows), group->where->str);
    if (group->where->len > 0 && group->rows > MOST_PLACES)
        g_string_append_printf(how, " and %u more", group->rows - MOST_PLACES);
    if (group->since != NULL)
        g_string_append_printf(how, "%sknown since %s", how->len > 0 ? "; " : "",
                               words_period(group->since).text);
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_WRAP, "%s", group->what);
    page_text(page, COLUMN_B, COLUMN_E, STYLE_WRAP, "%s", how->str);
    page_figure(page, COLUMN_F, group->has_risk ? figure_sum(group->at_risk) : figure_text(""),
                STYLE_MONEY);
    page_next(page);
}

/* The groups of a reason that are known, or those that are new. */
static void
write_reason(Page *page, Reason reason, bool is_known, const GPtrArray *groups)
{
    const ReasonWords *words = &REASON_WORDS[reason];
    bool is_named = false;
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = g_ptr_array_index(groups, i);
        if (group->reason != reason || (group->since != NULL) != is_known)
            continue;
        if (!is_named) {
            page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_TOTAL, "%s", words->name);
            page_text(page, COLUMN_B, COLUMN_F, STYLE_WRAP, "%s.\nWhat to do: %s", words->meaning,
                      words->remedy);
            page_next(page);
            is_named = true;
        }
        write_group(page, group);
    }
}

void
unpaid_write(Page *page)
{
    static const char *const HEADINGS[PAGE_COLUMNS] = {
        "Not paid as claimed", "What it means, and what to do", NULL, NULL, NULL, "Not paid"};
    if (page->payee->exception_count == 0)
        return;
    g_autoptr(GPtrArray) groups = form_groups(page);
    page_next(page);
    page_headings(page, HEADINGS, COLUMN_F);
    for (guint is_known = 0; is_known < 2; is_known++)
        for (Reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
            write_reason(page, reason, is_known == 1, groups);
}
