#include "pay/condition.h"

#include "pay/indicator.h"
#include "pay/step.h"

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
static void
ask_indicator(const ClauseSpan *span, const Test *test, Asked *asked)
{
    const Pack *pack = span->working->pack;
    const Indicator *indicator = rules_indicator(pack->rules, test->subject);
    Reached reached = indicator_reached(pack, span->contract->key, test->subject);
    bool is_given = indicator_is_given(pack, indicator, &reached, &asked->is_met);
    asked->reached = reached.kind;
    asked->has_value = !is_given && reached.kind == REACHED_KNOWN;
    asked->value = reached.a;
    if (!is_given)
        asked->is_met = reached.kind == REACHED_NOBODY && indicator->pays_without_patients;
}

/* What is counted of an activity in the span to date. */
static Fraction
counted(const ClauseSpan *span, const Test *test)
{
    const Earned *earned = span->earned;
    Fraction count = fraction_whole(0);
    for (guint i = earned->first; i < earned->lines->len; i++) {
        const Line *line = &g_array_index(earned->lines, Line, i);
        if (line->kind == LINE_ACTIVITY && line->rule == test->subject &&
            span->from <= line->month && line->month <= clause_span_month(span))
            count = fraction_add(count, line_counted(line));
    }
    return count;
}

bool
condition_ask(const ClauseSpan *span, const Test *test, Asked *asked)
{
    *asked = (Asked){.test = test, .day = DAY_NONE};
    switch (test->kind) {
    case TEST_INDICATOR:
        ask_indicator(span, test, asked);
        break;
    case TEST_ACTIVITY:
        asked->has_value = true;
        asked->value = counted(span, test);
        break;
    case TEST_FACT:
        asked->has_value = true;
        asked->fact = clause_span_fact(span, test->subject);
        asked->value = fraction_micros(asked->fact->number);
        break;
    case TEST_SCHEME: /* on the last day of the span, or of the month */
        asked->day = month_last_day(clause_span_month(span));
        asked->is_met = step_spell(span->working->pack, span->contract, test->subject,
                                   clause_span_month(span)) != NULL;
        break;
    case TEST_SOME:
        break;
    }
    return !asked->has_value || compare(test, asked->value, &asked->is_met);
}

bool
condition_is_met(const ClauseSpan *span, const Test *test, bool *is_met)
{
    guint met = 0;
    *is_met = false;
    if (lacks_achievement(span, test))
        return true;
    Asked asked;
    if (test->kind != TEST_SOME) {
        if (!condition_ask(span, test, &asked))
            return false;
        *is_met = asked.is_met;
        return true;
    }
    for (guint i = 0; i < test->tests->len; i++) {
        if (!condition_ask(span, g_ptr_array_index(test->tests, i), &asked))
            return false;
        met += asked.is_met ? 1 : 0;
    }
    *is_met = met >= test->least;
    return true;
}
