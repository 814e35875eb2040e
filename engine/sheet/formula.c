#include "sheet/formula.h"

#include "base/poison.h"

/* Digits of spreadsheets: a numerator is doubled and a denominator quadrupled where halves are
 * looked for. */
#define MOST_PRECISE INT64_C(1000000000000000)

guint
micros_decimals(Micros number)
{
    guint decimals = 6;
    while (decimals > 0 && number % 10 == 0) {
        number /= 10;
        decimals--;
    }
    return decimals;
}

Int128
power_of_ten(guint decimals)
{
    Int128 power = 1;
    for (guint i = 0; i < decimals; i++)
        power *= 10;
    return power;
}

Int128
micros_whole(Micros number, guint decimals)
{
    if (decimals <= 6)
        return number / power_of_ten(6 - decimals);
    return number * power_of_ten(decimals - 6);
}

Int128
product(Int128 a, Int128 b)
{
    const Int128 most = power_of_ten(12) * power_of_ten(12) * power_of_ten(6);
    Int128 result;
    if (__builtin_mul_overflow(a, b, &result) || result > most)
        return most;
    return result;
}

bool
workings_fit(Int128 numerator, Int128 denominator)
{
    return numerator < MOST_PRECISE / 2 && denominator < MOST_PRECISE / 4;
}

void
workings_append_scale(GString *formula, guint decimals)
{
    if (decimals == 0)
        return;
    g_string_append(formula, "*1");
    for (guint i = 0; i < decimals; i++)
        g_string_append_c(formula, '0');
}

void
workings_append_whole(GString *formula, const char *cell, guint decimals)
{
    if (decimals == 0) {
        g_string_append(formula, cell);
        return;
    }
    g_string_append_printf(formula, "ROUND(%s", cell);
    workings_append_scale(formula, decimals);
    g_string_append(formula, ",0)");
}

void
workings_append_pounds(GString *formula, const char *numerator, const char *denominator,
                       Rounding rounding)
{
    if (g_str_equal(denominator, "1")) {
        g_string_append_printf(formula, "%s/100", numerator);
        return;
    }
    switch (rounding) {
    case ROUND_HALF_UP:
        g_string_append_printf(formula, "ROUND(%s/%s,0)/100", numerator, denominator);
        break;
    case ROUND_HALF_EVEN: /* a half that went up to an odd penny comes down again */
        g_string_append_printf(formula, "(ROUND(%s/%s,0)-IF(MOD(2*%s,4*%s)=%s,1,0))/100", numerator,
                               denominator, numerator, denominator, denominator);
        break;
    case ROUND_DOWN:
        g_string_append_printf(formula, "INT(%s/%s)/100", numerator, denominator);
        break;
    }
}
