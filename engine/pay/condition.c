#include "pay/condition.h"

#include "pay/reached.h"
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

/* Whether a test asks for an indicator of which nothing is achieved. */
static bool
lacks_achievement(const ClauseSpan *span, const Test *test)
{
    Achieved achieved;
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
    Reached reached = indicator_reached(pack, span->contract->key, test->subject);
    if (reached.kind != REACHED_NOBODY)
        return compare(test, reached.a, is_met);
    *is_met = rules_indicator(pack->rules, test->subject)->pays_without_patients;
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
            count = fraction_add(count, fraction_micros(line->count));
    }
    return compare(test, count, is_met);
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
        *is_met = step_spell(span->working->pack, span->contract, test->subject,
                             clause_span_month(span)) != NULL;
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
