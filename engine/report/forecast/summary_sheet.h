/* Summary: the forecast by scheme, against the budget, and by month, with a picture. Journal: by
 * ledger code, from the sums of Summary. */
#pragma once

#include "report/forecast/book.h"

void summary_sheet_fill(ForecastBook *book);
/* Behind Summary, whose cells it adds up. */
void summary_sheet_journal(ForecastBook *book, Sheet *sheet);
