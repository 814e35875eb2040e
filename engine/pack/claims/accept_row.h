/* The decision on one claim, given the ones before it (fixtures/README.md, Why a row is not paid:
 * from duplicate to over-cap). */
#pragma once

#include "pack/claims/cap.h"
#include "pack/claims/claim.h"
#include "pack/claims/tally.h"

/* The cap that a claim counts towards, beside its provider: the activity, and above it the number
 * of the span in the year that the cap is for. */
static inline guint64
cap_key(const Activity *activity, const Claim *claim)
{
    return (guint64)(claim->month / span_months(activity->cap_per)) << 32 | claim->activity;
}

/* What is known of the claims decided so far. */
typedef struct {
    Claim *rows; /* of which some are decided */
    const Rules *rules;
    const Period *period;
    Tally *caps;   /* caps that can be used up, (cap_key, provider) to what is left of each, or
                      CAP_MISSING; NULL: there are none */
    Tally marks;   /* patients by span, by scheme, by cap, and by group and episode */
    guint32 *seen; /* accepted claims that a later one may repeat: index + 1, open addressing */
    gsize seen_size;
} AcceptRow;

/* expected: how many claims will be decided, at most. Release with accept_row_clear. */
void accept_row_init(AcceptRow *accept, Claim *rows, const Rules *rules, const Period *period,
                     Tally *caps, gsize expected);
void accept_row_clear(AcceptRow *accept);
/* Decides on rows[number]: sets its state, reason and counted. A row of a group may take the place
 * of an earlier one, which then counts no more. */
void accept_row(AcceptRow *accept, guint32 number);
