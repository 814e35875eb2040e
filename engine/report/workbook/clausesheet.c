#include "report/workbook/clausesheet.h"

#include "pack/rules/words.h"
#include "pay/step.h"
#include "pay/value.h"
#include "report/workbook/contracts.h"
#include "report/workbook/factsheet.h"
#include "report/workbook/judged.h"
#include "report/workbook/lines.h"
#include "report/workbook/shares.h"
#include "report/workbook/steps.h"
#include "report/workbook/testsheet.h"

#include "base/poison.h"

enum {
    CLAUSES_SCHEME,
    CLAUSES_PROVIDER,
    CLAUSES_NAME,
    CLAUSES_CLAUSE,
    CLAUSES_TITLE,
    CLAUSES_LIMIT,
    CLAUSES_FROM,
    CLAUSES_TO,
    CLAUSES_MONTH,
    CLAUSES_BEFORE,
    CLAUSES_POUNDS,
    CLAUSES_EACH,
    CLAUSES_AMOUNT,
    CLAUSES_PART,
    CLAUSES_WHOLE,
    CLAUSES_MET,
    CLAUSES_NEEDED,
    CLAUSES_AFTER,
    CLAUSES_EFFECT,
    CLAUSES_ENGINE,
    CLAUSES_CHECK,
    CLAUSES_RULE,
    CLAUSES_PLACE,
    CLAUSES_STEP,
    CLAUSES_KEY,
    COLUMNS
};

/* A row being worked out. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const ClauseStep *step;
    const Clause *clause;
    Money rate;    /* the amount of the clause */
    bool is_exact; /* so far */
} Acting;

guint
clausesheet_checks(void)
{
    return CLAUSES_CHECK;
}

const char *
clausesheet_effect(const WorkedRow *worked, const Line *line)
{
    guint row = steps_row(worked->workbook, line);
    PagesCriterion same = {CLAUSES_STEP, formula_print(worked->room, "%u", row + 1)};
    return worked_sum_where(worked, worked->workbook->clauses, CLAUSES_EFFECT, &same, 1);
}

const char *
clausesheet_lines(const WorkedRow *worked, const SchemeSheet *sheet, const char *key,
                  const char *from, const char *to)
{
    GStringChunk *room = worked->room;
    guint engine = sheet->layout->amount + 1;
    PagesCriterion criteria[] = {{sheet->layout->key, key},
                                 {LINE_KIND_COLUMN, "\"activity\""},
                                 {INSTALMENT_MONTH, formula_print(room, "\">=\"&%s", from)},
                                 {INSTALMENT_MONTH, formula_print(room, "\"<=\"&%s", to)}};
    guint count = from == NULL ? 2 : 4;
    if (sheet->scheme->payment == PAYMENT_ACTIVITY)
        return worked_sum_where(worked, sheet->pages, engine, criteria, count);
    criteria[1].same = "\"instalment\"";
    const char *instalments = worked_sum_where(worked, sheet->pages, engine, criteria, 2);
    criteria[1].same = "\"indicator\"";
    return formula_print(room, "%s+%s", instalments,
                         worked_sum_where(worked, sheet->pages, engine, criteria, 2));
}

const char *
clausesheet_effects(const WorkedRow *worked, const char *key)
{
    PagesCriterion same = {CLAUSES_KEY, key};
    return worked_sum_where(worked, worked->workbook->clauses, CLAUSES_ENGINE, &same, 1);
}

guint
clausesheet_contract(const Result *result, guint32 key)
{
    guint first = 0, end = result->contracts->len;
    while (first < end) {
        guint middle = first + (end - first) / 2;
        if (result_contract(result, middle)->key < key)
            first = middle + 1;
        else
            end = middle;
    }
    return first < result->contracts->len && result_contract(result, first)->key == key ? first
                                                                                        : G_MAXUINT;
}

/* What was earned in the span before the clause: by the lines, and by the clauses before it. What
 * is added up are the engine's figures, each of which is checked on its own row. */
static void
work_before(Acting *at)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    const Contract *contract = worked->record.contract;
    const SchemeSheet *sheet = worked_scheme(worked->workbook, contract->parties->scheme);
    bool is_year = at->clause->per == PER_YEAR;
    const char *key = worked_cell(worked, CLAUSES_KEY);
    const char *from = is_year ? NULL : worked_cell(worked, CLAUSES_FROM);
    const char *to = is_year ? NULL : worked_cell(worked, CLAUSES_TO);
    PagesCriterion earlier[] = {
        {CLAUSES_KEY, key},
        {CLAUSES_PLACE, formula_print(room, "\"<\"&%s", worked_cell(worked, CLAUSES_PLACE))},
        {CLAUSES_MONTH, formula_print(room, "\">=\"&%s", from)},
        {CLAUSES_MONTH, formula_print(room, "\"<=\"&%s", to)}};
    const char *formula =
        formula_print(room, "=ROUND(%s+%s,2)", clausesheet_lines(worked, sheet, key, from, to),
                      worked_sum_where(worked, worked->workbook->clauses, CLAUSES_ENGINE, earlier,
                                       is_year ? 2 : 4));
    if (sheet->is_summed && !is_year) { /* rows of several months in one */
        at->is_exact = false;
        formula = NULL;
    }
    worked_set(worked, CLAUSES_BEFORE, figure_money(at->step->before), formula);
}

/* Notes an amount that comes about by a formula. */
static void
set_amount(Acting *at, const char *formula)
{
    at->is_exact = at->is_exact && formula != NULL;
    worked_set(&at->worked, CLAUSES_AMOUNT, figure_money(at->rate), formula);
}

/* Pounds, or pounds for each of a fact. */
static void
work_pounds(Acting *at)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    const Contract *contract = worked->record.contract;
    const Amount *amount = &at->clause->amount;
    guint rule = GPOINTER_TO_UINT(g_hash_table_lookup(worked->workbook->rule_row, at->clause));
    worked_same(worked, CLAUSES_POUNDS, figure_rate(amount->pounds),
                worked_rule(worked, rule, RULES_NUMBER));
    Term above = term_micros(room, worked_cell(worked, CLAUSES_POUNDS), amount->pounds,
                             MAX(term_decimals(amount->pounds), 2));
    Term below = term_one(room, 0);
    bool is_negative = false;
    if (amount->fact != CODE_NONE) {
        const Fact *fact =
            step_fact(worked->record.result->pack, contract, at->step->from, amount->fact);
        worked_same(worked, CLAUSES_EACH, figure_rate(fact->number),
                    factsheet_number(worked, fact));
        above = term_times(room, above,
                           term_micros(room, worked_cell(worked, CLAUSES_EACH), ABS(fact->number),
                                       term_decimals(fact->number)));
        is_negative = fact->number < 0;
    }
    below = term_one(room, above.decimals - 2);
    set_amount(at, is_negative
                       ? formula_signed_pounds(room, above, below, contract->scheme->rounding)
                       : formula_pounds(room, above, below, contract->scheme->rounding));
}

/* What the same provider has earned under another scheme: all its lines but those that are not
 * earned; of a held contract what it was paid. */
static void
work_other(Acting *at)
{
    static const char *const NOT_EARNED[] = {"\"brought-forward\"", "\"adjustment\"",
                                             "\"deferred\""};
    WorkedRow *worked = &at->worked;
    const Result *result = worked->record.result;
    guint32 key = contracts_find(result->pack->contracts, at->clause->other_scheme,
                                 worked->record.contract->parties->provider);
    guint number = key == CODE_NONE ? G_MAXUINT : clausesheet_contract(result, key);
    const SchemeSheet *sheet = worked_scheme(worked->workbook, at->clause->other_scheme);
    PagesCriterion criteria[] = {
        {sheet->layout->key, formula_print(worked->room, "%u", number + 1)},
        {LINE_KIND_COLUMN, NULL}};
    guint engine = sheet->layout->amount + 1;
    if (number == G_MAXUINT) {
        set_amount(at, "=0");
        return;
    }
    const char *sum = worked_sum_where(worked, sheet->pages, engine, criteria, 1);
    for (guint i = 0; i < G_N_ELEMENTS(NOT_EARNED); i++) {
        criteria[1].same = NOT_EARNED[i];
        sum = formula_print(worked->room, "%s-%s", sum,
                            worked_sum_where(worked, sheet->pages, engine, criteria, 2));
    }
    set_amount(at, formula_print(worked->room, "=ROUND(%s,2)", sum));
}

/* The instalments of the year in full: of the value without what is due in the year, or of a fact.
 */
static void
work_instalments(Acting *at)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    const Result *result = worked->record.result;
    const Contract *contract = worked->record.contract;
    const Scheme *scheme = contract->scheme;
    const Fact *fact = contract_in_year_fact(result->pack, contract);
    guint rule =
        g_array_index(worked->workbook->scheme_cells, SchemeCells, contract->parties->scheme).share;
    const char *value = worked_sum_by(worked, worked->workbook->contracts, CONTRACTS_VALUE,
                                      CONTRACTS_KEY, CLAUSES_KEY);
    const char *of =
        shares_has_scheme(result, scheme)
            ? formula_print(room, "=ROUND(%s-%s,2)", value, shares_due(worked, CLAUSES_KEY))
            : formula_print(room, "=%s", value);
    if (fact != NULL)
        of = formula_print(room, "=%s", factsheet_number(worked, fact));
    worked_set(worked, CLAUSES_POUNDS, figure_rate(contract->base), of);
    worked_same(worked, CLAUSES_EACH, figure_rate(scheme->in_year_share),
                worked_rule(worked, rule, RULES_NUMBER));
    Term above =
        term_times(room,
                   term_micros(room, worked_cell(worked, CLAUSES_POUNDS), ABS(contract->base),
                               MAX(term_decimals(contract->base), 2)),
                   term_micros(room, worked_cell(worked, CLAUSES_EACH), scheme->in_year_share,
                               term_decimals(scheme->in_year_share)));
    Term below = term_one(room, above.decimals - 2);
    set_amount(at, contract->base < 0 ? formula_signed_pounds(room, above, below, scheme->rounding)
                                      : formula_pounds(room, above, below, scheme->rounding));
}

/* How many of its tests are met, and how many must be. */
static const char *
work_tests(Acting *at)
{
    WorkedRow *worked = &at->worked;
    guint rule = GPOINTER_TO_UINT(g_hash_table_lookup(worked->workbook->rule_row, at->clause));
    const Test *test = at->clause->test;
    worked_set(worked, CLAUSES_MET, figure_whole(testsheet_met(worked->workbook, at->step)),
               testsheet_met_formula(worked, CLAUSES_STEP));
    worked_same(worked, CLAUSES_NEEDED, figure_whole(test->kind == TEST_SOME ? test->least : 1),
                worked_rule(worked, rule, RULES_TESTS));
    at->is_exact = at->is_exact && testsheet_is_proved(worked, at->step);
    return formula_print(worked->room, "%s>=%s", worked_cell(worked, CLAUSES_MET),
                         worked_cell(worked, CLAUSES_NEEDED));
}

/* A part of an amount or of what was earned, rounded; part and whole are set. */
static const char *
work_part(Acting *at, guint column, Money amount)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    Rounding rounding = worked->record.contract->scheme->rounding;
    Term part = term_count(worked_cell(worked, CLAUSES_PART),
                           (Int128)worked->cells[CLAUSES_PART].figure.whole);
    Term whole = term_count(worked_cell(worked, CLAUSES_WHOLE),
                            (Int128)worked->cells[CLAUSES_WHOLE].figure.whole);
    Money most = {ABS(amount.pence)};
    Term above = term_times(room, term_money(room, worked_cell(worked, column), most), part);
    return amount.pence < 0 ? formula_signed_pounds(room, above, whole, rounding)
                            : formula_pounds(room, above, whole, rounding);
}

/* Each limit: sets the cells of its workings, and returns the formula of what is earned after it,
 * or NULL where a spreadsheet cannot work it out exactly. */

static const char *
unchanged(Acting *at)
{
    return formula_print(at->worked.room, "=%s", worked_cell(&at->worked, CLAUSES_BEFORE));
}

static const char *
act_only_if(Acting *at)
{
    const char *is_met = work_tests(at);
    return formula_print(at->worked.room, "=IF(%s,%s,0)", is_met,
                         worked_cell(&at->worked, CLAUSES_BEFORE));
}

static const char *
act_times(Acting *at)
{
    WorkedRow *worked = &at->worked;
    if (!at->step->has_fraction)
        return unchanged(at);
    guint32 indicator = at->clause->indicator;
    const JudgedRow *judged = judged_row(worked->workbook, at->step->contract, indicator);
    worked_same(worked, CLAUSES_PART, figure_whole(judged->part),
                judged_figure(worked, CLAUSES_KEY, indicator, JUDGED_PART));
    worked_same(worked, CLAUSES_WHOLE, figure_whole(judged->whole),
                judged_figure(worked, CLAUSES_KEY, indicator, JUDGED_WHOLE));
    at->is_exact = at->is_exact && judged->is_proved;
    return work_part(at, CLAUSES_BEFORE, at->step->before);
}

static const char *
act_less(Acting *at)
{
    if (at->clause->other_scheme != CODE_NONE)
        work_other(at);
    else
        work_pounds(at);
    return formula_print(at->worked.room, "=MAX(0,ROUND(%s-%s,2))",
                         worked_cell(&at->worked, CLAUSES_BEFORE),
                         worked_cell(&at->worked, CLAUSES_AMOUNT));
}

static const char *
act_on_account(Acting *at)
{
    WorkedRow *worked = &at->worked;
    if (!at->step->has_rate)
        return unchanged(at);
    work_pounds(at);
    worked_set(worked, CLAUSES_PART, figure_whole((guint64)(at->step->month - at->step->from + 1)),
               formula_print(worked->room, "=%s",
                             worked_months(worked, worked_cell(worked, CLAUSES_FROM),
                                           worked_cell(worked, CLAUSES_MONTH))));
    worked_set(worked, CLAUSES_WHOLE, figure_whole((guint64)(at->step->to - at->step->from + 1)),
               formula_print(worked->room, "=%s",
                             worked_months(worked, worked_cell(worked, CLAUSES_FROM),
                                           worked_cell(worked, CLAUSES_TO))));
    return work_part(at, CLAUSES_AMOUNT, at->step->rate);
}

/* Not more, or not less, than an amount. */
static const char *
bounded(Acting *at, const char *function)
{
    return formula_print(at->worked.room, "=%s(%s,%s)", function,
                         worked_cell(&at->worked, CLAUSES_BEFORE),
                         worked_cell(&at->worked, CLAUSES_AMOUNT));
}

static const char *
act_at_most(Acting *at)
{
    work_pounds(at);
    return bounded(at, "MIN");
}

static const char *
act_at_least(Acting *at)
{
    if (!at->step->has_rate)
        return unchanged(at);
    work_pounds(at);
    return bounded(at, "MAX");
}

static const char *
act_keep_if(Acting *at)
{
    if (!at->worked.record.result->pack->period.is_year_end)
        return unchanged(at);
    const char *is_met = work_tests(at);
    const Result *result = at->worked.record.result;
    at->is_exact = at->is_exact && instalments_amount(result->pack, at->worked.record.contract,
                                                      result->pack->period.month, &at->rate);
    work_instalments(at);
    return formula_print(at->worked.room, "=IF(%s,%s,%s)", is_met, bounded(at, "MAX") + 1,
                         worked_cell(&at->worked, CLAUSES_BEFORE));
}

static const char *(*const ACTS[LIMIT_COUNT])(Acting *) = {
    [LIMIT_ONLY_IF] = act_only_if, [LIMIT_TIMES] = act_times,
    [LIMIT_LESS] = act_less,       [LIMIT_ON_ACCOUNT] = act_on_account,
    [LIMIT_AT_MOST] = act_at_most, [LIMIT_AT_LEAST] = act_at_least,
    [LIMIT_KEEP_IF] = act_keep_if, [LIMIT_POT] = NULL, /* on Pots */
    [LIMIT_WHOLE_POT] = NULL,
};

/* The place of a clause among those of its scheme, from 1. */
static guint
place_of_clause(const Contract *contract, guint32 rule)
{
    guint place = 0;
    while (g_array_index(contract->scheme->clauses, guint32, place) != rule)
        place++;
    return place + 1;
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Acting *at = user;
    WorkedRow *worked = &at->worked;
    Workbook *workbook = worked->workbook;
    const ClauseStep *step = steps_at(workbook, (guint)index);
    const Contract *contract = result_contract(workbook->result, step->contract);
    Money effect = {step->after.pence - step->before.pence}; /* within a line's */
    worked_begin(worked, workbook->clauses, index);
    worked->record.contract = contract;
    at->step = step;
    at->clause = rules_clause(workbook->result->pack->rules, step->rule);
    at->rate = step->rate;
    at->is_exact = true;
    worked_set(worked, CLAUSES_CLAUSE, figure_text(at->clause->code), NULL);
    worked_set(worked, CLAUSES_TITLE, figure_text(at->clause->title), NULL);
    worked_set(worked, CLAUSES_LIMIT, figure_text(LIMIT_WORDS[at->clause->limit]), NULL);
    worked_set(worked, CLAUSES_FROM, figure_day(month_first_day(step->from)), NULL);
    worked_set(worked, CLAUSES_TO, figure_day(month_last_day(step->to)), NULL);
    worked_set(worked, CLAUSES_MONTH, figure_month(step->month), NULL);
    worked_set(worked, CLAUSES_PLACE, figure_whole(place_of_clause(contract, step->rule)), NULL);
    worked_set(worked, CLAUSES_STEP, figure_whole(index + 1), NULL);
    worked_set(worked, CLAUSES_KEY, figure_whole((guint64)step->contract + 1), NULL);
    work_before(at);
    const char *after = ACTS[at->clause->limit](at);
    bool is_proved = at->is_exact && after != NULL;
    worked_set(worked, CLAUSES_AFTER, figure_money(step->after), is_proved ? after : NULL);
    worked_amount(worked, CLAUSES_EFFECT, effect,
                  is_proved ? formula_print(worked->room, "=ROUND(%s-%s,2)",
                                            worked_cell(worked, CLAUSES_AFTER),
                                            worked_cell(worked, CLAUSES_BEFORE))
                            : NULL);
    g_array_index(workbook->step_proved, gboolean, index) = is_proved;
    return at;
}

/* The row of limits.csv; leads to it on Rules. */
static void
show_rule(const TableRow *row, Cell *cell)
{
    const Acting *at = row->record;
    GStringChunk *room = at->worked.room;
    guint rule = GPOINTER_TO_UINT(g_hash_table_lookup(at->worked.workbook->rule_row, at->clause));
    cell->figure =
        figure_text(formula_print(room, "limits.csv:%" G_GUINT64_FORMAT, at->clause->line));
    cell->link = formula_print(room, "internal:'" SHEET_RULES "'!A%u", rule + 1);
    cell->style = STYLE_LINK;
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
static const TableColumn TABLE_COLUMNS[COLUMNS] = {
    [CLAUSES_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [CLAUSES_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [CLAUSES_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [CLAUSES_CLAUSE] = {NULL, "Clause", STYLE_WRAP, 12, 24, false, worked_show},
    [CLAUSES_TITLE] = {NULL, "What it is", STYLE_WRAP, 20, 36, false, worked_show},
    [CLAUSES_LIMIT] = {NULL, "Limit", STYLE_TEXT, 10, 11, false, worked_show},
    [CLAUSES_FROM] = {NULL, "Span\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    [CLAUSES_TO] = {NULL, "Span\nto", STYLE_DAY, 11, 11, false, worked_show},
    [CLAUSES_MONTH] = {NULL, "Month of\nthe line", STYLE_MONTH, 10, 10, false, worked_show},
    [CLAUSES_BEFORE] = {NULL, "Earned\nbefore", STYLE_MONEY, 13, 22, false, worked_show},
    [CLAUSES_POUNDS] = {NULL, "Pounds", STYLE_RATE, 11, 22, false, worked_show},
    [CLAUSES_EACH] = {NULL, "for each of,\nor share", STYLE_DECIMAL, 11, 16, false, worked_show},
    [CLAUSES_AMOUNT] = {NULL, "Amount of\nthe clause", STYLE_MONEY, 13, 22, false, worked_show},
    [CLAUSES_PART] = {NULL, "Part", STYLE_WHOLE, 6, 14, false, worked_show},
    [CLAUSES_WHOLE] = {NULL, "of", STYLE_WHOLE, 6, 14, false, worked_show},
    [CLAUSES_MET] = {NULL, "Tests\nmet", STYLE_WHOLE, 6, 6, false, worked_show},
    [CLAUSES_NEEDED] = {NULL, "to be\nmet", STYLE_WHOLE, 6, 6, false, worked_show},
    [CLAUSES_AFTER] = {NULL, "Earned\nafter", STYLE_MONEY, 13, 22, false, worked_show},
    [CLAUSES_EFFECT] = {NULL, "What it\nchanges", STYLE_MONEY, 13, 22, true, worked_show},
    [CLAUSES_ENGINE] = {NULL, "Engine", STYLE_ENGINE, 13, 22, true, worked_show},
    [CLAUSES_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, worked_show_check},
    [CLAUSES_RULE] = {NULL, "Rule", STYLE_TEXT, 14, 16, false, show_rule},
    [CLAUSES_PLACE] = {NULL, "Clause\nno.", STYLE_WHOLE, 9, 9, false, worked_show},
    [CLAUSES_STEP] = {NULL, "Row\nno.", STYLE_WHOLE, 9, 12, false, worked_show},
    [CLAUSES_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(COLUMNS <= WORKED_COLUMNS);

void
clausesheet_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Clauses", &workbook->result->pack->period);
    Acting at = {.step = NULL};
    Table table = {
        .pages = workbook->clauses,
        .title = title,
        .note = "What each clause makes of what a contract has earned in a span by the run's "
                "month, in the order in which clauses act. What was earned before is the sum of "
                "the engine's figures, each of which is checked on its own row.",
        .columns = TABLE_COLUMNS,
        .column_count = COLUMNS,
        .frozen = CLAUSES_CLAUSE + 1,
        .printed = CLAUSES_PLACE,
        .user = &at,
        .record = work_row,
    };
    if (workbook->clauses == NULL)
        return;
    g_array_set_size(workbook->step_proved, workbook->step_rows->len);
    worked_init(&at.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&at.worked);
    for (guint i = 0; i < workbook->step_proved->len; i++)
        workbook->clause_checks += g_array_index(workbook->step_proved, gboolean, i) ? 1 : 0;
    pages_checks(workbook->book, workbook->clauses, CLAUSES_CHECK);
}
