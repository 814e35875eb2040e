/* The sheet of a scheme: its lines, each worked out again and traced to its rule and input. */
#include "report/workbook/lines.h"

#include "report/figures/wording.h"

#include "base/poison.h"

/* Wide enough for most; a longer list of files is wrapped. */
#define FILES_WIDTH 34

static void
show_provider(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_contract(row)->provider->code);
}

static void
show_name(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_contract(row)->provider->in_force->name);
}

static void
show_kind(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(LINE_KIND_NAMES[row_line(row)->kind]);
    if (row_line(row)->kind == LINE_HELD)
        cell->style = STYLE_HOLD;
}

static void
show_item(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_line(row)->item);
}

/* Who authorised the adjustment of a line, or "". */
static const char *
authorised_by(const Result *result, const Line *line)
{
    const GArray *adjustments = result->pack->payments->adjustments;
    guint first, count;
    payments_of(adjustments, result_contract(result, line->contract)->key, &first, &count);
    for (guint i = first; i < first + count; i++) {
        const AmountRow *adjustment = &g_array_index(adjustments, AmountRow, i);
        if (adjustment->place == line->place && adjustment->authorised_by != NULL)
            return adjustment->authorised_by;
    }
    return "";
}

/* What the item is, in words. */
static void
show_meaning(const TableRow *row, Cell *cell)
{
    const Result *result = row_workbook(row)->result;
    const Line *line = row_line(row);
    switch (line->kind) {
    case LINE_INSTALMENT:
        cell->figure = figure_text("Instalments due by the month");
        break;
    case LINE_INDICATOR:
        cell->figure = figure_text(rules_indicator(result->pack->rules, line->rule)->title);
        break;
    case LINE_ACTIVITY:
        cell->figure = figure_text(line->price->title);
        break;
    case LINE_ADJUSTMENT:
        wording_append_month(row->scratch, line->month);
        g_string_append_printf(row->scratch, ", authorised by %s", authorised_by(result, line));
        cell->figure = figure_text(row->scratch->str);
        break;
    case LINE_HELD:
        g_string_printf(row->scratch, "Held at what was paid: %s",
                        REASONS[row_contract(row)->held].meaning);
        cell->figure = figure_text(row->scratch->str);
        break;
    case LINE_KINDS:
        break;
    }
}

static void
show_month(const TableRow *row, Cell *cell)
{
    if (row_group(row)->count == 1)
        cell->figure = figure_month(row_line(row)->month);
}

static void
show_count(const TableRow *row, Cell *cell)
{
    Micros count = 0;
    if (!row_line(row)->has_count)
        return;
    for (guint i = 0; i < row_group(row)->count; i++)
        count += result_line(row_workbook(row)->result, row_group(row)->first + i)->count;
    *cell = cell_count(count);
}

static void
show_amount(const TableRow *row, Cell *cell)
{
    cell->figure = figure_money(row_amount(row));
    if (row_append_amount(row, row->scratch))
        cell->formula = row->scratch->str;
}

static void
show_engine(const TableRow *row, Cell *cell)
{
    cell->figure = figure_money(row_amount(row));
}

/* An adjustment is what it was entered as: nothing is worked out. */
static bool
is_proved(const TableRow *row, GString *scratch)
{
    g_string_truncate(scratch, 0);
    return row_line(row)->kind == LINE_ADJUSTMENT || row_append_amount(row, scratch);
}

static void
show_check(const TableRow *row, Cell *cell)
{
    row_show_check(row, cell, row_sheet(row)->layout->amount, is_proved(row, row->scratch));
}

/* The row of the rules, as the file and line it was read from; leads to it on the sheet Rules. */
static void
show_rule(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row_workbook(row);
    const Line *line = row_line(row);
    const SchemeSheet *sheet = row_sheet(row);
    guint at = g_array_index(workbook->scheme_cells, SchemeCells, sheet->number).first;
    g_autofree char *place = NULL;
    if (line->kind == LINE_INDICATOR) {
        at = g_array_index(workbook->indicator_row, guint, line->rule);
        place = g_strdup_printf("indicators.csv:%" G_GUINT64_FORMAT,
                                rules_indicator(workbook->result->pack->rules, line->rule)->line);
    } else if (line->kind == LINE_ACTIVITY && line->price != NULL) {
        at = GPOINTER_TO_UINT(g_hash_table_lookup(workbook->price_row, line->price));
        place = g_strdup_printf("tariffs.csv:%" G_GUINT64_FORMAT, line->price->line);
    } else if (line->kind == LINE_INSTALMENT) {
        place = g_strdup_printf("schemes.csv:%" G_GUINT64_FORMAT, sheet->scheme->line);
    } else {
        return;
    }
    g_string_printf(row->scratch, "internal:'" SHEET_RULES "'!A%u", at + 1);
    gsize length = row->scratch->len + 1;
    g_string_append_c(row->scratch, '\0');
    g_string_append(row->scratch, place);
    cell->figure = figure_text(row->scratch->str + length);
    cell->link = row->scratch->str;
    cell->style = STYLE_LINK;
}

static void
show_source(const TableRow *row, Cell *cell)
{
    const Line *line = row_line(row);
    const Result *result = row_workbook(row)->result;
    if (line->kind == LINE_INDICATOR)
        cell->figure = figure_text(rules_indicator(result->pack->rules, line->rule)->source);
    else if (line->kind == LINE_ACTIVITY && line->price != NULL)
        cell->figure = figure_text(line->price->source);
    else if (line->kind == LINE_INSTALMENT)
        cell->figure = figure_text(row_sheet(row)->scheme->source);
}

static void
show_rows(const TableRow *row, Cell *cell)
{
    guint64 rows = 0;
    for (guint i = 0; i < row_group(row)->count; i++)
        rows += trace_rows(row_workbook(row)->trace, row_group(row)->first + i);
    cell->figure = figure_whole(rows);
}

/* The file and line of a single row; else the files, each with its rows where there are several. */
static void
show_files(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row_workbook(row);
    const InputFiles *inputs = workbook->result->pack->inputs;
    guint count;
    const TraceEntry *entries = trace_line(workbook->trace, row_group(row)->first, &count);
    if (row_group(row)->count > 1) {
        cell->figure = figure_text("see lines.csv");
        return;
    }
    if (row_line(row)->place != PLACE_NONE) {
        append_place(row->scratch, workbook, row_line(row)->place);
        cell->figure = figure_text(row->scratch->str);
        return;
    }
    for (guint i = 0; i < count; i++) {
        g_string_append_printf(row->scratch, "%s%s", i > 0 ? ", " : "",
                               input_file(inputs, entries[i].file)->name);
        if (count > 1)
            g_string_append_printf(row->scratch, " (%" G_GUINT64_FORMAT ")", entries[i].rows);
    }
    cell->figure = figure_text(row->scratch->str);
}

/* Names and meanings have as much room as the workings beside them leave. */
#define FIRST_COLUMNS(name_width, meaning_width)                                                   \
    {NULL, "Provider", STYLE_TEXT, 10, 20, false, show_provider},                                  \
        {NULL, "Name", STYLE_WRAP, 16, name_width, false, show_name},                              \
        {NULL, "Kind", STYLE_TEXT, 10, 11, false, show_kind},                                      \
        {NULL, "Item", STYLE_WRAP, 10, 22, false, show_item},                                      \
    {                                                                                              \
        NULL, "What it is", STYLE_WRAP, 20, meaning_width, false, show_meaning                     \
    }
#define LAST_COLUMNS                                                                               \
    {NULL, "Amount", STYLE_MONEY, 13, 22, true, show_amount},                                      \
        {NULL, "Engine", STYLE_ENGINE, 13, 22, true, show_engine},                                 \
        {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, show_check},                      \
        {NULL, "Rule", STYLE_TEXT, 16, 18, false, show_rule},                                      \
        {NULL, "Input\nrows", STYLE_WHOLE, 8, 8, false, show_rows},                                \
        {NULL, "In the files", STYLE_WRAP, FILES_WIDTH, FILES_WIDTH, false, show_files},           \
    {                                                                                              \
        NULL, "Source of the rule", STYLE_TEXT, 30, 30, false, show_source                         \
    }
#define LAST_COUNT 7

static const TableColumn INSTALMENT_COLUMNS[] = {
    FIRST_COLUMNS(36, 44),
    {NULL, "Month", STYLE_MONTH, 10, 10, false, show_month},
    {NULL, "Contract\nvalue", STYLE_MONEY, 13, 22, true, show_instalment_value},
    {NULL, "Share paid\nin the year", STYLE_DECIMAL, 11, 11, false, show_instalment_share},
    {NULL, "Instalments\ndue", STYLE_WHOLE, 11, 11, false, show_instalment_due},
    {NULL, "of", STYLE_WHOLE, 5, 5, false, show_instalment_all},
    {NULL, "Fraction", STYLE_PERCENT, 10, 10, false, show_instalment_fraction},
    LAST_COLUMNS,
};

static const TableColumn INDICATOR_COLUMNS[] = {
    FIRST_COLUMNS(28, 36),
    {NULL, "Contract\nvalue", STYLE_MONEY, 13, 22, false, show_instalment_value},
    {NULL, "Points", STYLE_DECIMAL, 8, 12, false, show_indicator_points},
    {NULL, "Remain-\nder", STYLE_WHOLE, 8, 14, false, show_indicator_remainder},
    {NULL, "Share\nof value", STYLE_MONEY, 12, 22, true, show_indicator_share},
    {NULL, "Nume-\nrator", STYLE_WHOLE, 8, 14, false, show_indicator_numerator},
    {NULL, "Denomi-\nnator", STYLE_WHOLE, 8, 14, false, show_indicator_denominator},
    {NULL, "Excep-\ntions", STYLE_WHOLE, 7, 14, false, show_indicator_exceptions},
    {NULL, "Achieve-\nment", STYLE_PERCENT, 9, 9, false, show_indicator_achievement},
    {NULL, "Earned\npart", STYLE_WHOLE, 8, 20, false, show_indicator_part},
    {NULL, "of", STYLE_WHOLE, 8, 20, false, show_indicator_whole},
    {NULL, "Fraction", STYLE_PERCENT, 9, 9, false, show_indicator_fraction},
    LAST_COLUMNS,
};

static const TableColumn ACTIVITY_COLUMNS_OF_SHEET[] = {
    FIRST_COLUMNS(36, 56),
    {NULL, "Month", STYLE_MONTH, 10, 10, false, show_month},
    {NULL, "Count", STYLE_WHOLE, 9, 20, false, show_count},
    {NULL, "Price", STYLE_RATE, 10, 22, false, show_price},
    LAST_COLUMNS,
};

static const LineLayout INSTALMENT_LAYOUT = {INSTALMENT_COLUMNS, G_N_ELEMENTS(INSTALMENT_COLUMNS),
                                             INSTALMENT_AMOUNT};
static const LineLayout INDICATOR_LAYOUT = {INDICATOR_COLUMNS, G_N_ELEMENTS(INDICATOR_COLUMNS),
                                            INDICATOR_AMOUNT};
static const LineLayout ACTIVITY_LAYOUT = {
    ACTIVITY_COLUMNS_OF_SHEET, G_N_ELEMENTS(ACTIVITY_COLUMNS_OF_SHEET), ACTIVITY_AMOUNT};

const LineLayout *
scheme_layout(const Scheme *scheme, const Period *period)
{
    if (scheme->payment == PAYMENT_ACTIVITY)
        return &ACTIVITY_LAYOUT;
    return period->is_year_end ? &INDICATOR_LAYOUT : &INSTALMENT_LAYOUT;
}

static void
count_checks(SchemeSheet *sheet)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    for (guint i = 0; i < sheet->rows->len; i++) {
        TableRow row = {
            .user = sheet, .index = i, .sheet_row = PAGE_FIRST_ROW + i, .scratch = scratch};
        sheet->checks += is_proved(&row, scratch) ? 1 : 0;
    }
}

static void
fill_scheme(SchemeSheet *sheet)
{
    const Scheme *scheme = sheet->scheme;
    Workbook *workbook = sheet->workbook;
    g_autofree char *title = wording_title(scheme->title, &workbook->result->pack->period);
    g_autofree char *note = g_strdup_printf(
        "%s. Every amount is a formula over its row, Rules and Contracts; beside it the engine's "
        "own figure. The last three columns are for the screen.%s",
        scheme->code,
        sheet->is_summed ? " More than 50,000 lines: summed by provider and activity; the detail "
                           "is in lines.csv."
                         : "");
    Table table = {
        .pages = sheet->pages,
        .title = title,
        .note = note,
        .columns = sheet->layout->columns,
        .column_count = sheet->layout->count,
        .printed = sheet->layout->count - 3,
        .frozen = 2,
        .user = sheet,
    };
    count_checks(sheet);
    table_add(workbook->book, &table);
    pages_checks(workbook->book, sheet->pages, sheet->layout->amount + 2);
    if (sheet->pictures != NULL)
        scheme_fill_pictures(sheet);
}

void
workbook_fill_schemes(Workbook *workbook)
{
    for (guint s = 0; s < workbook->schemes->len; s++)
        fill_scheme(g_ptr_array_index(workbook->schemes, s));
}
