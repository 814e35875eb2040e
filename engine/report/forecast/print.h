/* A forecast for a screen, as CSV and as JSON. */
#pragma once

#include "report/forecast/rows.h"

/* run: "2025-09/001". Lines have at most 80 characters, but for codes that are longer. */
void forecast_print_text(const Forecast *forecast, const char *run, GString *text);
void forecast_print_json(const Forecast *forecast, const char *run, GString *text);
void forecast_print_csv(const Forecast *forecast, GString *text);
