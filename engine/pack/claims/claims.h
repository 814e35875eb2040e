/* Claims: the rows of activity, the big table. They stand in the order of file and line, whatever
 * the number of threads. */
#pragma once

#include "pack/claims/claim.h"

typedef struct Claims {
    Claim *rows;
    guint64 count;       /* without the rows that are later: they are only counted */
    Tally submissions;   /* the highest ones, see pack/claims/submissions.h */
    bool has_lower_ones; /* some submission is below the usual one */
} Claims;

/* Reads the activity files on several threads, tests each row by itself, and notes the submissions.
 * A file whose patient references are NHS numbers is a fault (see nhs_guard.h). */
Claims *claims_read(InputFiles *inputs, const RowContext *context, guint threads,
                    Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void claims_free(Claims *claims);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Claims, claims_free)
