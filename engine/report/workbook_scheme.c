#include "report/workbook_sheets.h"

#include "report/table.h"

#include "base/poison.h"

/* The lines of one scheme: neighbours in the result. */
typedef struct {
    const Result *result;
    guint first, count;
} SchemeLines;

static const Line *
row_line(const TableRow *row)
{
    const SchemeLines *lines = row->user;
    return result_line(lines->result, lines->first + (guint)row->index);
}

static const Contract *
row_contract(const TableRow *row)
{
    const SchemeLines *lines = row->user;
    return result_contract(lines->result, row_line(row)->contract);
}

static void
show_provider(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, row_contract(row)->provider->code);
}

static void
show_name(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, row_contract(row)->provider->in_force->name);
}

static void
show_kind(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, LINE_KIND_NAMES[row_line(row)->kind]);
    if (row_line(row)->kind == LINE_HELD)
        cell->style = STYLE_HOLD;
}

static void
show_item(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, row_line(row)->item);
}

/* Who authorised the adjustment of a line, or "". */
static const char *
authorised_by(const Result *result, const Line *line)
{
    const GArray *adjustments = result->pack->payments->adjustments;
    guint first, count;
    amounts_of(adjustments, result_contract(result, line->contract)->key, &first, &count);
    for (guint i = first; i < first + count; i++) {
        const AmountRow *adjustment = &g_array_index(adjustments, AmountRow, i);
        if (adjustment->place == line->place && adjustment->authorised_by != NULL)
            return adjustment->authorised_by;
    }
    return "";
}

/* What the item is, in words. */
static void
show_meaning(const TableRow *row, CellValue *cell)
{
    const SchemeLines *lines = row->user;
    const Line *line = row_line(row);
    switch (line->kind) {
    case LINE_INSTALMENT:
        cell_set_text(cell, "Instalments due by the month");
        break;
    case LINE_INDICATOR:
        cell_set_text(cell, rules_indicator(lines->result->pack->rules, line->rule)->title);
        break;
    case LINE_ACTIVITY:
        cell_set_text(cell, line->price->title);
        break;
    case LINE_ADJUSTMENT:
        g_string_printf(row->scratch, "Authorised by %s", authorised_by(lines->result, line));
        cell_set_text(cell, row->scratch->str);
        break;
    case LINE_HELD:
        g_string_printf(row->scratch, "Held at what was paid: %s",
                        REASONS[row_contract(row)->held].meaning);
        cell_set_text(cell, row->scratch->str);
        break;
    case LINE_KINDS:
        break;
    }
}

static void
show_month(const TableRow *row, CellValue *cell)
{
    cell_set_month(cell, row_line(row)->month);
}

static void
show_count(const TableRow *row, CellValue *cell)
{
    if (row_line(row)->has_count)
        cell_set_count(cell, row_line(row)->count);
}

static void
show_rate(const TableRow *row, CellValue *cell)
{
    if (!row_line(row)->has_rate)
        return;
    cell->kind = CELL_MICROS;
    cell->micros = row_line(row)->rate;
}

static void
show_fraction(const TableRow *row, CellValue *cell)
{
    if (!row_line(row)->has_fraction)
        return;
    cell->kind = CELL_FRACTION;
    cell->fraction = row_line(row)->fraction;
}

static void
show_amount(const TableRow *row, CellValue *cell)
{
    cell_set_money(cell, row_line(row)->amount);
}

static const TableColumn TABLE_COLUMNS[] = {
    {"Provider", STYLE_TEXT, 11, 30, false, show_provider},
    {"Name", STYLE_TEXT, 16, 36, false, show_name},
    {"Kind", STYLE_TEXT, 12, 12, false, show_kind},
    {"Item", STYLE_WRAP, 10, 32, false, show_item},
    {"What it is", STYLE_WRAP, 20, 60, false, show_meaning},
    {"Month", STYLE_MONTH, 11, 11, false, show_month},
    {"Count", STYLE_WHOLE, 9, 20, false, show_count},
    {"Rate", STYLE_RATE, 14, 26, false, show_rate},
    {"Fraction", STYLE_PERCENT, 10, 10, false, show_fraction},
    {"Amount", STYLE_MONEY, 14, 26, true, show_amount},
};

/* The lines of a scheme, whose contracts are neighbours. *contract is where to look, and is moved
 * behind them. */
static SchemeLines
lines_of_scheme(const Result *result, guint32 scheme, guint *contract)
{
    SchemeLines lines = {result, 0, 0};
    for (; *contract < result->contracts->len; ++*contract) {
        const Contract *c = result_contract(result, *contract);
        if (contract_scheme(result, c) != scheme)
            break;
        if (lines.count == 0)
            lines.first = c->first_line;
        lines.count += c->line_count;
    }
    return lines;
}

void
workbook_add_schemes(Book *book, const Result *result)
{
    const Rules *rules = result->pack->rules;
    guint contract = 0;
    for (guint s = 0; s < rules_scheme_count(rules); s++) {
        const Scheme *scheme = rules_scheme(rules, s);
        SchemeLines lines = lines_of_scheme(result, s, &contract);
        g_autofree char *title = workbook_title(scheme->title, &result->pack->period);
        g_autofree char *note = g_strdup_printf("How each entitlement comes about. Scheme %s: %s",
                                                scheme->code, scheme->source);
        Table table = {
            .name = scheme->code,
            .title = title,
            .note = note,
            .columns = TABLE_COLUMNS,
            .column_count = G_N_ELEMENTS(TABLE_COLUMNS),
            .frozen = 2,
            .row_count = lines.count,
            .user = &lines,
        };
        table_add(book, &table);
    }
}
