/* CSV files of record of two versions of the program. */
#pragma once

#include "base/text.h"

/* Takes a row off the front of a text: its fields (an array of Span, which is emptied before) as
 * they stand there, quotes included. Rows are as our own writer makes them: a quote doubles itself
 * inside quotes, and LF ends a row. */
void columns_take_row(Span *text, GArray *fields);
/* Where columns of these names stand in a header. False where one is not there. */
bool columns_find(const GArray *header, const char *const *names, guint count,
                  guint *places) G_GNUC_WARN_UNUSED_RESULT;
/* Whether two of our own CSV files say the same, row by row and byte by byte, but for columns that
 * the sealed one lacks. */
bool columns_agree(Span sealed, Span now);
