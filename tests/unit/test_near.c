/* Misspelt names: how far one is from another. */
#include "support.h"

#include "base/near.h"

static void
letters_put_in_taken_out_and_changed_are_counted(void)
{
    static const struct {
        const char *a, *b;
        guint most, distance;
    } CASES[] = {
        {"", "", 2, 0},
        {"month", "month", 2, 0},
        {"Month", "mONTH", 2, 0},
        {"mnth", "month", 2, 1},
        {"monthh", "month", 2, 1},
        {"munth", "month", 2, 1},
        {"omnth", "month", 2, 2}, /* two letters that change places are two */
        {"", "abc", 5, 3},
        {"abc", "", 5, 3},
        {"", "abc", 2, 3}, /* more than most is most + 1 */
        {"abcdef", "uvwxyz", 2, 3},
        {"as at", "as_at", 2, 0},
        {"as-at", "as\xe2\x80\x8b_at", 2, 0},
        {"\xef\xbb\xbf"
         "month\xc2\xa0",
         "month", 2, 0},
        {"month\xff", "month", 2, 0},
        {"café", "CAFÉ", 2, 0},
        {"cafe", "café", 2, 1},
        {"day1", "day2", 2, 1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Span a = span_of(CASES[i].a), b = span_of(CASES[i].b);
        g_test_message("%s, %s", CASES[i].a, CASES[i].b);
        g_assert_cmpuint(near_distance(a, b, CASES[i].most), ==, CASES[i].distance);
        g_assert_cmpuint(near_distance(b, a, CASES[i].most), ==, CASES[i].distance);
    }
}

static void
longer_names_may_differ_more(void)
{
    static const struct {
        const char *name, *known;
        bool is_near;
    } CASES[] = {
        {"To", "to", true},
        {"t o", "to", true},
        {"too", "to", false},
        {"pc", "pcn", false},
        {"pcns", "pcn", false},
        {"asat", "as_at", true},
        {"as_t", "as_at", true},
        {"as_", "as_at", false},
        {"ammount", "amount", true},
        {"ammountt", "amount", false},
        {"submision", "submission", true},
        {"submisio", "submission", true},
        {"submisi", "submission", false},
        {"exception", "exceptions", true},
        {"weight", "weighted", true},
        {"claim_month", "claim_months", true},
        {"note", "month", false},
        {"", "to", false},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_test_message("%s, %s", CASES[i].name, CASES[i].known);
        g_assert_cmpint(near_name(span_of(CASES[i].name), span_of(CASES[i].known)), ==,
                        CASES[i].is_near);
    }
}

static void
a_name_of_more_than_64_letters_is_near_none(void)
{
    g_autofree char *most = g_strnfill(64, 'x'), *more = g_strnfill(65, 'x');
    g_assert_true(near_name(span_of(most), span_of(most)));
    g_assert_false(near_name(span_of(more), span_of(more)));
    g_assert_false(near_name(span_of(more), span_of(most)));
    g_assert_cmpuint(near_distance(span_of(most), span_of(more), 2), ==, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/near/letters-put-in-taken-out-and-changed-are-counted",
                    letters_put_in_taken_out_and_changed_are_counted);
    g_test_add_func("/near/longer-names-may-differ-more", longer_names_may_differ_more);
    g_test_add_func("/near/a-name-of-more-than-64-letters-is-near-none",
                    a_name_of_more_than_64_letters_is_near_none);
    return g_test_run();
}
