/* Sums of amounts, exact on 128 bits, so that adding up cannot go wrong however many there are;
 * sum_money says whether a sum still is an amount. */
#pragma once

#include "base/number.h"

/* What is printed for a sum that is no amount. */
#define SUM_OUT_OF_RANGE "out of range"

/* A sum of amounts, in pence. */
typedef struct {
    Int128 pence;
} Sum;

void sum_add(Sum *sum, Money money);
/* The sum as an amount; false, with *money untouched, where it does not fit 64 bits. */
bool sum_money(Sum sum, Money *money) G_GNUC_WARN_UNUSED_RESULT;
/* "£1,234.50", or "out of range". */
void sum_append_pounds(GString *text, Sum sum);
/* "1234.50", or "out of range". */
void sum_append(GString *text, Sum sum);
