/* A claim: one row of activity, and the tests of it that need no other row.
 *
 * Invariants
 * - A Claim is 48 bytes of small numbers; the row's text is read again from the mapped file where
 *   a message needs it.
 * - patient is 0 where there is no reference; equal references have equal numbers and different
 *   ones different numbers (short ones are spelled into the number, long ones are interned).
 */
#pragma once

#include "pack/parties.h"

#define CLAIM_NO_DAY (-1)
#define CLAIM_NO_MONTH 255

typedef struct {
    guint64 patient;
    RowPlaceId place;
    /* Of the rules and of the register; unknown ones are numbered on from there, or CODE_NONE
     * where the row takes no part in what later submissions replace. */
    guint32 scheme;
    guint32 provider;
    guint32 activity; /* of the rules, or CODE_NONE */
    guint32 submission;
    guint32 quantity;
    guint32 counted : 31;    /* how many of it are paid: quantity, or 1 for a patient, less what a
                                cap took */
    guint32 was_counted : 1; /* paid to the end of the month before: then a dearer row of its group
                                took its place */
    gint32 received;         /* Day, or DAY_NONE */
    gint16 day;        /* activity_date, counted from 1 April; CLAIM_NO_DAY where none is given */
    guint8 month;      /* 0 (April) to 11; CLAIM_NO_MONTH where it takes no part */
    guint8 reason : 5; /* Reason; REASON_OVER_CAP on an accepted row: accepted in part; of a
                          superseded row: the test of its own that it fails */
    guint8 state : 3;  /* RowState */
} Claim;

/* The day a claim counts as of: activity_date, else the month's first day. Only for claims with a
 * month in the year. */
Day claim_day(const Claim *claim, int year);
/* The month of a claim that has one. */
Month claim_month(const Claim *claim, int year);

/* Whether a row's month lies in the year, but after the run's (fixtures/README.md, How every row
 * ends: later). */
bool claim_is_later(const RowContext *context, const Value *values);
/* Tests one row by all tests that need no other row, in the order of fixtures/README.md, Why a row
 * is not paid. *column receives the column that decided. */
Reason claim_test(const RowContext *context, const Value *values, const Parties *parties,
                  guint *column);
