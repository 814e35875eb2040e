#include "report/figures/wording.h"

#include <string.h>

#include "base/poison.h"

static const char *const MONTHS[12] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};

void
wording_append_period(GString *text, const Period *period)
{
    if (period->is_year_end) {
        g_string_append(text, "year-end ");
        year_append(text, period->year);
        return;
    }
    g_string_append_printf(text, "%s %d", MONTHS[month_number(period->month) - 1],
                           month_year(period->month));
}

char *
wording_title(const char *what, const Period *period)
{
    GString *title = g_string_new(what);
    g_string_append(title, ": ");
    wording_append_period(title, period);
    return g_string_free(title, FALSE);
}

void
wording_append_month(GString *text, Month month)
{
    g_string_append_printf(text, "%.3s %d", MONTHS[month_number(month) - 1], month_year(month));
}

void
wording_append_day(GString *text, Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    g_string_append_printf(text, "%d %s %d", of_month, MONTHS[month - 1], year);
}

const char *
wording_payee_name(const Register *reg, const char *payee)
{
    guint32 provider = codes_find(reg->codes, (Span){payee, strlen(payee)});
    if (provider == CODE_NONE)
        return "";
    return register_provider(reg, provider)->in_force->name;
}
