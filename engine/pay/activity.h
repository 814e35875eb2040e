/* Activity schemes: a line for each activity, price and month (rules/README.md,
 * Activity schemes). */
#pragma once

#include "pay/working.h"

/* Adds the accepted claims up once, in parallel, before the first contract takes its sums. */
extern const PaymentMethod ACTIVITY_METHOD;

/* What a line of activity adds up, as the two keys of a Tally. The first is provider and activity,
 * which is of one scheme, and so the contract. */
static inline guint64
activity_first_key(guint32 provider, guint32 activity)
{
    return (guint64)provider << 32 | activity;
}

/* The second is the month of the year above the price, which is below 2^60 millionths. */
static inline guint64
activity_second_key(guint8 month, Micros price)
{
    return (guint64)month << 60 | (guint64)price;
}
