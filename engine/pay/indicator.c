#include "pay/indicator.h"

#include "base/poison.h"

/* Whether a reaches a threshold, exactly: 79.995 % is not 80 %. */
static bool
reaches(Fraction a, Micros threshold, bool lower_is_better, bool *is_valid)
{
    int order;
    if (!fraction_compare(a, fraction_micros(threshold), &order)) {
        *is_valid = false;
        return false;
    }
    return lower_is_better ? order <= 0 : order >= 0;
}

/* (a − floor) ÷ (target − floor), kept within 0 and 1. */
static Fraction
slide(const Indicator *indicator, Fraction a)
{
    Fraction from_floor = fraction_subtract(a, fraction_micros(indicator->floor));
    Fraction f = fraction_divide(
        from_floor, fraction_of(indicator->target - indicator->floor, MICROS_PER_UNIT));
    if (!fraction_is_valid(f))
        return f;
    if (f.num <= 0)
        return fraction_whole(0);
    return f.num >= f.den ? fraction_whole(1) : f;
}

/* The fraction of the last step reached; before the first, 0. */
static Fraction
climb(const Indicator *indicator, Fraction a, bool *is_valid)
{
    Fraction f = fraction_whole(0);
    for (guint i = 0; i < indicator->steps->len; i++) {
        const Step *step = &g_array_index(indicator->steps, Step, i);
        if (reaches(a, step->reached, false, is_valid))
            f = fraction_micros(step->pays);
    }
    return f;
}

Fraction
indicator_fraction(const Indicator *indicator, const AchievementRow *achieved)
{
    Micros patients = achieved->denominator - achieved->exceptions;
    if (patients == 0)
        return fraction_whole(indicator->pays_without_patients ? 1 : 0);
    Fraction a = fraction_of(achieved->numerator, patients);
    if (indicator->method == METHOD_SLIDING)
        return slide(indicator, a);
    bool is_valid = true;
    bool lower_is_better = indicator_is_lower_better(indicator);
    Fraction f =
        indicator->method == METHOD_STEPS
            ? climb(indicator, a, &is_valid)
            : fraction_whole(reaches(a, indicator->target, lower_is_better, &is_valid) ? 1 : 0);
    return is_valid ? f : (Fraction){0, 0};
}

/* What rounding down took from a share: it decides who gets the pence left over. */
typedef struct {
    Fraction rest;
    guint place;
} Remainder;

/* Largest first; of equal ones the earlier row of the rules. */
static int
compare_remainders(gconstpointer left, gconstpointer right, gpointer user)
{
    const Remainder *a = left, *b = right;
    bool *is_valid = user;
    int order = 0;
    if (!fraction_compare(b->rest, a->rest, &order))
        *is_valid = false;
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

bool
indicator_shares(const Rules *rules, const Scheme *scheme, Money value, Money *shares)
{
    g_autoptr(GArray) remainders = g_array_new(FALSE, FALSE, sizeof(Remainder));
    bool is_valid = true;
    int64_t left = value.pence;
    for (guint i = 0; i < scheme->indicators->len; i++) {
        const Indicator *indicator =
            rules_indicator(rules, g_array_index(scheme->indicators, guint32, i));
        Fraction part = fraction_divide(fraction_micros(indicator->points), scheme->points);
        Fraction exact = fraction_multiply(fraction_money(value), part);
        if (!fraction_to_money(exact, ROUND_DOWN, &shares[i]))
            return false;
        Remainder remainder = {fraction_subtract(exact, fraction_money(shares[i])), i};
        g_array_append_val(remainders, remainder);
        left -= shares[i].pence;
        is_valid = is_valid && fraction_is_valid(remainder.rest);
    }
    if (!is_valid)
        return false;
    g_array_sort_with_data(remainders, compare_remainders, &is_valid);
    for (guint i = 0; left > 0 && i < remainders->len; i++, left--)
        shares[g_array_index(remainders, Remainder, i).place].pence++;
    return is_valid && left == 0;
}
