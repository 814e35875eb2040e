/* The rules' tables: what is read without a fault keeps what rules.h promises. */
#include <string.h>

#include "pack/rules/read.h"

#include "support.h"
#include "tables.h"

static void
check_indicator(const Rules *rules, const Scheme *scheme, const Indicator *indicator)
{
    CHECK(rules_scheme(rules, indicator->scheme) == scheme);
    CHECK(indicator->points >= 0);
    if (indicator->method == METHOD_SLIDING)
        CHECK(indicator->has_floor && indicator->has_target &&
              indicator->floor != indicator->target);
    if (indicator->method == METHOD_ALL_OR_NOTHING)
        CHECK(indicator->has_target);
    CHECK((indicator->method == METHOD_STEPS) == (indicator->steps->len > 0));
    CHECK(indicator->min_patients >= 0 &&
          (indicator->due == DUE_MONTH) == (indicator->due_month != MONTH_NONE));
    CHECK(rules_indicator(rules, indicator->group_head)->points == indicator->points);
    bool descends = indicator_steps_descend(indicator);
    for (guint i = 0; i < indicator->steps->len; i++) {
        const Step *step = &g_array_index(indicator->steps, Step, i);
        const Step *before = i == 0 ? NULL : step - 1;
        CHECK(step->pays >= 0 && step->pays <= 9 * MICROS_PER_UNIT);
        CHECK(before == NULL ||
              (descends ? step->reached < before->reached : step->reached > before->reached));
    }
}

static void
check_activity(const Rules *rules, const Scheme *scheme, const Activity *activity)
{
    CHECK(rules_scheme(rules, activity->scheme) == scheme);
    CHECK((activity->count == COUNT_QUANTITY) == (activity->per == PER_NONE));
    CHECK((activity->count == COUNT_FACT) == (activity->fact != CODE_NONE));
    CHECK((activity->per == PER_EPISODE) == (activity->again_after != 0));
    CHECK(activity->group_per != PER_EPISODE);
    CHECK(activity->cap >= -1 && activity->patient_cap >= -1 && activity->prices->len > 0);
    Day end = DAY_NONE;
    for (guint i = 0; i < activity->prices->len; i++) {
        const Price *price = &g_array_index(activity->prices, Price, i);
        CHECK(price->from > end && price->from <= price->to && price->price >= 0);
        CHECK(activity_price_on(activity, price->from) == price);
        CHECK(activity_price_on(activity, price->to) == price);
        end = price->to;
    }
}

/* A test of at most two levels, whose subjects are the scheme's own. */
static void
check_test(const Rules *rules, const Scheme *scheme, const Test *test)
{
    CHECK((test->kind == TEST_SOME) == (test->tests != NULL));
    if (test->kind == TEST_INDICATOR)
        CHECK(rules_scheme(rules, rules_indicator(rules, test->subject)->scheme) == scheme);
    if (test->kind == TEST_ACTIVITY) {
        CHECK(rules_scheme(rules, rules_activity(rules, test->subject)->scheme) == scheme);
        CHECK(activity_is_claimed(rules_activity(rules, test->subject)));
    }
    if (test->kind == TEST_SCHEME)
        CHECK(test->subject < rules_scheme_count(rules));
    if (test->kind != TEST_SOME)
        return;
    CHECK(test->least >= 1 && test->least <= test->tests->len);
    for (guint i = 0; i < test->tests->len; i++) {
        const Test *below = g_ptr_array_index(test->tests, i);
        CHECK(below->kind != TEST_SOME);
        check_test(rules, scheme, below);
    }
}

/* The clauses of a scheme: a pot comes last, and spans become no finer. */
static void
check_clauses(const Rules *rules, guint32 number)
{
    const Scheme *scheme = rules_scheme(rules, number);
    PatientSpan per = PER_NONE;
    for (guint i = 0; i < scheme->clauses->len; i++) {
        const Clause *clause = rules_clause(rules, g_array_index(scheme->clauses, guint32, i));
        bool has_test = clause->limit == LIMIT_ONLY_IF || clause->limit == LIMIT_KEEP_IF;
        CHECK(clause->scheme == number && clause->per >= MAX(per, PER_MONTH));
        CHECK(clause->per <= PER_YEAR && clause->amount.pounds >= 0);
        CHECK(has_test == (clause->test != NULL));
        CHECK((clause->limit == LIMIT_TIMES) == (clause->indicator != CODE_NONE));
        CHECK(!clause_is_pot(clause) || i + 1 == scheme->clauses->len);
        CHECK(scheme->payment == PAYMENT_ACTIVITY || clause->per == PER_YEAR);
        CHECK(scheme->payment == PAYMENT_ACHIEVEMENT || clause->limit != LIMIT_KEEP_IF);
        CHECK(clause->other_scheme == CODE_NONE ||
              (clause->limit == LIMIT_LESS && clause->other_scheme < number));
        if (has_test)
            check_test(rules, scheme, clause->test);
        per = clause->per;
    }
}

static void
check_exclusive(const Rules *rules, guint32 number)
{
    const GArray *exclusive = rules_scheme(rules, number)->exclusive;
    for (guint i = 0; i < exclusive->len; i++) {
        guint32 other = g_array_index(exclusive, guint32, i);
        CHECK(other < rules_scheme_count(rules) && other != number);
        const GArray *back = rules_scheme(rules, other)->exclusive;
        bool is_mutual = false;
        for (guint j = 0; j < back->len; j++)
            is_mutual = is_mutual || g_array_index(back, guint32, j) == number;
        CHECK(is_mutual);
    }
}

static void
check_scheme(const Rules *rules, guint32 number)
{
    const Scheme *scheme = rules_scheme(rules, number);
    bool is_achievement = scheme->payment == PAYMENT_ACHIEVEMENT;
    CHECK(code_is_valid((Span){scheme->code, strlen(scheme->code)}));
    CHECK(codes_find(rules->scheme_codes, (Span){scheme->code, strlen(scheme->code)}) == number);
    CHECK(scheme->delivered_by != 0 && scheme->title[0] != '\0' && scheme->source[0] != '\0');
    CHECK(is_achievement == (scheme->indicators->len > 0) || scheme->activities->len > 0 ||
          !is_achievement);
    check_exclusive(rules, number);
    check_clauses(rules, number);
    for (guint i = 0; i < scheme->indicators->len; i++)
        check_indicator(rules, scheme,
                        rules_indicator(rules, g_array_index(scheme->indicators, guint32, i)));
    for (guint i = 0; i < scheme->activities->len; i++)
        check_activity(rules, scheme,
                       rules_activity(rules, g_array_index(scheme->activities, guint32, i)));
    if (!is_achievement)
        return;
    CHECK(scheme->points.num > 0 && scheme->basis != BASIS_NONE);
    CHECK(scheme->in_year_share >= 0 && scheme->in_year_share <= MICROS_PER_UNIT);
    CHECK(!scheme_needs_list(scheme) || scheme->list_date != DAY_NONE);
    guint instalments = 0;
    for (Month month = year_first_month(FUZZ_YEAR); month < year_first_month(FUZZ_YEAR) + 12;
         month++)
        instalments += scheme_pays_in(scheme, month) ? 1 : 0;
    CHECK(instalments == scheme->instalment_months && 12 % instalments == 0);
    CHECK(scheme_pays_in(scheme, year_first_month(FUZZ_YEAR) + 11));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Span rest = {(const char *)bytes, length};
    Span tables[TABLES];
    for (guint i = 0; i < TABLES; i++)
        tables[i] = take_part(&rest);
    const char *folder = tables_write(tables);
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(Rules) rules = rules_read(folder, FUZZ_YEAR, faults);
    CHECK(rules != NULL);
    check_messages(faults);
    CHECK(faults_count(faults, FAULT_INPUT) == 0);
    if (faults_count(faults, FAULT_RULES) > 0)
        return 0;
    for (guint32 s = 0; s < rules_scheme_count(rules); s++)
        check_scheme(rules, s);
    return 0;
}
