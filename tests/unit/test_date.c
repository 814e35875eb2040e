/* Days, months and financial years, against GLib's own calendar. */
#include "support.h"

#include <string.h>

static void
every_day_goes_there_and_back(void)
{
    Day expected = day_of(1, 1, 1);
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            int days = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
            for (int day = 1; day <= days; day++) {
                int y, m, d;
                g_assert_cmpint(day_of(year, month, day), ==, expected);
                day_split(expected++, &y, &m, &d);
                g_assert_true(y == year && m == month && d == day);
            }
            g_assert_cmpint(day_of(year, month, days + 1), ==, DAY_NONE);
        }
    g_assert_cmpint(day_of(1970, 1, 1), ==, 0);
    g_assert_cmpint(day_of(2000, 3, 1), ==, 11017);
}

static void
there_is_no_such_date(void)
{
    static const int CASES[][3] = {
        {0, 1, 1},     {10000, 1, 1}, {2025, 0, 1},  {2025, 13, 1}, {2025, 1, 0},
        {2025, 1, 32}, {2025, 2, 29}, {1900, 2, 29}, {2025, 4, 31}, {-1, 5, 5},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        g_assert_cmpint(day_of(CASES[i][0], CASES[i][1], CASES[i][2]), ==, DAY_NONE);
    g_assert_cmpint(day_of(2000, 2, 29), !=, DAY_NONE);
    g_assert_cmpint(day_of(2028, 2, 29), !=, DAY_NONE);
}

/* Vector: the financial year 2027-28 has 366 days (29 February 2028). */
static void
financial_year_2027_28_has_366_days(void)
{
    static const struct {
        int year, days;
    } CASES[] = {{2023, 366}, {2024, 365}, {2025, 365}, {2026, 365},
                 {2027, 366}, {2099, 365}, {1899, 365}, {1999, 366}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        g_assert_cmpint(year_days(CASES[i].year), ==, CASES[i].days);
}

static void
financial_year_runs_from_april_to_march(void)
{
    g_assert_cmpint(year_first_day(2025), ==, day_of(2025, 4, 1));
    g_assert_cmpint(year_last_day(2025), ==, day_of(2026, 3, 31));
    g_assert_cmpint(year_final_day(2025), ==, day_of(2026, 7, 31));
    g_assert_cmpint(year_first_month(2025), ==, month_of(2025, 4));
    g_assert_cmpint(month_financial_year(month_of(2025, 3)), ==, 2024);
    g_assert_cmpint(month_financial_year(month_of(2025, 4)), ==, 2025);
    g_assert_cmpint(month_financial_year(month_of(2026, 3)), ==, 2025);
    g_assert_cmpint(month_last_day(month_of(2028, 2)), ==, day_of(2028, 2, 29));
    g_assert_cmpint(month_first_day(month_of(2025, 12)), ==, day_of(2025, 12, 1));
    g_assert_cmpint(day_month(day_of(2025, 12, 31)), ==, month_of(2025, 12));
}

static void
dates_are_read(void)
{
    static const struct {
        const char *text;
        int year, month, day; /* year 0: refused */
    } CASES[] = {
        {"2025-09-30", 2025, 9, 30},  {"30/09/2025", 2025, 9, 30},
        {"29/02/2028", 2028, 2, 29},  {"0001-01-01", 1, 1, 1},
        {"31/12/9999", 9999, 12, 31}, {"2025-02-29", 0, 0, 0},
        {"2025-9-30", 0, 0, 0},       {"30-09-2025", 0, 0, 0},
        {"2025/09/30", 0, 0, 0},      {"30/9/2025", 0, 0, 0},
        {"30/09/25", 0, 0, 0},        {"2025-13-01", 0, 0, 0},
        {"2025-00-10", 0, 0, 0},      {"2025-09-0x", 0, 0, 0},
        {" 2025-09-3", 0, 0, 0},      {"-025-09-30", 0, 0, 0},
        {"+025-09-30", 0, 0, 0},      {"2025-09-30T", 0, 0, 0},
        {"45930", 0, 0, 0},           {"", 0, 0, 0},
        {"00/09/2025", 0, 0, 0},      {"0000-01-01", 0, 0, 0},
        {"12/30/2025", 0, 0, 0},      {"2025-09/30", 0, 0, 0},
        {"30-Sep-25", 2025, 9, 30},   {"30-sep-2025", 2025, 9, 30},
        {"29-FEB-28", 2028, 2, 29},   {"31-Dec-9999", 9999, 12, 31},
        {"01-Jan-00", 2000, 1, 1},    {"31-Dec-99", 2099, 12, 31},
        {"29-Feb-25", 0, 0, 0},       {"31-Sep-25", 0, 0, 0},
        {"9-Sep-25", 0, 0, 0},        {"30-Sep-5", 0, 0, 0},
        {"30-Sep-025", 0, 0, 0},      {"30 Sep 25", 0, 0, 0},
        {"30-Sept-25", 0, 0, 0},      {"30-September-25", 0, 0, 0},
        {"30/Sep/25", 0, 0, 0},       {"30-Sxp-25", 0, 0, 0},
        {"Sep-30-25", 0, 0, 0},       {"30-Sep-0000", 0, 0, 0},
        {"30-Sep-2x", 0, 0, 0},       {"xx-Sep-25", 0, 0, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Day expected =
            CASES[i].year == 0 ? DAY_NONE : day_of(CASES[i].year, CASES[i].month, CASES[i].day);
        g_test_message("%s", CASES[i].text);
        g_assert_cmpint(day_read(CASES[i].text, strlen(CASES[i].text)), ==, expected);
    }
}

static void
every_spelling_of_every_month_is_read(void)
{
    static const char *const NAMES[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    static const char *const FORMS[] = {"%s-25", "%s-2025", "%s 25", "%s 2025"};
    for (int month = 1; month <= 12; month++) {
        g_autofree char *iso = g_strdup_printf("2025-%02d", month);
        g_autofree char *first = g_strdup_printf("01/%02d/2025", month);
        g_autofree char *abbreviated = g_strndup(NAMES[month - 1], 3);
        g_autofree char *upper = g_ascii_strup(NAMES[month - 1], -1);
        g_autofree char *lower = g_ascii_strdown(abbreviated, -1);
        const char *const cases[] = {NAMES[month - 1], abbreviated, upper, lower};
        g_assert_cmpint(month_read(iso, strlen(iso)), ==, month_of(2025, month));
        g_assert_cmpint(month_read(first, strlen(first)), ==, month_of(2025, month));
        g_assert_cmpint(month_read(first + 3, strlen(first + 3)), ==, month_of(2025, month));
        for (gsize n = 0; n < G_N_ELEMENTS(cases); n++)
            for (gsize f = 0; f < G_N_ELEMENTS(FORMS); f++) {
                g_autofree char *text = text_replace(FORMS[f], "%s", cases[n]);
                g_assert_cmpint(month_read(text, strlen(text)), ==, month_of(2025, month));
            }
    }
}

static void
the_first_and_the_last_months_are_read(void)
{
    static const struct {
        const char *text;
        int year, month;
    } CASES[] = {
        {"Jan-0001", 1, 1}, {"0001-01", 1, 1}, {"Dec-9999", 9999, 12}, {"9999-12", 9999, 12}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        g_assert_cmpint(month_read(CASES[i].text, strlen(CASES[i].text)), ==,
                        month_of(CASES[i].year, CASES[i].month));
}

static void
other_months_are_refused(void)
{
    static const char *const CASES[] = {
        "",           "2025-13",    "2025-00",     "2025-9",          "25-09",
        "Sept-25",    "Septem-25",  "Septembe 25", "Septembers 25",   "Sep/25",
        "Sep-5",      "Sep-025",    "Sep-20255",   "Sxp-25",          "Sep-2x",
        "02/09/2025", "1/09/25",    "01-09-25",    "2025-09-01",      "2025/09",
        "2025_09",    "Sep-0000",   "0000-01",     "-025-09",         "2025-0x",
        "01/13/2025", "31/09/2025", "01/09-2025",  "Sep--5",          "Sep  25",
        "Sep 25 ",    "Sep",        "Sep-",        "September",       "Sep25",
        "09/25",      "9/2025",     "13/2025",     "00/2025",         "09/0000",
        "06-2025",    "xx/2025",    "30-Sep-25",   "September, 25",   "2025 Sep",
        "-25",        " 25",        "S-25",        "Septiembre 2025",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_test_message("%s", CASES[i]);
        g_assert_cmpint(month_read(CASES[i], strlen(CASES[i])), ==, MONTH_NONE);
    }
}

static void
dates_that_others_publish_are_read(void)
{
    static const struct {
        const char *text;
        int year, month, day; /* year 0: refused */
    } CASES[] = {
        {"01APR2025", 2025, 4, 1},  {"30sep2025", 2025, 9, 30}, {"20250401", 2025, 4, 1},
        {"29Feb2028", 2028, 2, 29}, {"2025-04-01", 2025, 4, 1}, {"01/04/2025", 2025, 4, 1},
        {"01-Apr-25", 2025, 4, 1},  {"29FEB2025", 0, 0, 0},     {"1APR2025", 0, 0, 0},
        {"01APR25", 0, 0, 0},       {"01 APR 2025", 0, 0, 0},   {"01APRIL2025", 0, 0, 0},
        {"01AXR2025", 0, 0, 0},     {"20251301", 0, 0, 0},      {"2025040x", 0, 0, 0},
        {"01042025", 0, 0, 0},      {"2025-4-1", 0, 0, 0},      {"", 0, 0, 0},
        {"202504011", 0, 0, 0},     {"01.04.2025", 0, 0, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Day expected =
            CASES[i].year == 0 ? DAY_NONE : day_of(CASES[i].year, CASES[i].month, CASES[i].day);
        Month month = expected == DAY_NONE || CASES[i].day != 1 ? MONTH_NONE : day_month(expected);
        g_test_message("%s", CASES[i].text);
        g_assert_cmpint(day_read_published(CASES[i].text, strlen(CASES[i].text)), ==, expected);
        g_assert_cmpint(month_read_published(CASES[i].text, strlen(CASES[i].text)), ==, month);
    }
    g_assert_cmpint(month_read_published("Apr-25", 6), ==, month_of(2025, 4));
    g_assert_cmpint(month_read_published("2025-04", 7), ==, month_of(2025, 4));
}

static void
years_are_read(void)
{
    static const struct {
        const char *text;
        int year;
    } CASES[] = {{"2025-26", 2025}, {"1999-00", 1999}, {"2099-00", 2099}, {"2025-27", 0},
                 {"2025-25", 0},    {"2025", 0},       {"25-26", 0},      {"2025/26", 0},
                 {"2025-2026", 0},  {"", 0},           {"2025-2x", 0},    {"-025-26", 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        g_assert_cmpint(year_read(CASES[i].text, strlen(CASES[i].text)), ==, CASES[i].year);
}

static void
dates_are_spelled(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    day_append(text, day_of(2025, 9, 5));
    g_string_append_c(text, ' ');
    month_append(text, month_of(2025, 9));
    g_string_append_c(text, ' ');
    year_append(text, 2025);
    g_string_append_c(text, ' ');
    year_append(text, 1999);
    g_string_append_c(text, ' ');
    day_append(text, day_of(33, 1, 2));
    g_assert_cmpstr(text->str, ==, "2025-09-05 2025-09 2025-26 1999-00 0033-01-02");
}

static void
periods_are_read_and_ordered(void)
{
    static const char *const ORDERED[] = {
        "0001-04",     "2025-04",     "2025-12",      "2026-01", "2026-03",    "2025-26-YE",
        "2025-26-YE2", "2025-26-YE3", "2025-26-YE10", "2026-04", "2026-27-YE", "9999-03"};
    static const char *const REFUSED[] = {"",
                                          "2025",
                                          "2025-26",
                                          "2025-13",
                                          "Sep-25",
                                          "2025-26-ye",
                                          "2025-27-YE",
                                          "2025-26-YEX",
                                          "0001-03",
                                          "9999-04",
                                          "01/09/2025",
                                          "09/2025",
                                          "2025-26-YE0",
                                          "2025-26-YE1",
                                          "2025-26-YE02",
                                          "2025-26-YE2.0",
                                          "2025-26-YE2x",
                                          "2025-27-YE2",
                                          "2025-26-YE 2",
                                          "2025-26-YE12345",
                                          "Sep 25",
                                          "June-25"};
    for (gsize i = 0; i < G_N_ELEMENTS(ORDERED); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(ORDERED); j++) {
            Period a, b;
            g_assert_true(period_read(ORDERED[i], &a) && period_read(ORDERED[j], &b));
            g_assert_cmpint(period_compare(&a, &b), ==, (i > j) - (i < j));
            g_autofree char *text = period_text(&a);
            g_assert_cmpstr(text, ==, ORDERED[i]);
        }
    for (gsize i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        Period period;
        g_test_message("%s", REFUSED[i]);
        g_assert_false(period_read(REFUSED[i], &period));
    }
}

/* A month's date is its last day, a year-end's 31 July; its register is that of 31 March. */
static void
dates_of_a_period(void)
{
    Period month = period_of_month(month_of(2026, 2)), end = period_of_year_end(2025, 0);
    g_assert_cmpint(month.year, ==, 2025);
    g_assert_cmpint(month.date, ==, day_of(2026, 2, 28));
    g_assert_cmpint(month.register_day, ==, day_of(2026, 2, 28));
    g_assert_cmpint(end.month, ==, month_of(2026, 3));
    g_assert_cmpint(end.date, ==, day_of(2026, 7, 31));
    g_assert_cmpint(end.register_day, ==, day_of(2026, 3, 31));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/date/every-day-goes-there-and-back", every_day_goes_there_and_back);
    g_test_add_func("/date/there-is-no-such-date", there_is_no_such_date);
    g_test_add_func("/date/financial-year-2027-28-has-366-days",
                    financial_year_2027_28_has_366_days);
    g_test_add_func("/date/financial-year-runs-from-april-to-march",
                    financial_year_runs_from_april_to_march);
    g_test_add_func("/date/dates-are-read", dates_are_read);
    g_test_add_func("/date/every-spelling-of-every-month-is-read",
                    every_spelling_of_every_month_is_read);
    g_test_add_func("/date/the-first-and-the-last-months-are-read",
                    the_first_and_the_last_months_are_read);
    g_test_add_func("/date/other-months-are-refused", other_months_are_refused);
    g_test_add_func("/date/dates-that-others-publish-are-read", dates_that_others_publish_are_read);
    g_test_add_func("/date/years-are-read", years_are_read);
    g_test_add_func("/date/dates-are-spelled", dates_are_spelled);
    g_test_add_func("/period/is-read-and-ordered", periods_are_read_and_ordered);
    g_test_add_func("/period/dates", dates_of_a_period);
    return g_test_run();
}
