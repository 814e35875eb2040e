/* Resubmission: of a scheme, provider and month, the rows of the highest submission replace all
 * lower ones, whole, even where they are rejected themselves.
 *
 * The highest submissions are kept in a table: (scheme, provider) and month to a number. */
#pragma once

#include "pack/claim.h"

/* The submission of a row that names none. */
#define USUAL_SUBMISSION 1

/* Notes the submission of a claim if it is above the usual one, which replaces nothing as long as
 * none is below it. False where this one is. */
bool submissions_note(Tally *highest, const Claim *claim);
/* Notes all submissions, for when some are below the usual one. */
void submissions_note_all(Tally *highest, const Claim *claims, guint64 count);
/* Notes all of another table, and clears that. */
void submissions_join(Tally *highest, Tally *other);
/* Marks a claim as superseded where a higher submission is noted. */
void submissions_supersede(const Tally *highest, Claim *claim);
