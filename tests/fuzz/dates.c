/* Dates, months, years and periods against GLib's calendar and regular expressions. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "pack/period.h"

#include "support.h"

#define EPOCH 719163 /* 1 January 1970 as GDate counts days */

/* The groups a text matches a pattern with, or NULL; free with g_strfreev. */
static char **
match(const char *pattern, Span text)
{
    g_autoptr(GRegex) regex =
        g_regex_new(pattern, G_REGEX_RAW | G_REGEX_CASELESS | G_REGEX_DOLLAR_ENDONLY, 0, NULL);
    g_autoptr(GMatchInfo) found = NULL;
    CHECK(regex != NULL);
    if (!g_regex_match_full(regex, text.text, (gssize)text.length, 0, 0, &found, NULL))
        return NULL;
    return g_match_info_fetch_all(found);
}

static Day
slow_day_of(int year, int month, int day)
{
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return DAY_NONE;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (Day)g_date_get_julian(&date) - EPOCH;
}

/* The month of an English name or of its first three letters; 0 for none. */
static int
slow_name(const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (int month = 1; month <= 12; month++) {
        char text[32];
        GDate date;
        g_date_clear(&date, 1);
        g_date_set_dmy(&date, 1, (GDateMonth)month, 2025);
        g_date_strftime(text, sizeof text, strlen(name) == 3 ? "%b" : "%B", &date); /* locale C */
        if (g_ascii_strcasecmp(text, lower) == 0)
            return month;
    }
    return 0;
}

static int
slow_short_year(const char *digits)
{
    return atoi(digits) + (strlen(digits) == 2 ? 2000 : 0);
}

static Day
slow_day(Span text)
{
    g_auto(GStrv) iso = match("^([0-9]{4})-([0-9]{2})-([0-9]{2})$", text);
    if (iso != NULL)
        return slow_day_of(atoi(iso[1]), atoi(iso[2]), atoi(iso[3]));
    g_auto(GStrv) british = match("^([0-9]{2})/([0-9]{2})/([0-9]{4})$", text);
    if (british != NULL)
        return slow_day_of(atoi(british[3]), atoi(british[2]), atoi(british[1]));
    g_auto(GStrv) named = match("^([0-9]{2})-([a-z]{3})-([0-9]{2}|[0-9]{4})$", text);
    if (named != NULL)
        return slow_day_of(slow_short_year(named[3]), slow_name(named[2]), atoi(named[1]));
    return DAY_NONE;
}

static Month
slow_month_of(int year, int month)
{
    return year < 1 || month < 1 || month > 12 ? MONTH_NONE : year * 12 + month - 1;
}

static Month
slow_month(Span text)
{
    g_auto(GStrv) iso = match("^([0-9]{4})-([0-9]{2})$", text);
    if (iso != NULL)
        return slow_month_of(atoi(iso[1]), atoi(iso[2]));
    g_auto(GStrv) first = match("^(?:01/)?([0-9]{2})/([0-9]{4})$", text);
    if (first != NULL)
        return slow_month_of(atoi(first[2]), atoi(first[1]));
    g_auto(GStrv) named = match("^([a-z]+)[- ]([0-9]{2}|[0-9]{4})$", text);
    if (named == NULL)
        return MONTH_NONE;
    return slow_month_of(slow_short_year(named[2]), slow_name(named[1]));
}

static int
slow_year(Span text)
{
    g_auto(GStrv) years = match("^([0-9]{4})-([0-9]{2})$", text);
    int year = years == NULL ? 0 : atoi(years[1]);
    bool is_year = year >= 1 && year <= 9998 && atoi(years[2]) == (year + 1) % 100;
    return is_year ? year : 0;
}

/* A day that was read is written as it should be, and lies where it should in month and year. */
static void
check_day(Day day)
{
    int year, month, of_month;
    GDate date;
    char text[32];
    day_split(day, &year, &month, &of_month);
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + EPOCH));
    CHECK(year == g_date_get_year(&date) && month == (int)g_date_get_month(&date) &&
          of_month == g_date_get_day(&date));
    CHECK(day_of(year, month, of_month) == day);
    Month in = day_month(day);
    CHECK(month_first_day(in) <= day && day <= month_last_day(in));
    CHECK(month_last_day(in) - month_first_day(in) + 1 ==
          g_date_get_days_in_month((GDateMonth)month, (GDateYear)year));
    g_autoptr(GString) written = g_string_new(NULL);
    day_append(written, day);
    g_snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, of_month);
    CHECK(strcmp(written->str, text) == 0);
    int financial = month_financial_year(in);
    if (financial < 1 || financial > 9998)
        return;
    CHECK(year_first_day(financial) <= day && day <= year_last_day(financial));
    CHECK(year_days(financial) == year_last_day(financial) - year_first_day(financial) + 1);
    CHECK(year_days(financial) == (g_date_is_leap_year((GDateYear)(financial + 1)) ? 366 : 365));
    CHECK(year_final_day(financial) == slow_day_of(financial + 1, 7, 31));
}

/* All days there are, once. */
static void
check_calendar(void)
{
    static bool is_checked;
    if (is_checked)
        return;
    is_checked = true;
    Day expected = day_of(1, 1, 1);
    CHECK(expected == 1 - EPOCH);
    for (int year = 1; year <= 9999; year++)
        for (int month = 0; month <= 13; month++)
            for (int day = 0; day <= 32; day++) {
                Day found = day_of(year, month, day);
                if (found == DAY_NONE) {
                    CHECK(month < 1 || month > 12 || day < 1 || day > 28);
                    continue;
                }
                CHECK(found == expected);
                if (day == 1 || day >= 28)
                    CHECK(found == slow_day_of(year, month, day));
                expected++;
            }
    CHECK(expected == slow_day_of(9999, 12, 31) + 1);
    CHECK(day_of(0, 1, 1) == DAY_NONE && day_of(10000, 1, 1) == DAY_NONE);
}

static void
check_period(Span text)
{
    g_autofree char *copy = span_copy(text);
    Period period;
    if (strlen(copy) != text.length || !period_read(copy, &period))
        return;
    g_autofree char *written = period_text(&period);
    Period again;
    CHECK(period_read(written, &again) && period_compare(&period, &again) == 0);
    CHECK(strcmp(written, copy) == 0);
    CHECK(period.year == month_financial_year(period.month));
    CHECK(period.register_day == month_last_day(period.month));
    CHECK(period.date == (period.is_year_end ? year_final_day(period.year) : period.register_day));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    check_calendar();
    Span text = {(const char *)bytes, length};
    if (length == 4) { /* any day by its number */
        gint32 number;
        memcpy(&number, bytes, sizeof number);
        check_day((Day)((guint32)number % 3652059) + 1 - EPOCH);
    }
    Day day = day_read(text.text, text.length);
    CHECK(day == slow_day(text));
    if (day != DAY_NONE)
        check_day(day);
    Month month = month_read(text.text, text.length);
    CHECK(month == slow_month(text));
    if (month != MONTH_NONE) {
        g_autoptr(GString) written = g_string_new(NULL);
        month_append(written, month);
        CHECK(month_read(written->str, written->len) == month);
        CHECK(day_month(month_first_day(month)) == month);
    }
    CHECK(year_read(text.text, text.length) == slow_year(text));
    check_period(text);
    return 0;
}
