#include "report/workbook/judged.h"

#include "pay/indicator.h"
#include "pay/step.h"
#include "report/workbook/indicator.h"
#include "report/workbook/places.h"
#include "report/workbook/shares.h"
#include "report/workbook/together.h"

#include "base/poison.h"

enum {
    JUDGED_AT_SCHEME,
    JUDGED_AT_PROVIDER,
    JUDGED_AT_NAME,
    JUDGED_AT_INDICATOR,
    JUDGED_AT_TITLE,
    JUDGED_AT_FIRST_FIGURE,
    JUDGED_AT_ROWS = JUDGED_AT_FIRST_FIGURE + JUDGED_KNOWN + 1,
    JUDGED_AT_PLACE,
    JUDGED_AT_KEY,
    COLUMNS
};

/* A row being worked out. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    JudgedRow *row;
} Judging;

static bool
is_there(const Workbook *workbook, const JudgedRow *row)
{
    for (guint i = workbook->judged_rows->len; i > 0; i--) {
        const JudgedRow *other = &g_array_index(workbook->judged_rows, JudgedRow, i - 1);
        if (other->contract != row->contract)
            return false;
        if (other->indicator == row->indicator)
            return true;
    }
    return false;
}

static void
note(Workbook *workbook, guint contract, guint32 indicator)
{
    const Result *result = workbook->result;
    JudgedRow row = {contract, indicator, false, 0, 1};
    Achieved achieved;
    if (is_there(workbook, &row))
        return;
    g_array_append_val(workbook->judged_rows, row);
    if (together_counts(result->pack, result_contract(result, contract)) &&
        achieved_find(result->pack, result_contract(result, contract)->key, indicator, &achieved))
        together_note(workbook, &achieved);
}

void
judged_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->steps->len; i++) {
        const ClauseStep *step = &g_array_index(result->steps, ClauseStep, i);
        const Clause *clause = rules_clause(result->pack->rules, step->rule);
        guint count;
        const Test *const *tests = step_tests(clause, &count);
        if (result_contract(result, step->contract)->held != REASON_NONE)
            continue;
        if (clause->indicator != CODE_NONE)
            note(workbook, step->contract, clause->indicator);
        for (guint t = 0; t < count; t++)
            if (tests[t]->kind == TEST_INDICATOR)
                note(workbook, step->contract, tests[t]->subject);
    }
}

const JudgedRow *
judged_row(const Workbook *workbook, guint contract, guint32 indicator)
{
    guint first = 0, end = workbook->judged_rows->len;
    while (first < end) {
        guint middle = first + (end - first) / 2;
        if (g_array_index(workbook->judged_rows, JudgedRow, middle).contract < contract)
            first = middle + 1;
        else
            end = middle;
    }
    while (g_array_index(workbook->judged_rows, JudgedRow, first).indicator != indicator)
        first++;
    return &g_array_index(workbook->judged_rows, JudgedRow, first);
}

const char *
judged_figure(const WorkedRow *worked, guint key, guint32 indicator, JudgedFigure figure)
{
    const Rules *rules = worked->record.result->pack->rules;
    PagesCriterion criteria[] = {
        {JUDGED_AT_KEY, worked_cell(worked, key)},
        {JUDGED_AT_PLACE, formula_print(worked->room, "%u", shares_place(rules, indicator))}};
    return worked_sum_where(worked, worked->workbook->judged,
                            JUDGED_AT_FIRST_FIGURE + (guint)figure, criteria,
                            G_N_ELEMENTS(criteria));
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Judging *judging = user;
    WorkedRow *worked = &judging->worked;
    const Workbook *workbook = worked->workbook;
    const Rules *rules = workbook->result->pack->rules;
    JudgedRow *row = &g_array_index(workbook->judged_rows, JudgedRow, index);
    const Contract *contract = result_contract(workbook->result, row->contract);
    const Indicator *indicator = rules_indicator(rules, row->indicator);
    Achieved achieved;
    bool is_known = achieved_find(workbook->result->pack, contract->key, row->indicator, &achieved);
    worked_begin(worked, workbook->judged, index);
    worked->record.contract = contract;
    judging->row = row;
    worked_set(worked, JUDGED_AT_INDICATOR, figure_text(indicator->code), NULL);
    worked_set(worked, JUDGED_AT_TITLE, figure_text(indicator->title), NULL);
    row->is_proved = indicator_judge(worked, contract, row->indicator, JUDGED_AT_FIRST_FIGURE);
    if (is_known) {
        row->part = worked->cells[JUDGED_AT_FIRST_FIGURE + JUDGED_PART].figure.whole;
        row->whole = worked->cells[JUDGED_AT_FIRST_FIGURE + JUDGED_WHOLE].figure.whole;
    }
    worked_set(worked, JUDGED_AT_FIRST_FIGURE + JUDGED_KNOWN, figure_whole(is_known ? 1 : 0), NULL);
    worked_set(worked, JUDGED_AT_PLACE, figure_whole(shares_place(rules, row->indicator)), NULL);
    worked_set(worked, JUDGED_AT_KEY, figure_whole((guint64)row->contract + 1), NULL);
    return judging;
}

/* The input rows, but for those that Achieved has. */
static void
show_rows(const TableRow *row, Cell *cell)
{
    const Judging *at = row->record;
    const Result *result = at->worked.workbook->result;
    g_autoptr(GArray) places = indicator_rows(
        result->pack, result_contract(result, at->row->contract), at->row->indicator);
    for (guint i = 0; i < places->len && i < 2; i++) {
        g_string_append(row->scratch, i > 0 ? ", " : "");
        places_append(row->scratch, at->worked.workbook, g_array_index(places, RowPlaceId, i));
    }
    if (places->len > 2)
        g_string_assign(row->scratch, "see Achieved");
    cell->figure = figure_text(row->scratch->str);
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
#define FIGURE(figure) [JUDGED_AT_FIRST_FIGURE + (figure)]
static const TableColumn TABLE_COLUMNS[COLUMNS] = {
    [JUDGED_AT_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [JUDGED_AT_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [JUDGED_AT_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [JUDGED_AT_INDICATOR] = {NULL, "Indicator", STYLE_WRAP, 12, 24, false, worked_show},
    [JUDGED_AT_TITLE] = {NULL, "What it is", STYLE_WRAP, 20, 36, false, worked_show},
    FIGURE(JUDGED_NUMERATOR) = {NULL, "Nume-\nrator", STYLE_WHOLE, 8, 14, false, worked_show},
    FIGURE(JUDGED_DENOMINATOR) = {NULL, "Denomi-\nnator", STYLE_WHOLE, 8, 14, false, worked_show},
    FIGURE(JUDGED_EXCEPTIONS) = {NULL, "Excep-\ntions", STYLE_WHOLE, 7, 14, false, worked_show},
    FIGURE(JUDGED_ACHIEVEMENT) = {NULL, "Achieve-\nment", STYLE_PERCENT, 9, 9, false, worked_show},
    FIGURE(JUDGED_PART) = {NULL, "Earned\npart", STYLE_WHOLE, 8, 20, false, worked_show},
    FIGURE(JUDGED_WHOLE) = {NULL, "of", STYLE_WHOLE, 8, 20, false, worked_show},
    FIGURE(JUDGED_FRACTION) = {NULL, "Fraction", STYLE_PERCENT, 9, 9, false, worked_show},
    FIGURE(JUDGED_BASELINE) = {NULL, "Baseline\ntaken off", STYLE_DECIMAL, 9, 14, false,
                               worked_show},
    FIGURE(JUDGED_KNOWN) = {NULL, "Accepted", STYLE_WHOLE, 9, 9, false, worked_show},
    [JUDGED_AT_ROWS] = {NULL, "Input rows", STYLE_TEXT, 24, 48, false, show_rows},
    [JUDGED_AT_PLACE] = {NULL, "Indicator\nno.", STYLE_WHOLE, 9, 9, false, worked_show},
    [JUDGED_AT_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(COLUMNS <= WORKED_COLUMNS);

void
judged_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Judged", &workbook->result->pack->period);
    Judging judging = {.row = NULL};
    Table table = {
        .pages = workbook->judged,
        .title = title,
        .note = "What contracts achieve of the indicators that clauses ask for. Accepted is 0 "
                "where no achievement is: a test that asks for it is then not met.",
        .columns = TABLE_COLUMNS,
        .column_count = COLUMNS,
        .frozen = JUDGED_AT_INDICATOR + 1,
        .printed = JUDGED_AT_ROWS,
        .user = &judging,
        .record = work_row,
    };
    if (workbook->judged == NULL)
        return;
    worked_init(&judging.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&judging.worked);
}
