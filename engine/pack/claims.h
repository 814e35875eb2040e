/* Claims: the rows of activity, the big table.
 *
 * Invariants
 * - A Claim is 48 bytes of small numbers; the row's text is read again from the mapped file where
 *   a message needs it.
 * - Claims stand in the order of file and line, whatever the number of threads.
 * - patient is 0 where there is no reference; equal references have equal numbers and different
 *   ones different numbers (short ones are spelled into the number, long ones are interned).
 */
#pragma once

#include "pack/contracts.h"

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
    guint32
        counted; /* how many of it are paid: quantity, or 1 for a patient, less what a cap took */
    gint32 received;   /* Day, or DAY_NONE */
    gint16 day;        /* activity_date, counted from 1 April; CLAIM_NO_DAY where none is given */
    guint8 month;      /* 0 (April) to 11; CLAIM_NO_MONTH where it takes no part */
    guint8 reason : 5; /* Reason; REASON_OVER_CAP on an accepted row: accepted in part */
    guint8 state : 3;  /* RowState */
} Claim;

typedef struct Claims {
    Claim *rows;
    guint64 count;     /* without the rows that are later: they are only counted */
    Tally submissions; /* the highest ones, see pack/supersede.h */
} Claims;

/* What the tests of a claim look up. */
typedef struct {
    const Rules *rules;
    const Register *reg;
    const Contracts *contracts;
    const Period *period;
} ClaimContext;

/* Reads the activity files on several threads, tests each row for itself, and notes the
 * submissions. Files whose patient references are NHS numbers are faults. */
Claims *claims_read(InputFiles *inputs, const ClaimContext *context, guint threads,
                    Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void claims_free(Claims *claims);

/* The day a claim counts as of: activity_date, else the month's first day. Only for claims with a
 * month in the year. */
Day claim_day(const Claim *claim, int year);
/* The month of a claim that has one. */
Month claim_month(const Claim *claim, int year);

/* Who and what a row is about; CODE_NONE where unknown. */
typedef struct {
    guint32 scheme, provider, activity, contract;
} ClaimParties;

/* Looks the parties of a row up. */
ClaimParties claim_parties(const ClaimContext *context, const Value *values);
/* Whether a row's month lies in the year, but after the run's. */
bool claim_is_later(const ClaimContext *context, const Value *values);
/* Tests one row by all tests that need no other row, but later and superseded. *column receives
 * the column that decided. */
Reason claim_test(const ClaimContext *context, const Value *values, const ClaimParties *parties,
                  guint *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Claims, claims_free)
