/* Inside the workbook of a forecast: what its sheets share. Not for other folders. */
#pragma once

#include "report/forecast/journal.h"
#include "report/forecast/rows.h"
#include "sheet/table.h"

#define SHEET_SUMMARY "Summary"
#define SHEET_OPEN "Not claimed yet"
#define SHEET_JOURNAL "Journal"
#define SHEET_METHOD "Method"
#define SHEET_HEADINGS_ROW 3

/* Columns of a scheme's sheet that others refer to. */
enum { SCHEME_KIND = 1, SCHEME_MONTH = 3, SCHEME_AMOUNT = 10, SCHEME_NUMBER = 14 };

/* A contract with something that is not claimed yet. */
typedef struct {
    const ForecastContract *contract;
    guint number; /* in Forecast.contracts, from 1 */
    Sum months[MONTHS_OF_YEAR];
    Sum sum;
} OpenContract;

/* The sheet of a scheme: rows from first up to end of all rows; pages is NULL where it has none. */
typedef struct {
    guint first, end;
    Pages *pages;
} SchemeSheet;

typedef struct {
    const Forecast *forecast;
    const char *run;
    Book *book;
    GArray *rows;         /* of ForecastRow */
    guint first_row;      /* of the scheme that is being filled */
    SchemeSheet *schemes; /* as in the rules */
    GArray *open;         /* of OpenContract */
    Pages *open_pages;
    guint months; /* of the year up to the run's */
    Sheet *summary;
    guint first_summary; /* the row of Summary that the first scheme stands in */
    GString *formula;    /* scratch */
    GStringChunk *room;  /* texts of formulas of one row */
} ForecastBook;
