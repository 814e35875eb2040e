/* A contract on its way into the result. Those of one scheme are begun together, since a pot ties
 * them together, and then ended one by one. Not for other folders. */
#pragma once

#include "pay/working.h"

typedef struct {
    Contract contract;
    guint number;       /* in Result.contracts */
    guint first, count; /* its lines in Working.lines, up to the clauses */
    Money before;       /* what they come to by the end of the month before the run's */
    Line pot;           /* what the pot of its scheme adds or takes; an amount of 0: nothing */
    guint stop; /* where a person stopped it: its exception in Working.lacks, from 1; else 0 */
} Draft;

/* What the payment kinds need once, before the contracts. */
void draft_prepare(Working *working);
/* Begins the contract of Pack.contracts that Working.number is for: its lines up to the clauses,
 * and why it is held. False where it is not part of the run. */
bool draft_begin(Working *working, guint32 key, Draft *draft);
/* Whether it is held, by a person or for what it lacks. */
bool draft_is_held(const Draft *draft);
/* Ends a contract: the pot, adjustments, what is owed, and its place in the result. One that a
 * person stopped is first worked out as if it were not, so that it is known what is at risk. */
void draft_end(Working *working, Draft *draft);
