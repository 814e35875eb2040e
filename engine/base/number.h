/* Exact numbers: fractions on 128 bits and money in whole pence.
 *
 * Invariants
 * - A Fraction is in lowest terms with a denominator above 0; 0/0 stands for "out of range".
 *   Out of range is sticky: every operation on it gives it again, until fraction_to_money or
 *   fraction_is_valid reports it. Nothing is ever approximated.
 * - Money is a struct of its own, so that counts, days or rates cannot be added to it by mistake.
 * - One function turns a fraction into money, and it must be told how to round.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 Int128;

typedef struct {
    Int128 num;
    Int128 den;
} Fraction;

/* An amount of pounds sterling, in pence. */
typedef struct {
    int64_t pence;
} Money;

/* A decimal number in millionths: rates, prices, points, counts, shares. */
typedef int64_t Micros;
#define MICROS_PER_UNIT INT64_C(1000000)

typedef enum {
    ROUND_HALF_UP,   /* to the nearest penny, halves away from zero */
    ROUND_HALF_EVEN, /* to the nearest penny, halves to the even one */
    ROUND_DOWN       /* towards zero */
} Rounding;

/* num/den in lowest terms; den 0 gives the fraction out of range. */
Fraction fraction_of(Int128 num, Int128 den);
/* A whole number. */
Fraction fraction_whole(int64_t number);
/* A decimal number in millionths, as units. */
Fraction fraction_micros(Micros micros);
/* An amount in pence, as pounds. */
Fraction fraction_money(Money money);
Fraction fraction_add(Fraction a, Fraction b);
Fraction fraction_subtract(Fraction a, Fraction b);
Fraction fraction_multiply(Fraction a, Fraction b);
/* Out of range where b is 0. */
Fraction fraction_divide(Fraction a, Fraction b);
bool fraction_is_valid(Fraction a);
/* -1, 0 or 1 as a is below, equal to or above b. Both must be valid. False where the comparison
 * itself does not fit 128 bits. */
bool fraction_compare(Fraction a, Fraction b, int *order) G_GNUC_WARN_UNUSED_RESULT;

/* Pounds to pence, rounded as told. False, with *money untouched, where the fraction is out of
 * range or the pence do not fit 64 bits. */
bool fraction_to_money(Fraction pounds, Rounding rounding, Money *money) G_GNUC_WARN_UNUSED_RESULT;

/* Sum and difference; false, with *result untouched, on overflow. */
bool money_add(Money a, Money b, Money *result) G_GNUC_WARN_UNUSED_RESULT;
bool money_subtract(Money a, Money b, Money *result) G_GNUC_WARN_UNUSED_RESULT;

/* "12,345,678". */
void whole_append_commas(GString *text, guint64 number);
/* "-1234.50": at least one digit before the point, two after it. */
void money_append(GString *text, Money money);
/* "£1,234.50" with thousands commas and a leading minus, for people. */
void money_append_pounds(GString *text, Money money);
/* "35.00", "1.2345": two decimals, more only where they are not 0. */
void micros_append_rate(GString *text, Micros micros);
/* "12", "12.5": no trailing zeros. */
void micros_append_count(GString *text, Micros micros);
/* "n/d" in lowest terms; "overflow" where out of range. */
void fraction_append(GString *text, Fraction fraction);
