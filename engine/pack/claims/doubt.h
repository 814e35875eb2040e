/* Rows of a file that parse, but hardly mean what they say: one warning a file names the first of
 * them and counts the others. With --strict such a warning refuses the run. */
#pragma once

#include "pack/input.h"

typedef struct {
    gsize first; /* offset of the first of them */
    guint64 rows;
} Doubt;

/* Adds a row; rows come in their order. */
void doubt_note(Doubt *doubt, gsize offset);
/* Adds those of the piece of the file that comes next. */
void doubt_join(Doubt *sum, const Doubt *next);
/* Warns at a column of the file, unless there is none. The text says what is wrong. */
void doubt_warn(const InputFile *file, const Doubt *doubt, guint column, const char *text,
                Faults *faults);
