/* Money at risk: what a claim would be paid by its price (fixtures/README.md, Why a row is not
 * paid). */
#pragma once

#include "pack/pack.h"
#include "pack/claims/row_lookup.h"

/* Count × price of a claim, less so many of it that are paid, rounded as its scheme says: its
 * quantity, or 1 of a patient, at the price on activity_date (else the month's first day). False
 * where no price is known: a field cannot be read, or the tariff has none then. INT64_MAX pence
 * where that is no amount of an output. The lookup reads rows again that failed a test of their
 * own. */
bool claim_risk(const Pack *pack, RowLookup *lookup, const Claim *claim, guint32 paid,
                Money *risk) G_GNUC_WARN_UNUSED_RESULT;
