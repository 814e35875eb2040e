/* Which of the claims that passed their own tests are paid: later submissions, duplicates,
 * exclusive schemes, other providers, caps, and the patients that count.
 *
 * Claims are looked at in the order of activity_date (else the month's first day), the scheme's
 * place, provider code, file and line; each finds what the ones before it left. */
#pragma once

#include "pack/claims.h"

/* Sets state, reason and counted of every claim that is accepted so far, and marks all that later
 * submissions replace. threads is how many may
 * take part; the outcome does not depend on it. */
void acceptance_decide(Claims *claims, const Rules *rules, int year, guint threads);
