#include "report/workbook/testsheet.h"

#include "pack/rules/words.h"
#include "pay/reached.h"
#include "pay/step.h"
#include "report/workbook/factsheet.h"
#include "report/workbook/judged.h"
#include "report/workbook/lines.h"
#include "report/workbook/places.h"
#include "report/workbook/steps.h"

#include "base/poison.h"

enum {
    TESTS_SCHEME,
    TESTS_PROVIDER,
    TESTS_NAME,
    TESTS_CLAUSE,
    TESTS_FROM,
    TESTS_MONTH,
    TESTS_SUBJECT,
    TESTS_KIND,
    TESTS_NUMERATOR,
    TESTS_PEOPLE,
    TESTS_BASELINE,
    TESTS_VALUE,
    TESTS_COMPARED,
    TESTS_NUMBER,
    TESTS_MET,
    TESTS_UNKNOWN,
    TESTS_ROW,
    TESTS_STEP,
    TESTS_KEY,
    COLUMNS
};

/* A row being worked out. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const ClauseStep *step;
    const Test *test;
    RowPlaceId place; /* of the input row, or PLACE_NONE */
} Testing;

void
testsheet_plan(Workbook *workbook)
{
    for (guint i = 0; i < workbook->step_rows->len; i++) {
        const Clause *clause =
            rules_clause(workbook->result->pack->rules, steps_at(workbook, i)->rule);
        bool is_idle =
            clause->limit == LIMIT_KEEP_IF && !workbook->result->pack->period.is_year_end;
        guint count;
        const Test *const *tests = step_tests(clause, &count);
        for (guint t = 0; !is_idle && t < count; t++) {
            TestRow row = {i, tests[t]};
            g_array_append_val(workbook->test_rows, row);
        }
    }
}

/* What is counted of an activity in the span to date. */
static Micros
counted(const Workbook *workbook, const ClauseStep *step, guint32 activity)
{
    const Contract *contract = result_contract(workbook->result, step->contract);
    Micros sum = 0;
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(workbook->result, i);
        if (line->kind == LINE_ACTIVITY && line->rule == activity && step->from <= line->month &&
            line->month <= step->month)
            sum += line->count;
    }
    return sum;
}

static bool
compare(const Test *test, Fraction value)
{
    int order = 0;
    if (!fraction_compare(value, fraction_micros(test->number), &order))
        return false; /* the engine compared them */
    const bool holds[COMPARISON_COUNT] = {[COMPARISON_AT_LEAST] = order >= 0,
                                          [COMPARISON_ABOVE] = order > 0,
                                          [COMPARISON_AT_MOST] = order <= 0,
                                          [COMPARISON_BELOW] = order < 0};
    return holds[test->comparison];
}

static Reached
reached_of(const Workbook *workbook, const ClauseStep *step, const Test *test)
{
    const Result *result = workbook->result;
    return indicator_reached(result->pack, result_contract(result, step->contract)->key,
                             test->subject);
}

static bool
is_met(const Workbook *workbook, const ClauseStep *step, const Test *test)
{
    const Pack *pack = workbook->result->pack;
    const Contract *contract = result_contract(workbook->result, step->contract);
    if (test->kind == TEST_SCHEME)
        return step_spell(pack, contract, test->subject, step->month) != NULL;
    if (test->kind == TEST_FACT)
        return compare(
            test, fraction_micros(step_fact(pack, contract, step->from, test->subject)->number));
    if (test->kind == TEST_ACTIVITY)
        return compare(test, fraction_micros(counted(workbook, step, test->subject)));
    Reached reached = reached_of(workbook, step, test);
    if (reached.kind == REACHED_NOBODY)
        return rules_indicator(pack->rules, test->subject)->pays_without_patients;
    return reached.kind == REACHED_KNOWN && compare(test, reached.a);
}

static bool
is_unknown(const Workbook *workbook, const ClauseStep *step, const Test *test)
{
    return test->kind == TEST_INDICATOR && reached_of(workbook, step, test).kind == REACHED_NOTHING;
}

guint64
testsheet_met(const Workbook *workbook, const ClauseStep *step)
{
    guint count;
    guint64 met = 0;
    const Test *const *tests =
        step_tests(rules_clause(workbook->result->pack->rules, step->rule), &count);
    for (guint t = 0; t < count; t++) {
        if (is_unknown(workbook, step, tests[t]))
            return 0;
        met += is_met(workbook, step, tests[t]) ? 1 : 0;
    }
    return met;
}

const char *
testsheet_met_formula(const WorkedRow *worked, guint key)
{
    const Pages *tests = worked->workbook->tests;
    return formula_print(worked->room, "=IF(%s>0,0,%s)",
                         worked_sum_by(worked, tests, TESTS_UNKNOWN, TESTS_STEP, key),
                         worked_sum_by(worked, tests, TESTS_MET, TESTS_STEP, key));
}

/* The terms that a test of an indicator compares: the numerator, and people × (number + baseline).
 */
static void
indicator_terms(const WorkedRow *worked, const Test *test, const Reached *reached, Term *numerator,
                Term *needed)
{
    GStringChunk *room = worked->room;
    const Achieved *achieved = &reached->achieved;
    Micros baseline = reached->baseline != NULL ? reached->baseline->number : 0;
    guint decimals =
        MAX(MAX(term_decimals(achieved->numerator), term_decimals(achieved->denominator)),
            term_decimals(achieved->exceptions));
    guint places = MAX(term_decimals(test->number), term_decimals(baseline));
    Term number = term_micros(room, worked_cell(worked, TESTS_NUMBER), ABS(test->number), places);
    Term taken = term_micros(room, worked_cell(worked, TESTS_BASELINE), ABS(baseline), places);
    Term sum = {formula_print(room, "(%s+%s)", number.text, taken.text), number.most + taken.most,
                places};
    *numerator = term_scaled(
        room,
        term_micros(room, worked_cell(worked, TESTS_NUMERATOR), ABS(achieved->numerator), decimals),
        places);
    *needed = term_times(
        room,
        term_micros(room, worked_cell(worked, TESTS_PEOPLE), achieved_people(achieved), decimals),
        reached->baseline != NULL ? sum : number);
}

static bool
is_proved(const WorkedRow *worked, const ClauseStep *step, const Test *test)
{
    Term numerator, needed;
    const Workbook *workbook = worked->workbook;
    const Clause *clause = rules_clause(workbook->result->pack->rules, step->rule);
    if (test->kind == TEST_ACTIVITY)
        return !worked_scheme(workbook, clause->scheme)->is_summed || clause->per == PER_YEAR;
    if (test->kind != TEST_INDICATOR)
        return true;
    Reached reached = reached_of(workbook, step, test);
    if (reached.kind == REACHED_NOTHING)
        return true;
    indicator_terms(worked, test, &reached, &numerator, &needed);
    return formula_is_exact(numerator, (Term){"", needed.most / 2, 0});
}

bool
testsheet_is_proved(const WorkedRow *worked, const ClauseStep *step)
{
    guint count;
    const Test *const *tests =
        step_tests(rules_clause(worked->workbook->result->pack->rules, step->rule), &count);
    for (guint t = 0; t < count; t++)
        if (!is_proved(worked, step, tests[t]))
            return false;
    return true;
}

/* An indicator: what stands on Judged, and whether numerator and people stand as they must. */
static const char *
test_indicator(Testing *at)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    guint32 indicator = at->test->subject;
    Reached reached = reached_of(worked->workbook, at->step, at->test);
    const char *numerator = worked_cell(worked, TESTS_NUMERATOR);
    const char *people = worked_cell(worked, TESTS_PEOPLE);
    const char *unknown = worked_cell(worked, TESTS_UNKNOWN);
    guint rule = g_array_index(worked->workbook->indicator_row, guint, indicator);
    Term above, needed;
    worked_set(
        worked, TESTS_UNKNOWN, figure_whole(reached.kind == REACHED_NOTHING ? 1 : 0),
        formula_print(room, "=1-%s", judged_figure(worked, TESTS_KEY, indicator, JUDGED_KNOWN)));
    if (reached.kind == REACHED_NOTHING)
        return formula_print(room, "=1-%s", unknown);
    worked_same(worked, TESTS_NUMERATOR, figure_count(reached.achieved.numerator),
                judged_figure(worked, TESTS_KEY, indicator, JUDGED_NUMERATOR));
    worked_set(worked, TESTS_PEOPLE, figure_count(achieved_people(&reached.achieved)),
               formula_print(room, "=ROUND(%s-%s,6)",
                             judged_figure(worked, TESTS_KEY, indicator, JUDGED_DENOMINATOR),
                             judged_figure(worked, TESTS_KEY, indicator, JUDGED_EXCEPTIONS)));
    if (reached.baseline != NULL)
        worked_same(worked, TESTS_BASELINE, figure_rate(reached.baseline->number),
                    judged_figure(worked, TESTS_KEY, indicator, JUDGED_BASELINE));
    const char *nobody = formula_print(room, "OR(%s=0,%s<%s)", people, people,
                                       worked_rule(worked, rule, RULES_LEAST));
    worked_set(worked, TESTS_VALUE,
               reached.kind == REACHED_KNOWN ? figure_fraction(reached.a) : figure_text("nobody"),
               formula_print(room, "=IF(%s,\"nobody\",%s/%s-%s)", nobody, numerator, people,
                             worked_cell(worked, TESTS_BASELINE)));
    indicator_terms(worked, at->test, &reached, &above, &needed);
    return formula_print(room, "=IF(%s,IF(%s=\"full\",1,0),IF(%s%s%s,1,0))", nobody,
                         worked_rule(worked, rule, RULES_NOBODY), above.text,
                         COMPARISON_WORDS[at->test->comparison], needed.text);
}

/* Whether a value stands as it must to the number: in whole numbers of as many decimals. */
static const char *
compared(const Testing *at, Micros value)
{
    GStringChunk *room = at->worked.room;
    guint decimals = MAX(term_decimals(value), term_decimals(at->test->number));
    return formula_print(
        room, "=IF(%s%s%s,1,0)",
        term_micros(room, worked_cell(&at->worked, TESTS_VALUE), 0, decimals).text,
        COMPARISON_WORDS[at->test->comparison],
        term_micros(room, worked_cell(&at->worked, TESTS_NUMBER), 0, decimals).text);
}

/* An activity: the counts of its lines in the span to date. */
static const char *
test_activity(Testing *at)
{
    WorkedRow *worked = &at->worked;
    const Workbook *workbook = worked->workbook;
    const SchemeSheet *sheet = worked_scheme(workbook, worked->record.contract->parties->scheme);
    bool is_year = rules_clause(workbook->result->pack->rules, at->step->rule)->per == PER_YEAR;
    Micros value = counted(workbook, at->step, at->test->subject);
    g_autoptr(GString) sum = g_string_new("=0");
    for (guint page = 0; sheet->pages->rows > 0 && page < pages_count(sheet->pages); page++) {
        g_string_append(sum, "+SUMPRODUCT(EXACT(");
        pages_append_column(sum, sheet->pages, page, LINE_ITEM_COLUMN);
        g_string_append_printf(sum, ",%s)*(", worked_cell(worked, TESTS_SUBJECT));
        pages_append_column(sum, sheet->pages, page, sheet->layout->key);
        g_string_append_printf(sum, "=%s)*", worked_cell(worked, TESTS_KEY));
        if (!is_year) {
            g_string_append_c(sum, '(');
            pages_append_column(sum, sheet->pages, page, INSTALMENT_MONTH);
            g_string_append_printf(sum, ">=%s)*(", worked_cell(worked, TESTS_FROM));
            pages_append_column(sum, sheet->pages, page, INSTALMENT_MONTH);
            g_string_append_printf(sum, "<=%s)*", worked_cell(worked, TESTS_MONTH));
        }
        pages_append_column(sum, sheet->pages, page, ACTIVITY_COUNT);
        g_string_append_c(sum, ')');
    }
    worked_set(worked, TESTS_VALUE, figure_rate(value),
               is_proved(worked, at->step, at->test) ? g_string_chunk_insert(worked->room, sum->str)
                                                     : NULL);
    return compared(at, value);
}

static const char *
test_fact(Testing *at)
{
    WorkedRow *worked = &at->worked;
    const Fact *fact = step_fact(worked->record.result->pack, worked->record.contract,
                                 at->step->from, at->test->subject);
    worked_same(worked, TESTS_VALUE, figure_rate(fact->number), factsheet_number(worked, fact));
    at->place = fact->place;
    return compared(at, fact->number);
}

/* Taking part in a scheme is an input: 1 or 0. */
static const char *
test_scheme(Testing *at)
{
    WorkedRow *worked = &at->worked;
    const Spell *spell = step_spell(worked->record.result->pack, worked->record.contract,
                                    at->test->subject, at->step->month);
    worked_set(worked, TESTS_VALUE, figure_whole(spell != NULL ? 1 : 0), NULL);
    at->place = spell != NULL ? spell->place : PLACE_NONE;
    return formula_print(worked->room, "=%s", worked_cell(worked, TESTS_VALUE));
}

/* One row a kind of test. */
static const struct {
    const char *what;
    const char *(*test)(Testing *at); /* the formula of whether it is met */
} KINDS[] = {
    [TEST_INDICATOR] = {"achieved", test_indicator},
    [TEST_ACTIVITY] = {"counted", test_activity},
    [TEST_FACT] = {"a fact", test_fact},
    [TEST_SCHEME] = {"takes part", test_scheme},
};

static const char *
subject_of(const Rules *rules, const Test *test)
{
    switch (test->kind) {
    case TEST_INDICATOR:
        return rules_indicator(rules, test->subject)->code;
    case TEST_ACTIVITY:
        return rules_activity(rules, test->subject)->code;
    case TEST_FACT:
        return rules_fact_name(rules, test->subject);
    case TEST_SCHEME:
        return rules_scheme(rules, test->subject)->code;
    case TEST_SOME:
        break;
    }
    return "";
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Testing *at = user;
    WorkedRow *worked = &at->worked;
    const Workbook *workbook = worked->workbook;
    const Rules *rules = workbook->result->pack->rules;
    const TestRow *row = &g_array_index(workbook->test_rows, TestRow, index);
    const ClauseStep *step = steps_at(workbook, row->step);
    guint rule = GPOINTER_TO_UINT(g_hash_table_lookup(workbook->rule_row, row->test));
    worked_begin(worked, workbook->tests, index);
    worked->record.contract = result_contract(workbook->result, step->contract);
    at->step = step;
    at->test = row->test;
    at->place = PLACE_NONE;
    worked_set(worked, TESTS_CLAUSE, figure_text(rules_clause(rules, step->rule)->code), NULL);
    worked_set(worked, TESTS_FROM, figure_day(month_first_day(step->from)), NULL);
    worked_set(worked, TESTS_MONTH, figure_month(step->month), NULL);
    worked_set(worked, TESTS_SUBJECT, figure_text(subject_of(rules, row->test)), NULL);
    worked_set(worked, TESTS_KIND, figure_text(KINDS[row->test->kind].what), NULL);
    worked_set(worked, TESTS_STEP, figure_whole(row->step + 1), NULL);
    worked_set(worked, TESTS_KEY, figure_whole((guint64)step->contract + 1), NULL);
    if (row->test->kind != TEST_SCHEME) {
        worked_set(worked, TESTS_COMPARED, figure_text(COMPARISON_WORDS[row->test->comparison]),
                   NULL);
        worked_same(worked, TESTS_NUMBER, figure_rate(row->test->number),
                    worked_rule(worked, rule, RULES_TEST_NUMBER));
    }
    worked_set(
        worked, TESTS_MET,
        figure_whole(
            !is_unknown(workbook, step, row->test) && is_met(workbook, step, row->test) ? 1 : 0),
        KINDS[row->test->kind].test(at));
    return at;
}

static void
show_place(const TableRow *row, Cell *cell)
{
    const Testing *at = row->record;
    if (at->place != PLACE_NONE)
        places_append(row->scratch, at->worked.workbook, at->place);
    cell->figure = figure_text(at->test->kind == TEST_INDICATOR  ? "see Judged"
                               : at->test->kind == TEST_ACTIVITY ? "see the scheme's sheet"
                                                                 : row->scratch->str);
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
static const TableColumn TABLE_COLUMNS[COLUMNS] = {
    [TESTS_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [TESTS_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [TESTS_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [TESTS_CLAUSE] = {NULL, "Clause", STYLE_WRAP, 12, 24, false, worked_show},
    [TESTS_FROM] = {NULL, "Span\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    [TESTS_MONTH] = {NULL, "up to", STYLE_MONTH, 10, 10, false, worked_show},
    [TESTS_SUBJECT] = {NULL, "Asks for", STYLE_TEXT, 12, 24, false, worked_show},
    [TESTS_KIND] = {NULL, "What it is", STYLE_TEXT, 11, 11, false, worked_show},
    [TESTS_NUMERATOR] = {NULL, "Nume-\nrator", STYLE_WHOLE, 8, 14, false, worked_show},
    [TESTS_PEOPLE] = {NULL, "of people", STYLE_WHOLE, 9, 14, false, worked_show},
    [TESTS_BASELINE] = {NULL, "Baseline\ntaken off", STYLE_DECIMAL, 9, 14, false, worked_show},
    [TESTS_VALUE] = {NULL, "Value", STYLE_DECIMAL, 10, 20, false, worked_show},
    [TESTS_COMPARED] = {NULL, "must be", STYLE_TEXT, 8, 8, false, worked_show},
    [TESTS_NUMBER] = {NULL, "Number", STYLE_DECIMAL, 10, 20, false, worked_show},
    [TESTS_MET] = {NULL, "Met", STYLE_WHOLE, 6, 6, false, worked_show},
    [TESTS_UNKNOWN] = {NULL, "Nothing\nreported", STYLE_WHOLE, 9, 9, false, worked_show},
    [TESTS_ROW] = {NULL, "Input row", STYLE_TEXT, 22, 48, false, show_place},
    [TESTS_STEP] = {NULL, "Clauses\nrow no.", STYLE_WHOLE, 9, 12, false, worked_show},
    [TESTS_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(COLUMNS <= WORKED_COLUMNS);

void
testsheet_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Tests", &workbook->result->pack->period);
    Testing at = {.step = NULL};
    Table table = {
        .pages = workbook->tests,
        .title = title,
        .note = "What the tests of clauses ask for, and whether each is met (1) or not (0). Where "
                "nothing is reported for an indicator, no test of its clause is met.",
        .columns = TABLE_COLUMNS,
        .column_count = COLUMNS,
        .frozen = TESTS_CLAUSE + 1,
        .printed = TESTS_STEP,
        .user = &at,
        .record = work_row,
    };
    if (workbook->tests == NULL)
        return;
    worked_init(&at.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&at.worked);
}
