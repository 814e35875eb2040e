#include "report/forecast/summary_sheet.h"

#include <string.h>

#include "report/figures/words.h"
#include "report/forecast/open_sheet.h"
#include "report/forecast/scheme_sheet.h"
#include "sheet/cursor.h"
#include "sheet/formula.h"
#include "sheet/layout.h"
#include "sheet/picture.h"

#include "base/poison.h"

/* Columns of the months. */
enum { MONTH_NAME, MONTH_ACTUAL, MONTH_ACCRUED, MONTH_TO_COME, MONTH_ALL, MONTH_BUDGET, MONTHS };

#define PICTURE_WIDTH 900
#define PICTURE_HEIGHT 300

typedef struct {
    ForecastBook *book;
    Cursor at;
    GString *formula;
} SummarySheet;

static CellName
cell_here(const SummarySheet *sheet, guint column)
{
    return range_cell(sheet->at.row, column);
}

/* Writes a figure of the summary with the formula that was put together. */
static void
put(SummarySheet *sheet, guint field, const ForecastSummary *summary)
{
    Figure figure = FORECAST_SUMMARY_FIELDS[field].get(summary);
    cursor_formula(&sheet->at, field, figure.kind == FIGURE_MONEY ? sheet->formula->str : "",
                   figure, STYLE_MONEY);
    g_string_truncate(sheet->formula, 0);
}

/* A column that adds up the amounts of some kinds on the scheme's sheet; before them, a cell. */
static void
put_kinds(SummarySheet *sheet, guint field, const ForecastSummary *summary, guint32 scheme,
          ForecastKind kind, const char *before, const char *behind)
{
    g_string_append_printf(sheet->formula, "=ROUND(%s", before);
    scheme_sheet_append_kind(sheet->formula, sheet->book, scheme, kind);
    g_string_append_printf(sheet->formula, "%s,2)", behind);
    put(sheet, field, summary);
}

static void
write_scheme(SummarySheet *sheet, guint32 scheme, const ForecastSummary *summary)
{
    guint months = sheet->book->months;
    g_autoptr(GString) held = g_string_new("+");
    scheme_sheet_append_kind(held, sheet->book, scheme, FORECAST_HELD);
    g_autofree char *march = g_strconcat(cell_here(sheet, SUMMARY_MARCH).text, "+", NULL);
    cursor_text(&sheet->at, SUMMARY_SCHEME, summary->scheme, STYLE_TEXT);
    put_kinds(sheet, SUMMARY_TO_DATE, summary, scheme, FORECAST_TO_DATE, "", held->str);
    put_kinds(sheet, SUMMARY_ACCRUED, summary, scheme, FORECAST_ACCRUAL, "", "");
    put_kinds(sheet, SUMMARY_TO_COME, summary, scheme, FORECAST_TO_COME, "", "");
    put_kinds(sheet, SUMMARY_BY_RULE, summary, scheme, FORECAST_BY_RULE, "", "");
    g_string_append_printf(sheet->formula, "=ROUND(SUM(%s:%s),2)",
                           cell_here(sheet, SUMMARY_TO_DATE).text,
                           cell_here(sheet, SUMMARY_BY_RULE).text);
    put(sheet, SUMMARY_MARCH, summary);
    put_kinds(sheet, SUMMARY_YEAR_END, summary, scheme, FORECAST_YEAR_END, "", "");
    g_string_append_printf(sheet->formula, "=ROUND(%s+%s,2)", cell_here(sheet, SUMMARY_MARCH).text,
                           cell_here(sheet, SUMMARY_YEAR_END).text);
    put(sheet, SUMMARY_OUTTURN, summary);
    put_kinds(sheet, SUMMARY_HIGHEST, summary, scheme, FORECAST_HIGHEST, march, "");
    put_kinds(sheet, SUMMARY_LOWEST, summary, scheme, FORECAST_LOWEST, march, "");
    put(sheet, SUMMARY_BUDGET, summary);
    g_string_append_printf(sheet->formula, "=ROUND(ROUND(%s*100,0)*%u/12,0)/100",
                           cell_here(sheet, SUMMARY_BUDGET).text, months);
    put(sheet, SUMMARY_BUDGET_TO_DATE, summary);
    g_string_append_printf(sheet->formula, "=ROUND(%s-%s,2)",
                           cell_here(sheet, SUMMARY_OUTTURN).text,
                           cell_here(sheet, SUMMARY_BUDGET).text);
    put(sheet, SUMMARY_VARIANCE, summary);
    cursor_next(&sheet->at);
}

static void
write_schemes(SummarySheet *sheet, const GArray *summaries)
{
    const char *headings[SUMMARY_FIELDS];
    for (guint f = 0; f < SUMMARY_FIELDS; f++)
        headings[f] = FORECAST_SUMMARY_FIELDS[f].heading;
    cursor_headings(&sheet->at, headings, SUMMARY_FIELDS, 1);
    guint first = sheet->book->first_summary = sheet->at.row;
    for (guint i = 0; i + 1 < summaries->len; i++)
        write_scheme(sheet, i, &g_array_index(summaries, ForecastSummary, i));
    const ForecastSummary *all = &g_array_index(summaries, ForecastSummary, summaries->len - 1);
    cursor_text(&sheet->at, SUMMARY_SCHEME, "Total", STYLE_TOTAL);
    for (guint f = 1; f < SUMMARY_FIELDS; f++) {
        Figure figure = FORECAST_SUMMARY_FIELDS[f].get(all);
        if (figure.kind == FIGURE_MONEY)
            cursor_total(&sheet->at, f, first, figure);
        else
            cursor_figure(&sheet->at, f, figure, STYLE_TOTAL);
    }
    cursor_next(&sheet->at);
}

/* What is accrued of a month: the column of Not claimed yet. */
static void
append_accrued(SummarySheet *sheet, guint month)
{
    g_string_append(sheet->formula, "=ROUND(");
    if (month < sheet->book->months)
        pages_append_sum(sheet->formula, "SUM", sheet->book->open_pages, OPEN_FIRST_MONTH + month);
    else
        g_string_append_c(sheet->formula, '0');
    g_string_append(sheet->formula, ",2)");
}

static void
put_sum(SummarySheet *sheet, guint column, Sum sum)
{
    cursor_sum(&sheet->at, column, sheet->formula->str, sum, STYLE_MONEY);
    g_string_truncate(sheet->formula, 0);
}

static void
write_month(SummarySheet *sheet, guint number)
{
    const Forecast *forecast = sheet->book->forecast;
    const Pack *pack = forecast->run->pack;
    const ForecastMonth *month = &forecast->all.months[number];
    bool is_month = number < MONTHS_OF_YEAR;
    Words name = words_month(year_first_month(pack->period.year) + (Month)number);
    Sum all = {month->actual.pence + month->accrued.pence + month->to_come.pence};
    cursor_text(&sheet->at, MONTH_NAME, is_month ? name.text : "Year-end", STYLE_TEXT);
    put_sum(sheet, MONTH_ACTUAL, month->actual);
    append_accrued(sheet, number);
    put_sum(sheet, MONTH_ACCRUED, month->accrued);
    put_sum(sheet, MONTH_TO_COME, month->to_come);
    g_string_append_printf(sheet->formula, "=ROUND(SUM(%s:%s),2)",
                           cell_here(sheet, MONTH_ACTUAL).text,
                           cell_here(sheet, MONTH_TO_COME).text);
    put_sum(sheet, MONTH_ALL, all);
    if (is_month && pack->rules->budgets->len > 0)
        cursor_figure(&sheet->at, MONTH_BUDGET,
                      figure_money(forecast_budget_month(pack->rules, number)), STYLE_MONEY);
    cursor_next(&sheet->at);
}

/* The months add up to the outturn. */
static void
write_month_totals(SummarySheet *sheet, guint first, guint total_row, Sum outturn)
{
    const Forecast *forecast = sheet->book->forecast;
    Sum sums[MONTHS] = {0};
    for (guint m = 0; m < FORECAST_MONTHS; m++) {
        sums[MONTH_ACTUAL].pence += forecast->all.months[m].actual.pence;
        sums[MONTH_ACCRUED].pence += forecast->all.months[m].accrued.pence;
        sums[MONTH_TO_COME].pence += forecast->all.months[m].to_come.pence;
    }
    sums[MONTH_ALL] = outturn;
    cursor_text(&sheet->at, MONTH_NAME, "Total", STYLE_TOTAL);
    for (guint c = MONTH_ACTUAL; c <= MONTH_ALL; c++)
        cursor_total(&sheet->at, c, first, figure_sum(sums[c]));
    CellName all = cell_here(sheet, MONTH_ALL);
    cursor_next(&sheet->at);
    cursor_text(&sheet->at, MONTH_NAME, "The months add up to the outturn", STYLE_TEXT);
    formula_append_check(sheet->formula, all.text, range_cell(total_row, SUMMARY_OUTTURN).text);
    cursor_formula(&sheet->at, MONTH_ALL, sheet->formula->str, figure_whole(1), STYLE_CHECK);
    g_string_truncate(sheet->formula, 0);
    cursor_next(&sheet->at);
}

static void
draw(SummarySheet *sheet, guint first)
{
    bool has_budget = sheet->book->forecast->run->pack->rules->budgets->len > 0;
    Picture picture = {.kind = PICTURE_COLUMNS,
                       .title = "By month: actual, accrued and to come, against the budget",
                       .figures = sheet->book->summary,
                       .first = first,
                       .last = first + MONTHS_OF_YEAR - 1,
                       .names = MONTH_NAME,
                       .series = {{"actual", MONTH_ACTUAL, LOOK_DARK, false},
                                  {"accrued", MONTH_ACCRUED, LOOK_HATCHED, false},
                                  {"to come", MONTH_TO_COME, LOOK_WHITE, false},
                                  {"budget", MONTH_BUDGET, LOOK_DOTTED, false}},
                       .series_count = has_budget ? 4 : 3};
    const PicturePlace place = {sheet->at.row + 1, 0, PICTURE_WIDTH, PICTURE_HEIGHT};
    picture_add(sheet->book->book, sheet->book->summary, &picture, &place);
}

static void
write_months(SummarySheet *sheet, guint total_row)
{
    static const char *const HEADINGS[MONTHS] = {"Month",   "Actual",   "Accrued",
                                                 "To come", "Together", "Budget"};
    const Forecast *forecast = sheet->book->forecast;
    cursor_next(&sheet->at);
    cursor_headings(&sheet->at, HEADINGS, MONTHS, MONTH_ACTUAL);
    guint first = sheet->at.row;
    for (guint m = 0; m < FORECAST_MONTHS; m++)
        write_month(sheet, m);
    write_month_totals(sheet, first, total_row, forecast->all.outturn[YEAR_END_REPORTED]);
    draw(sheet, first);
}

void
summary_sheet_fill(ForecastBook *book)
{
    static const guint WIDTHS[SUMMARY_FIELDS] = {14, 17, 15, 17, 17, 17, 17,
                                                 17, 17, 17, 17, 17, 17};
    g_autoptr(GArray) summaries = forecast_summaries(book->forecast);
    SummarySheet sheet = {.book = book, .formula = book->formula};
    g_autofree char *title = g_strdup_printf(
        "Forecast: %s", words_period_of_run(&book->forecast->run->pack->period, book->run).text);
    cursor_title(book->book, book->summary, title,
                 "What is earned and not claimed yet, and what the year will come to. Nothing here "
                 "is paid; Method says how each figure comes about.");
    sheet.at = cursor_new(book->book, book->summary, SHEET_HEADINGS_ROW, WIDTHS, SUMMARY_FIELDS);
    write_schemes(&sheet, summaries);
    write_months(&sheet, sheet.at.row - 1);
    layout_fit(book->summary, 1, 0);
}

/* Appends the cells of Summary with what the schemes of a ledger code accrue. */
static void
append_schemes(const ForecastBook *book, const JournalRow *row, GString *formula)
{
    const Rules *rules = book->forecast->run->pack->rules;
    g_auto(GStrv) codes = g_strsplit(row->schemes->str, "|", -1);
    for (guint32 s = 0; s < rules_scheme_count(rules); s++) {
        if (!g_strv_contains((const char *const *)codes, rules_scheme(rules, s)->code))
            continue;
        g_string_append_c(formula, '+');
        range_append_cell(formula, book->summary, book->first_summary + s, SUMMARY_ACCRUED);
    }
}

void
summary_sheet_journal(ForecastBook *book, Sheet *sheet)
{
    static const guint WIDTHS[JOURNAL_FIELD_COUNT] = {16, 14, 20, 36, 10, 19};
    static const StyleId STYLES[JOURNAL_FIELD_COUNT] = {STYLE_TEXT, STYLE_DAY,   STYLE_TEXT,
                                                        STYLE_TEXT, STYLE_WHOLE, STYLE_MONEY};
    const char *headings[JOURNAL_FIELD_COUNT];
    g_autoptr(GArray) rows = journal_rows(book->forecast);
    guint accruals = (rows->len - 1) / 2;
    for (guint f = 0; f < JOURNAL_FIELD_COUNT; f++)
        headings[f] = JOURNAL_FIELDS[f].heading;
    cursor_title(book->book, sheet, "Journal: the accrual and its reversal",
                 "Accruals add up the accrued amounts of Summary; reversals and accruals together "
                 "are nothing.");
    Cursor at = cursor_new(book->book, sheet, SHEET_HEADINGS_ROW, WIDTHS, JOURNAL_FIELD_COUNT);
    cursor_headings(&at, headings, JOURNAL_FIELD_COUNT, JOURNAL_LINES);
    guint first = at.row;
    for (guint i = 0; i < rows->len; i++) {
        const JournalRow *row = &g_array_index(rows, JournalRow, i);
        g_autoptr(GString) formula = g_string_new("=ROUND(");
        if (row->entry == JOURNAL_ACCRUAL)
            append_schemes(book, row, formula);
        else if (row->entry == JOURNAL_REVERSAL)
            g_string_append_printf(formula, "-%s",
                                   range_cell(at.row - accruals, JOURNAL_AMOUNT).text);
        else if (accruals > 0)
            g_string_append_printf(formula, "SUM(%s:%s)", range_cell(first, JOURNAL_AMOUNT).text,
                                   range_cell(first + accruals - 1, JOURNAL_AMOUNT).text);
        else
            g_string_append_c(formula, '0');
        g_string_append(formula, ",2)");
        for (guint f = 0; f < JOURNAL_AMOUNT; f++)
            cursor_figure(&at, f, JOURNAL_FIELDS[f].get(row), STYLES[f]);
        cursor_sum(&at, JOURNAL_AMOUNT, formula->str, row->amount, STYLE_MONEY);
        cursor_next(&at);
    }
    layout_fit(sheet, 1, 0);
}
