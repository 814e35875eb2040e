/* The sheet Exceptions: one row an exception or, where they are too many to list, one row for those
 * of a scheme, provider, reason and outcome. */
#include <string.h>

#include "report/workbook/sheets.h"

#include "base/poison.h"

/* Beyond so many the sheet sums them up. */
#define MOST_LISTED 20000
#define MOST_ADDRESS 200

/* Exceptions of one scheme, provider, reason and outcome. */
typedef struct {
    guint64 parties; /* scheme << 32 | provider; CODE_NONE: not in the rules, not in the register */
    guint64 why;     /* reason << 1 | is_part */
    ExceptionTotals totals;
} ExceptionGroup;

/* The rows, and the exception at hand: one that was read, or one made up that stands for its group.
 */
typedef struct {
    Workbook *workbook;
    ExceptionReader *reader;
    ExceptionText text;
    ExceptionEntry entry; /* of a group */
} ExceptionRows;

static int
compare_groups(gconstpointer left, gconstpointer right)
{
    const ExceptionGroup *a = left, *b = right;
    if (a->parties != b->parties)
        return a->parties < b->parties ? -1 : 1;
    return (a->why > b->why) - (a->why < b->why);
}

/* The group that an exception belongs to. */
static ExceptionGroup
group_of(const Result *result, const ExceptionEntry *entry)
{
    ExceptionParties parties = exception_parties(result, entry);
    bool has_scheme = parties.scheme < rules_scheme_count(result->pack->rules);
    bool has_provider = parties.provider < register_count(result->pack->reg);
    guint64 scheme = has_scheme ? parties.scheme : CODE_NONE;
    guint64 provider = has_provider ? parties.provider : CODE_NONE;
    guint64 why = (guint64)entry->reason << 1 | (entry->is_part ? 1 : 0);
    return (ExceptionGroup){scheme << 32 | provider, why, {0}};
}

/* New exceptions first, then those that were known; either as in exceptions.csv. */
static GArray *
order_exceptions(const Result *result)
{
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < result->exceptions->len; i++)
            if ((result_exception(result, i)->since != NULL) == (pass == 1))
                g_array_append_val(order, i);
    return order;
}

void
workbook_plan_exceptions(Workbook *workbook)
{
    const Result *result = workbook->result;
    workbook->exception_rows = result->exceptions->len;
    if (result->exceptions->len <= MOST_LISTED) {
        workbook->exception_order = order_exceptions(result);
        return;
    }
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(ExceptionGroup));
    Tally numbers;
    tally_init(&numbers);
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        ExceptionGroup group = group_of(result, entry);
        bool is_new;
        int64_t *number = tally_add(&numbers, group.parties, group.why, &is_new);
        if (is_new) {
            *number = groups->len;
            g_array_append_val(groups, group);
        }
        totals_add_exception(&g_array_index(groups, ExceptionGroup, *number).totals, entry);
    }
    tally_clear(&numbers);
    g_array_sort(groups, compare_groups);
    workbook->exception_groups = groups;
    workbook->exception_rows = groups->len;
}

static const ExceptionGroup *
group_at(const Workbook *workbook, guint64 index)
{
    return &g_array_index(workbook->exception_groups, ExceptionGroup, index);
}

/* The exception that stands in a row. */
static const ExceptionEntry *
entry_at(const Workbook *workbook, guint64 index)
{
    return result_exception(workbook->result,
                            g_array_index(workbook->exception_order, guint, (guint)index));
}

static void
load(gpointer user, guint64 index)
{
    ExceptionRows *rows = user;
    exception_text_clear(&rows->text);
    exception_reader_read(rows->reader, entry_at(rows->workbook, index), &rows->text);
}

static gconstpointer
record_of(gpointer user, guint64 index)
{
    ExceptionRows *rows = user;
    Record *record = &rows->workbook->record;
    record->exception = entry_at(rows->workbook, index);
    return record;
}

static gconstpointer
record_of_group(gpointer user, guint64 index)
{
    ExceptionRows *rows = user;
    const Pack *pack = rows->workbook->result->pack;
    const ExceptionGroup *group = group_at(rows->workbook, index);
    guint32 scheme = (guint32)(group->parties >> 32), provider = (guint32)group->parties;
    rows->entry = (ExceptionEntry){.reason = (Reason)(group->why >> 1), .is_part = group->why & 1};
    rows->text = (ExceptionText){
        .scheme =
            scheme != CODE_NONE ? rules_scheme(pack->rules, scheme)->code : "(not in the rules)",
        .provider = provider != CODE_NONE ? register_provider(pack->reg, provider)->code
                                          : "(not in the register)",
        .outcome = exception_outcome(rows->entry.reason, rows->entry.is_part),
        .message = (char *)REASONS[rows->entry.reason].meaning};
    rows->workbook->record.exception = &rows->entry;
    return &rows->workbook->record;
}

/* Whether an address can be made of a file's name as it is. */
static bool
is_plain(const char *file)
{
    for (const char *at = file; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && strchr("/-_. ", *at) == NULL)
            return false;
    return strlen(file) < MOST_ADDRESS;
}

/* The file leads to its copy in the archive, beside the folder of the workbook, and to the line. */
static void
show_file(const TableRow *row, Cell *cell)
{
    const ExceptionText *text = ((const Record *)row->record)->text;
    if (text->file[0] == '\0' || !is_plain(text->file))
        return;
    g_string_printf(row->scratch, "external:../inputs/%s#A%" G_GUINT64_FORMAT, text->file,
                    text->line);
    cell->link = row->scratch->str;
    cell->style = STYLE_LINK;
}

static void
show_outcome(const TableRow *row, Cell *cell)
{
    const Record *record = row->record;
    if (REASONS[record->exception->reason].state == STATE_HELD)
        cell->style = STYLE_HOLD;
}

/* New ones say so; the others since when they are known. */
static void
show_since(const TableRow *row, Cell *cell)
{
    const Record *record = row->record;
    if (record->exception->since != NULL)
        return;
    cell->figure = figure_text("new");
    cell->style = STYLE_HOLD;
}

static void
show_new(const TableRow *row, Cell *cell)
{
    const ExceptionRows *rows = row->user;
    const ExceptionTotals *totals = &group_at(rows->workbook, row->index)->totals;
    cell->figure = figure_whole(totals->count - totals->known);
}

static void
show_count(const TableRow *row, Cell *cell)
{
    const ExceptionRows *rows = row->user;
    cell->figure = figure_whole(group_at(rows->workbook, row->index)->totals.count);
}

static void
show_at_risk(const TableRow *row, Cell *cell)
{
    const ExceptionRows *rows = row->user;
    const ExceptionTotals *totals = &group_at(rows->workbook, row->index)->totals;
    if (totals->priced > 0)
        cell->figure = figure_sum(totals->at_risk);
}

#define FIELD(name) &EXCEPTION_FIELDS[EXCEPTION_##name], NULL

static const TableColumn LISTED_COLUMNS[] = {
    {FIELD(SCHEME), STYLE_TEXT, 14, 30, false, NULL},
    {FIELD(PROVIDER), STYLE_TEXT, 11, 30, false, NULL},
    {FIELD(NAME), STYLE_WRAP, 28, 32, false, NULL},
    {FIELD(MONTH), STYLE_MONTH, 10, 10, false, NULL},
    {FIELD(ITEM), STYLE_TEXT, 14, 32, false, NULL},
    {FIELD(REASON), STYLE_TEXT, 21, 21, false, NULL},
    [EXCEPTIONS_OUTCOME] = {FIELD(OUTCOME), STYLE_TEXT, 10, 10, false, show_outcome},
    [EXCEPTIONS_AT_RISK] = {FIELD(AT_RISK), STYLE_MONEY, 14, 26, true, NULL},
    {FIELD(SINCE), STYLE_TEXT, 10, 14, false, show_since},
    {FIELD(MESSAGE), STYLE_WRAP, 70, 70, false, NULL},
    {FIELD(FILE), STYLE_WRAP, 30, 30, false, show_file},
    {FIELD(LINE), STYLE_WHOLE, 9, 9, false, NULL},
    {FIELD(COLUMN), STYLE_TEXT, 14, 14, false, NULL},
};

static const TableColumn SUMMED_COLUMNS[] = {
    {FIELD(SCHEME), STYLE_TEXT, 14, 30, false, NULL},
    {FIELD(PROVIDER), STYLE_TEXT, 11, 30, false, NULL},
    {FIELD(NAME), STYLE_WRAP, 28, 32, false, NULL},
    {FIELD(REASON), STYLE_TEXT, 21, 21, false, NULL},
    {FIELD(MESSAGE), STYLE_WRAP, 60, 60, false, NULL},
    [EXCEPTIONS_COUNT] = {NULL, "Exceptions", STYLE_WHOLE, 11, 14, true, show_count},
    [EXCEPTIONS_OUTCOME] = {FIELD(OUTCOME), STYLE_TEXT, 10, 10, false, show_outcome},
    [EXCEPTIONS_AT_RISK] = {NULL, "Money at risk", STYLE_MONEY, 14, 26, true, show_at_risk},
    {NULL, "Of which new", STYLE_WHOLE, 11, 14, true, show_new},
};

static const Table LISTED = {
    .note = "Every row and contract that is not paid as claimed: new ones first, then those that "
            "an approved run lists already, each in the order of file and line; the file's name "
            "leads to its copy in the archive. Money at risk is empty where no price is known.",
    .columns = LISTED_COLUMNS,
    .column_count = G_N_ELEMENTS(LISTED_COLUMNS),
    .record = record_of,
    .load = load,
};

static const Table SUMMED = {
    .note = "More than 20,000 exceptions: summed by scheme, provider and reason; exceptions.csv "
            "lists each with its file and line. Money at risk is empty where no price is known.",
    .columns = SUMMED_COLUMNS,
    .column_count = G_N_ELEMENTS(SUMMED_COLUMNS),
    .record = record_of_group,
};

void
workbook_fill_exceptions(Workbook *workbook)
{
    const Result *result = workbook->result;
    bool is_summed = workbook->exception_groups != NULL;
    g_autofree char *title = words_title("Exceptions", &result->pack->period);
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    ExceptionRows rows = {.workbook = workbook, .reader = reader};
    Table table = is_summed ? SUMMED : LISTED;
    workbook->record.text = &rows.text;
    table.pages = workbook->exceptions;
    table.title = title;
    table.frozen = 3;
    table.user = &rows;
    table_add(workbook->book, &table);
    if (!is_summed)
        exception_text_clear(&rows.text);
}
