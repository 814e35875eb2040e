#include "report/workbook/indicator.h"

#include "report/workbook/contracts.h"

#include "base/poison.h"

/* An indicator's row, and the parts its formulas share. */
typedef struct {
    WorkedRow *worked;
    GStringChunk *room;
    const Indicator *indicator;
    const AchievementRow *achieved;
    guint rule;    /* its row on Rules */
    bool is_exact; /* so far */
    const char *denominator, *exceptions, *achievement;
    Term reached, people; /* the numerator; denominator − exceptions */
    guint thresholds;     /* decimals of them */
    Term part, whole;     /* the fraction of its share */
} Earning;

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
threshold_decimals(const Indicator *indicator, guint *pays)
{
    guint decimals = indicator->method == METHOD_STEPS ? 0 : term_decimals(indicator->target);
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

static void
work_achievement(Earning *earning)
{
    WorkedRow *worked = earning->worked;
    GStringChunk *room = earning->room;
    const AchievementRow *achieved = earning->achieved;
    const char *numerator = worked_cell(worked, INDICATOR_NUMERATOR);
    const char *denominator = earning->denominator, *exceptions = earning->exceptions;
    const char *people = formula_print(room, "(%s-%s)", denominator, exceptions);
    Micros left = achieved->denominator - achieved->exceptions;
    guint decimals =
        MAX(MAX(term_decimals(achieved->numerator), term_decimals(achieved->denominator)),
            term_decimals(achieved->exceptions));
    earning->reached = term_micros(room, numerator, achieved->numerator, decimals);
    earning->people = term_micros(room, people, left, decimals);
    worked_set(worked, INDICATOR_NUMERATOR, figure_count(achieved->numerator), NULL);
    worked_set(worked, INDICATOR_DENOMINATOR, figure_count(achieved->denominator), NULL);
    worked_set(worked, INDICATOR_EXCEPTIONS, figure_count(achieved->exceptions), NULL);
    worked_set(worked, INDICATOR_ACHIEVEMENT,
               left == 0 ? figure_text("nobody")
                         : figure_fraction(fraction_of(achieved->numerator, left)),
               formula_print(room, "=IF(%s=%s,\"nobody\",%s/%s)", denominator, exceptions,
                             numerator, people));
}

/* "I9*100-(J9-K9)*ROUND(Rules!E12*100,0)": how far the achievement is above a threshold. */
static const char *
above(const Earning *earning, guint threshold)
{
    Term reached = term_scaled(earning->room, earning->reached, earning->thresholds);
    Term needed = term_micros(earning->room, rule_cell(earning, threshold), MICROS_PER_UNIT,
                              earning->thresholds);
    return formula_print(earning->room, "%s-%s", reached.text,
                         term_times(earning->room, earning->people, needed).text);
}

/* What is earned where there are people. */
static const char *
part_formula(const Earning *earning, guint pays)
{
    GStringChunk *room = earning->room;
    if (earning->indicator->method == METHOD_SLIDING)
        return formula_print(room, "MAX(0,MIN(%s,SIGN(%s-%s)*(%s)))",
                             worked_cell(earning->worked, INDICATOR_WHOLE),
                             rule_cell(earning, RULES_TARGET), rule_cell(earning, RULES_FLOOR),
                             above(earning, RULES_FLOOR));
    if (earning->indicator->method == METHOD_ALL_OR_NOTHING)
        return formula_print(room, "IF(%s%s0,1,0)", above(earning, RULES_TARGET),
                             indicator_is_lower_better(earning->indicator) ? "<=" : ">=");
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

/* The fraction as whole numbers, part of whole: of nobody, 1 or 0 of 1. */
static void
work_fraction(Earning *earning, Fraction fraction)
{
    WorkedRow *worked = earning->worked;
    GStringChunk *room = earning->room;
    guint pays;
    const char *nobody =
        formula_print(room, "IF(%s=%s,", earning->denominator, earning->exceptions);
    earning->thresholds = threshold_decimals(earning->indicator, &pays);
    Term whole = whole_term(earning, pays);
    const char *part_cell = worked_cell(worked, INDICATOR_PART);
    const char *whole_cell = worked_cell(worked, INDICATOR_WHOLE);
    earning->whole = term_count(whole_cell, earning->people.most == 0 ? 1 : whole.most);
    earning->part = term_count(part_cell, earning->whole.most / fraction.den * fraction.num);
    worked_set(worked, INDICATOR_PART, figure_whole((guint64)earning->part.most),
               formula_print(room, "=%sIF(%s=\"full\",1,0),%s)", nobody,
                             rule_cell(earning, RULES_NOBODY), part_formula(earning, pays)));
    worked_set(worked, INDICATOR_WHOLE, figure_whole((guint64)earning->whole.most),
               formula_print(room, "=%s1,%s)", nobody, whole.text));
    worked_set(worked, INDICATOR_FRACTION, figure_fraction(fraction),
               formula_print(room, "=%s/%s", part_cell, whole_cell));
    /* One digit more, for quotients that are looked up among thresholds. */
    Term compared = term_scaled(room, earning->people, earning->thresholds + 1);
    earning->is_exact = earning->is_exact && formula_is_exact(compared, compared);
}

const char *
indicator_work(LineRow *row, const AchievementRow *achieved)
{
    static const guint PROVED[] = {INDICATOR_REMAINDER, INDICATOR_SHARE, INDICATOR_PART,
                                   INDICATOR_WHOLE, INDICATOR_FRACTION};
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Result *result = worked->record.result;
    const Contract *contract = worked->record.contract;
    const Line *line = worked->record.line;
    Money share = {line->rate / (MICROS_PER_UNIT / 100)};
    Earning earning = {
        .worked = worked,
        .room = room,
        .indicator = rules_indicator(result->pack->rules, line->rule),
        .achieved = achieved,
        .rule = g_array_index(worked->workbook->indicator_row, guint, line->rule),
        .is_exact = true,
        .denominator = worked_cell(worked, INDICATOR_DENOMINATOR),
        .exceptions = worked_cell(worked, INDICATOR_EXCEPTIONS),
        .achievement = worked_cell(worked, INDICATOR_ACHIEVEMENT),
    };
    work_share(&earning, contract, share);
    work_achievement(&earning);
    work_fraction(&earning, line->fraction);
    Term shared = term_money(room, worked_cell(worked, INDICATOR_SHARE), share);
    const char *amount = formula_pounds(room, term_times(room, shared, earning.part), earning.whole,
                                        contract->scheme->rounding);
    if (amount != NULL && earning.is_exact)
        return amount;
    for (guint i = 0; i < G_N_ELEMENTS(PROVED); i++)
        worked->cells[PROVED[i]].formula = NULL;
    return NULL;
}
