#include "report/workbook/terms.h"

#include "report/workbook/contracts.h"
#include "sheet/formula.h"

#include "base/poison.h"

static guint
decimals_of_points(const Workbook *workbook, const Scheme *scheme)
{
    guint decimals = 0;
    for (guint i = 0; i < scheme->indicators->len; i++) {
        guint32 number = g_array_index(scheme->indicators, guint32, i);
        Micros points = rules_indicator(workbook->result->pack->rules, number)->points;
        decimals = MAX(decimals, micros_decimals(points));
    }
    return decimals;
}

static void
slide(IndicatorTerms *terms)
{
    const Indicator *indicator = terms->indicator;
    guint decimals = MAX(micros_decimals(indicator->floor), micros_decimals(indicator->target));
    Int128 floor = micros_whole(indicator->floor, decimals);
    Int128 target = micros_whole(indicator->target, decimals);
    Int128 above = product(terms->reached, power_of_ten(decimals)) - product(terms->people, floor);
    terms->threshold_decimals = decimals;
    terms->whole = product(terms->people, target > floor ? target - floor : floor - target);
    terms->part = CLAMP(target > floor ? above : -above, 0, terms->whole);
}

static void
take_all_or_nothing(IndicatorTerms *terms)
{
    guint decimals = micros_decimals(terms->indicator->target);
    Int128 reached = product(terms->reached, power_of_ten(decimals));
    Int128 needed = product(terms->people, micros_whole(terms->indicator->target, decimals));
    terms->threshold_decimals = decimals;
    terms->whole = 1;
    terms->part =
        (indicator_is_lower_better(terms->indicator) ? reached <= needed : reached >= needed) ? 1
                                                                                              : 0;
}

static void
climb(IndicatorTerms *terms)
{
    const GArray *steps = terms->indicator->steps;
    Int128 millionths = product(terms->reached, MICROS_PER_UNIT);
    Micros pays = 0;
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        terms->step_decimals = MAX(terms->step_decimals, micros_decimals(step->pays));
        terms->threshold_decimals = MAX(terms->threshold_decimals, micros_decimals(step->reached));
        if (millionths >= product(terms->people, step->reached))
            pays = step->pays;
    }
    terms->whole = power_of_ten(terms->step_decimals);
    terms->part = micros_whole(pays, terms->step_decimals);
}

IndicatorTerms
indicator_terms(const TableRow *row)
{
    const Workbook *workbook = row_workbook(row);
    const AchievementRow *achieved = row_achieved(row);
    const Scheme *scheme = row_sheet(row)->scheme;
    IndicatorTerms terms = {
        .indicator = rules_indicator(workbook->result->pack->rules, row_line(row)->rule)};
    guint people =
        MAX(micros_decimals(achieved->numerator),
            MAX(micros_decimals(achieved->denominator), micros_decimals(achieved->exceptions)));
    terms.people_decimals = people;
    terms.reached = micros_whole(achieved->numerator, people);
    terms.people = micros_whole(achieved->denominator - achieved->exceptions, people);
    terms.point_decimals = decimals_of_points(workbook, scheme);
    terms.points = micros_whole(terms.indicator->points, terms.point_decimals);
    terms.all_points = micros_whole(scheme_points(scheme), terms.point_decimals);
    terms.value = row_contract(row)->value.pence;
    if (terms.indicator->method == METHOD_SLIDING)
        slide(&terms);
    else if (terms.indicator->method == METHOD_ALL_OR_NOTHING)
        take_all_or_nothing(&terms);
    else
        climb(&terms);
    if (terms.people == 0) {
        terms.whole = 1;
        terms.part = terms.indicator->pays_without_patients ? 1 : 0;
    }
    return terms;
}

guint
indicator_sharers(const TableRow *row)
{
    const Contract *contract = row_contract(row);
    guint count = 0;
    while (count < contract->line_count &&
           result_line(row_workbook(row)->result, contract->first_line + count)->kind ==
               LINE_INDICATOR)
        count++;
    return count;
}

bool
indicator_is_exact(const TableRow *row, const IndicatorTerms *terms)
{
    guint place = row_place_in_contract(row);
    Int128 share = row_line(row)->rate / (MICROS_PER_UNIT / 100);
    Int128 compared = product(terms->people, power_of_ten(terms->threshold_decimals + 1));
    return pages_hold_together(row_sheet(row)->pages, row->index - place, indicator_sharers(row)) &&
           workings_fit(product(terms->value, terms->all_points), terms->all_points) &&
           workings_fit(compared, compared) &&
           workings_fit(product(share, terms->part), terms->whole);
}
