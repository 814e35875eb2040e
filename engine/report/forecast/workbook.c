#include "report/forecast/workbook.h"

#include "report/figures/words.h"
#include "report/forecast/open_sheet.h"
#include "report/forecast/scheme_sheet.h"
#include "report/forecast/summary_sheet.h"
#include "sheet/cursor.h"
#include "sheet/layout.h"

#include "base/poison.h"

/* Gives each scheme that has rows a sheet. */
static void
add_schemes(ForecastBook *book)
{
    const Rules *rules = book->forecast->run->pack->rules;
    guint at = 0;
    for (guint32 s = 0; s < rules_scheme_count(rules); s++) {
        SchemeSheet *sheet = &book->schemes[s];
        const Scheme *scheme = rules_scheme(rules, s);
        sheet->first = at;
        while (at < book->rows->len && forecast_row(book->rows, at)->contract->scheme == scheme)
            at++;
        sheet->end = at;
        if (sheet->end > sheet->first)
            sheet->pages = pages_add(book->book, scheme->code, false, sheet->end - sheet->first);
    }
}

static void
fill_method(ForecastBook *book, Sheet *sheet)
{
    static const char *const HEADINGS[] = {"Kind", "Method"};
    static const guint WIDTHS[] = {14, 110};
    cursor_title(book->book, sheet, "Method", "How each kind of figure comes about.");
    Cursor at = cursor_new(book->book, sheet, SHEET_HEADINGS_ROW, WIDTHS, G_N_ELEMENTS(WIDTHS));
    cursor_headings(&at, HEADINGS, G_N_ELEMENTS(HEADINGS), G_N_ELEMENTS(HEADINGS));
    for (guint k = 0; k < FORECAST_KINDS; k++) {
        cursor_text(&at, 0, FORECAST_METHODS[k].name, STYLE_TEXT);
        cursor_text(&at, 1, FORECAST_METHODS[k].method, STYLE_WRAP);
        cursor_next(&at);
    }
    layout_fit(sheet, 1, 0);
}

/* Adds the sheets in their order, then fills them: formulas of one name cells of others. */
static void
fill(ForecastBook *book)
{
    static const char *const OWN[] = {SHEET_SUMMARY, SHEET_OPEN, SHEET_JOURNAL, SHEET_METHOD};
    for (guint i = 0; i < G_N_ELEMENTS(OWN); i++)
        book_reserve(book->book, OWN[i]);
    book->summary = book_add_sheet(book->book, SHEET_SUMMARY, true);
    add_schemes(book);
    book->open = open_contracts(book);
    book->open_pages = pages_add(book->book, SHEET_OPEN, true, book->open->len);
    Sheet *journal = book_add_sheet(book->book, SHEET_JOURNAL, true);
    Sheet *method = book_add_sheet(book->book, SHEET_METHOD, true);
    if (book_has_failed(book->book))
        return;
    summary_sheet_fill(book);
    for (guint32 s = 0; s < rules_scheme_count(book->forecast->run->pack->rules); s++)
        scheme_sheet_fill(book, s);
    open_sheet_fill(book);
    summary_sheet_journal(book, journal);
    fill_method(book, method);
}

bool
forecast_workbook_write(const Forecast *forecast, const char *run, const char *path, GError **error)
{
    const Period *period = &forecast->run->pack->period;
    guint schemes = rules_scheme_count(forecast->run->pack->rules);
    Words subject = words_period_of_run(period, run);
    BookPlan plan = {
        .path = path, .title = "Forecast", .subject = subject.text, .date = period->date};
    g_autoptr(Book) book = book_new(&plan, error);
    if (book == NULL)
        return false;
    g_autoptr(GArray) rows = forecast_rows(forecast);
    g_autoptr(GString) formula = g_string_new(NULL);
    g_autofree SchemeSheet *sheets = g_new0(SchemeSheet, MAX(schemes, 1));
    ForecastBook whole = {.forecast = forecast,
                          .run = run,
                          .book = book,
                          .rows = rows,
                          .schemes = sheets,
                          .months = (guint)(period->month - year_first_month(period->year)) + 1,
                          .formula = formula,
                          .room = g_string_chunk_new(1024)};
    fill(&whole);
    for (guint s = 0; s < schemes; s++)
        pages_free(sheets[s].pages);
    pages_free(whole.open_pages);
    g_array_unref(whole.open);
    g_string_chunk_free(whole.room);
    return book_close(book, error);
}
