#include "pay/condition.h"

#include "pay/indicator.h"

#include "base/poison.h"

bool
condition_lacks_fact(const ClauseSpan *span, const Test *test)
{
    if (test->kind == TEST_FACT)
        return clause_span_fact(span, test->subject) == NULL;
    for (guint i = 0; test->tests != NULL && i < test->tests->len; i++)
        if (condition_lacks_fact(span, g_ptr_array_index(test->tests, i)))
            return true;
    return false;
}

/* Whether a test asks for an indicator of which nothing is achieved. In a forecast of the year-end
 * that one alone is not met. */
static bool
lacks_achievement(const ClauseSpan *span, const Test *test)
{
    Achieved achieved;
    if (pack_foresees_year_end(span->working->pack))
        return false;
    if (test->kind == TEST_INDICATOR)
        return !achieved_find(span->working->pack, span->contract->key, test->subject, &achieved);
    for (guint i = 0; test->tests != NULL && i < test->tests->len; i++)
        if (lacks_achievement(span, g_ptr_array_index(test->tests, i)))
            return true;
    return false;
}

static bool
compare(const Test *test, Fraction value, bool *is_met)
{
    int order;
    if (!fraction_compare(value, fraction_micros(test->number), &order))
        return false;
    switch (test->comparison) {
    case COMPARISON_AT_LEAST:
        *is_met = order >= 0;
        break;
    case COMPARISON_ABOVE:
        *is_met = order > 0;
        break;
    case COMPARISON_AT_MOST:
        *is_met = order <= 0;
        break;
    case COMPARISON_BELOW:
        *is_met = order < 0;
        break;
    case COMPARISON_COUNT:
        break;
    }
    return true;
}

/* Where nobody is left to be judged, the test is met if the indicator then pays in full. */
static bool
is_achieved(const ClauseSpan *span, const Test *test, bool *is_met)
{
    const Pack *pack = span->working->pack;
    const Indicator *indicator = rules_indicator(pack->rules, test->subject);
    Reached reached = indicator_reached(pack, span->contract->key, test->subject);
    if (indicator_is_given(pack, indicator, &reached, is_met) || reached.kind == REACHED_NOTHING)
        return true;
    if (reached.kind != REACHED_NOBODY)
        return compare(test, reached.a, is_met);
    *is_met = indicator->pays_without_patients;
    return true;
}

/* What is counted of an activity in the span to date. */
static bool
is_counted(const ClauseSpan *span, const Test *test, bool *is_met)
{
    const Earned *earned = span->earned;
    Fraction count = fraction_whole(0);
    for (guint i = earned->first; i < earned->lines->len; i++) {
        const Line *line = &g_array_index(earned->lines, Line, i);
        if (line->kind == LINE_ACTIVITY && line->rule == test->subject &&
            span->from <= line->month && line->month <= clause_span_month(span))
            count = fraction_add(count, line_counted(line));
    }
    return compare(test, count, is_met);
}

/* Whether the provider takes part in a scheme on the last day of the span, or of the month. */
static bool
takes_part(const ClauseSpan *span, const Test *test)
{
    const Contracts *contracts = span->working->pack->contracts;
    guint32 contract = contracts_find(contracts, test->subject, span->contract->parties->provider);
    Day day = month_last_day(clause_span_month(span));
    return contract != CODE_NONE && contract_touches(contracts, contract, day, day);
}

static bool
is_met_single(const ClauseSpan *span, const Test *test, bool *is_met)
{
    switch (test->kind) {
    case TEST_INDICATOR:
        return is_achieved(span, test, is_met);
    case TEST_ACTIVITY:
        return is_counted(span, test, is_met);
    case TEST_FACT:
        return compare(test, fraction_micros(clause_span_fact(span, test->subject)->number),
                       is_met);
    case TEST_SCHEME:
        *is_met = takes_part(span, test);
        break;
    case TEST_SOME:
        break;
    }
    return true;
}

bool
condition_is_met(const ClauseSpan *span, const Test *test, bool *is_met)
{
    guint met = 0;
    *is_met = false;
    if (lacks_achievement(span, test))
        return true;
    if (test->kind != TEST_SOME)
        return is_met_single(span, test, is_met);
    for (guint i = 0; i < test->tests->len; i++) {
        bool is_one_met = false;
        if (!is_met_single(span, g_ptr_array_index(test->tests, i), &is_one_met))
            return false;
        met += is_one_met ? 1 : 0;
    }
    *is_met = met >= test->least;
    return true;
}
