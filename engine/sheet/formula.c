#include "sheet/formula.h"

#include "base/poison.h"

/* Digits of spreadsheets: a numerator is doubled and a denominator quadrupled where halves are
 * looked for. */
#define MOST_PRECISE INT64_C(1000000000000000)

const char *
formula_print(GStringChunk *room, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_string_chunk_insert(room, text);
}

guint
term_decimals(Micros number)
{
    guint decimals = 6;
    while (decimals > 0 && number % 10 == 0) {
        number /= 10;
        decimals--;
    }
    return decimals;
}

/* 10 to the power of decimals. */
static Int128
power_of_ten(guint decimals)
{
    Int128 power = 1;
    for (guint i = 0; i < decimals; i++)
        power *= 10;
    return power;
}

Int128
term_whole(Micros number, guint decimals)
{
    return number / power_of_ten(6 - decimals);
}

static Int128
product(Int128 a, Int128 b)
{
    const Int128 most = power_of_ten(30);
    Int128 result;
    return __builtin_mul_overflow(a, b, &result) || result > most ? most : result;
}

Int128
term_whole_fraction(Fraction number, guint decimals)
{
    return product(number.num, power_of_ten(decimals)) / number.den;
}

Term
term_count(const char *cell, Int128 most)
{
    return (Term){cell, most, 0};
}

Term
term_one(GStringChunk *room, guint decimals)
{
    return (Term){formula_print(room, "1%.*s", (int)decimals, "000000000000000000000000"),
                  power_of_ten(decimals), decimals};
}

/* A cell that has decimals, made whole. */
static Term
rounded(GStringChunk *room, const char *cell, Int128 most, guint decimals)
{
    Term scaled = term_scaled(room, term_count(cell, 1), decimals);
    return (Term){decimals > 0 ? formula_print(room, "ROUND(%s,0)", scaled.text) : cell, most,
                  decimals};
}

Term
term_money(GStringChunk *room, const char *cell, Money most)
{
    return rounded(room, cell, most.pence, 2);
}

Term
term_micros(GStringChunk *room, const char *cell, Micros most, guint decimals)
{
    return rounded(room, cell, term_whole(most, decimals), decimals);
}

Term
term_fraction(GStringChunk *room, const char *cell, Fraction most, guint decimals)
{
    return rounded(room, cell, term_whole_fraction(most, decimals), decimals);
}

Term
term_times(GStringChunk *room, Term a, Term b)
{
    return (Term){formula_print(room, "%s*%s", a.text, b.text), product(a.most, b.most),
                  a.decimals + b.decimals};
}

Term
term_scaled(GStringChunk *room, Term term, guint decimals)
{
    return decimals > 0 ? term_times(room, term, term_one(room, decimals)) : term;
}

void
term_settle(GStringChunk *room, Term *numerator, Term *denominator)
{
    guint above = numerator->decimals, below = denominator->decimals + 2;
    *numerator = term_scaled(room, *numerator, below > above ? below - above : 0);
    *denominator = term_scaled(room, *denominator, above > below ? above - below : 0);
    denominator->text = formula_print(room, "(%s)", denominator->text);
}

bool
formula_is_exact(Term numerator, Term denominator)
{
    return numerator.most < MOST_PRECISE / 2 && denominator.most < MOST_PRECISE / 4;
}

const char *
formula_pounds(GStringChunk *room, Term numerator, Term denominator, Rounding rounding)
{
    const char *above = numerator.text, *below = denominator.text;
    if (!formula_is_exact(numerator, denominator))
        return NULL;
    if (g_str_equal(below, "1"))
        return formula_print(room, "=%s/100", above);
    switch (rounding) {
    case ROUND_HALF_UP:
        return formula_print(room, "=ROUND(%s/%s,0)/100", above, below);
    case ROUND_HALF_EVEN: /* a half that went up to an odd penny comes down again */
        return formula_print(room, "=(ROUND(%s/%s,0)-IF(MOD(2*%s,4*%s)=%s,1,0))/100", above, below,
                             above, below, below);
    case ROUND_DOWN:
        break;
    }
    return formula_print(room, "=INT(%s/%s)/100", above, below);
}

const char *
formula_signed_pounds(GStringChunk *room, Term numerator, Term denominator, Rounding rounding)
{
    Term above = {formula_print(room, "ABS(%s)", numerator.text), numerator.most,
                  numerator.decimals};
    const char *formula = formula_pounds(room, above, denominator, rounding);
    return formula == NULL ? NULL
                           : formula_print(room, "=SIGN(%s)*%s", numerator.text, formula + 1);
}

const char *
formula_long_pounds(GStringChunk *room, Term a, Term b, Term denominator, Rounding rounding)
{
    Term below = denominator;
    guint above = a.decimals + b.decimals, wanted = below.decimals + 2;
    b = term_scaled(room, b, wanted > above ? wanted - above : 0);
    below = term_scaled(room, below, above > wanted ? above - wanted : 0);
    below.text = formula_print(room, "(%s)", below.text);
    const char *thousands = formula_print(room, "%s*INT(%s/1000)", a.text, b.text);
    const char *rest = formula_print(room, "MOD(%s,%s)", thousands, below.text);
    Term left = {formula_print(room, "(%s*1000+%s*MOD(%s,1000))", rest, a.text, b.text),
                 product(below.most + a.most, 1000), 0};
    const char *pounds = formula_pounds(room, left, below, rounding);
    if (pounds == NULL || product(a.most, b.most / 1000 + 1) >= MOST_PRECISE / 2 ||
        b.most >= MOST_PRECISE / 2)
        return NULL;
    return formula_print(room, "=ROUND((%s-%s)/%s*10+%s,2)", thousands, rest, below.text,
                         pounds + 1);
}

void
formula_append_check(GString *text, const char *one, const char *other)
{
    g_string_append_printf(text, "=IF(ROUND(%s-%s,2)=0,1,0)", one, other);
}
