/* Not claimed yet: a row a contract with something that is expected of a month up to the run's, a
 * column a month; each cell adds up the rows of its scheme's sheet. */
#pragma once

#include "report/forecast/book.h"

/* The column of a month of the year, from 0. */
#define OPEN_FIRST_MONTH 3

/* The contracts: of OpenContract. Free with g_array_unref. */
GArray *open_contracts(const ForecastBook *book) G_GNUC_WARN_UNUSED_RESULT;
void open_sheet_fill(ForecastBook *book);
