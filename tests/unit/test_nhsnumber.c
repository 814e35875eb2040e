/* NHS numbers: the check digit, every spelling of one, and texts without them. */
#include "support.h"

#include <string.h>

#include "base/nhsnumber.h"

#define NBSP "\xc2\xa0"
#define THIN "\xe2\x80\x89"
#define ZERO_WIDTH "\xe2\x80\x8b"
#define WIDE "９４３４７６５９１９"
#define DOTS ".........."

/* Vectors: 9434765919 and 4010232137 are valid NHS numbers. */
static void
numbers_pass_modulus_11(void)
{
    g_assert_true(nhs_number_is_valid(G_GUINT64_CONSTANT(9434765919)));
    g_assert_true(nhs_number_is_valid(G_GUINT64_CONSTANT(4010232137)));
    for (guint64 digit = 0; digit < 10; digit++) {
        g_assert_cmpint(nhs_number_is_valid(G_GUINT64_CONSTANT(943476591) * 10 + digit), ==,
                        digit == 9);
        g_assert_cmpint(nhs_number_is_valid(G_GUINT64_CONSTANT(401023213) * 10 + digit), ==,
                        digit == 7);
    }
    guint valid = 0;
    for (guint64 number = 1000000000; number < 1000110000; number++) {
        guint sum = 0;
        for (guint64 rest = number / 10, weight = 2; weight <= 10; weight++, rest /= 10)
            sum += (guint)(rest % 10 * weight);
        guint check = (11 - sum % 11) % 11;
        g_assert_cmpint(nhs_number_is_valid(number), ==, check == number % 10);
        valid += nhs_number_is_valid(number) ? 1 : 0;
    }
    g_assert_cmpuint(valid, ==, 10000); /* 1 in 11 */
}

static void
references_of_ten_digits_are_read_in_any_spelling(void)
{
    static const char *const GOOD[] = {
        "9434765919",
        "943 476 5919",
        "943-476-5919",
        "943.476.5919",
        "943/476/5919",
        "943 476-5919",
        "9434 765 919",
        "9 4 3 4 7 6 5 9 1 9",
        "9434765919.0",
        "9434765919.",
        "943.476.5919.0",
        "NHS9434765919",
        "NHS No. 943 476 5919",
        "9434765919 Smith",
        "(9434765919)",
        "'9434765919",
        "943" NBSP "476" NBSP "5919",
        "943" THIN "476" THIN "5919",
        "943" ZERO_WIDTH "476" ZERO_WIDTH "5919",
        "\xe2\x80\x8e"
        "9434765919",
        WIDE,
        WIDE ".0",
        "\xd9\xa9\xd9\xa4\xd9\xa3\xd9\xa4\xd9\xa7\xd9\xa6\xd9\xa5\xd9\xa9\xd9\xa1\xd9\xa9",
    };
    static const char *const BAD[] = {"",
                                      "943476591",
                                      "94347659190",
                                      "9434765919.00",
                                      "9434765919x0",
                                      "0.9434765919",
                                      "REF",
                                      "９４３４７６５９１",
                                      WIDE "0",
                                      "caf\xe9 943476591"};
    guint64 number;
    for (gsize i = 0; i < G_N_ELEMENTS(GOOD); i++) {
        number = 0;
        g_test_message("%s", GOOD[i]);
        g_assert_true(nhs_number_read(span_of(GOOD[i]), &number));
        g_assert_cmpuint(number, ==, G_GUINT64_CONSTANT(9434765919));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++) {
        number = 7;
        g_test_message("%s", BAD[i]);
        g_assert_false(nhs_number_read(span_of(BAD[i]), &number));
        g_assert_cmpuint(number, ==, 7);
    }
    g_assert_true(nhs_number_read(span_of("0000000001"), &number)); /* whether valid or not */
    g_assert_cmpuint(number, ==, 1);
}

static void
texts_are_printed_without_numbers(void)
{
    static const char *const CASES[][2] = {
        {"9434765919", DOTS},
        {"NHS9434765919", "NHS" DOTS},
        {"9434765919 Smith", DOTS " Smith"},
        {"Smith, 943 476 5919, and 4010232137", "Smith, " DOTS ", and " DOTS},
        {"943-476-5919", DOTS},
        {"943.476.5919", DOTS},
        {"943/476/5919", DOTS},
        {"943" NBSP "476" NBSP "5919", DOTS},
        {"943" THIN "476" THIN "5919", DOTS},
        {"943" ZERO_WIDTH "476" ZERO_WIDTH "5919", DOTS},
        {"9434765919.0", DOTS ".0"},
        {WIDE, DOTS},
        {"９４３ ４７６ ５９１９", DOTS},
        {"12 943 476 5919 1", "12 " DOTS " 1"},
        {"94347659194010232137", "94347659194010232137"},
        {"9434765919,4010232137", DOTS "," DOTS},
        {"\xff"
         "9434765919\xff",
         "\xff" DOTS "\xff"},
    };
    static const char *const SAME[] = {
        "",
        "Dr Smith",
        "9434765918", /* fails the check */
        "943 476 5918",
        "94347659190", /* eleven digits in a row */
        "19434765919",
        "943 476 59190",
        "1943 476 5919",
        "943-476 5919", /* two separators */
        "943 4765919",
        "943476 5919",
        "9434 765 919", /* parted otherwise */
        "943x476x5919", /* letters part nothing */
        "943  476  5919",
        "943 476 591",
        "943 476 ",
        "943",
        "\xc3",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *masked = nhs_number_mask(span_of(CASES[i][0]));
        g_assert_cmpstr(masked, ==, CASES[i][1]);
        g_assert_true(g_str_equal(CASES[i][0], CASES[i][1]) ||
                      nhs_number_is_in(span_of(CASES[i][0])));
        g_assert_false(nhs_number_is_in(span_of(masked)));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(SAME); i++) {
        g_autofree char *masked = nhs_number_mask(span_of(SAME[i]));
        g_assert_cmpstr(masked, ==, SAME[i]);
        g_assert_false(nhs_number_is_in(span_of(SAME[i])));
    }
}

/* Nothing behind a span is looked at. */
static void
a_span_ends_where_it_says(void)
{
    static const char TEXT[] = "9434765919.0";
    guint64 number;
    for (gsize length = 0; length < 10; length++) {
        g_assert_false(nhs_number_read((Span){TEXT, length}, &number));
        g_assert_false(nhs_number_is_in((Span){TEXT, length}));
        g_autofree char *masked = nhs_number_mask((Span){TEXT, length});
        g_assert_cmpuint(strlen(masked), ==, length);
    }
    g_assert_true(nhs_number_is_in((Span){TEXT, 10}));
    g_assert_true(nhs_number_read((Span){TEXT, 11}, &number));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nhsnumber/numbers-pass-modulus-11", numbers_pass_modulus_11);
    g_test_add_func("/nhsnumber/references-of-ten-digits-are-read-in-any-spelling",
                    references_of_ten_digits_are_read_in_any_spelling);
    g_test_add_func("/nhsnumber/texts-are-printed-without-numbers",
                    texts_are_printed_without_numbers);
    g_test_add_func("/nhsnumber/a-span-ends-where-it-says", a_span_ends_where_it_says);
    return g_test_run();
}
