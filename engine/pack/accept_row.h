/* The decision on one claim, given the ones before it (fixtures/README.md, Why a row is not paid:
 * from duplicate to over-cap). */
#pragma once

#include "pack/claim.h"
#include "pack/tally.h"

/* What is known of the claims decided so far. */
typedef struct {
    Claim *rows; /* of which some are decided */
    const Rules *rules;
    Tally *caps;   /* (activity, provider) to what is used of its cap; NULL: none can be used up */
    Tally marks;   /* patients by span, by scheme and month, and by cap */
    guint32 *seen; /* accepted claims that a later one may repeat: index + 1, open addressing */
    gsize seen_size;
} AcceptRow;

/* expected: how many claims will be decided, at most. Release with accept_row_clear. */
void accept_row_init(AcceptRow *accept, Claim *rows, const Rules *rules, Tally *caps,
                     gsize expected);
void accept_row_clear(AcceptRow *accept);
/* Decides on rows[number]: sets its state, reason and counted. */
void accept_row(AcceptRow *accept, guint32 number);
