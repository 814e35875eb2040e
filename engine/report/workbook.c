#include "report/workbook.h"

#include "report/wording.h"
#include "report/workbook_sheets.h"

#include "base/poison.h"

/* Beyond this many rows in all a workbook is streamed: texts are then not shared between cells. */
#define LONG_FROM 100000

static const char *const OWN_SHEETS[] = {SHEET_SUMMARY, SHEET_PAYMENTS, SHEET_EXCEPTIONS,
                                         SHEET_CONTROLS, SHEET_RULES};

char *
workbook_name(const Period *period)
{
    g_autofree char *name = period_text(period);
    return g_strconcat("payments-", name, ".xlsx", NULL);
}

char *
workbook_title(const char *what, const Period *period)
{
    GString *title = g_string_new(what);
    g_string_append(title, ": ");
    wording_append_period(title, period);
    return g_string_free(title, FALSE);
}

bool
workbook_write_limited(const Result *result, const char *path, guint32 rows_per_sheet,
                       guint64 long_from, GError **error)
{
    const Period *period = &result->pack->period;
    guint64 rows = (guint64)result->contracts->len + result->lines->len + result->exceptions->len;
    g_autofree char *title = workbook_title("Payments by scheme", period);
    BookPlan plan = {path, title, *period, rows > long_from, rows_per_sheet};
    g_autoptr(Book) book = book_new(&plan, error);
    if (book == NULL)
        return false;
    g_autoptr(Totals) totals = totals_new(result);
    for (guint i = 0; i < G_N_ELEMENTS(OWN_SHEETS); i++)
        sheet_names_reserve(book->names, OWN_SHEETS[i]);
    workbook_add_summary(book, result, totals);
    workbook_add_payments(book, result);
    workbook_add_schemes(book, result);
    workbook_add_exceptions(book, result);
    workbook_add_controls(book, result);
    workbook_add_rules(book, result);
    return book_close(book, error);
}

bool
workbook_write(const Result *result, const char *path, GError **error)
{
    return workbook_write_limited(result, path, 0, LONG_FROM, error);
}
