/* Entitlement by the month it is earned for: April to the run's month. */
#pragma once

#include "report/figures/totals.h"

enum { MONTH_INSTALMENTS, MONTH_ACTIVITY, MONTH_ADJUSTMENTS, MONTH_CLAUSES, MONTH_PARTS };

typedef struct {
    guint parts; /* those that there are: clauses, the last, only where one has an effect */
    guint count; /* months of the year so far; 0 for a year-end run */
    Sum months[12][MONTH_PARTS]; /* from April on */
    Sum all[MONTH_PARTS];        /* of all months */
    Sum held;                    /* of held contracts: what was paid, of no month */
} MonthTotals;

/* Adds a result up by month; their sum is the entitlement of the run. Instalments include what
 * indicators earned that are due in the year. What they add in a month is the entitlement to its
 * end less that to the end of the month before. */
MonthTotals months_add_up(const Result *result);
