/* Days, months and financial years as plain numbers.
 *
 * - A Day counts days from 1 January 1970; a Month is year × 12 + (month − 1).
 * - The financial year 2025-26 is named by its first year, 2025: 1 April 2025 to 31 March 2026.
 *   It has 366 days where it holds a 29 February.
 * - Years run from 1 to 9999. No time zone takes part anywhere.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef int32_t Day;
typedef int32_t Month;

#define DAY_NONE INT32_MIN
#define DAY_OPEN INT32_MAX /* the end of what has no end */
#define MONTH_NONE INT32_MIN

/* The day of a calendar date, or DAY_NONE where there is no such date. */
Day day_of(int year, int month, int day);
/* Year, month (1-12) and day (1-31) of a day. */
void day_split(Day day, int *year, int *month, int *of_month);
Month day_month(Day day);
Month month_of(int year, int month);
int month_year(Month month);
/* 1 to 12. */
int month_number(Month month);
Day month_first_day(Month month);
Day month_last_day(Month month);

/* The first year of the financial year a month lies in. */
int month_financial_year(Month month);
Month year_first_month(int year);
Day year_first_day(int year);
Day year_last_day(int year);
int year_days(int year);
/* 31 July after the year: by then its final figures are in. */
Day year_final_day(int year);

/* "2025-09-30", "30/09/2025", "30-Sep-25" or "30-Sep-2025" (any case); DAY_NONE for anything else.
 * Years of two digits are 20xx. */
Day day_read(const char *text, gsize length);
/* "2025-09", "09/2025", "Sep-25", "Sep 2025", "September 2025" (any case) or the first of a month
 * as "01/09/2025"; MONTH_NONE for anything else. */
Month month_read(const char *text, gsize length);
/* The same of what others publish, who also write "30SEP2025" and "20250930"; a month may be the
 * first day of it in any of these ways. */
Day day_read_published(const char *text, gsize length);
Month month_read_published(const char *text, gsize length);
/* "2025-26" gives 2025; 0 for anything else. */
int year_read(const char *text, gsize length);

void day_append(GString *text, Day day);       /* 2025-09-30 */
void month_append(GString *text, Month month); /* 2025-09 */
void year_append(GString *text, int year);     /* 2025-26 */
