#include "pack/period.h"

#include <string.h>

#include "base/poison.h"

Period
period_of_month(Month month)
{
    Day last = month_last_day(month);
    return (Period){month_financial_year(month), false, month, last, last};
}

Period
period_of_year_end(int year)
{
    Day last = year_last_day(year);
    return (Period){year, true, day_month(last), year_final_day(year), last};
}

bool
period_read(const char *text, Period *period)
{
    gsize length = strlen(text);
    int year = length == 10 && strcmp(text + 7, "-YE") == 0 ? year_read(text, 7) : 0;
    if (year > 0) {
        *period = period_of_year_end(year);
        return true;
    }
    Month month = length == 7 && text[4] == '-' ? month_read(text, length) : MONTH_NONE;
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
    return (int)a->is_year_end - (int)b->is_year_end;
}
