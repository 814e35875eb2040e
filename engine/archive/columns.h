/* CSV files of record of two versions of the program. */
#pragma once

#include "base/text.h"

/* Whether two of our own CSV files say the same, row by row and byte by byte, but for columns that
 * the sealed one lacks. */
bool columns_agree(Span sealed, Span now);
