/* What a forecast takes as given beyond what is known (pay/forecast.h). A run takes nothing.
 *
 * The same functions work out what a contract earns, with more counts and another period. */
#pragma once

#include "pack/reason.h"
#include "pack/rules/rules.h"

/* What indicators are taken to reach at the year-end. */
typedef enum {
    YEAR_END_REPORTED, /* as last reported; nothing reported: 0 */
    YEAR_END_HIGHEST,  /* the highest that the method of each can pay */
    YEAR_END_LOWEST,   /* 0, but for indicators already due */
    YEAR_END_CASES
} YearEndCase;

/* A count that is expected of an activity that is claimed, above 0, in a month without one. */
typedef struct {
    guint32 contract, activity; /* into Pack.contracts, of the rules */
    guint8 month;               /* of the year, from 0 */
    Fraction count;             /* numerator and denominator fit 64 bits */
    const Price *price;         /* in force on the month's first day */
} ExpectedCount;

typedef struct {
    YearEndCase year_end;
    Month by;             /* the run's month: indicators due by then are already due */
    const GArray *counts; /* of ExpectedCount, by contract, activity, month */
    const Reason *held;   /* by contract of the pack: why the run holds it, or REASON_NONE */
} Assumed;
