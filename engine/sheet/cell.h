/* Cells: the one place where finished figures become the binary floating point that spreadsheets
 * are made of. Nothing is worked out with it: pence go in, and the same pence come out.
 *
 * The value that goes with a formula is the engine's, never the spreadsheet's own: what a formula
 * gives is compared with it by the workbook itself. A text cell is always a text, never a formula.
 */
#pragma once

#include "base/figure.h"
#include "sheet/book.h"
#include "sheet/style.h"

typedef struct {
    Figure figure;
    const char *formula; /* what gives the figure ("=A1-B1"), or NULL */
    const char *link;    /* of a text: where it leads ("internal:'QIF'!A5"), or NULL */
    StyleId style;
} Cell;

/* A cell without formula or link. */
Cell cell_of(Figure figure, StyleId style);
/* A cell of a count: in the style of whole numbers, or of decimals where it has any. */
Cell cell_count(Micros count);
/* A total, in the style of one: a whole number, or money. */
Cell cell_total(Figure figure);

/* Writes a cell, once, and notes what the library returns. Texts are made legal first. A day that
 * spreadsheets do not know (before March 1900) is written as text; a fraction as the formula n/d
 * where that is exact; a text beyond the links that a sheet may have without its link. */
void cell_write(Book *book, Sheet *sheet, guint row, guint column, const Cell *cell);
/* Writes a text. */
void cell_text(Book *book, Sheet *sheet, guint row, guint column, const char *text, StyleId style);
/* Writes a text over the cells from first to last, which become one. */
void cell_merge(Book *book, Sheet *sheet, guint row, guint first, guint last, const char *text,
                StyleId style);
/* How many characters a cell shows, about. */
guint cell_characters(const Cell *cell);

/* A text as spreadsheets can hold it: valid UTF-8, CR and CRLF as LF, characters that XML does not
 * allow as U+FFFD, cut to 32,767 UTF-16 units. Free with g_free. */
char *cell_legal_text(const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* What the library takes as floating point; for the rest of this folder. What the library says
 * of the first three is noted in the book. */
struct lxw_chart;
struct lxw_format;
/* A chart, so many pixels to the right of the row's beginning, so many wide and high, with a
 * text for whoever cannot see it. */
void cell_chart(Book *book, Sheet *sheet, guint row, struct lxw_chart *chart, guint left,
                guint width, guint height, const char *description);
void cell_column_width(Book *book, Sheet *sheet, guint column, guint characters);
void cell_row_height(Book *book, Sheet *sheet, guint row, guint points);
/* Narrow margins of the printed page, with room for header and footer. */
void cell_page_margins(Sheet *sheet);
void cell_font_size(struct lxw_format *format, guint points);
