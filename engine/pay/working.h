/* Inside work out: what its parts share while a Result is being made. Not for other modules. */
#pragma once

#include "pay/result.h"

typedef struct {
    const Pack *pack;
    Result *result;
    Faults *faults;
    GArray *counted;    /* the activity method's own: sums by contract, activity, month, price */
    guint next_counted; /* the first of them whose contract is still to come */
} Working;

/* Amounts of £1,000,000,000,000 or more, either way, are not paid by anybody: a fault. */
#define AMOUNT_LIMIT_PENCE INT64_C(100000000000000)

/* Adds the fault that a figure of a contract is out of range. */
void working_out_of_range(const Working *working, const char *scheme, const char *provider,
                          const char *figure);
/* Whether an amount of a contract may stand in an output; a fault is added where it may not. */
bool working_check(const Working *working, const Contract *contract, Money amount,
                   const char *figure);

/* What a line of activity adds up, as the two keys of a Tally: provider and activity, which is of
 * one scheme, and so the contract; month of the year above the price, which is below 2^60
 * millionths. */
static inline guint64
line_first_key(guint32 provider, guint32 activity)
{
    return (guint64)provider << 32 | activity;
}

static inline guint64
line_second_key(guint8 month, Micros price)
{
    return (guint64)month << 60 | (guint64)price;
}

/* A payment kind: how the entitlement of its contracts comes about. Each function adds the lines
 * of one contract and sets *before to what of their sum belongs to the months before the run's. */
typedef struct {
    void (*prepare)(Working *working); /* once, before the contracts; may be NULL */
    void (*add_lines)(Working *working, Contract *contract, Money *before);
} PaymentMethod;
extern const PaymentMethod ACHIEVEMENT_METHOD, ACTIVITY_METHOD;

/* The achievement of an indicator as a fraction of its share, from 0 to 1; out of range where the
 * arithmetic leaves 128 bits. */
Fraction indicator_fraction(const Indicator *indicator, const AchievementRow *achieved);
/* Shares a value over a scheme's indicators by points, in whole pence: shares receives one for
 * each. False where it does not fit. */
bool indicator_shares(const Rules *rules, const Scheme *scheme, Money value,
                      Money *shares) G_GNUC_WARN_UNUSED_RESULT;

/* Marks every contract pay, nil, hold, carry or invoice. */
void settle(Working *working);
/* Lists the exceptions of rows and contracts. */
void list_exceptions(Working *working);
