/* Exact fractions and money: every operation, every rounding, every way out of range. */
#include "support.h"

#define BIG ((Int128)1 << 126)
#define P100 ((Int128)1 << 100)

/* The fraction as text. */
static void
assert_fraction(Fraction fraction, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);
    fraction_append(text, fraction);
    g_assert_cmpstr(text->str, ==, expected);
}

static void
assert_invalid(Fraction fraction)
{
    g_assert_false(fraction_is_valid(fraction));
    assert_fraction(fraction, "overflow");
}

static void
fractions_are_in_lowest_terms(void)
{
    assert_fraction(fraction_of(6, 4), "3/2");
    assert_fraction(fraction_of(-6, 4), "-3/2");
    assert_fraction(fraction_of(6, -4), "-3/2");
    assert_fraction(fraction_of(-6, -4), "3/2");
    assert_fraction(fraction_of(0, -7), "0/1");
    assert_fraction(fraction_of(BIG, BIG), "1/1");
    assert_fraction(fraction_of(-BIG, 1), "-85070591730234615865843651857942052864/1");
    assert_fraction(fraction_whole(INT64_MIN), "-9223372036854775808/1");
    assert_fraction(fraction_micros(1500000), "3/2");
    assert_fraction(fraction_money((Money){-1}), "-1/100");
}

static void
arithmetic_is_exact(void)
{
    Fraction third = fraction_of(1, 3), sixth = fraction_of(1, 6);
    assert_fraction(fraction_add(third, sixth), "1/2");
    assert_fraction(fraction_subtract(sixth, third), "-1/6");
    assert_fraction(fraction_multiply(third, fraction_of(-3, 7)), "-1/7");
    assert_fraction(fraction_multiply(fraction_whole(0), third), "0/1");
    assert_fraction(fraction_divide(third, fraction_of(-2, 9)), "-3/2");
    assert_fraction(fraction_divide(fraction_whole(0), third), "0/1");
    /* Cancelling crosswise keeps what fits within range. */
    assert_fraction(fraction_multiply(fraction_of(P100, 3), fraction_of(3, P100)), "1/1");
    assert_fraction(fraction_add(fraction_of(1, P100), fraction_of(-1, P100)), "0/1");
}

/* An achievement of 15 digits against thresholds of six decimals. */
static void
achievement_of_fifteen_digits_is_exact(void)
{
    Fraction a = fraction_of(INT64_C(999999999999999), INT64_C(999999999999998));
    Fraction above = fraction_subtract(a, fraction_micros(999999));
    assert_fraction(fraction_divide(above, fraction_micros(1)), "500000000499999/499999999999999");
}

static void
out_of_range_at_every_branch(void)
{
    const Fraction one = fraction_whole(1), huge = fraction_of(BIG, 1), tiny = fraction_of(1, BIG);
    const Fraction prime = fraction_of(1, P100 + 277), other = fraction_of(1, P100 - 15);
    assert_invalid(fraction_of(1, 0));
    assert_invalid(fraction_of(0, 0));
    assert_invalid(fraction_of(BIG + 1, 3));
    assert_invalid(fraction_of(-BIG - 1, 3));
    assert_invalid(fraction_of(3, BIG + 1));
    assert_invalid(fraction_of(3, -BIG - 1));
    assert_invalid(fraction_multiply(huge, fraction_whole(4))); /* numerators */
    assert_invalid(fraction_multiply(tiny, fraction_of(1, 3))); /* denominators */
    assert_invalid(fraction_multiply(huge, fraction_of(3, 2))); /* beyond 2^126 */
    assert_invalid(fraction_add(huge, fraction_of(1, 5)));      /* left product */
    assert_invalid(fraction_add(fraction_of(1, 5), huge));      /* right product */
    assert_invalid(fraction_add(huge, huge));                   /* sum */
    assert_invalid(fraction_add(prime, other));                 /* denominators */
    assert_invalid(fraction_add(huge, one));                    /* beyond 2^126 */
    assert_invalid(fraction_subtract(fraction_of(-BIG, 1), one));
    assert_invalid(fraction_divide(one, fraction_whole(0)));
    assert_invalid(fraction_divide(huge, fraction_of(1, 4)));
}

static void
out_of_range_is_sticky(void)
{
    const Fraction bad = fraction_of(1, 0), good = fraction_of(2, 3);
    Money money = {77};
    assert_invalid(fraction_add(bad, good));
    assert_invalid(fraction_add(good, bad));
    assert_invalid(fraction_subtract(bad, good));
    assert_invalid(fraction_subtract(good, bad));
    assert_invalid(fraction_multiply(bad, good));
    assert_invalid(fraction_multiply(good, bad));
    assert_invalid(fraction_multiply(bad, fraction_whole(0)));
    assert_invalid(fraction_divide(bad, good));
    assert_invalid(fraction_divide(good, bad));
    g_assert_false(fraction_to_money(bad, ROUND_HALF_UP, &money));
    g_assert_cmpint(money.pence, ==, 77);
}

static void
comparison_is_exact_or_refused(void)
{
    static const struct {
        int64_t an, ad, bn, bd;
        int order;
    } CASES[] = {
        {1, 2, 2, 4, 0},           {1, 3, 1, 2, -1},           {1, 2, 1, 3, 1},
        {-1, 2, 1, 3, -1},         {-1, 2, -1, 3, -1},         {0, 5, 0, 9, 0},
        {79995, 100000, 4, 5, -1}, {4, 5, 800000, 1000000, 0}, {800001, 1000000, 4, 5, 1},
    };
    int order = 9;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Fraction a = fraction_of(CASES[i].an, CASES[i].ad);
        Fraction b = fraction_of(CASES[i].bn, CASES[i].bd);
        g_assert_true(fraction_compare(a, b, &order));
        g_assert_cmpint(order, ==, CASES[i].order);
    }
    order = 9;
    g_assert_false(fraction_compare(fraction_of(BIG, 1), fraction_of(1, 5), &order));
    g_assert_false(fraction_compare(fraction_of(1, 5), fraction_of(BIG, 1), &order));
    g_assert_false(fraction_compare(fraction_of(0, 0), fraction_of(0, 0), &order));
    g_assert_cmpint(order, ==, 9);
}

/* Thousandths of a pound to pence by each rounding: ties of either sign among them. */
static void
rounding_to_pence(void)
{
    static const struct {
        int64_t thousandths, half_up, half_even, down;
    } CASES[] = {
        {0, 0, 0, 0},          {4, 0, 0, 0},      {5, 1, 0, 0},
        {6, 1, 1, 0},          {10, 1, 1, 1},     {14, 1, 1, 1},
        {15, 2, 2, 1},         {25, 3, 2, 2},     {35, 4, 4, 3},
        {1005, 101, 100, 100}, {-4, 0, 0, 0},     {-5, -1, 0, 0},
        {-6, -1, -1, 0},       {-10, -1, -1, -1}, {-15, -2, -2, -1},
        {-25, -3, -2, -2},     {-35, -4, -4, -3}, {-1005, -101, -100, -100},
        {2675, 268, 268, 267},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Fraction pounds = fraction_of(CASES[i].thousandths, 1000);
        Money up, even, down;
        g_assert_true(fraction_to_money(pounds, ROUND_HALF_UP, &up));
        g_assert_true(fraction_to_money(pounds, ROUND_HALF_EVEN, &even));
        g_assert_true(fraction_to_money(pounds, ROUND_DOWN, &down));
        g_assert_cmpint(up.pence, ==, CASES[i].half_up);
        g_assert_cmpint(even.pence, ==, CASES[i].half_even);
        g_assert_cmpint(down.pence, ==, CASES[i].down);
    }
}

/* A recovery is minus its payment, whatever the rounding. */
static void
recovery_is_minus_payment(void)
{
    for (int64_t den = 1; den < 60; den++)
        for (int64_t num = 0; num < 130; num++)
            for (Rounding r = ROUND_HALF_UP; r <= ROUND_DOWN; r++) {
                Money payment, recovery;
                g_assert_true(fraction_to_money(fraction_of(num, den), r, &payment));
                g_assert_true(fraction_to_money(fraction_of(-num, den), r, &recovery));
                g_assert_cmpint(payment.pence, ==, -recovery.pence);
            }
}

static void
money_of_more_than_64_bits_is_refused(void)
{
    Money money = {77};
    Fraction limit = fraction_of(INT64_MAX, 100);
    g_assert_true(fraction_to_money(limit, ROUND_HALF_UP, &money));
    g_assert_cmpint(money.pence, ==, INT64_MAX);
    Fraction half = fraction_add(limit, fraction_of(1, 200));
    g_assert_true(fraction_to_money(half, ROUND_DOWN, &money));
    g_assert_cmpint(money.pence, ==, INT64_MAX);
    money.pence = 77;
    g_assert_false(fraction_to_money(half, ROUND_HALF_UP, &money));
    g_assert_false(fraction_to_money(fraction_of(-BIG, 1), ROUND_DOWN, &money)); /* × 100 */
    g_assert_false(fraction_to_money(fraction_of(P100, 1), ROUND_DOWN, &money));
    g_assert_cmpint(money.pence, ==, 77);
}

/* A tie in a fraction whose denominator leaves no room for doubling it. */
static void
ties_are_seen_at_the_edge_of_the_range(void)
{
    Money money;
    Fraction below = fraction_of(P100 / 200, P100 + 1), tie = fraction_of(1, 200);
    g_assert_true(fraction_to_money(below, ROUND_HALF_UP, &money));
    g_assert_cmpint(money.pence, ==, 0);
    g_assert_true(fraction_to_money(tie, ROUND_HALF_UP, &money));
    g_assert_cmpint(money.pence, ==, 1);
    g_assert_true(fraction_to_money(fraction_of(P100 / 200 + 1, P100), ROUND_HALF_EVEN, &money));
    g_assert_cmpint(money.pence, ==, 1);
}

static void
money_sums_do_not_wrap(void)
{
    Money money = {5};
    g_assert_true(money_add((Money){2}, (Money){-3}, &money));
    g_assert_cmpint(money.pence, ==, -1);
    g_assert_true(money_subtract((Money){2}, (Money){-3}, &money));
    g_assert_cmpint(money.pence, ==, 5);
    g_assert_false(money_add((Money){INT64_MAX}, (Money){1}, &money));
    g_assert_false(money_add((Money){INT64_MIN}, (Money){-1}, &money));
    g_assert_false(money_subtract((Money){INT64_MIN}, (Money){1}, &money));
    g_assert_false(money_subtract((Money){0}, (Money){INT64_MIN}, &money));
    g_assert_cmpint(money.pence, ==, 5);
}

static void
money_is_spelled(void)
{
    static const struct {
        int64_t pence;
        const char *plain, *pounds;
    } CASES[] = {
        {0, "0.00", "£0.00"},
        {-1, "-0.01", "-£0.01"},
        {99, "0.99", "£0.99"},
        {99999, "999.99", "£999.99"},
        {100000, "1000.00", "£1,000.00"},
        {-123456789, "-1234567.89", "-£1,234,567.89"},
        {INT64_MAX, "92233720368547758.07", "£92,233,720,368,547,758.07"},
        {INT64_MIN, "-92233720368547758.08", "-£92,233,720,368,547,758.08"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) plain = g_string_new(NULL), pounds = g_string_new(NULL);
        money_append(plain, (Money){CASES[i].pence});
        money_append_pounds(pounds, (Money){CASES[i].pence});
        g_assert_cmpstr(plain->str, ==, CASES[i].plain);
        g_assert_cmpstr(pounds->str, ==, CASES[i].pounds);
    }
}

static void
rates_and_counts_are_spelled(void)
{
    static const struct {
        Micros micros;
        const char *rate, *count;
    } CASES[] = {
        {0, "0.00", "0"},
        {1, "0.000001", "0.000001"},
        {35000000, "35.00", "35"},
        {35100000, "35.10", "35.1"},
        {17738000, "17.738", "17.738"},
        {1234500, "1.2345", "1.2345"},
        {12500000, "12.50", "12.5"},
        {-1500000, "-1.50", "-1.5"},
        {INT64_C(999999999999999999), "999999999999.999999", "999999999999.999999"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) rate = g_string_new(NULL), count = g_string_new(NULL);
        micros_append_rate(rate, CASES[i].micros);
        micros_append_count(count, CASES[i].micros);
        g_assert_cmpstr(rate->str, ==, CASES[i].rate);
        g_assert_cmpstr(count->str, ==, CASES[i].count);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number/fractions-are-in-lowest-terms", fractions_are_in_lowest_terms);
    g_test_add_func("/number/arithmetic-is-exact", arithmetic_is_exact);
    g_test_add_func("/number/achievement-of-fifteen-digits-is-exact",
                    achievement_of_fifteen_digits_is_exact);
    g_test_add_func("/number/out-of-range-at-every-branch", out_of_range_at_every_branch);
    g_test_add_func("/number/out-of-range-is-sticky", out_of_range_is_sticky);
    g_test_add_func("/number/comparison-is-exact-or-refused", comparison_is_exact_or_refused);
    g_test_add_func("/money/rounding-to-pence", rounding_to_pence);
    g_test_add_func("/money/recovery-is-minus-payment", recovery_is_minus_payment);
    g_test_add_func("/money/more-than-64-bits-is-refused", money_of_more_than_64_bits_is_refused);
    g_test_add_func("/money/ties-are-seen-at-the-edge-of-the-range",
                    ties_are_seen_at_the_edge_of_the_range);
    g_test_add_func("/money/sums-do-not-wrap", money_sums_do_not_wrap);
    g_test_add_func("/money/is-spelled", money_is_spelled);
    g_test_add_func("/number/rates-and-counts-are-spelled", rates_and_counts_are_spelled);
    return g_test_run();
}
