/* Submissions: of a scheme, provider and month, the rows of the highest submission replace all
 * lower ones as a whole, even where they are rejected themselves (fixtures/README.md, Corrections).
 *
 * The highest submissions are kept in a table: (scheme, provider) and month to a number. */
#pragma once

#include "pack/claims/claim.h"
#include "pack/value.h"

/* The submission of a row that names none. */
#define USUAL_SUBMISSION 1
#define SUBMISSION_IN_DOUBT                                                                        \
    "a submission of three digits is doubtful: does the row have a field too few, or one too "     \
    "many?"

/* Whether a submission is more likely something else, in a row with a field too few or too many:
 * above 99, or what stands behind a thousands comma. */
bool submission_is_doubtful(const Value *submission);

/* Notes the submission of a claim that is above the usual one. The usual one itself replaces
 * something only if there are lower ones: false where this claim has one. */
bool submissions_note(Tally *highest, const Claim *claim);
/* Notes the submissions of all claims: needed where some are below the usual one. */
void submissions_note_all(Tally *highest, const Claim *claims, guint64 count);
/* Takes over what another table has noted, and clears that. */
void submissions_join(Tally *highest, Tally *other);
/* Marks a claim as superseded where a higher submission is noted. It keeps the reason why it would
 * not have been paid. */
void submissions_supersede(const Tally *highest, Claim *claim);
