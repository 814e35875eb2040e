#include "pack/period.h"

#include <string.h>

#include "base/decimal.h"

#include "base/poison.h"

Period
period_of_month(Month month)
{
    Day last = month_last_day(month);
    return (Period){
        .year = month_financial_year(month), .month = month, .date = last, .register_day = last};
}

Period
period_of_year_end(int year, guint supplement)
{
    Day last = year_last_day(year);
    return (Period){.year = year,
                    .is_year_end = true,
                    .supplement = supplement,
                    .month = day_month(last),
                    .date = year_final_day(year),
                    .register_day = last};
}

/* "2025-26-YE", "2025-26-YE2". */
static bool
read_year_end(const char *text, gsize length, Period *period)
{
    int year = year_read(text, 7);
    int64_t number = 1;
    if (length > 10 &&
        (strspn(text + 10, "0123456789") < length - 10 || text[10] == '0' || length > 14 ||
         !decimal_read_whole(text + 10, length - 10, &number) || number < 2))
        return false;
    if (year <= 0)
        return false;
    *period = period_of_year_end(year, (guint)number - 1);
    return true;
}

bool
period_read(const char *text, Period *period)
{
    gsize length = strlen(text);
    if (length >= 10 && strncmp(text + 7, "-YE", 3) == 0)
        return read_year_end(text, length, period);
    bool is_iso = length == 7 && g_ascii_isdigit(text[0]) && text[4] == '-';
    return is_iso && period_read_month(text, period);
}

bool
period_read_month(const char *text, Period *period)
{
    Month month = month_read(text, strlen(text));
    if (month == MONTH_NONE || month < month_of(1, 4) || month > month_of(9999, 3))
        return false;
    *period = period_of_month(month);
    return true;
}

void
period_append(GString *text, const Period *period)
{
    if (period->is_year_end) {
        year_append(text, period->year);
        g_string_append(text, "-YE");
        if (period->supplement > 0)
            g_string_append_printf(text, "%u", period->supplement + 1);
    } else {
        month_append(text, period->month);
    }
}

char *
period_text(const Period *period)
{
    GString *text = g_string_new(NULL);
    period_append(text, period);
    return g_string_free(text, FALSE);
}

int
period_compare(const Period *a, const Period *b)
{
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    if (a->is_year_end != b->is_year_end)
        return a->is_year_end ? 1 : -1;
    return (a->supplement > b->supplement) - (a->supplement < b->supplement);
}
