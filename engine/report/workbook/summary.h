/* The sheet Summary while it is being written, for its pictures. */
#pragma once

#include "report/figures/months.h"
#include "report/workbook/lines.h"

/* How many rows the pictures stand over. */
#define SUMMARY_PICTURE_ROWS 18

/* The summary is written from the top down; every part has its headings on the columns below. */
typedef struct {
    Workbook *workbook;
    Book *book;
    Sheet *sheet;
    const Result *result;
    const Totals *totals;
    MonthTotals months;
    guint row, first_scheme, pictures;
    GString *formula; /* scratch */
} Summary;

enum {
    COLUMN_LABEL,
    COLUMN_TITLE,
    COLUMN_CONTRACTS,
    COLUMN_ENTITLEMENT,
    COLUMN_PAID,
    COLUMN_OWED,
    COLUMN_CURRENT,
    COLUMN_PRIOR,
    COLUMN_EXCEPTIONS,
    COLUMN_AT_RISK,
    COLUMNS
};

/* Adds the pictures, side by side: owed by scheme, and either the year so far, whose figures begin
 * on the row first_month, or the year as it was paid and earned. */
void summary_add_pictures(Summary *summary, guint first_month);
