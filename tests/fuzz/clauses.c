/* What limits.csv says in its column `is`: a test that is read is a tree as clause.h promises, and
 * what is not read says why on one line. */
#include <string.h>

#include "pack/rules/clause_read.h"

#include "support.h"

static const char TABLE_SCHEME[] = "SCH";

/* Rules with one scheme, an indicator, an activity that is claimed and one that is not. */
static Rules *
small_rules(void)
{
    static const CountKind COUNTS[] = {COUNT_PATIENTS, COUNT_EACH};
    static const char *const CODES[] = {"ACT", "BLOCK"};
    Rules *rules = rules_new(2025);
    guint32 number = 0;
    codes_add(rules->scheme_codes, (Span){TABLE_SCHEME, strlen(TABLE_SCHEME)});
    (void)rules_add_item(rules, ITEM_INDICATOR, 0, (Span){"IND", 3}, &number);
    for (guint32 i = 0; i < G_N_ELEMENTS(CODES); i++) {
        Activity *activity = g_new0(Activity, 1);
        activity->count = COUNTS[i];
        activity->prices = g_array_new(FALSE, FALSE, sizeof(Price));
        g_ptr_array_add(rules->activities, activity);
        number = i;
        (void)rules_add_item(rules, ITEM_ACTIVITY, 0, (Span){CODES[i], strlen(CODES[i])}, &number);
    }
    return rules;
}

static void
check_test(const Rules *rules, const Test *test, bool is_top)
{
    if (test->kind == TEST_SOME) {
        CHECK(is_top && test->least >= 1 && test->least <= test->tests->len);
        for (guint i = 0; i < test->tests->len; i++)
            check_test(rules, g_ptr_array_index(test->tests, i), false);
        return;
    }
    CHECK(test->tests == NULL);
    CHECK(test->kind != TEST_INDICATOR || test->subject == 0);
    CHECK(test->kind != TEST_ACTIVITY || test->subject == 0); /* the other one is not claimed */
    CHECK(test->kind != TEST_SCHEME || test->subject == 0);
    CHECK(test->kind != TEST_FACT || test->subject < codes_count(rules->facts));
    CHECK(test->kind == TEST_SCHEME || test->comparison < COMPARISON_COUNT);
    CHECK(test_asks_for(test, 0) == (test->kind == TEST_INDICATOR));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Span text = span_trim((Span){(const char *)bytes, length});
    g_autoptr(Rules) rules = small_rules();
    g_autoptr(Codes) lost = codes_new();
    g_autoptr(GString) fault = g_string_new(NULL);
    RulesReader reader = {.rules = rules, .lost_schemes = lost, .knows_schemes = true};
    Test *test = clause_read_test(&reader, 0, text, fault);
    CHECK((test == NULL) == (fault->len > 0));
    if (test == NULL) {
        check_message(fault->str);
    } else {
        check_test(rules, test, true);
        test_free(test);
    }
    Amount amount = {-1, 0};
    g_string_truncate(fault, 0);
    bool is_amount = clause_read_amount(&reader, text, &amount, fault);
    CHECK(is_amount == (fault->len == 0));
    CHECK(is_amount ? amount.pounds >= 0 : amount.pounds == -1);
    CHECK(!is_amount || amount.fact == CODE_NONE || amount.fact < codes_count(rules->facts));
    return 0;
}
