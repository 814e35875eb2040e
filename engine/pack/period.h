/* What a run is for: a month of a financial year, or the year-end. */
#pragma once

#include "base/date.h"
#include "base/text.h"

typedef struct {
    int year; /* first year of the financial year: 2025 for 2025-26 */
    bool is_year_end;
    guint supplement; /* of a year-end: 0, then 1 for the one after it, and so on */
    Month month;      /* the run's month; March for a year-end */
    Day date; /* the run's date: the month's last day; 31 July after the year for a year-end */
    Day register_day; /* the day whose register holds: the month's last; 31 March for a year-end */
} Period;

Period period_of_month(Month month);
Period period_of_year_end(int year, guint supplement);
/* "2025-09", "2025-26-YE", or "2025-26-YE2" for the year-end after that; false for anything else.
 */
bool period_read(const char *text, Period *period) G_GNUC_WARN_UNUSED_RESULT;
/* A month in any spelling of the inputs: "2025-09", "Sep-25", "September 2025". */
bool period_read_month(const char *text, Period *period) G_GNUC_WARN_UNUSED_RESULT;
void period_append(GString *text, const Period *period);
/* The same as a new string, to be freed with g_free. */
char *period_text(const Period *period);
/* -1, 0 or 1 as a comes before b, is the same, or comes after; a year-end comes after its March,
 * and later year-ends of the same year after the first. */
int period_compare(const Period *a, const Period *b);
