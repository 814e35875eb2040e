/* Sharing an amount out by weights, in whole pence (rules/README.md, Achievement schemes). */
#pragma once

#include "base/number.h"

/* Shares an amount of 0 or more out over count weights of 0 or more: each share is rounded down,
 * and the pence left over go one each to the largest remainders; of equal ones to the earlier.
 * Where all weights are 0, so are the shares. False, with the shares undefined, where the
 * arithmetic leaves 128 bits. */
bool share_out(Money amount, const Fraction *weights, guint count,
               Money *shares) G_GNUC_WARN_UNUSED_RESULT;
