#include "report/figures/clause_words.h"

#include <string.h>

#include "pay/asked.h"

#include "base/poison.h"

/* What a contract had earned in the span of a clause before it: the lines above, of its months. */
static Money
earned_before(const Result *result, const Line *limit, const ClauseAsked *asked)
{
    const Contract *contract = result_contract(result, limit->contract);
    Money sum = {0};
    for (guint i = contract->first_line; result_line(result, i) != limit; i++) {
        const Line *line = result_line(result, i);
        bool is_earned = line->kind == LINE_INSTALMENT || line->kind == LINE_INDICATOR ||
                         line->kind == LINE_ACTIVITY || line->kind == LINE_LIMIT;
        if (is_earned && (line->month == MONTH_NONE || asked->clause->per == PER_YEAR ||
                          (asked->from <= line->month && line->month <= asked->to)))
            sum.pence += line->amount.pence; /* below 10^14 each: closing has added them up */
    }
    return sum;
}

/* "Q 49 % ≥ 50 %: not met", "beds 12 ≥ 10: met" */
static void
append_test(GString *text, const Result *result, const Asked *asked)
{
    static const char *const SIGNS[COMPARISON_COUNT] = {[COMPARISON_AT_LEAST] = "≥",
                                                        [COMPARISON_ABOVE] = ">",
                                                        [COMPARISON_AT_MOST] = "≤",
                                                        [COMPARISON_BELOW] = "<"};
    const Rules *rules = result->pack->rules;
    const Test *test = asked->test;
    const char *sign = SIGNS[test->comparison];
    switch (test->kind) {
    case TEST_INDICATOR: {
        const Indicator *indicator = rules_indicator(rules, test->subject);
        if (asked->has_value)
            g_string_append_printf(text, "%s %s %s %s", indicator->code,
                                   words_reached(indicator, asked->value).text, sign,
                                   words_threshold(indicator, test->number).text);
        else
            g_string_append_printf(text, "%s %s", indicator->code,
                                   asked->reached == REACHED_NOBODY ? "with nobody to be judged"
                                                                    : "without achievement");
        break;
    }
    case TEST_ACTIVITY:
    case TEST_FACT:
        g_string_append(text, test->kind == TEST_FACT ? rules_fact_name(rules, test->subject)
                                                      : rules_activity(rules, test->subject)->code);
        g_string_append_printf(text, " %s %s %s", words_number(asked->value).text, sign,
                               words_count(test->number).text);
        break;
    case TEST_SCHEME:
        g_string_append_printf(text, "takes part in %s on %s",
                               rules_scheme(rules, test->subject)->code,
                               words_day(asked->day).text);
        break;
    case TEST_SOME:
        break;
    }
    g_string_append_printf(text, ": %s", asked->is_met ? "met" : "not met");
}

/* " (2 of 3 are needed; beds 12 ≥ 10: met; …)" */
static void
append_tests(GString *text, const Result *result, const ClauseAsked *asked)
{
    g_string_append(text, " (");
    if (asked->clause->test->kind == TEST_SOME)
        g_string_append_printf(text, "%u of %u are needed; ", asked->clause->test->least,
                               asked->tests->len);
    for (guint i = 0; i < asked->tests->len; i++) {
        g_string_append(text, i == 0 ? "" : "; ");
        append_test(text, result, &g_array_index(asked->tests, Asked, i));
    }
    g_string_append_c(text, ')');
}

/* A title within a sentence: "Freed-up resources" and "Less freed-up resources" are "freed-up
 * resources"; "QOF money" stays as it is. */
static char *
title_inside(const char *title)
{
    static const char LESS[] = "less ";
    if (g_ascii_strncasecmp(title, LESS, strlen(LESS)) == 0)
        title += strlen(LESS);
    char *inside = g_strdup(title);
    if (g_ascii_islower(inside[0] == '\0' ? '\0' : inside[1]))
        inside[0] = g_ascii_tolower(inside[0]);
    return inside;
}

/* "£13,000.00", "£13,000.00 (£5.00 × 2,600 swpe)" */
static void
append_amount(GString *text, const Result *result, const Line *line, const ClauseAsked *asked)
{
    g_string_append(text, words_price(line->rate).text);
    if (asked->amount != NULL && asked->clause->amount.pounds != MICROS_PER_UNIT)
        g_string_append_printf(text, " (%s × %s %s)",
                               words_price(asked->clause->amount.pounds).text,
                               words_count(asked->amount->number).text,
                               words_fact(result->pack->rules, asked->amount->fact));
}

/* What a clause does, by kind. */
static void
append_effect(GString *text, const Result *result, const Line *line, const ClauseAsked *asked)
{
    const Rules *rules = result->pack->rules;
    const Clause *clause = asked->clause;
    switch (clause->limit) {
    case LIMIT_ONLY_IF:
        g_string_append(text, "what it depends on is not met");
        append_tests(text, result, asked);
        break;
    case LIMIT_TIMES:
        g_string_append(text, "× ");
        fraction_append(text, line->fraction);
        g_string_append_printf(text, " (%s) for %s", words_percent(line->fraction).text,
                               rules_indicator(rules, clause->indicator)->title);
        break;
    case LIMIT_LESS:
        append_amount(text, result, line, asked);
        if (clause->other_scheme != CODE_NONE) {
            g_string_append_printf(text, " from the scheme %s come off",
                                   rules_scheme(rules, clause->other_scheme)->code);
        } else {
            g_autofree char *title = title_inside(clause->title);
            g_string_append_printf(text, " of %s come off", title);
        }
        break;
    case LIMIT_ON_ACCOUNT:
        g_string_append_printf(text, "instead, %d of %u months of ", asked->to - asked->from + 1,
                               span_months(clause->per));
        append_amount(text, result, line, asked);
        g_string_append(text, " are paid on account");
        break;
    case LIMIT_AT_MOST:
    case LIMIT_AT_LEAST:
        g_string_append(text, clause->limit == LIMIT_AT_MOST ? "not more than " : "not less than ");
        append_amount(text, result, line, asked);
        break;
    case LIMIT_KEEP_IF:
        g_string_append_printf(text, "what was paid during the year, %s, is kept",
                               words_price(line->rate).text);
        append_tests(text, result, asked);
        break;
    case LIMIT_POT:
    case LIMIT_WHOLE_POT:
        g_string_append_printf(text, "all contracts share %s by what they earned",
                               words_price(line->rate).text);
        break;
    case LIMIT_COUNT:
        break;
    }
}

char *
clause_words(const Result *result, const Line *line)
{
    g_auto(ClauseAsked) asked = {0};
    clause_asked(result, line, &asked);
    Money before = earned_before(result, line, &asked), after = before;
    after.pence += line->amount.pence;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "You earned %s; ", words_money(before).text);
    append_effect(text, result, line, &asked);
    g_string_append_printf(text, ": %s", words_money(after).text);
    return g_string_free(text, FALSE);
}

Words
clause_months(const Result *result, const Line *line)
{
    g_auto(ClauseAsked) asked = {0};
    clause_asked(result, line, &asked);
    return words_months(asked.from, asked.to);
}
