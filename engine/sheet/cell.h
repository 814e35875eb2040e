/* Cells: the one place where finished numbers become the binary floating point that spreadsheets
 * are made of. Nothing is worked out with it: pence go in, and the same pence come out.
 *
 * A cached value is the engine's, never the spreadsheet's own: what a formula gives is compared
 * with it by the workbook itself.
 *
 * Every function returns what the spreadsheet library says; see book_note. Rows and columns count
 * from 0. A text cell is always a text, never a formula. */
#pragma once

#include <xlsxwriter.h>

#include "base/date.h"
#include "base/number.h"

/* A text as spreadsheets can hold it: valid UTF-8, CR and CRLF as LF, characters that XML does not
 * allow as U+FFFD, cut to 32,767 UTF-16 units. Free with g_free. */
char *cell_legal_text(const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* An empty text leaves the cell blank but formatted. */
lxw_error cell_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                    lxw_format *format);
lxw_error cell_money(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Money money,
                     lxw_format *format);
lxw_error cell_micros(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Micros micros,
                      lxw_format *format);
lxw_error cell_whole(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, guint64 number,
                     lxw_format *format);
/* A date of the spreadsheet; as text where that has no such date (before March 1900). */
lxw_error cell_day(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Day day,
                   lxw_format *format);
/* The formula =n/d where both fit a spreadsheet's 15 digits, else its value alone. */
lxw_error cell_fraction(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Fraction fraction,
                        lxw_format *format);

/* A formula ("=SUM(A1:A9)") with the value it has, so that a preview shows it, too. */
lxw_error cell_formula_money(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                             const char *formula, Money money, lxw_format *format);
lxw_error cell_formula_whole(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                             const char *formula, guint64 number, lxw_format *format);
lxw_error cell_formula_micros(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                              const char *formula, Micros micros, lxw_format *format);
lxw_error cell_formula_fraction(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                                const char *formula, Fraction fraction, lxw_format *format);
lxw_error cell_formula_day(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                           const char *formula, Day day, lxw_format *format);
lxw_error cell_formula_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                            const char *formula, const char *text, lxw_format *format);

/* A text that leads to an address ("internal:'QIF'!A5"). */
lxw_error cell_link(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *address,
                    const char *text, lxw_format *format);

/* A chart, so many pixels to the right of the row's beginning, so many wide and high. */
lxw_error cell_chart(lxw_worksheet *sheet, lxw_row_t row, lxw_chart *chart, guint left, guint width,
                     guint height);

/* The width of a column, in characters. */
lxw_error cell_column_width(lxw_worksheet *sheet, lxw_col_t column, guint characters);
/* The height of a row, in points. */
lxw_error cell_row_height(lxw_worksheet *sheet, lxw_row_t row, guint points);
/* The margins of the printed page: narrow ones, room for header and footer. */
void cell_page_margins(lxw_worksheet *sheet);
/* The size of a format's font, in points. */
void cell_font_size(lxw_format *format, guint points);
