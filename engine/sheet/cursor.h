/* A sheet that is written from the top down, row by row: the row at hand, and how high it gets.
 *
 * For sheets that are no table. Widths are those of the columns, in characters: a row gets as high
 * as its wrapped texts need. */
#pragma once

#include "sheet/cell.h"

typedef struct {
    Book *book;
    Sheet *sheet;
    guint row;
    const guint *widths;
    guint lines; /* that the row at hand needs so far */
} Cursor;

/* Begins at a row of a sheet whose columns have widths, and sets these. */
Cursor cursor_new(Book *book, Sheet *sheet, guint row, const guint *widths, guint columns);
/* A title in the first row and a note in the second. */
void cursor_title(Book *book, Sheet *sheet, const char *title, const char *note);

/* Cells of the row at hand. */
void cursor_cell(Cursor *cursor, guint column, const Cell *cell);
void cursor_text(Cursor *cursor, guint column, const char *text, StyleId style);
void cursor_figure(Cursor *cursor, guint column, Figure figure, StyleId style);
/* A figure with the formula that gives it; an empty formula is none. */
void cursor_formula(Cursor *cursor, guint column, const char *formula, Figure figure,
                    StyleId style);
/* A sum of money with its formula; one that is out of range goes without. */
void cursor_sum(Cursor *cursor, guint column, const char *formula, Sum sum, StyleId style);
/* Empty cells from one column up to another. */
void cursor_fill(Cursor *cursor, guint first, guint last, StyleId style);
/* A total over the rows of a column from first up to the one above the row at hand. */
void cursor_total(Cursor *cursor, guint column, guint first, Figure total);
/* Ends the row: it gets as high as it needs. */
void cursor_next(Cursor *cursor);

/* A row of headings; those from first_number on stand to the right, above numbers. A line feed
 * makes it two lines high. Ends it. */
void cursor_headings(Cursor *cursor, const char *const *headings, guint count, guint first_number);
