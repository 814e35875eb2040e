/* The guard against files that hold NHS numbers: such a file refuses the run (fixtures/README.md,
 * What refuses a whole run).
 *
 * A file is refused where patient references with exactly ten digits (see nhs_number_read)
 * occur in it and at least half of the distinct ones pass the modulus 11 check. */
#pragma once

#include "pack/input.h"

/* Ten-digit references of one piece of a file. */
typedef struct {
    GArray *numbers;   /* of guint64; of equal ones that follow each other only the first */
    gsize first_valid; /* offset of the first row whose number passes the check */
    bool has_valid;
} NhsGuard;

void nhs_guard_init(NhsGuard *digits);
void nhs_guard_clear(NhsGuard *digits);
/* Notes a row's reference. */
void nhs_guard_note(NhsGuard *digits, Span reference, gsize offset);
/* Adds a fault where the pieces of one file, in their order, show NHS numbers. */
void nhs_guard_check(const InputFile *file, const NhsGuard *pieces, gsize count, Faults *faults);
