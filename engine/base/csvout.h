/* Writing CSV: rows of cells into a growing text.
 *
 * Invariants
 * - RFC 4180 with LF: cells are quoted where they hold a comma, a quote, CR or LF, and nowhere
 *   else; blanks at an end of a cell need no quotes and get none.
 * - A text cell that starts with =, +, -, @, tab or CR gets an apostrophe in front, so that no
 *   spreadsheet takes it for a formula. Number cells never get one, negative ones included.
 * - The text is UTF-8: bytes of a file name that are not become U+FFFD.
 */
#pragma once

#include "base/date.h"
#include "base/number.h"

/* Rows being written. The text is the caller's: to be emptied as it is written out, between rows,
 * and freed. Start with {text, false}. */
typedef struct {
    GString *text;
    bool is_in_row; /* whether the row has a cell already */
} CsvOut;

/* Each appends one cell to the row. */
void csv_out_text(CsvOut *out, const char *text); /* NULL: empty */
void csv_out_empty(CsvOut *out);
void csv_out_whole(CsvOut *out, guint64 number);
void csv_out_money(CsvOut *out, Money money);   /* -1234.50 */
void csv_out_rate(CsvOut *out, Micros micros);  /* two decimals, more where they are not 0 */
void csv_out_count(CsvOut *out, Micros micros); /* no trailing zeros */
void csv_out_fraction(CsvOut *out, Fraction fraction);
void csv_out_month(CsvOut *out, Month month); /* MONTH_NONE: empty */

/* Ends the row. */
void csv_out_end_row(CsvOut *out);
