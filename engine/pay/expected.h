/* Counts that are expected: of a month that is not claimed yet, and of the months to come
 * (engine/report/README.md, Forecast).
 *
 * An activity that is claimed, and of which the contract has a count above 0 in the year, is
 * expected in each month with a day of the participation and a price on its first day, in which it
 * has no count: of the months up to the run's, where a claim is still in time; of all months after
 * it. A held contract expects nothing. */
#pragma once

#include "pay/result.h"

/* How many of the months before are taken. */
#define EXPECTED_BASIS 3
/* How long a claim is in time where the scheme does not say. */
#define EXPECTED_CLAIM_MONTHS 3

/* A month and its count, which an expectation rests on. */
typedef struct {
    Month month;
    int64_t count;
} BasisMonth;

/* One activity of a contract in one month. */
typedef struct {
    guint contract; /* into Result.contracts */
    guint32 activity;
    Month month;
    bool is_to_come;                  /* after the run's month; else it is not claimed yet */
    BasisMonth basis[EXPECTED_BASIS]; /* the last before it, in their order; or the first after */
    guint basis_count;
    bool is_after;  /* the basis is the first month after it */
    bool is_capped; /* the cap leaves less than the mean; left is what it leaves */
    Fraction mean, left;
    Fraction count; /* that is expected: the mean, or what the cap leaves */
    const Price *price;
    Money amount; /* count × price, rounded as the scheme says */
} Expected;

/* The counts that are expected of the contracts of a run: of Expected, by contract, activity and
 * month. NULL with a fault for each contract of which one does not fit; free with g_array_unref. */
GArray *expected_find(const Result *result, Faults *faults,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
