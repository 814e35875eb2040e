#include "report/workbook/indicator.h"

#include "pay/indicator.h"
#include "pay/value.h"
#include "report/workbook/contracts.h"
#include "report/workbook/factsheet.h"
#include "report/workbook/shares.h"
#include "report/workbook/together.h"

#include "base/poison.h"

/* Fractions are told apart where the product of their denominators stays below this: spreadsheets
 * take numbers for equal that differ in the fifteenth digit. */
#define MOST_COMPARED INT64_C(10000000000000)

/* An indicator's row, and the parts its formulas share. */
typedef struct {
    WorkedRow *worked;
    GStringChunk *room;
    const Indicator *indicator;
    Reached reached_of;
    guint first;   /* the column of the numerator; the others follow as on sheets of schemes */
    guint rule;    /* its row on Rules */
    bool is_exact; /* so far */
    const char *denominator, *exceptions, *achievement;
    const char *baseline; /* NULL: none is taken off */
    const char *nobody;   /* whether nobody is left, or too few */
    Term reached, people; /* the numerator; denominator − exceptions */
    guint thresholds;     /* decimals of them */
    Term part, whole;     /* the fraction of its share */
} Earning;

/* Where a column from the numerator on stands. */
static guint
column_of(const Earning *earning, guint column)
{
    return column - INDICATOR_NUMERATOR + earning->first;
}

static const char *
cell_of_column(const Earning *earning, guint column)
{
    return worked_cell(earning->worked, column_of(earning, column));
}

static const char *
rule_cell(const Earning *earning, guint column)
{
    return worked_rule(earning->worked, earning->rule, column);
}

/* The cells of the steps. */
static const char *
step_cells(const Earning *earning, guint column)
{
    return worked_rules(earning->worked, earning->rule,
                        earning->rule + earning->indicator->steps->len - 1, column);
}

/* Decimals that all points of a scheme are whole numbers with. */
static guint
point_decimals(const Rules *rules, const Scheme *scheme)
{
    guint decimals = 0;
    for (guint i = 0; i < scheme->indicators->len; i++) {
        guint32 number = g_array_index(scheme->indicators, guint32, i);
        decimals = MAX(decimals, term_decimals(rules_indicator(rules, number)->points));
    }
    return decimals;
}

/* The remainders that the points of some rows of Rules leave of a value, as an array. They are
 * worked out anew from the value of the row itself, since the rows of the contract's other
 * indicators may stand anywhere. Rows of steps have no points, and none is left there. */
static const char *
remainders(const Earning *earning, Term value, Term points, guint first, guint last)
{
    const char *cells = worked_rules(earning->worked, first, last, RULES_NUMBER);
    Term some = term_micros(earning->room, cells, 0, points.decimals);
    return formula_print(earning->room, "MOD(%s,%s)", term_times(earning->room, value, some).text,
                         points.text);
}

/* What another line of the contract has in a column, found by the number of its indicator. */
static const char *
other_line(const LineRow *row, guint column, guint32 indicator)
{
    const WorkedRow *worked = &row->worked;
    const Rules *rules = worked->record.result->pack->rules;
    PagesCriterion criteria[] = {
        {row->sheet->layout->key, worked_cell(worked, row->sheet->layout->key)},
        {row->sheet->layout->place,
         formula_print(worked->room, "%u", shares_place(rules, indicator))}};
    return worked_sum_where(worked, row->sheet->pages, column, criteria, G_N_ELEMENTS(criteria));
}

/* Whether two fractions are told apart, or are equal, by a spreadsheet's 15 digits. */
static bool
is_comparable(Fraction a, Fraction b)
{
    Int128 product;
    bool is_same = a.num == b.num && a.den == b.den;
    return is_same || (!__builtin_mul_overflow(a.den, b.den, &product) && product < MOST_COMPARED);
}

/* The share of a group goes to the best of its lines, of equal ones to the first: what must hold
 * for this one, compared with each other line of the group. NULL where it has none. */
static const char *
is_best(Earning *earning, const LineRow *row)
{
    const WorkedRow *worked = &row->worked;
    const Result *result = worked->record.result;
    const Contract *contract = worked->record.contract;
    const Line *own = worked->record.line;
    g_autoptr(GString) conditions = g_string_new(NULL);
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(result, i);
        if (line == own || line->kind != LINE_INDICATOR ||
            rules_indicator(result->pack->rules, line->rule)->group_head !=
                earning->indicator->group_head)
            continue;
        g_string_append_printf(conditions, "%s%s%s%s", conditions->len > 0 ? "," : "",
                               cell_of_column(earning, INDICATOR_FRACTION), line < own ? ">" : ">=",
                               other_line(row, column_of(earning, INDICATOR_FRACTION), line->rule));
        earning->is_exact = earning->is_exact && is_comparable(line->fraction, own->fraction);
    }
    return conditions->len > 0 ? g_string_chunk_insert(earning->room, conditions->str) : NULL;
}

/* The share as Shares has it; of a group, where the line is the best of it. */
static void
work_share_apart(Earning *earning, const LineRow *row, Money share)
{
    WorkedRow *worked = earning->worked;
    const Line *line = worked->record.line;
    const char *all = shares_share(worked, row->sheet->layout->key, line->rule);
    const char *best = is_best(earning, row);
    if (earning->first == INDICATOR_NUMERATOR)
        worked_same(worked, INDICATOR_POINTS, figure_rate(earning->indicator->points),
                    rule_cell(earning, RULES_NUMBER));
    worked_set(worked, column_of(earning, INDICATOR_SHARE), figure_money(share),
               best == NULL ? formula_print(earning->room, "=%s", all)
                            : formula_print(earning->room, "=IF(AND(%s),%s,0)", best, all));
}

/* The share of the contract's value: by points whole pence, and one of those left over where fewer
 * of them go to larger remainders, or equal ones before it, than there are. Remainders of all
 * indicators are compared and added up: so a term of one is as large as all points make it. */
static void
work_share(Earning *earning, const Contract *contract, Money share)
{
    WorkedRow *worked = earning->worked;
    GStringChunk *room = earning->room;
    const SchemeCells *cells =
        &g_array_index(worked->workbook->scheme_cells, SchemeCells, contract->parties->scheme);
    guint decimals = point_decimals(worked->record.result->pack->rules, contract->scheme);
    Micros own = earning->indicator->points, all = contracts_points(contract->scheme);
    const char *own_cell = worked_cell(worked, INDICATOR_POINTS);
    const char *remainder = worked_cell(worked, INDICATOR_REMAINDER);
    Term value = term_money(room, worked_cell(worked, INDICATOR_VALUE), contract->value);
    Term weighted = term_times(room, value, term_micros(room, own_cell, all, decimals));
    Term points =
        term_micros(room, worked_rule(worked, cells->points, RULES_NUMBER), all, decimals);
    Int128 left = (Int128)contract->value.pence * term_whole(own, decimals) % points.most;
    const guint *rows = (const guint *)(gpointer)worked->workbook->indicator_row->data;
    const GArray *sharing = contract->scheme->indicators;
    guint first = rows[g_array_index(sharing, guint32, 0)];
    guint last = rows[g_array_index(sharing, guint32, sharing->len - 1)];
    const char *sharers = remainders(earning, value, points, first, last);
    const char *before = remainders(earning, value, points, first, earning->rule);
    worked_same(worked, INDICATOR_POINTS, figure_rate(own), rule_cell(earning, RULES_NUMBER));
    worked_set(worked, INDICATOR_REMAINDER, figure_whole((guint64)left),
               formula_print(room, "=MOD(%s,%s)", weighted.text, points.text));
    worked_set(worked, INDICATOR_SHARE, figure_money(share),
               formula_print(room,
                             "=((%s-%s)/%s+IF(SUMPRODUCT((%s>%s)*1)+SUMPRODUCT((%s=%s)*1)-1"
                             "<SUMPRODUCT(%s)/%s,1,0))/100",
                             weighted.text, remainder, points.text, sharers, remainder, before,
                             remainder, sharers, points.text));
    earning->is_exact = earning->is_exact && formula_is_exact(weighted, points);
}

/* Decimals that the thresholds of an indicator are whole numbers with, and those of what its steps
 * pay. */
static guint
threshold_decimals(const Indicator *indicator, Micros baseline, guint *pays)
{
    guint decimals = indicator->method == METHOD_STEPS ? 0 : term_decimals(indicator->target);
    decimals = MAX(decimals, term_decimals(baseline));
    *pays = 0;
    if (indicator->method == METHOD_SLIDING)
        decimals = MAX(decimals, term_decimals(indicator->floor));
    for (guint i = 0; i < indicator->steps->len; i++) {
        const Step *step = &g_array_index(indicator->steps, Step, i);
        decimals = MAX(decimals, term_decimals(step->reached));
        *pays = MAX(*pays, term_decimals(step->pays));
    }
    return decimals;
}

/* A figure of what was achieved: the contract's own, or the sum of what counts for it. */
static void
set_achieved(const Earning *earning, guint column, Micros number, TogetherFigure figure)
{
    const char *sum = together_sum(earning->worked, &earning->reached_of.achieved, figure);
    worked_set(earning->worked, column_of(earning, column), figure_count(number),
               sum == NULL ? NULL : formula_print(earning->room, "=%s", sum));
}

static void
work_achievement(Earning *earning)
{
    WorkedRow *worked = earning->worked;
    GStringChunk *room = earning->room;
    const Achieved *achieved = &earning->reached_of.achieved;
    const char *numerator = cell_of_column(earning, INDICATOR_NUMERATOR);
    const char *denominator = earning->denominator, *exceptions = earning->exceptions;
    const char *people = formula_print(room, "(%s-%s)", denominator, exceptions);
    Micros left = achieved_people(achieved), least = earning->indicator->min_patients;
    guint decimals =
        MAX(MAX(term_decimals(achieved->numerator), term_decimals(achieved->denominator)),
            term_decimals(achieved->exceptions));
    earning->reached = term_micros(room, numerator, ABS(achieved->numerator), decimals);
    earning->people = term_micros(room, people, left, decimals);
    earning->nobody = formula_print(room, "%s=%s", denominator, exceptions);
    if (least > 0)
        earning->nobody = formula_print(
            room, "%s<%s", earning->people.text,
            term_scaled(room, term_count(rule_cell(earning, RULES_LEAST), least), decimals).text);
    set_achieved(earning, INDICATOR_NUMERATOR, achieved->numerator, TOGETHER_NUMERATOR);
    set_achieved(earning, INDICATOR_DENOMINATOR, achieved->denominator, TOGETHER_DENOMINATOR);
    set_achieved(earning, INDICATOR_EXCEPTIONS, achieved->exceptions, TOGETHER_EXCEPTIONS);
    if (earning->baseline != NULL)
        worked_same(worked, column_of(earning, INDICATOR_BASELINE),
                    figure_rate(earning->reached_of.baseline->number),
                    factsheet_number(worked, earning->reached_of.baseline));
    worked_set(worked, column_of(earning, INDICATOR_ACHIEVEMENT),
               earning->reached_of.kind == REACHED_KNOWN ? figure_fraction(earning->reached_of.a)
                                                         : figure_text("nobody"),
               formula_print(room, "=IF(%s,\"nobody\",%s/%s%s%s)", earning->nobody, numerator,
                             people, earning->baseline != NULL ? "-" : "",
                             earning->baseline != NULL ? earning->baseline : ""));
}

/* A threshold, or a cell of several, in as many decimals as all have; with the baseline added where
 * there is one. It is no larger than most. */
static Term
needed_term(const Earning *earning, const char *cells, Micros most)
{
    Term needed =
        term_micros(earning->room, cells, MAX(ABS(most), MICROS_PER_UNIT), earning->thresholds);
    if (earning->baseline == NULL)
        return needed;
    Micros number = earning->reached_of.baseline->number;
    Term baseline = term_micros(earning->room, earning->baseline, ABS(number), earning->thresholds);
    return (Term){formula_print(earning->room, "(%s+%s)", needed.text, baseline.text),
                  needed.most + baseline.most, needed.decimals};
}

/* "I9*100-(J9-K9)*ROUND(Rules!E12*100,0)": how far the achievement is above a threshold. */
static const char *
above(const Earning *earning, guint column, Micros threshold)
{
    Term reached = term_scaled(earning->room, earning->reached, earning->thresholds);
    Term needed = needed_term(earning, rule_cell(earning, column), threshold);
    return formula_print(earning->room, "%s-%s", reached.text,
                         term_times(earning->room, earning->people, needed).text);
}

/* What steps pay that are counted: those that descend, and those above a baseline, for which a
 * quotient cannot be looked up. */
static const char *
counted_steps(const Earning *earning, guint pays)
{
    GStringChunk *room = earning->room;
    const char *reached = term_scaled(room, earning->reached, earning->thresholds).text;
    Term needed = needed_term(earning, step_cells(earning, RULES_STEP), MICROS_PER_UNIT);
    const char *count = formula_print(room, "SUMPRODUCT((%s%s%s)*1)", reached,
                                      indicator_steps_descend(earning->indicator) ? "<=" : ">=",
                                      term_times(room, earning->people, needed).text);
    const char *step =
        formula_print(room, "INDEX(%s,%s)", step_cells(earning, RULES_STEP_PAYS), count);
    return formula_print(room, "IF(%s=0,0,%s)", count,
                         term_micros(room, step, MICROS_PER_UNIT, pays).text);
}

/* What is earned where there are people. */
static const char *
part_formula(const Earning *earning, guint pays)
{
    GStringChunk *room = earning->room;
    const Indicator *indicator = earning->indicator;
    if (indicator->method == METHOD_SLIDING)
        return formula_print(room, "MAX(0,MIN(%s,SIGN(%s-%s)*(%s)))",
                             cell_of_column(earning, INDICATOR_WHOLE),
                             rule_cell(earning, RULES_TARGET), rule_cell(earning, RULES_FLOOR),
                             above(earning, RULES_FLOOR, indicator->floor));
    if (indicator->method == METHOD_ALL_OR_NOTHING)
        return formula_print(room, "IF(%s%s0,1,0)", above(earning, RULES_TARGET, indicator->target),
                             indicator_is_lower_better(indicator) ? "<=" : ">=");
    if (indicator_steps_descend(indicator) || earning->baseline != NULL)
        return counted_steps(earning, pays);
    const char *step =
        formula_print(room, "LOOKUP(%s,%s,%s)", earning->achievement,
                      step_cells(earning, RULES_STEP), step_cells(earning, RULES_STEP_PAYS));
    return formula_print(room, "IF(%s<%s,0,%s)", earning->achievement,
                         rule_cell(earning, RULES_STEP),
                         term_micros(room, step, MICROS_PER_UNIT, pays).text);
}

/* What part is earned of, where there are people. */
static Term
whole_term(const Earning *earning, guint pays)
{
    GStringChunk *room = earning->room;
    const Indicator *indicator = earning->indicator;
    Term one = term_one(room, 0);
    if (indicator->method != METHOD_SLIDING)
        return term_scaled(room, one, pays);
    guint decimals = earning->thresholds;
    Term target = term_micros(room, rule_cell(earning, RULES_TARGET), indicator->target, decimals);
    Term floor = term_micros(room, rule_cell(earning, RULES_FLOOR), indicator->floor, decimals);
    Term apart = {formula_print(room, "ABS(%s-%s)", target.text, floor.text),
                  MAX(target.most, floor.most) - MIN(target.most, floor.most), decimals};
    return term_times(room, term_times(room, one, earning->people), apart);
}

/* The largest threshold, with the baseline. */
static Term
largest_needed(const Earning *earning)
{
    const Indicator *indicator = earning->indicator;
    Micros most = MAX(ABS(indicator->floor), ABS(indicator->target));
    for (guint i = 0; i < indicator->steps->len; i++)
        most = MAX(most, ABS(g_array_index(indicator->steps, Step, i).reached));
    return needed_term(earning, "", most);
}

/* The fraction as whole numbers, part of whole: of nobody, 1 or 0 of 1. */
static void
work_fraction(Earning *earning, Fraction fraction)
{
    WorkedRow *worked = earning->worked;
    GStringChunk *room = earning->room;
    guint pays;
    const char *nobody = formula_print(room, "IF(%s,", earning->nobody);
    bool is_nobody = earning->reached_of.kind == REACHED_NOBODY;
    Micros baseline = earning->baseline != NULL ? earning->reached_of.baseline->number : 0;
    earning->thresholds = threshold_decimals(earning->indicator, baseline, &pays);
    Term whole = whole_term(earning, pays);
    const char *part_cell = cell_of_column(earning, INDICATOR_PART);
    const char *whole_cell = cell_of_column(earning, INDICATOR_WHOLE);
    earning->whole = term_count(whole_cell, is_nobody ? 1 : whole.most);
    earning->part = term_count(part_cell, earning->whole.most / fraction.den * fraction.num);
    worked_set(worked, column_of(earning, INDICATOR_PART),
               figure_whole((guint64)earning->part.most),
               formula_print(room, "=%sIF(%s=\"full\",1,0),%s)", nobody,
                             rule_cell(earning, RULES_NOBODY), part_formula(earning, pays)));
    worked_set(worked, column_of(earning, INDICATOR_WHOLE),
               figure_whole((guint64)earning->whole.most),
               formula_print(room, "=%s1,%s)", nobody, whole.text));
    worked_set(worked, column_of(earning, INDICATOR_FRACTION), figure_fraction(fraction),
               formula_print(room, "=%s/%s", part_cell, whole_cell));
    /* One digit more, for quotients that are looked up among thresholds. */
    Term compared = term_scaled(room, earning->people, earning->thresholds + 1);
    Term reached = term_scaled(room, earning->reached, earning->thresholds + 1);
    Term needed = term_times(room, earning->people, largest_needed(earning));
    earning->is_exact = earning->is_exact && formula_is_exact(compared, compared) &&
                        formula_is_exact(reached, needed);
}

/* The formula of an indicator of which nothing is achieved: it earns nothing. */
static const char *
work_nothing(Earning *earning, Money share)
{
    WorkedRow *worked = earning->worked;
    GStringChunk *room = earning->room;
    worked_set(worked, column_of(earning, INDICATOR_PART), figure_whole(0), NULL);
    worked_set(worked, column_of(earning, INDICATOR_WHOLE), figure_whole(1), NULL);
    worked_set(worked, column_of(earning, INDICATOR_FRACTION), figure_fraction(fraction_whole(0)),
               formula_print(room, "=%s/%s", cell_of_column(earning, INDICATOR_PART),
                             cell_of_column(earning, INDICATOR_WHOLE)));
    earning->part = term_count(cell_of_column(earning, INDICATOR_PART), 0);
    earning->whole = term_count(cell_of_column(earning, INDICATOR_WHOLE), 1);
    return formula_pounds(
        room,
        term_times(room, term_money(room, cell_of_column(earning, INDICATOR_SHARE), share),
                   earning->part),
        earning->whole, worked->record.contract->scheme->rounding);
}

/* What is not exact is shown without formulas. */
static void
forget_proof(const Earning *earning)
{
    static const guint PROVED[] = {INDICATOR_SHARE, INDICATOR_PART, INDICATOR_WHOLE,
                                   INDICATOR_FRACTION};
    for (guint i = 0; i < G_N_ELEMENTS(PROVED); i++)
        earning->worked->cells[column_of(earning, PROVED[i])].formula = NULL;
    if (earning->first == INDICATOR_NUMERATOR)
        earning->worked->cells[INDICATOR_REMAINDER].formula = NULL;
}

/* An indicator of a contract whose figures stand from a column on. */
static Earning
earning_of(WorkedRow *worked, const Contract *contract, guint32 indicator, guint first)
{
    const Result *result = worked->record.result;
    Earning earning = {
        .worked = worked,
        .room = worked->room,
        .indicator = rules_indicator(result->pack->rules, indicator),
        .reached_of = indicator_reached(result->pack, contract->key, indicator),
        .first = first,
        .rule = g_array_index(worked->workbook->indicator_row, guint, indicator),
        .is_exact = true,
    };
    earning.denominator = cell_of_column(&earning, INDICATOR_DENOMINATOR);
    earning.exceptions = cell_of_column(&earning, INDICATOR_EXCEPTIONS);
    earning.achievement = cell_of_column(&earning, INDICATOR_ACHIEVEMENT);
    if (earning.reached_of.baseline != NULL)
        earning.baseline = cell_of_column(&earning, INDICATOR_BASELINE);
    return earning;
}

const char *
indicator_work(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Result *result = worked->record.result;
    const Contract *contract = worked->record.contract;
    const Line *line = worked->record.line;
    Money share = {line->rate / (MICROS_PER_UNIT / 100)};
    Earning earning = earning_of(worked, contract, line->rule, row->sheet->layout->first);
    bool is_apart = shares_has_scheme(result, contract->scheme);
    if (row->sheet->layout->place > 0)
        worked_set(worked, row->sheet->layout->place,
                   figure_whole(shares_place(result->pack->rules, line->rule)), NULL);
    if (is_apart)
        work_share_apart(&earning, row, share);
    else
        work_share(&earning, contract, share);
    if (earning.reached_of.kind == REACHED_NOTHING && is_apart && earning.is_exact)
        return work_nothing(&earning, share);
    if (earning.reached_of.kind == REACHED_NOTHING) { /* nothing is worked out of nothing */
        worked_set(worked, column_of(&earning, INDICATOR_FRACTION), figure_fraction(line->fraction),
                   NULL);
        forget_proof(&earning);
        return NULL;
    }
    work_achievement(&earning);
    work_fraction(&earning, line->fraction);
    Term shared = term_money(room, cell_of_column(&earning, INDICATOR_SHARE), share);
    const char *amount = formula_pounds(room, term_times(room, shared, earning.part), earning.whole,
                                        contract->scheme->rounding);
    if (amount != NULL && earning.is_exact)
        return amount;
    forget_proof(&earning);
    return NULL;
}

bool
indicator_judge(WorkedRow *worked, const Contract *contract, guint32 indicator, guint first)
{
    Earning earning = earning_of(worked, contract, indicator, first);
    if (earning.reached_of.kind == REACHED_NOTHING)
        return true;
    work_achievement(&earning);
    work_fraction(&earning, indicator_fraction(earning.indicator, &earning.reached_of));
    for (guint column = INDICATOR_PART; !earning.is_exact && column <= INDICATOR_FRACTION; column++)
        worked->cells[column_of(&earning, column)].formula = NULL;
    return earning.is_exact;
}
