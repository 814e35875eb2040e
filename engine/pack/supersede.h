/* Resubmission: of a scheme, provider and month, the rows of the highest submission replace all
 * lower ones, whole, even where they are rejected themselves.
 *
 * The highest submissions are kept in a table: (scheme, provider) and month to a number. */
#pragma once

#include "pack/claims.h"

/* Notes the submission of a claim. */
void submission_note(Tally *highest, const Claim *claim);
/* Notes all of another table, and clears that. */
void submissions_join(Tally *highest, Tally *other);
/* Marks a claim as superseded where a higher submission is noted. */
void claim_supersede(const Tally *highest, Claim *claim);
