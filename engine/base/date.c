#include "base/date.h"

#include <string.h>

#include "base/poison.h"

static const char *const MONTH_NAMES[12] = {"january",   "february", "march",    "april",
                                            "may",       "june",     "july",     "august",
                                            "september", "october",  "november", "december"};

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
    static const int DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

#define EPOCH 719468 /* 1 January 1970, counted from 1 March of year 0 */

/* Days before 1 March of a year, counted from 1 March of year 0: leap days come last that way. */
static int
days_before_march(int year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

/* Without a branch, and unsigned: every row asks for some. */
Day
month_first_day(Month month)
{
    unsigned since_march = (unsigned)month - 2; /* of year 0 */
    unsigned year = since_march / 12, of_year = since_march % 12;
    unsigned centuries = year / 100;
    unsigned days_of_years = 365 * year + year / 4 - centuries + centuries / 4;
    return (Day)(days_of_years + (153 * of_year + 2) / 5) - EPOCH;
}

Day
day_of(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return DAY_NONE;
    return month_first_day(month_of(year, month)) + day - 1;
}

void
day_split(Day day, int *year, int *month, int *of_month)
{
    int count = day + EPOCH;
    int era_year = (int)((count * INT64_C(400)) / 146097);
    while (days_before_march(era_year) > count)
        era_year--;
    while (days_before_march(era_year + 1) <= count)
        era_year++;
    int rest = count - days_before_march(era_year);
    int shifted_month = (5 * rest + 2) / 153;
    *of_month = rest - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = shifted_month < 10 ? era_year : era_year + 1;
}

Month
day_month(Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    return month_of(year, month);
}

Month
month_of(int year, int month)
{
    return year * 12 + month - 1;
}

int
month_year(Month month)
{
    return month / 12;
}

int
month_number(Month month)
{
    return month % 12 + 1;
}

Day
month_last_day(Month month)
{
    return month_first_day(month + 1) - 1;
}

int
month_financial_year(Month month)
{
    return month_number(month) >= 4 ? month_year(month) : month_year(month) - 1;
}

Month
year_first_month(int year)
{
    return month_of(year, 4);
}

Day
year_first_day(int year)
{
    return month_first_day(year_first_month(year));
}

Day
year_last_day(int year)
{
    return year_first_day(year + 1) - 1;
}

int
year_days(int year)
{
    return year_last_day(year) - year_first_day(year) + 1;
}

Day
year_final_day(int year)
{
    return day_of(year + 1, 7, 31);
}

/* The number that count digits spell, or -1. */
static int
read_digits(const char *text, gsize count)
{
    unsigned number = 0, beyond = 0;
    for (gsize i = 0; i < count; i++) {
        unsigned digit = (unsigned)(guchar)text[i] - '0';
        beyond |= digit > 9;
        number = number * 10 + digit;
    }
    return beyond != 0 ? -1 : (int)number;
}

/* The month of an English name of so many letters, or of its first three; 0 where it is none. */
static int
read_month_name(const char *text, gsize length)
{
    for (int month = 1; month <= 12; month++) {
        const char *name = MONTH_NAMES[month - 1];
        if ((length == 3 || length == strlen(name)) && g_ascii_strncasecmp(text, name, length) == 0)
            return month;
    }
    return 0;
}

/* "25" or "2025"; -1 for anything else. */
static int
read_year(const char *text, gsize length)
{
    if (length != 2 && length != 4)
        return -1;
    int year = read_digits(text, length);
    return year < 0 || length == 4 ? year : 2000 + year;
}

Day
day_read(const char *text, gsize length)
{
    if (length == 10 && text[4] == '-' && text[7] == '-')
        return day_of(read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2));
    if (length == 10 && text[2] == '/' && text[5] == '/')
        return day_of(read_digits(text + 6, 4), read_digits(text + 3, 2), read_digits(text, 2));
    if ((length == 9 || length == 11) && text[2] == '-' && text[6] == '-')
        return day_of(read_year(text + 7, length - 7), read_month_name(text + 3, 3),
                      read_digits(text, 2));
    return DAY_NONE;
}

/* "Sep-25", "Sep 2025", "September 2025". */
static Month
month_read_named(const char *text, gsize length)
{
    gsize letters = 0;
    while (letters < length && g_ascii_isalpha(text[letters]))
        letters++;
    if (letters == length || (text[letters] != '-' && text[letters] != ' '))
        return MONTH_NONE;
    int month = read_month_name(text, letters);
    int year = read_year(text + letters + 1, length - letters - 1);
    return year < 1 || month == 0 ? MONTH_NONE : month_of(year, month);
}

Month
month_read(const char *text, gsize length)
{
    if (length > 0 && g_ascii_isalpha(text[0]))
        return month_read_named(text, length);
    if (length == 7 && (text[4] == '-' || text[2] == '/')) {
        bool is_iso = text[4] == '-';
        int year = read_digits(is_iso ? text : text + 3, 4);
        int month = read_digits(is_iso ? text + 5 : text, 2);
        return year < 1 || month < 1 || month > 12 ? MONTH_NONE : month_of(year, month);
    }
    if (length == 10 && text[2] == '/') {
        Day day = day_read(text, length);
        return day == DAY_NONE || text[0] != '0' || text[1] != '1' ? MONTH_NONE : day_month(day);
    }
    return MONTH_NONE;
}

Day
day_read_published(const char *text, gsize length)
{
    if (length == 8)
        return day_of(read_digits(text, 4), read_digits(text + 4, 2), read_digits(text + 6, 2));
    if (length == 9 && g_ascii_isalpha(text[2]))
        return day_of(read_digits(text + 5, 4), read_month_name(text + 2, 3), read_digits(text, 2));
    return day_read(text, length);
}

Month
month_read_published(const char *text, gsize length)
{
    Day day = day_read_published(text, length);
    if (day == DAY_NONE)
        return month_read(text, length);
    return day == month_first_day(day_month(day)) ? day_month(day) : MONTH_NONE;
}

int
year_read(const char *text, gsize length)
{
    if (length != 7 || text[4] != '-')
        return 0;
    int year = read_digits(text, 4), next = read_digits(text + 5, 2);
    return year >= 1 && year <= 9998 && next == (year + 1) % 100 ? year : 0;
}

void
day_append(GString *text, Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    g_string_append_printf(text, "%04d-%02d-%02d", year, month, of_month);
}

void
month_append(GString *text, Month month)
{
    g_string_append_printf(text, "%04d-%02d", month_year(month), month_number(month));
}

void
year_append(GString *text, int year)
{
    g_string_append_printf(text, "%04d-%02d", year, (year + 1) % 100);
}
