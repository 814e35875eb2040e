/* What spreadsheets and keyboards do to patient references: a file whose references are in doubt is
 * warned about (fixtures/README.md, How files are written). Messages never quote a reference.
 *
 * - Other than printable ASCII characters: somebody else may spell the same patient otherwise.
 * - Scientific notation ("1.23E+09"): a spreadsheet took the reference for a number and cut it.
 * - Lost leading zeros: all references of the file are digits, none has more than one certain
 *   number of them, six or more, and at most a fifth have fewer. */
#pragma once

#include "pack/claims/doubt.h"

/* Longer references of digits are none that a spreadsheet could have shortened. */
#define MOST_DIGITS 32

/* The references of one piece of a file. */
typedef struct {
    Doubt unprintable, scientific;
    Doubt digits[MOST_DIGITS + 1]; /* nothing but digits, by their number */
    bool has_others;               /* than those of digits and the scientific ones */
} References;

/* Notes the reference of a row, which is not empty. */
void references_note(References *references, Span reference, gsize offset);
/* Adds those of the piece of the file that comes next. */
void references_join(References *sum, const References *next);
/* Warns of what all references of a file show. */
void references_check(const InputFile *file, const References *references, Faults *faults);
