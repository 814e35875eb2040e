/* How a sheet is laid out: widths and heights, what stays in sight, and how it prints.
 *
 * What the library returns is noted in the book. */
#pragma once

#include "sheet/book.h"
#include "sheet/style.h"

/* The layout that every sheet begins with: see book_add_sheet. */
void layout_begin(Book *book, Sheet *sheet);
/* Upright pages, with a header of their own: a text on the left, the subject on the right. */
void layout_portrait(Book *book, Sheet *sheet, const char *left);

/* The width of a column, in characters; of several from the first on. */
void layout_width(Book *book, Sheet *sheet, guint column, guint characters);
void layout_widths(Book *book, Sheet *sheet, const guint *characters, guint count);
/* The height of a row, in points; before the next row is begun. */
void layout_height(Book *book, Sheet *sheet, guint row, guint points);
/* How many lines a wrapped text takes in a column so many characters wide. */
guint layout_lines(const char *text, guint width);
/* Makes a row high enough for so many lines: applications do not all measure rows themselves. */
void layout_row_lines(Book *book, Sheet *sheet, guint row, guint lines);

/* Rows above and columns before these stay in sight. */
void layout_freeze(Sheet *sheet, guint row, guint column);
void layout_zoom(Sheet *sheet, guint percent);
/* How many pages wide and high it prints; 0: as many as it takes. */
void layout_fit(Sheet *sheet, guint wide, guint high);
void layout_scale(Sheet *sheet, guint percent);
/* Rows from first to last are printed again on each page. */
void layout_repeat(Book *book, Sheet *sheet, guint first, guint last);
/* Prints the rows and columns up to these alone. */
void layout_print_to(Book *book, Sheet *sheet, guint row, guint column);
/* Begins a new page above each of the rows, of which there are count. */
void layout_break(Book *book, Sheet *sheet, const guint *rows, guint count);

/* Filter buttons on a row of headings, over the rows down to the last. */
void layout_filter(Book *book, Sheet *sheet, guint headings, guint last, guint last_column);

/* Marks the rows from one of headings down to the last as a table, which programs that read a sheet
 * aloud tell as such; it has filter buttons, and looks as its cells do. The headings are written
 * anew: they must all differ, in other things than letter case. Not in streamed books. */
typedef struct {
    const char *text;
    StyleId style;
} TableHeading;
void layout_table(Book *book, Sheet *sheet, guint headings, guint last, const TableHeading *columns,
                  guint count);

/* Colours checks: those that fail (0) red and, where with_good, those that hold (1) green. */
void layout_checks(Book *book, Sheet *sheet, guint first, guint last, guint column, bool with_good);
