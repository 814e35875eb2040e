/* A scheme's sheet: a row for each figure of the forecast. Amounts that are expected are formulas
 * over the run's counts, the price and what the cap leaves; beside them the program's own. */
#pragma once

#include "report/forecast/book.h"

void scheme_sheet_fill(ForecastBook *book, guint32 scheme);
/* Appends the sum of the scheme's amounts of a kind; "0" where it has no sheet. */
void scheme_sheet_append_kind(GString *formula, const ForecastBook *book, guint32 scheme,
                              ForecastKind kind);
