#include "report/workbook/together.h"

#include "report/workbook/places.h"

#include "base/poison.h"

enum {
    TOGETHER_SCHEME,
    TOGETHER_NETWORK,
    TOGETHER_PROVIDER,
    TOGETHER_NAME,
    TOGETHER_INDICATOR,
    TOGETHER_AS_AT,
    TOGETHER_FIRST_FIGURE,
    TOGETHER_ROW = TOGETHER_FIRST_FIGURE + TOGETHER_EXCEPTIONS + 1,
    TOGETHER_KEY,
    TOGETHER_COLUMNS
};

/* A row being worked out. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const TogetherRow *row;
} Together;

bool
together_counts(const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    if (key->merged_into != CODE_NONE)
        return true;
    return contract->scheme->achieved_by == ACHIEVED_BY_NETWORK &&
           provider_has_network(register_provider(pack->reg, key->provider));
}

void
together_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        const Contract *contract = result_contract(result, line->contract);
        Achieved achieved;
        if (line->kind == LINE_INDICATOR && together_counts(result->pack, contract) &&
            achieved_find(result->pack, contract->key, line->rule, &achieved))
            together_note(workbook, &achieved);
    }
}

void
together_note(Workbook *workbook, const Achieved *achieved)
{
    guint number = g_hash_table_size(workbook->together_number) + 1;
    if (g_hash_table_contains(workbook->together_number, achieved->places))
        return;
    g_hash_table_insert(workbook->together_number, (gpointer)achieved->places,
                        GUINT_TO_POINTER(number));
    for (guint i = 0; i < achieved->row_count; i++) {
        TogetherRow row = {achieved->places[i], number};
        g_array_append_val(workbook->together_rows, row);
    }
}

const char *
together_sum(const WorkedRow *worked, const Achieved *achieved, TogetherFigure figure)
{
    gpointer number = g_hash_table_lookup(worked->workbook->together_number, achieved->places);
    PagesCriterion same = {TOGETHER_KEY,
                           formula_print(worked->room, "%u", GPOINTER_TO_UINT(number))};
    return number == NULL ? NULL
                          : worked_sum_where(worked, worked->workbook->together,
                                             TOGETHER_FIRST_FIGURE + (guint)figure, &same, 1);
}

/* The achievement that stands at a place; rows are in the order of their places. */
static const AchievementRow *
row_at(const Achievements *achievements, RowPlaceId place)
{
    guint first = 0, end = achievements->rows->len;
    while (end - first > 1) {
        guint middle = first + (end - first) / 2;
        if (g_array_index(achievements->rows, AchievementRow, middle).place <= place)
            first = middle;
        else
            end = middle;
    }
    return &g_array_index(achievements->rows, AchievementRow, first);
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Together *at = user;
    WorkedRow *worked = &at->worked;
    const Pack *pack = worked->workbook->result->pack;
    at->row = &g_array_index(worked->workbook->together_rows, TogetherRow, index);
    const AchievementRow *row = row_at(pack->achievements, at->row->place);
    const Provider *provider = register_provider(pack->reg, row->provider);
    worked_begin(worked, worked->workbook->together, index);
    worked_set(worked, TOGETHER_SCHEME, figure_text(rules_scheme(pack->rules, row->scheme)->code),
               NULL);
    worked_set(worked, TOGETHER_NETWORK, figure_text(provider->in_force->pcn), NULL);
    worked_set(worked, TOGETHER_PROVIDER, figure_text(provider->code), NULL);
    worked_set(worked, TOGETHER_NAME, figure_text(provider->in_force->name), NULL);
    worked_set(worked, TOGETHER_INDICATOR,
               figure_text(rules_indicator(pack->rules, row->indicator)->code), NULL);
    worked_set(worked, TOGETHER_AS_AT, figure_day(row->as_at), NULL);
    worked_set(worked, TOGETHER_FIRST_FIGURE + TOGETHER_NUMERATOR, figure_count(row->numerator),
               NULL);
    worked_set(worked, TOGETHER_FIRST_FIGURE + TOGETHER_DENOMINATOR, figure_count(row->denominator),
               NULL);
    worked_set(worked, TOGETHER_FIRST_FIGURE + TOGETHER_EXCEPTIONS, figure_count(row->exceptions),
               NULL);
    worked_set(worked, TOGETHER_KEY, figure_whole(at->row->number), NULL);
    return at;
}

static void
show_place(const TableRow *row, Cell *cell)
{
    const Together *at = row->record;
    places_append(row->scratch, at->worked.workbook, at->row->place);
    cell->figure = figure_text(row->scratch->str);
}

static const TableColumn COLUMNS[TOGETHER_COLUMNS] = {
    [TOGETHER_SCHEME] = {NULL, "Scheme", STYLE_TEXT, 9, 20, false, worked_show},
    [TOGETHER_NETWORK] = {NULL, "Network", STYLE_TEXT, 10, 20, false, worked_show},
    [TOGETHER_PROVIDER] = {NULL, "Provider", STYLE_TEXT, 10, 20, false, worked_show},
    [TOGETHER_NAME] = {NULL, "Name", STYLE_WRAP, 16, 36, false, worked_show},
    [TOGETHER_INDICATOR] = {NULL, "Indicator", STYLE_WRAP, 12, 24, false, worked_show},
    [TOGETHER_AS_AT] = {NULL, "As at", STYLE_DAY, 11, 11, false, worked_show},
    [TOGETHER_FIRST_FIGURE +
        TOGETHER_NUMERATOR] = {NULL, "Nume-\nrator", STYLE_WHOLE, 10, 16, false, worked_show},
    [TOGETHER_FIRST_FIGURE +
        TOGETHER_DENOMINATOR] = {NULL, "Denomi-\nnator", STYLE_WHOLE, 10, 16, false, worked_show},
    [TOGETHER_FIRST_FIGURE +
        TOGETHER_EXCEPTIONS] = {NULL, "Excep-\ntions", STYLE_WHOLE, 10, 16, false, worked_show},
    [TOGETHER_ROW] = {NULL, "Input row", STYLE_TEXT, 24, 48, false, show_place},
    [TOGETHER_KEY] = {NULL, "Counts\ntogether", STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(TOGETHER_COLUMNS <= WORKED_COLUMNS);

void
together_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Achieved", &workbook->result->pack->period);
    Together at = {.row = NULL};
    Table table = {
        .pages = workbook->together,
        .title = title,
        .note = "The rows of achievement that count for other contracts than their own: of "
                "networks and mergers. Those that count together have one number; formulas of "
                "other sheets add them up by it.",
        .columns = COLUMNS,
        .column_count = TOGETHER_COLUMNS,
        .frozen = TOGETHER_INDICATOR + 1,
        .user = &at,
        .record = work_row,
    };
    if (workbook->together == NULL)
        return;
    worked_init(&at.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&at.worked);
}
