/* The workbook of a forecast: Summary with a picture, a sheet a scheme, Not claimed yet, Journal
 * and Method. Every sum in it is a formula with the program's figure for its value. */
#pragma once

#include "report/forecast/rows.h"
#include "sheet/book.h"

/* Writes it; run is "2025-09/001". False with SP_ERROR_CANNOT_CREATE, SP_ERROR_IO or SP_ERROR_BUG;
 * then there is none. The folder must be one of its own: see book_close. */
bool forecast_workbook_write(const Forecast *forecast, const char *run, const char *path,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
