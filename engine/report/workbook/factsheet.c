#include "report/workbook/factsheet.h"

#include "pay/reached.h"
#include "pay/step.h"
#include "pay/unclaimed.h"
#include "pay/value.h"
#include "report/workbook/places.h"

#include "base/poison.h"

enum {
    FACTS_PROVIDER,
    FACTS_NAME,
    FACTS_FACT,
    FACTS_AS_AT,
    FACTS_NUMBER,
    FACTS_ROW,
    FACTS_KEY,
    FACTS_COLUMNS
};

/* A row of the sheet. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const Fact *fact;
} FactRow;

/* Gives a fact its number, where it has none yet; NULL is none. */
static void
note(Workbook *workbook, const Fact *fact)
{
    if (fact == NULL || g_hash_table_contains(workbook->fact_number, fact))
        return;
    g_ptr_array_add(workbook->facts_used, (gpointer)fact);
    g_hash_table_insert(workbook->fact_number, (gpointer)fact,
                        GUINT_TO_POINTER(workbook->facts_used->len));
}

/* The factors of a contract, whatever its lines are: its value rests on them. */
static void
note_factors(Workbook *workbook, const Contract *contract)
{
    const Pack *pack = workbook->result->pack;
    const GArray *indicators = contract->scheme->indicators;
    for (guint i = 0; contract->touches_year && i < indicators->len; i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        note(workbook, contract_factor(pack, contract, rules_indicator(pack->rules, number)));
    }
}

static void
note_line(Workbook *workbook, const Contract *contract, const Line *line)
{
    const Pack *pack = workbook->result->pack;
    if (line->kind == LINE_INDICATOR)
        note(workbook, indicator_reached(pack, contract->key, line->rule).baseline);
    else if (line->kind == LINE_INSTALMENT)
        note(workbook, contract_in_year_fact(pack, contract));
    else if (line->kind == LINE_ACTIVITY && line->has_fraction)
        note(workbook, unclaimed_fact(pack, contract->key, rules_activity(pack->rules, line->rule),
                                      line->month));
}

/* What clauses ask for: facts of amounts and tests, and baselines. */
static void
note_step(Workbook *workbook, const ClauseStep *step)
{
    const Pack *pack = workbook->result->pack;
    const Contract *contract = result_contract(workbook->result, step->contract);
    const Clause *clause = rules_clause(pack->rules, step->rule);
    guint count;
    const Test *const *tests = step_tests(clause, &count);
    if (contract->held != REASON_NONE)
        return;
    if (clause->amount.fact != CODE_NONE)
        note(workbook, step_fact(pack, contract, step->from, clause->amount.fact));
    if (clause->indicator != CODE_NONE)
        note(workbook, indicator_reached(pack, contract->key, clause->indicator).baseline);
    if (clause->limit == LIMIT_KEEP_IF)
        note(workbook, contract_in_year_fact(pack, contract));
    for (guint t = 0; t < count; t++) {
        if (tests[t]->kind == TEST_FACT)
            note(workbook, step_fact(pack, contract, step->from, tests[t]->subject));
        else if (tests[t]->kind == TEST_INDICATOR)
            note(workbook, indicator_reached(pack, contract->key, tests[t]->subject).baseline);
    }
}

void
factsheet_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->contracts->len; i++)
        note_factors(workbook, result_contract(result, i));
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        note_line(workbook, result_contract(result, line->contract), line);
    }
    for (guint i = 0; i < result->steps->len; i++)
        note_step(workbook, &g_array_index(result->steps, ClauseStep, i));
}

const char *
factsheet_number(const WorkedRow *worked, const Fact *fact)
{
    const Workbook *workbook = worked->workbook;
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(workbook->fact_number, fact));
    PagesCriterion same = {FACTS_KEY, formula_print(worked->room, "%u", number)};
    return worked_sum_where(worked, workbook->facts, FACTS_NUMBER, &same, 1);
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    FactRow *row = user;
    WorkedRow *worked = &row->worked;
    const Workbook *workbook = worked->workbook;
    const Pack *pack = workbook->result->pack;
    const Fact *fact = g_ptr_array_index(workbook->facts_used, index);
    const Provider *provider = register_provider(pack->reg, fact->provider);
    worked_begin(worked, workbook->facts, index);
    row->fact = fact;
    worked_set(worked, FACTS_PROVIDER, figure_text(provider->code), NULL);
    worked_set(worked, FACTS_NAME, figure_text(provider->in_force->name), NULL);
    worked_set(worked, FACTS_FACT, figure_text(rules_fact_name(pack->rules, fact->fact)), NULL);
    worked_set(worked, FACTS_AS_AT, figure_day(fact->as_at), NULL);
    worked_set(worked, FACTS_NUMBER, figure_rate(fact->number), NULL);
    worked_set(worked, FACTS_KEY, figure_whole(index + 1), NULL);
    return row;
}

static void
show_place(const TableRow *row, Cell *cell)
{
    const FactRow *at = row->record;
    places_append(row->scratch, at->worked.workbook, at->fact->place);
    cell->figure = figure_text(row->scratch->str);
}

static const TableColumn COLUMNS[FACTS_COLUMNS] = {
    [FACTS_PROVIDER] = {NULL, "Provider", STYLE_TEXT, 10, 20, false, worked_show},
    [FACTS_NAME] = {NULL, "Name", STYLE_WRAP, 16, 36, false, worked_show},
    [FACTS_FACT] = {NULL, "Fact", STYLE_TEXT, 14, 40, false, worked_show},
    [FACTS_AS_AT] = {NULL, "As at", STYLE_DAY, 11, 11, false, worked_show},
    [FACTS_NUMBER] = {NULL, "Number", STYLE_DECIMAL, 12, 20, false, worked_show},
    [FACTS_ROW] = {NULL, "Input row", STYLE_TEXT, 24, 48, false, show_place},
    [FACTS_KEY] = {NULL, "Fact\nno.", STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(FACTS_COLUMNS <= WORKED_COLUMNS);

void
factsheet_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Facts", &workbook->result->pack->period);
    FactRow row = {.fact = NULL};
    Table table = {
        .pages = workbook->facts,
        .title = title,
        .note = "The facts that amounts of this workbook rest on: each as the inputs have it, with "
                "the day from which it holds. Formulas of other sheets find it by its number.",
        .columns = COLUMNS,
        .column_count = FACTS_COLUMNS,
        .frozen = FACTS_FACT + 1,
        .user = &row,
        .record = work_row,
    };
    if (workbook->facts == NULL)
        return;
    worked_init(&row.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&row.worked);
}
