/* Fractions against whole numbers that cannot overflow: a result is right, or reported. */
#include <string.h>

#include "wide.h"

#include "support.h"

#define SMALL 60 /* bits of operands whose results always fit */

static Int128
slow_gcd(Int128 a, Int128 b)
{
    return b == 0 ? (a < 0 ? -a : a) : slow_gcd(b, a % b);
}

static bool
is_lowest(Fraction a)
{
    return a.den > 0 && slow_gcd(a.num, a.den) == 1;
}

/* Whether num/den is the value of a fraction. */
static bool
is_value(Fraction a, Wide num, Wide den)
{
    return wide_compare(wide_multiply(wide_of(a.num), den), wide_multiply(num, wide_of(a.den))) ==
           0;
}

/* A result is in lowest terms and right; or out of range, which small operands never are. */
static void
check_result(Fraction result, Wide num, Wide den, bool is_small)
{
    if (!fraction_is_valid(result)) {
        CHECK(result.num == 0 && !is_small);
        return;
    }
    CHECK(is_lowest(result));
    CHECK(is_value(result, num, den));
}

static void
check_money(Fraction pounds, Rounding rounding, bool is_small)
{
    Money money = {0x5eed};
    if (!fraction_to_money(pounds, rounding, &money)) {
        CHECK(money.pence == 0x5eed && !is_small);
        return;
    }
    /* twice |100 × num − pence × den| against den: how far it is off, in halves of a penny */
    Wide exact = wide_multiply(wide_of(100), wide_of(pounds.num));
    Wide rest = wide_subtract(exact, wide_multiply(wide_of(money.pence), wide_of(pounds.den)));
    Wide den = wide_of(pounds.den), zero = wide_of(0);
    bool is_towards = wide_compare(rest, zero) == 0 || rest.is_negative == (pounds.num < 0);
    rest.is_negative = false;
    int half = wide_compare(wide_multiply(wide_of(2), rest), den);
    if (rounding == ROUND_DOWN)
        CHECK(is_towards && wide_compare(rest, den) < 0);
    else
        CHECK(half < 0 ||
              (half == 0 && (rounding == ROUND_HALF_UP ? !is_towards : money.pence % 2 == 0)));
}

static void
check_text(Fraction a)
{
    g_autoptr(GString) text = g_string_new(NULL);
    fraction_append(text, a);
    Int128 parts[2] = {0, 0};
    guint part = 0;
    const char *at = text->str[0] == '-' ? text->str + 1 : text->str;
    for (; *at != '\0'; at++) {
        if (*at == '/')
            part++;
        else
            parts[part] = parts[part] * 10 + (*at - '0');
    }
    CHECK(parts[0] == (a.num < 0 ? -a.num : a.num) && parts[1] == a.den);
}

/* What cancels out is in range, however large it is. */
static void
check_inverses(Fraction a)
{
    int order = 7;
    Fraction minus = fraction_subtract(fraction_whole(0), a);
    CHECK(minus.num == -a.num && minus.den == a.den);
    Fraction none = fraction_add(a, minus);
    CHECK(none.num == 0 && none.den == 1);
    CHECK(fraction_compare(a, a, &order) && order == 0);
    if (a.num == 0)
        return;
    Fraction one = fraction_divide(a, a);
    CHECK(one.num == 1 && one.den == 1);
}

static void
check_one(Fraction a, bool is_small)
{
    if (!fraction_is_valid(a))
        return;
    CHECK(is_lowest(a));
    check_text(a);
    check_inverses(a);
    Money up = {0}, back = {0};
    check_money(a, ROUND_HALF_UP, is_small);
    check_money(a, ROUND_HALF_EVEN, is_small);
    check_money(a, ROUND_DOWN, is_small);
    /* A recovery is minus its payment. */
    bool fits = fraction_to_money(a, ROUND_HALF_UP, &up);
    CHECK(fraction_to_money((Fraction){-a.num, a.den}, ROUND_HALF_UP, &back) == fits);
    CHECK(up.pence == -back.pence);
}

static void
check_two(Fraction a, Fraction b, bool is_small)
{
    const Fraction none = {0, 0};
    CHECK(!fraction_is_valid(fraction_add(a, none)) && !fraction_is_valid(fraction_add(none, b)));
    CHECK(!fraction_is_valid(fraction_multiply(none, b)));
    CHECK(!fraction_is_valid(fraction_divide(a, none)));
    if (!fraction_is_valid(a) || !fraction_is_valid(b))
        return;
    Wide a_num = wide_of(a.num), a_den = wide_of(a.den);
    Wide b_num = wide_of(b.num), b_den = wide_of(b.den);
    Wide left = wide_multiply(a_num, b_den), right = wide_multiply(b_num, a_den);
    Wide dens = wide_multiply(a_den, b_den);
    check_result(fraction_add(a, b), wide_add(left, right), dens, is_small);
    check_result(fraction_subtract(a, b), wide_subtract(left, right), dens, is_small);
    check_result(fraction_multiply(a, b), wide_multiply(a_num, b_num), dens, is_small);
    if (b.num == 0)
        CHECK(!fraction_is_valid(fraction_divide(a, b)));
    else
        check_result(fraction_divide(a, b), left, right, is_small);
    int order = 7;
    if (fraction_compare(a, b, &order))
        CHECK(order == wide_compare(left, right));
    else
        CHECK(order == 7 && !is_small);
}

/* A number of as many bits as a byte in front says. */
static Int128
take_number(Span *rest, unsigned *bits)
{
    __extension__ typedef unsigned __int128 Size;
    Size number = 0;
    unsigned shift = rest->length > 0 ? (unsigned char)rest->text[0] % 128 : 0;
    for (gsize i = 1; i < 17; i++)
        number = number << 8 | (i < rest->length ? (unsigned char)rest->text[i] : 0);
    gsize used = MIN(rest->length, 17);
    rest->text += used;
    rest->length -= used;
    *bits = MAX(*bits, 127 - shift);
    return (Int128)number >> shift; /* keeps its sign */
}

static Fraction
take_fraction(Span *rest, unsigned *bits)
{
    Int128 num = take_number(rest, bits), den = take_number(rest, bits);
    Fraction fraction = fraction_of(num, den);
    if (fraction_is_valid(fraction)) {
        CHECK(is_lowest(fraction) && is_value(fraction, wide_of(num), wide_of(den)));
    } else {
        const Int128 limit = (Int128)1 << 126;
        CHECK(den == 0 || num > limit || num < -limit || den > limit || den < -limit);
    }
    return fraction;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Span rest = {(const char *)bytes, length};
    unsigned bits = 0;
    Fraction a = take_fraction(&rest, &bits), b = take_fraction(&rest, &bits);
    check_one(a, bits <= 56); /* 100 × num fits 63 bits */
    check_one(b, bits <= 56);
    check_two(a, b, bits <= SMALL);
    check_two(fraction_multiply(a, b), fraction_add(a, b), false);
    Money sum = {0x5eed}, x = {(int64_t)a.num}, y = {(int64_t)b.num};
    int64_t expected;
    bool overflows = __builtin_add_overflow(x.pence, y.pence, &expected);
    CHECK(money_add(x, y, &sum) == !overflows && sum.pence == (overflows ? 0x5eed : expected));
    sum.pence = 0x5eed;
    overflows = __builtin_sub_overflow(x.pence, y.pence, &expected);
    CHECK(money_subtract(x, y, &sum) == !overflows && sum.pence == (overflows ? 0x5eed : expected));
    return 0;
}
