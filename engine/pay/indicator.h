/* Achievement against thresholds, and the sharing of a value by points (rules/README.md,
 * Achievement schemes). */
#pragma once

#include "pack/pack.h"

/* The achievement of an indicator as a fraction of its share, from 0 to 1; out of range where the
 * arithmetic leaves 128 bits. Thresholds are compared exactly: 79.995 % is not 80 %. */
Fraction indicator_fraction(const Indicator *indicator, const AchievementRow *achieved);
/* Shares a value over a scheme's indicators by points, in whole pence, each share rounded down and
 * the pence left over given one each to the largest remainders: shares receives one for each. False
 * where it does not fit. */
bool indicator_shares(const Rules *rules, const Scheme *scheme, Money value,
                      Money *shares) G_GNUC_WARN_UNUSED_RESULT;
