/* Cells that people fill in: what may be typed into them, what they are told, and what is kept from
 * slips.
 *
 * - A sheet that is protected takes entries only in cells of the styles STYLE_INPUT_…. There is no
 *   password: whoever wants to can lift it.
 * - What is pasted passes no test of entries: a sheet of checks has to look at it, too.
 * - What the library returns is noted in the book. */
#pragma once

#include "sheet/book.h"

typedef enum {
    ENTRY_LIST,  /* one of the cells that the formula names: "='Lists'!$A$2:$A$13" */
    ENTRY_WHOLE, /* a whole number from least to most */
    ENTRY_TEST   /* what the formula is true for, as it stands in the first cell: "=$F2>=$A2" */
} EntryKind;

/* What may stand in the cells of a column; an empty cell always may. Texts for people: titles have
 * up to 32 characters, prompt and refusal up to 255. */
typedef struct {
    EntryKind kind;
    const char *formula; /* of a list or a test; up to 255 characters */
    guint32 least, most; /* of a whole number */
    const char *title;   /* above both of these */
    const char *prompt;  /* shown beside a cell that is chosen */
    const char *refusal; /* said of an entry that is not taken */
} Entry;

/* The most characters of these texts, and of a formula. */
#define ENTRY_MOST_TITLE 32
#define ENTRY_MOST_TEXT 255

/* Sets what may stand in the rows from first to last of a column. */
void entry_allow(Book *book, Sheet *sheet, guint first, guint last, guint column,
                 const Entry *entry);
/* Colours the cells of a column in which a formula, as it stands in the first row, is true. */
void entry_mark(Book *book, Sheet *sheet, guint first, guint last, guint column,
                const char *formula);
/* Protects a sheet from slips. Widths and heights may still be changed. */
void entry_protect(Sheet *sheet);
