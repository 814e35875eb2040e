#include "base/number.h"

#include "base/poison.h"

static const Fraction OUT_OF_RANGE = {0, 0};

static Int128
magnitude_gcd(Int128 a, Int128 b)
{
    while (b != 0) {
        Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

Fraction
fraction_of(Int128 num, Int128 den)
{
    const Int128 lowest = (Int128)1 << 126; /* beyond it a negation could overflow */
    if (den == 0 || num > lowest || num < -lowest || den > lowest || den < -lowest)
        return OUT_OF_RANGE;
    if (den < 0) {
        num = -num;
        den = -den;
    }
    Int128 divisor = magnitude_gcd(num, den);
    return (Fraction){num / divisor, den / divisor};
}

Fraction
fraction_whole(int64_t number)
{
    return (Fraction){number, 1};
}

Fraction
fraction_micros(Micros micros)
{
    return fraction_of(micros, MICROS_PER_UNIT);
}

Fraction
fraction_money(Money money)
{
    return fraction_of(money.pence, 100);
}

bool
fraction_is_valid(Fraction a)
{
    return a.den != 0;
}

Fraction
fraction_multiply(Fraction a, Fraction b)
{
    if (a.den == 0 || b.den == 0)
        return OUT_OF_RANGE;
    /* Cancelling crosswise first keeps every product as small as it can be. */
    Int128 across = magnitude_gcd(a.num, b.den);
    Int128 down = magnitude_gcd(b.num, a.den);
    Int128 num, den;
    if (__builtin_mul_overflow(a.num / across, b.num / down, &num) ||
        __builtin_mul_overflow(a.den / down, b.den / across, &den))
        return OUT_OF_RANGE;
    return fraction_of(num, den);
}

Fraction
fraction_divide(Fraction a, Fraction b)
{
    return fraction_multiply(a, fraction_of(b.den, b.num));
}

Fraction
fraction_add(Fraction a, Fraction b)
{
    if (a.den == 0 || b.den == 0)
        return OUT_OF_RANGE;
    Int128 shared = magnitude_gcd(a.den, b.den);
    Int128 left, right, num, den;
    if (__builtin_mul_overflow(a.num, b.den / shared, &left) ||
        __builtin_mul_overflow(b.num, a.den / shared, &right) ||
        __builtin_add_overflow(left, right, &num) ||
        __builtin_mul_overflow(a.den, b.den / shared, &den))
        return OUT_OF_RANGE;
    return fraction_of(num, den);
}

Fraction
fraction_subtract(Fraction a, Fraction b)
{
    return fraction_add(a, (Fraction){-b.num, b.den});
}

bool
fraction_compare(Fraction a, Fraction b, int *order)
{
    Int128 shared = magnitude_gcd(a.den, b.den);
    Int128 left, right;
    if (shared == 0 || __builtin_mul_overflow(a.num, b.den / shared, &left) ||
        __builtin_mul_overflow(b.num, a.den / shared, &right))
        return false;
    *order = (left > right) - (left < right);
    return true;
}

/* Whether the rest of the division rounds the pence away from zero (rules/README.md, schemes.csv:
 * rounding). */
static bool
rounds_away(Int128 quotient, Int128 rest, Int128 den, Rounding rounding)
{
    if (rounding == ROUND_DOWN)
        return false;
    Int128 other_half = den - rest; /* rest and den - rest: compared without doubling */
    if (rest != other_half)
        return rest > other_half;
    return rounding == ROUND_HALF_UP || quotient % 2 != 0;
}

bool
fraction_to_money(Fraction pounds, Rounding rounding, Money *money)
{
    Fraction pence = fraction_multiply(pounds, fraction_whole(100));
    if (pence.den == 0)
        return false;
    bool is_negative = pence.num < 0;
    Int128 size = is_negative ? -pence.num : pence.num;
    Int128 quotient = size / pence.den;
    if (rounds_away(quotient, size % pence.den, pence.den, rounding))
        quotient += 1;
    if (quotient > INT64_MAX)
        return false;
    money->pence = (int64_t)(is_negative ? -quotient : quotient);
    return true;
}

bool
money_add(Money a, Money b, Money *result)
{
    int64_t sum;
    if (__builtin_add_overflow(a.pence, b.pence, &sum))
        return false;
    result->pence = sum;
    return true;
}

bool
money_subtract(Money a, Money b, Money *result)
{
    int64_t difference;
    if (__builtin_sub_overflow(a.pence, b.pence, &difference))
        return false;
    result->pence = difference;
    return true;
}

/* The size of a number without its sign; right for INT64_MIN, too. */
static uint64_t
size_of_number(int64_t number)
{
    return number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
}

void
money_append(GString *text, Money money)
{
    uint64_t size = size_of_number(money.pence);
    g_string_append_printf(text, "%s%" G_GUINT64_FORMAT ".%02u", money.pence < 0 ? "-" : "",
                           size / 100, (unsigned)(size % 100));
}

void
whole_append_commas(GString *text, guint64 number)
{
    char digits[24];
    int length = g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, number);
    for (int i = 0; i < length; i++) {
        g_string_append_c(text, digits[i]);
        if (i + 1 < length && (length - i - 1) % 3 == 0)
            g_string_append_c(text, ',');
    }
}

void
money_append_pounds(GString *text, Money money)
{
    uint64_t size = size_of_number(money.pence);
    g_string_append(text, money.pence < 0 ? "-£" : "£");
    whole_append_commas(text, size / 100);
    g_string_append_printf(text, ".%02u", (unsigned)(size % 100));
}

/* Appends the decimals of a number in millionths, trailing zeros cut beyond the least places. */
static void
append_decimals(GString *text, Micros micros, unsigned least)
{
    uint64_t size = size_of_number(micros);
    char decimals[8];
    g_snprintf(decimals, sizeof decimals, "%06u", (unsigned)(size % MICROS_PER_UNIT));
    unsigned places = 6;
    while (places > least && decimals[places - 1] == '0')
        places--;
    g_string_append_printf(text, "%s%" G_GUINT64_FORMAT, micros < 0 ? "-" : "",
                           size / MICROS_PER_UNIT);
    if (places > 0)
        g_string_append_printf(text, ".%.*s", (int)places, decimals);
}

void
micros_append_rate(GString *text, Micros micros)
{
    append_decimals(text, micros, 2);
}

void
micros_append_count(GString *text, Micros micros)
{
    append_decimals(text, micros, 0);
}

static void
append_int128(GString *text, Int128 number)
{
    char digits[48];
    char *at = digits + sizeof digits;
    bool is_negative = number < 0;
    *--at = '\0';
    do {
        int digit = (int)(number % 10);
        *--at = (char)('0' + (digit < 0 ? -digit : digit));
        number /= 10;
    } while (number != 0);
    if (is_negative)
        *--at = '-';
    g_string_append(text, at);
}

void
fraction_append(GString *text, Fraction fraction)
{
    if (!fraction_is_valid(fraction)) {
        g_string_append(text, "overflow");
        return;
    }
    append_int128(text, fraction.num);
    g_string_append_c(text, '/');
    append_int128(text, fraction.den);
}
