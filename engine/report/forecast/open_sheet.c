#include "report/forecast/open_sheet.h"

#include "report/figures/words.h"

#include "base/poison.h"

GArray *
open_contracts(const ForecastBook *book)
{
    const Forecast *forecast = book->forecast;
    Month april = year_first_month(forecast->run->pack->period.year);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(OpenContract));
    for (guint i = 0; i < book->rows->len; i++) {
        const ForecastRow *row = forecast_row(book->rows, i);
        if (row->kind != FORECAST_ACCRUAL)
            continue;
        guint number = (guint)(row->contract - forecast_contract(forecast, 0)) + 1;
        if (found->len == 0 ||
            g_array_index(found, OpenContract, found->len - 1).number != number) {
            OpenContract contract = {.contract = row->contract, .number = number};
            g_array_append_val(found, contract);
        }
        OpenContract *open = &g_array_index(found, OpenContract, found->len - 1);
        sum_add(&open->months[row->expected->month - april], row->amount);
        sum_add(&open->sum, row->amount);
    }
    return found;
}

static const OpenContract *
open_of(const TableRow *row)
{
    return row->record;
}

static void
show_scheme(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(open_of(row)->contract->scheme->code);
}

static void
show_provider(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(open_of(row)->contract->provider->code);
}

static void
show_name(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(open_of(row)->contract->provider->in_force->name);
}

/* Sums the rows of the scheme's sheet that are accruals of this contract and month. */
static void
show_month(const TableRow *row, Cell *cell)
{
    const ForecastBook *book = row->user;
    const OpenContract *open = open_of(row);
    guint month = row->column - OPEN_FIRST_MONTH;
    Month at = year_first_month(book->forecast->run->pack->period.year) + (Month)month;
    CellName number = range_cell(row->sheet_row, OPEN_FIRST_MONTH + book->months + 1);
    guint32 scheme =
        contracts_key(book->forecast->run->pack->contracts, open->contract->key)->scheme;
    const Pages *pages = book->schemes[scheme].pages;
    cell->figure = figure_sum(open->months[month]);
    for (guint page = 0; page < pages_count(pages); page++) {
        g_string_append(row->scratch, page > 0 ? "+SUMIFS(" : "=SUMIFS(");
        pages_append_column(row->scratch, pages, page, SCHEME_AMOUNT);
        g_string_append_c(row->scratch, ',');
        pages_append_column(row->scratch, pages, page, SCHEME_NUMBER);
        g_string_append_printf(row->scratch, ",%s,", number.text);
        pages_append_column(row->scratch, pages, page, SCHEME_MONTH);
        g_string_append_printf(row->scratch, ",DATE(%d,%d,1),", month_year(at), month_number(at));
        pages_append_column(row->scratch, pages, page, SCHEME_KIND);
        g_string_append_printf(row->scratch, ",\"%s\")", FORECAST_METHODS[FORECAST_ACCRUAL].name);
    }
    cell->formula = row->scratch->str;
}

static void
show_sum(const TableRow *row, Cell *cell)
{
    cell->figure = figure_sum(open_of(row)->sum);
    g_string_printf(row->scratch, "=SUM(%s:%s)", range_cell(row->sheet_row, OPEN_FIRST_MONTH).text,
                    range_cell(row->sheet_row, row->column - 1).text);
    cell->formula = row->scratch->str;
}

static void
show_number(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(open_of(row)->number);
}

static gconstpointer
record_at(gpointer user, guint64 index)
{
    const ForecastBook *book = user;
    return &g_array_index(book->open, OpenContract, (guint)index);
}

void
open_sheet_fill(ForecastBook *book)
{
    Month april = year_first_month(book->forecast->run->pack->period.year);
    Words names[MONTHS_OF_YEAR];
    guint last = OPEN_FIRST_MONTH + book->months;
    TableColumn columns[OPEN_FIRST_MONTH + MONTHS_OF_YEAR + 2] = {
        {NULL, "Scheme", STYLE_TEXT, 10, 20, false, show_scheme},
        {NULL, "Provider", STYLE_TEXT, 10, 20, false, show_provider},
        {NULL, "Name", STYLE_TEXT, 20, 40, false, show_name},
    };
    for (guint m = 0; m < book->months; m++) {
        names[m] = words_month(april + (Month)m);
        columns[OPEN_FIRST_MONTH + m] =
            (TableColumn){NULL, names[m].text, STYLE_MONEY, 12, 20, true, show_month};
    }
    columns[last] = (TableColumn){NULL, "Together", STYLE_MONEY, 13, 22, true, show_sum};
    columns[last + 1] = (TableColumn){NULL, "Contract", STYLE_WHOLE, 9, 9, false, show_number};
    Table table = {.title = "Not claimed yet",
                   .note = "What is earned up to the run's month and not claimed yet, by the month "
                           "it is of.",
                   .columns = columns,
                   .column_count = last + 2,
                   .frozen = OPEN_FIRST_MONTH,
                   .pages = book->open_pages,
                   .record = record_at,
                   .user = book};
    table_add(book->book, &table);
}
