/* Which of the claims that passed their own tests are paid: later submissions, duplicates,
 * exclusive schemes, other providers, caps, and the patients that count.
 *
 * Claims are decided in the order of activity_date (or else the month's first day), the scheme's
 * place, provider code, file and line (fixtures/README.md, Why a row is not paid). */
#pragma once

#include "pack/claims/claims.h"
#include "pack/facts.h"

/* Marks every claim that a later submission replaces, and sets state, reason and counted of those
 * that are accepted so far. Caps that follow a fact are worked out here. threads is how many may
 * work on it, which does not change the outcome. */
void acceptance_decide(Claims *claims, const Rules *rules, const Facts *facts, const Period *period,
                       guint threads);
