/* Misspelt names: how far one is from another. */
#include "support.h"

#include <string.h>

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

static void
the_nearest_known_codes_are_meant(void)
{
    static const struct {
        const char *code, *hint;
    } CASES[] = {
        {"spiro", ": did you mean SPIRO?"},
        {"SPIR0", ": did you mean SPIRO?"},
        {"SPIRX1", ""},
        {"M83001", ": did you mean M83001?"},
        {"M8300", ": did you mean M83001, M83002, M83003 or another?"},
        {"N7003", ": did you mean N7001 or N7002?"},
        {"n7001", ": did you mean N7001?"}, /* letter case alone is nearer than a letter */
        {"AB", ": did you mean ab?"},       /* short codes may differ in letter case alone */
        {"AC", ""},
        {"DIAGNOSE", ": did you mean DIAGNOSES?"},
        {"DIAGNOSIX", ": did you mean DIAGNOSES?"},
        {"DIAGXXXES", ""},
        {"", ""},
        {"P\xc3\x89TIT", ": did you mean PETIT?"},
    };
    static const char *const KNOWN[] = {"SPIRO", "M83001", "M83002", "M83003",    "M83004",
                                        "N7001", "N7002",  "ab",     "DIAGNOSES", "PETIT"};
    g_autoptr(NearCodes) codes = near_codes_new();
    for (gsize i = 0; i < G_N_ELEMENTS(KNOWN); i++)
        near_codes_add(codes, KNOWN[i]);
    for (guint round = 0; round < 2; round++) /* asked again, the answer is remembered */
        for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
            g_assert_cmpstr(near_codes_hint(codes, span_of(CASES[i].code)), ==, CASES[i].hint);
}

static void
a_hint_agrees_with_near_name(void)
{
    static const char *const KNOWN[] = {"A1",      "ABC",           "ABCD",
                                        "ABCDE-F", "A.B.C.D.E.F.G", "12345678"};
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    for (guint i = 0; i < 20000; i++) {
        char code[12];
        const char *known = KNOWN[g_rand_int_range(random, 0, G_N_ELEMENTS(KNOWN))];
        g_autoptr(NearCodes) codes = near_codes_new();
        g_strlcpy(code, known, sizeof code);
        for (gint32 changes = g_rand_int_range(random, 0, 4); changes > 0; changes--) {
            gint32 at = g_rand_int_range(random, 0, (gint32)strlen(code));
            if (g_rand_boolean(random))
                code[at] = (char)g_rand_int_range(random, 'A', 'H');
            else
                memmove(code + at, code + at + 1, strlen(code) - (gsize)at);
            if (code[0] == '\0')
                break;
        }
        near_codes_add(codes, known);
        g_assert_cmpint(near_codes_hint(codes, span_of(code))[0] != '\0', ==,
                        near_name(span_of(code), span_of(known)));
    }
}

static void
hints_that_are_many_are_forgotten(void)
{
    g_autoptr(NearCodes) codes = near_codes_new();
    near_codes_add(codes, "SPIRO");
    for (guint i = 0; i < 25000; i++) {
        g_autofree char *code = g_strdup_printf("X%u", i);
        g_assert_cmpstr(near_codes_hint(codes, span_of(code)), ==, "");
    }
    g_assert_cmpstr(near_codes_hint(codes, span_of("SPIRA")), ==, ": did you mean SPIRO?");
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
    g_test_add_func("/near/the-nearest-known-codes-are-meant", the_nearest_known_codes_are_meant);
    g_test_add_func("/near/a-hint-agrees-with-near-name", a_hint_agrees_with_near_name);
    g_test_add_func("/near/hints-that-are-many-are-forgotten", hints_that_are_many_are_forgotten);
    return g_test_run();
}
