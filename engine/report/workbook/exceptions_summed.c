/* Exceptions that are too many to list: summed by scheme, provider and reason. */
#include "report/workbook/sheets.h"

#include "pay/exception_text.h"
#include "sheet/table.h"

#include "base/poison.h"

/* Beyond so many the sheet sums them up. */
#define MOST_LISTED 20000

/* Exceptions of one scheme, provider, reason and outcome. */
typedef struct {
    guint32 scheme, provider; /* of the rules and of the register; CODE_NONE: of neither */
    Reason reason;
    bool is_part;
    ExceptionTotals totals;
} ExceptionGroup;

static int
compare_groups(gconstpointer left, gconstpointer right)
{
    const ExceptionGroup *a = left, *b = right;
    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    if (a->provider != b->provider)
        return a->provider < b->provider ? -1 : 1;
    if (a->reason != b->reason)
        return a->reason < b->reason ? -1 : 1;
    return (int)a->is_part - (int)b->is_part;
}

void
workbook_plan_exceptions(Workbook *workbook)
{
    const Result *result = workbook->result;
    guint schemes = rules_scheme_count(result->pack->rules);
    guint providers = register_count(result->pack->reg);
    if (result->exceptions->len <= MOST_LISTED)
        return;
    Tally groups;
    tally_init(&groups);
    workbook->exception_groups = g_array_new(FALSE, FALSE, sizeof(ExceptionGroup));
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        ExceptionParties parties = exception_parties(result, entry);
        ExceptionGroup group = {parties.scheme < schemes ? parties.scheme : CODE_NONE,
                                parties.provider < providers ? parties.provider : CODE_NONE,
                                entry->reason,
                                entry->is_part,
                                {0}};
        bool is_new;
        int64_t *number = tally_add(&groups, (guint64)group.scheme << 32 | group.provider,
                                    (guint64)group.reason << 1 | (group.is_part ? 1 : 0), &is_new);
        if (is_new) {
            *number = workbook->exception_groups->len;
            g_array_append_val(workbook->exception_groups, group);
        }
        totals_add_exception(
            &g_array_index(workbook->exception_groups, ExceptionGroup, *number).totals, entry);
    }
    tally_clear(&groups);
    g_array_sort(workbook->exception_groups, compare_groups);
}

static const ExceptionGroup *
row_group(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return &g_array_index(workbook->exception_groups, ExceptionGroup, row->index);
}

static const Pack *
row_pack(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return workbook->result->pack;
}

static void
show_scheme(const TableRow *row, Cell *cell)
{
    guint32 scheme = row_group(row)->scheme;
    cell->figure =
        figure_text(scheme == CODE_NONE ? "(not in the rules)"
                                        : rules_scheme(row_pack(row)->rules, scheme)->code);
}

static void
show_provider(const TableRow *row, Cell *cell)
{
    guint32 provider = row_group(row)->provider;
    cell->figure =
        figure_text(provider == CODE_NONE ? "(not in the register)"
                                          : register_provider(row_pack(row)->reg, provider)->code);
}

static void
show_name(const TableRow *row, Cell *cell)
{
    guint32 provider = row_group(row)->provider;
    if (provider != CODE_NONE)
        cell->figure = figure_text(register_provider(row_pack(row)->reg, provider)->in_force->name);
}

static void
show_reason(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(REASONS[row_group(row)->reason].name);
}

static void
show_meaning(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(REASONS[row_group(row)->reason].meaning);
}

static void
show_rows(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row_group(row)->totals.count);
}

static void
show_outcome(const TableRow *row, Cell *cell)
{
    const ExceptionGroup *group = row_group(row);
    cell->figure = figure_text(exception_outcome(group->reason, group->is_part));
    if (REASONS[group->reason].state == STATE_HELD)
        cell->style = STYLE_HOLD;
}

static void
show_at_risk(const TableRow *row, Cell *cell)
{
    const ExceptionTotals *totals = &row_group(row)->totals;
    Money money;
    if (totals->priced == 0)
        return;
    if (sum_money(totals->at_risk, &money))
        cell->figure = figure_money(money);
    else
        cell->figure = figure_text("out of range");
}

static const TableColumn TABLE_COLUMNS[] = {
    {NULL, "Scheme", STYLE_TEXT, 14, 30, false, show_scheme},
    {NULL, "Provider", STYLE_TEXT, 11, 30, false, show_provider},
    {NULL, "Name", STYLE_WRAP, 28, 32, false, show_name},
    {NULL, "Reason", STYLE_TEXT, 21, 21, false, show_reason},
    {NULL, "What it is about", STYLE_WRAP, 60, 60, false, show_meaning},
    [EXCEPTIONS_ROWS] = {NULL, "Exceptions", STYLE_WHOLE, 11, 14, true, show_rows},
    [EXCEPTIONS_OUTCOME] = {NULL, "Outcome", STYLE_TEXT, 10, 10, false, show_outcome},
    [EXCEPTIONS_AT_RISK] = {NULL, "Money at risk", STYLE_MONEY, 14, 26, true, show_at_risk},
};

void
workbook_fill_exceptions_summed(Workbook *workbook)
{
    g_autofree char *title = wording_title("Exceptions", &workbook->result->pack->period);
    Table table = {
        .pages = workbook->exceptions,
        .title = title,
        .note = "More than 20,000 exceptions: summed by scheme, provider and reason; "
                "exceptions.csv lists each with its file and line. Money at risk is empty where "
                "no price is known.",
        .columns = TABLE_COLUMNS,
        .column_count = G_N_ELEMENTS(TABLE_COLUMNS),
        .frozen = 3,
        .row_count = workbook->exception_groups->len,
        .user = workbook,
    };
    table_add(workbook->book, &table);
}
