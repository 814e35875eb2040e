/* A whole pack in one input: what is read and worked out adds up, and does not depend on how many
 * threads took part or into how many files the claims were cut.
 *
 * Parts: period, schemes, indicators, tariffs (all three empty: those of tests/fuzz/rules),
 * providers, participation, list sizes, activity, more activity, achievement, payments before,
 * adjustments, ledger (scheme,provider,pence a line), limits, facts, holds, recoveries, and, by
 * headings.csv, lists and claims; headings. */
#include <string.h>

#include "base/rowparser.h"
#include "pack/pack.h"
#include "pay/exception_text.h"
#include "pay/work_out.h"

#include "support.h"
#include "tables.h"

enum { ACTIVITY_PART = 3, FACTS_PART = 8, INPUT_PARTS = 13 };
static const char *const INPUT_NAMES[INPUT_PARTS] = {
    "providers.csv",   "participation.csv",   "list_sizes.csv",  "activity/1.csv", "activity/2.csv",
    "achievement.csv", "payments_before.csv", "adjustments.csv", "facts.csv",      "holds.csv",
    "recoveries.csv",  "lists.csv",           "claims.csv"};

typedef struct {
    Period period;
    const char *rules_dir;
    bool has_headings; /* its own: the files of claims may be among those they are about */
    Span inputs[INPUT_PARTS];
    GArray *ledger;
} Parts;

static void
clear_entry(gpointer pointer)
{
    LedgerEntry *entry = pointer;
    g_free(entry->scheme);
    g_free(entry->provider);
}

/* Well-formed lines only: the ledger comes from sealed files. */
static GArray *
read_ledger(Span part)
{
    GArray *ledger = g_array_new(FALSE, FALSE, sizeof(LedgerEntry));
    g_array_set_clear_func(ledger, clear_entry);
    g_autofree char *text = span_copy(part);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 20);
    for (guint i = 0; lines[i] != NULL; i++) {
        g_auto(GStrv) words = g_strsplit(lines[i], ",", 3);
        if (g_strv_length(words) != 3 || !code_is_valid((Span){words[0], strlen(words[0])}) ||
            !code_is_valid((Span){words[1], strlen(words[1])}))
            continue;
        LedgerEntry entry = {
            g_strdup(words[0]), g_strdup(words[1]), {g_ascii_strtoll(words[2], NULL, 10)}};
        g_array_append_val(ledger, entry);
    }
    return ledger;
}

static Period
read_period(Span part)
{
    g_autofree char *text = span_copy(part);
    Period period;
    if (!period_read(g_strstrip(text), &period) || period.year != FUZZ_YEAR)
        period = period_of_month(month_of(FUZZ_YEAR, 9));
    return period;
}

static Parts
read_parts(Span rest)
{
    Parts parts = {.period = read_period(take_part(&rest))};
    Span tables[TABLES];
    for (guint i = 0; i < TABLE_LIMITS; i++)
        tables[i] = take_part(&rest);
    for (guint i = 0; i < FACTS_PART; i++)
        parts.inputs[i] = take_part(&rest);
    parts.ledger = read_ledger(take_part(&rest));
    tables[TABLE_LIMITS] = take_part(&rest);
    for (guint i = FACTS_PART; i < INPUT_PARTS; i++)
        parts.inputs[i] = take_part(&rest);
    tables[TABLE_HEADINGS] = take_part(&rest);
    parts.has_headings = tables[TABLE_HEADINGS].length > 0;
    parts.rules_dir = tables_write(tables);
    return parts;
}

static Pack *
read_pack(const Parts *parts, guint threads, Faults *faults)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)memory_file_free);
    for (guint i = 0; i < INPUT_PARTS; i++) {
        if (parts->inputs[i].length == 0)
            continue;
        MemoryFile *file = memory_file_new(parts->inputs[i]);
        g_ptr_array_add(files, file);
        g_ptr_array_add(names, (gpointer)INPUT_NAMES[i]);
        g_ptr_array_add(paths, file->path);
    }
    PackSource source = {.rules_dir = parts->rules_dir,
                         .input_names = names,
                         .input_paths = paths,
                         .ledger = parts->ledger,
                         .period = parts->period,
                         .threads = threads};
    g_autoptr(GError) error = NULL;
    Pack *pack = pack_read(&source, faults, &error);
    if (pack == NULL) {
        CHECK(error != NULL && error->domain == SP_ERROR);
        CHECK(faults_count(faults, FAULT_RULES) + faults_count(faults, FAULT_INPUT) > 0);
    }
    return pack;
}

/* --- what a result says, as text ------------------------------------------------------------ */

static void
append_contracts(GString *text, const Result *result)
{
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *c = result_contract(result, i);
        g_string_append_printf(text, "%s/%s %s value %d %ld = %ld - %ld = %ld of %ld %ld held %d\n",
                               c->scheme->code, c->provider->code, STATUS_NAMES[c->status],
                               c->has_value, (long)c->value.pence, (long)c->entitlement.pence,
                               (long)c->paid.pence, (long)c->owed.pence, (long)c->current.pence,
                               (long)c->prior.pence, (int)c->held);
    }
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        g_string_append_printf(text, "  %u %s %s %d %ld %ld ", line->contract,
                               LINE_KIND_NAMES[line->kind], line->item, line->month,
                               (long)line->count, (long)line->rate);
        fraction_append(text, line->fraction);
        g_string_append_printf(text, " %ld\n", (long)line->amount.pence);
    }
}

/* Every exception in words; rows of cut files stand elsewhere, so that is optional. */
static void
append_exceptions(GString *text, const Result *result, bool has_places)
{
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        ExceptionText words = {0};
        exception_reader_read(reader, entry, &words);
        check_message(words.message);
        CHECK(words.message[0] != '\0');
        if (has_places)
            g_string_append_printf(text, "%s:%lu:%s ", words.file, (unsigned long)words.line,
                                   words.message);
        g_string_append_printf(text, "%s %s %s %s %s %s %d %d %ld\n", words.column,
                               REASONS[entry->reason].name, words.outcome, words.scheme,
                               words.provider, words.item, words.month, entry->has_risk,
                               (long)entry->at_risk.pence);
        exception_text_clear(&words);
    }
}

static void
append_controls(GString *text, const Pack *pack)
{
    for (guint i = 0; i < pack->inputs->files->len; i++) {
        const InputFile *file = input_file(pack->inputs, i);
        g_string_append_printf(text, "%s %s %lu", file->name, document_digest(file->document),
                               (unsigned long)file->rows);
        for (guint s = 0; s < STATE_COUNT; s++)
            g_string_append_printf(text, " %lu", (unsigned long)file->states[s]);
        g_string_append_c(text, '\n');
    }
}

/* --- what always holds ---------------------------------------------------------------------- */

/* Σ lines = entitlement; entitlement − paid = owed = current + prior. */
static void
check_contracts(const Result *result)
{
    guint next = 0;
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        Int128 sum = 0;
        CHECK(contract->first_line == next);
        for (; next < contract->first_line + contract->line_count; next++) {
            const Line *line = result_line(result, next);
            CHECK(line->contract == i);
            CHECK(line->kind != LINE_LIMIT || line->amount.pence != 0);
            CHECK(line->kind != LINE_DEFERRED ||
                  (line->amount.pence > 0 && contract->owed.pence <= 0));
            sum += line->amount.pence;
        }
        CHECK(sum == contract->entitlement.pence);
        CHECK(sum - contract->paid.pence == contract->owed.pence);
        CHECK(contract->current.pence + contract->prior.pence == contract->owed.pence);
        CHECK((contract->status == STATUS_HOLD) == (contract->held != REASON_NONE));
        CHECK(contract->held == REASON_NONE || contract->owed.pence == 0);
        CHECK(contract->status != STATUS_NIL || contract->owed.pence == 0);
        CHECK(contract->status != STATUS_INVOICE || contract->owed.pence < 0);
    }
    CHECK(next == result->lines->len);
}

/* A payee is never paid less than nothing, and never invoiced for more than it owes. */
static void
check_payees(const Result *result)
{
    g_autoptr(GHashTable) totals = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        gpointer payee = contract->provider->in_force->payee;
        int64_t *total = g_hash_table_lookup(totals, payee);
        if (total == NULL) {
            total = g_new0(int64_t, 1);
            g_hash_table_insert(totals, payee, total);
        }
        *total += contract->status == STATUS_PAY ? contract->owed.pence : 0;
    }
    GHashTableIter all;
    gpointer total;
    g_hash_table_iter_init(&all, totals);
    while (g_hash_table_iter_next(&all, NULL, &total))
        CHECK(*(int64_t *)total >= 0);
}

/* Rows read = the sum of the states; the rejected and the held are all listed. */
static void
check_controls(const Result *result)
{
    guint64 excepted = 0, listed = 0;
    const Pack *pack = result->pack;
    for (guint i = 0; i < pack->inputs->files->len; i++) {
        const InputFile *file = input_file(pack->inputs, i);
        guint64 sum = 0;
        for (guint s = 0; s < STATE_COUNT; s++)
            sum += file->states[s];
        CHECK(sum == file->rows);
        excepted += file->states[STATE_REJECTED] + file->states[STATE_HELD];
    }
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        listed += entry->kind != EXCEPTION_CONTRACT && !entry->is_part ? 1 : 0;
        CHECK(entry->reason != REASON_NONE);
        CHECK(!entry->has_risk || entry->at_risk.pence >= 0 ||
              entry->reason == REASON_HELD_BY_PERSON);
    }
    CHECK(excepted == listed);
}

typedef struct {
    char *figures;    /* contracts and lines; NULL where refused */
    char *exceptions; /* without their places */
    char *all;        /* all there is, messages, too */
} Said;

static void
said_clear(Said *said)
{
    g_free(said->figures);
    g_free(said->exceptions);
    g_free(said->all);
}

/* Reads and works out a pack, and checks what always holds. */
static Said
work_out(const Parts *parts, guint threads)
{
    Said said = {NULL, NULL, NULL};
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(Pack) pack = read_pack(parts, threads, faults);
    g_autoptr(GError) error = NULL;
    g_autoptr(Result) result = pack == NULL ? NULL : work_out_pack(pack, faults, &error);
    if (result != NULL) {
        g_autoptr(GString) figures = g_string_new(NULL);
        g_autoptr(GString) exceptions = g_string_new(NULL);
        check_contracts(result);
        check_payees(result);
        check_controls(result);
        append_contracts(figures, result);
        append_exceptions(exceptions, result, false);
        g_string_append(all, figures->str);
        append_exceptions(all, result, true);
        append_controls(all, pack);
        said.figures = g_strdup(figures->str);
        said.exceptions = g_strdup(exceptions->str);
    } else {
        CHECK(faults_count(faults, FAULT_RULES) + faults_count(faults, FAULT_INPUT) > 0);
    }
    check_messages(faults);
    g_autofree char *messages = messages_text(faults);
    g_string_append(all, messages);
    said.all = g_strdup(all->str);
    return said;
}

/* --- the same claims in two files ----------------------------------------------------------- */

static void
ignore_field(Span field, guint index, gpointer user)
{
    (void)field;
    (void)index;
    (void)user;
}

/* Offsets of the rows of a text, the header's first. */
static GArray *
row_offsets(const Document *document)
{
    GArray *offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_autoptr(RowParser) parser = row_parser_new(document);
    RowPlace place;
    while (row_parser_next(parser, ignore_field, NULL, &place) == ROW_OK)
        g_array_append_val(offsets, place.offset);
    return offsets;
}

/* Cuts the first activity file in two where the second is not there; the figures stay. */
static void
check_cut(Parts *parts, const Said *whole)
{
    if (parts->has_headings || parts->inputs[ACTIVITY_PART].length == 0 ||
        parts->inputs[ACTIVITY_PART + 1].length > 0)
        return;
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(Document) document = document_of(parts->inputs[ACTIVITY_PART], 1, faults);
    if (document_is_refused(document))
        return;
    g_autoptr(GArray) offsets = row_offsets(document);
    if (offsets->len < 3)
        return;
    Span text = document_text(document);
    gsize rows_from = g_array_index(offsets, gsize, 1);
    gsize cut = g_array_index(offsets, gsize, (offsets->len + 1) / 2);
    g_autoptr(GString) second = g_string_new_len(text.text, (gssize)rows_from);
    g_string_append_len(second, text.text + cut, (gssize)(text.length - cut));
    g_autoptr(GString) first = g_string_new_len(text.text, (gssize)cut);
    parts->inputs[ACTIVITY_PART] = (Span){first->str, first->len};
    parts->inputs[ACTIVITY_PART + 1] = (Span){second->str, second->len};
    Said cut_in_two = work_out(parts, 1);
    if (cut_in_two.figures != NULL) { /* NHS numbers are looked for by file: it may be refused */
        CHECK(strcmp(whole->figures, cut_in_two.figures) == 0);
        CHECK(strcmp(whole->exceptions, cut_in_two.exceptions) == 0);
    }
    said_clear(&cut_in_two);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Parts parts = read_parts((Span){(const char *)bytes, length});
    Said one = work_out(&parts, 1), two = work_out(&parts, 2);
    CHECK((one.figures == NULL) == (two.figures == NULL));
    CHECK(strcmp(one.all, two.all) == 0);
    if (one.figures != NULL)
        check_cut(&parts, &one);
    said_clear(&one);
    said_clear(&two);
    g_array_unref(parts.ledger);
    return 0;
}
