#include "report/forecast/scheme_sheet.h"

#include "sheet/formula.h"

#include "base/poison.h"

#define NOT_PROVED "not proved" /* beyond 15 digits */

enum { FIRST_BASIS = 4, COUNTED = FIRST_BASIS + EXPECTED_BASIS, OVER, PRICE, AMOUNT, ENGINE };

static const ForecastRow *
record_of(const TableRow *row)
{
    return row->record;
}

/* How many are counted, before they are divided: what the months have, or what the cap leaves. */
static Int128
counted_of(const Expected *expected)
{
    int64_t sum = 0;
    for (guint b = 0; b < expected->basis_count; b++)
        sum += expected->basis[b].count;
    return expected->is_capped ? expected->left.num : sum;
}

static Int128
over_of(const Expected *expected)
{
    return expected->is_capped ? expected->left.den : expected->basis_count;
}

static void
show_basis(const TableRow *row, Cell *cell)
{
    const Expected *expected = record_of(row)->expected;
    guint basis = row->column - FIRST_BASIS;
    if (expected != NULL && basis < expected->basis_count)
        cell->figure = figure_whole((guint64)expected->basis[basis].count);
}

static void
show_counted(const TableRow *row, Cell *cell)
{
    const Expected *expected = record_of(row)->expected;
    if (expected == NULL)
        return;
    cell->figure = figure_whole((guint64)counted_of(expected));
    if (expected->is_capped)
        return;
    g_string_printf(row->scratch, "=SUM(%s:%s)", range_cell(row->sheet_row, FIRST_BASIS).text,
                    range_cell(row->sheet_row, COUNTED - 1).text);
    cell->formula = row->scratch->str;
}

static void
show_over(const TableRow *row, Cell *cell)
{
    const Expected *expected = record_of(row)->expected;
    if (expected != NULL)
        cell->figure = figure_whole((guint64)over_of(expected));
}

/* The formula of an amount, or NULL where it is beyond 15 digits. */
static const char *
amount_formula(const TableRow *row)
{
    const ForecastBook *book = row->user;
    const Expected *expected = record_of(row)->expected;
    CellName counted = range_cell(row->sheet_row, COUNTED), over = range_cell(row->sheet_row, OVER),
             priced = range_cell(row->sheet_row, PRICE);
    Micros price = expected->price->price;
    g_string_chunk_clear(book->room);
    Term above = term_times(
        book->room,
        term_count(g_string_chunk_insert(book->room, counted.text), counted_of(expected)),
        term_micros(book->room, g_string_chunk_insert(book->room, priced.text), price,
                    term_decimals(price)));
    Term below = term_count(g_string_chunk_insert(book->room, over.text), over_of(expected));
    term_settle(book->room, &above, &below);
    return formula_pounds(book->room, above, below, record_of(row)->contract->scheme->rounding);
}

static void
show_amount(const TableRow *row, Cell *cell)
{
    if (record_of(row)->expected != NULL)
        cell->formula = amount_formula(row);
}

static void
show_engine(const TableRow *row, Cell *cell)
{
    if (record_of(row)->expected != NULL)
        cell->figure = figure_money(record_of(row)->amount);
}

static void
show_check(const TableRow *row, Cell *cell)
{
    if (record_of(row)->expected == NULL)
        return;
    if (amount_formula(row) == NULL) {
        cell->figure = figure_text(NOT_PROVED);
        cell->style = STYLE_HOLD;
        return;
    }
    formula_append_check(row->scratch, range_cell(row->sheet_row, AMOUNT).text,
                         range_cell(row->sheet_row, ENGINE).text);
    cell->figure = figure_whole(1);
    cell->formula = row->scratch->str;
}

/* The contract's number in the forecast, from 1: by it other sheets find its rows. */
static void
show_number(const TableRow *row, Cell *cell)
{
    const ForecastBook *book = row->user;
    const ForecastContract *first = forecast_contract(book->forecast, 0);
    cell->figure = figure_whole((guint64)(record_of(row)->contract - first) + 1);
}

#define FIELD(place) &FORECAST_FIELDS[FORECAST_ROW_##place], NULL

static const TableColumn COLUMNS[] = {
    {FIELD(PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    {FIELD(KIND), STYLE_TEXT, 9, 12, false, NULL},
    {FIELD(ITEM), STYLE_TEXT, 10, 20, false, NULL},
    {FIELD(MONTH), STYLE_MONTH, 10, 10, false, NULL},
    {NULL, "First\ncount", STYLE_WHOLE, 9, 12, false, show_basis},
    {NULL, "Second\ncount", STYLE_WHOLE, 9, 12, false, show_basis},
    {NULL, "Third\ncount", STYLE_WHOLE, 9, 12, false, show_basis},
    {NULL, "Counted", STYLE_WHOLE, 9, 12, false, show_counted},
    {NULL, "Over", STYLE_WHOLE, 7, 9, false, show_over},
    {FIELD(PRICE), STYLE_RATE, 10, 16, false, NULL},
    {FIELD(AMOUNT), STYLE_MONEY, 14, 22, false, show_amount},
    {NULL, "Program's\nfigure", STYLE_ENGINE, 14, 22, false, show_engine},
    {NULL, "Same", STYLE_CHECK, 8, 12, false, show_check},
    {FIELD(HOW), STYLE_TEXT, 20, 60, false, NULL},
    {NULL, "Contract", STYLE_WHOLE, 9, 9, false, show_number},
};
G_STATIC_ASSERT(G_N_ELEMENTS(COLUMNS) == SCHEME_NUMBER + 1);
G_STATIC_ASSERT((guint)AMOUNT == (guint)SCHEME_AMOUNT);

static gconstpointer
row_of(gpointer user, guint64 index)
{
    const ForecastBook *book = user;
    return forecast_row(book->rows, book->first_row + (guint)index);
}

void
scheme_sheet_fill(ForecastBook *book, guint32 scheme)
{
    const SchemeSheet *sheet = &book->schemes[scheme];
    const Scheme *rule = rules_scheme(book->forecast->run->pack->rules, scheme);
    if (sheet->pages == NULL)
        return;
    g_autofree char *title = g_strdup_printf("%s: forecast from %s", rule->title, book->run);
    Table table = {.title = title,
                   .note = "Counted ÷ over × price is what is expected of a month; the counts are "
                           "the run's, and the other figures are worked out by the rules.",
                   .columns = COLUMNS,
                   .column_count = G_N_ELEMENTS(COLUMNS),
                   .frozen = 2,
                   .pages = sheet->pages,
                   .record = row_of,
                   .user = book};
    book->first_row = sheet->first;
    table_add(book->book, &table);
    pages_checks(book->book, sheet->pages, ENGINE + 1);
}

void
scheme_sheet_append_kind(GString *formula, const ForecastBook *book, guint32 scheme,
                         ForecastKind kind)
{
    const Pages *pages = book->schemes[scheme].pages;
    if (pages == NULL)
        g_string_append_c(formula, '0');
    else
        pages_append_if(formula, pages, SCHEME_KIND, FORECAST_METHODS[kind].name, SCHEME_AMOUNT);
}
