#include "pay/asked.h"

#include "pay/condition.h"
#include "pay/indicator.h"
#include "pay/step.h"

#include "base/poison.h"

/* Adds what one test came to. What is out of range has refused the run. */
static void
add_test(ClauseAsked *asked, const ClauseSpan *span, const Test *test)
{
    Asked one;
    if (condition_ask(span, test, &one))
        g_array_append_val(asked->tests, one);
}

void
clause_asked(const Result *result, const Line *line, ClauseAsked *asked)
{
    const Contract *contract = result_contract(result, line->contract);
    const Clause *clause = rules_clause(result->pack->rules, line->rule);
    Month april = year_first_month(result->pack->period.year);
    Month length = (Month)span_months(clause->per);
    Month from = line->month - (line->month - april) % length;
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
    if (contract->line_count > 0)
        g_array_append_vals(lines, result_line(result, contract->first_line), contract->line_count);
    Working working = {.pack = result->pack};
    Earned earned = {.by = result->pack->period.month, .lines = lines};
    ClauseSpan span = {&working, contract, clause, &earned, from, from + length - 1};
    *asked = (ClauseAsked){.clause = clause,
                           .from = from,
                           .to = line->month,
                           .tests = g_array_new(FALSE, FALSE, sizeof(Asked))};
    if (clause->amount.fact != CODE_NONE)
        asked->amount = clause_span_fact(&span, clause->amount.fact);
    guint count;
    const Test *const *tests = step_tests(clause, &count);
    for (guint i = 0; i < count; i++)
        add_test(asked, &span, tests[i]);
}

void
clause_asked_clear(ClauseAsked *asked)
{
    g_clear_pointer(&asked->tests, g_array_unref);
}

static int
compare_places(gconstpointer left, gconstpointer right)
{
    const RowPlaceId *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void
add_indicator(GArray *places, const Result *result, const Contract *contract, guint32 indicator)
{
    g_autoptr(GArray) rows = indicator_rows(result->pack, contract, indicator);
    for (guint i = 0; i < rows->len; i++)
        place_add(places, g_array_index(rows, RowPlaceId, i));
}

GArray *
clause_rows(const Result *result, const Line *line)
{
    const Contract *contract = result_contract(result, line->contract);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    g_auto(ClauseAsked) asked = {0};
    clause_asked(result, line, &asked);
    if (asked.amount != NULL)
        place_add(places, asked.amount->place);
    if (asked.clause->indicator != CODE_NONE)
        add_indicator(places, result, contract, asked.clause->indicator);
    for (guint i = 0; i < asked.tests->len; i++) {
        const Asked *one = &g_array_index(asked.tests, Asked, i);
        if (one->fact != NULL)
            place_add(places, one->fact->place);
        if (one->test->kind == TEST_INDICATOR)
            add_indicator(places, result, contract, one->test->subject);
    }
    g_array_sort(places, compare_places);
    return places;
}
