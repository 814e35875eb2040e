/* The workings of instalments and activity, and what the cells of all lines share. */
#include "report/workbook/contracts.h"
#include "sheet/formula.h"

#include "base/poison.h"

/* Beyond 15 digits, of several lines that are each rounded, or over two sheets. */
#define NOT_PROVED "not proved"
#define NEAR 4096 /* bytes */

const SchemeSheet *
row_sheet(const TableRow *row)
{
    return row->user;
}

const Workbook *
row_workbook(const TableRow *row)
{
    return row_sheet(row)->workbook;
}

const LineGroup *
row_group(const TableRow *row)
{
    return &g_array_index(row_sheet(row)->rows, LineGroup, row->index);
}

const Line *
row_line(const TableRow *row)
{
    return result_line(row_workbook(row)->result, row_group(row)->first);
}

const Contract *
row_contract(const TableRow *row)
{
    return result_contract(row_workbook(row)->result, row_line(row)->contract);
}

guint
row_place_in_contract(const TableRow *row)
{
    return row_group(row)->first - row_contract(row)->first_line;
}

Money
row_amount(const TableRow *row)
{
    Sum sum = {0};
    Money amount = {0};
    const LineGroup *group = row_group(row);
    for (guint i = 0; i < group->count; i++)
        sum_add(&sum, result_line(row_workbook(row)->result, group->first + i)->amount);
    /* Each is below £1,000,000,000,000, and they are those of one contract. */
    return sum_money(sum, &amount) ? amount : (Money){0};
}

const AchievementRow *
row_achieved(const TableRow *row)
{
    const Pack *pack = row_workbook(row)->result->pack;
    const ContractKey *key = row_contract(row)->parties;
    return achievements_find(pack->achievements, key->scheme, key->provider, row_line(row)->rule);
}

CellName
name_at(const TableRow *row, guint column)
{
    return range_cell(row->sheet_row, column);
}

void
row_show_check(const TableRow *row, Cell *cell, guint amount, bool is_proved)
{
    if (!is_proved) {
        cell->figure = figure_text(NOT_PROVED);
        cell->style = STYLE_HOLD;
        return;
    }
    CellName workbook = name_at(row, amount), engine = name_at(row, amount + 1);
    g_string_printf(row->scratch, "=IF(ROUND(%s-%s,2)=0,1,0)", workbook.text, engine.text);
    cell->figure = figure_whole(1);
    cell->formula = row->scratch->str;
}

/* The line of a place, counted on from the last one of its file where that is near. */
static guint64
line_of_place(const Workbook *workbook, RowPlaceId place)
{
    const InputFile *file = input_file(workbook->result->pack->inputs, place_file(place));
    LineCursor *cursor = &g_array_index(workbook->cursors, LineCursor, place_file(place));
    gsize offset = place_offset(place);
    if (cursor->line > 0 && offset >= cursor->offset && offset - cursor->offset < NEAR)
        cursor->line += document_lines_between(file->document, cursor->offset, offset);
    else
        cursor->line = document_line(file->document, offset);
    cursor->offset = offset;
    return cursor->line;
}

void
append_place(GString *text, const Workbook *workbook, RowPlaceId place)
{
    g_string_append_printf(text, "%s:%" G_GUINT64_FORMAT,
                           input_file(workbook->result->pack->inputs, place_file(place))->name,
                           line_of_place(workbook, place));
}

/* Where the value of a row's contract stands on Contracts. */
static void
append_contract_cell(const TableRow *row, GString *text, guint column)
{
    const Workbook *workbook = row_workbook(row);
    const ContractPlace *place =
        &g_array_index(workbook->places, ContractPlace, row_line(row)->contract);
    pages_append_cell(text, workbook->contracts, place->value_row, column);
}

void
show_instalment_value(const TableRow *row, Cell *cell)
{
    LineKind kind = row_line(row)->kind;
    if (kind != LINE_INSTALMENT && kind != LINE_INDICATOR)
        return;
    cell->figure = figure_money(row_contract(row)->value);
    g_string_assign(row->scratch, "=");
    append_contract_cell(row, row->scratch, CONTRACTS_VALUE);
    cell->formula = row->scratch->str;
}

void
show_instalment_share(const TableRow *row, Cell *cell)
{
    if (row_line(row)->kind != LINE_INSTALMENT)
        return;
    const Workbook *workbook = row_workbook(row);
    const SchemeSheet *sheet = row_sheet(row);
    guint at = g_array_index(workbook->scheme_cells, SchemeCells, sheet->number).share;
    cell->figure = figure_rate(sheet->scheme->in_year_share);
    g_string_assign(row->scratch, "=");
    range_append_cell(row->scratch, workbook->rules, at, RULES_NUMBER);
    cell->formula = row->scratch->str;
}

static Instalments
instalments_of(const TableRow *row)
{
    const Pack *pack = row_workbook(row)->result->pack;
    return contract_instalments(pack, row_contract(row), pack->period.month);
}

static void
show_instalments(const TableRow *row, Cell *cell, guint column, guint number)
{
    cell->figure = figure_whole(number);
    g_string_assign(row->scratch, "=");
    append_contract_cell(row, row->scratch, column);
    cell->formula = row->scratch->str;
}

void
show_instalment_due(const TableRow *row, Cell *cell)
{
    if (row_line(row)->kind == LINE_INSTALMENT)
        show_instalments(row, cell, CONTRACTS_DUE, instalments_of(row).due);
}

void
show_instalment_all(const TableRow *row, Cell *cell)
{
    if (row_line(row)->kind == LINE_INSTALMENT)
        show_instalments(row, cell, CONTRACTS_ALL, instalments_of(row).all);
}

void
show_instalment_fraction(const TableRow *row, Cell *cell)
{
    if (row_line(row)->kind != LINE_INSTALMENT)
        return;
    CellName share = name_at(row, INSTALMENT_SHARE), due = name_at(row, INSTALMENT_DUE);
    CellName all = name_at(row, INSTALMENT_ALL);
    g_string_printf(row->scratch, "=%s*%s/%s", share.text, due.text, all.text);
    cell->figure = figure_fraction(row_line(row)->fraction);
    cell->formula = row->scratch->str;
}

static bool
instalment_append_amount(const TableRow *row, GString *formula)
{
    const Scheme *scheme = row_sheet(row)->scheme;
    Instalments instalments = instalments_of(row);
    guint decimals = micros_decimals(scheme->in_year_share);
    Int128 above = product(row_contract(row)->value.pence,
                           micros_whole(scheme->in_year_share, decimals) * instalments.due);
    if (!workings_fit(above, power_of_ten(decimals) * instalments.all))
        return false;
    g_autoptr(GString) numerator = g_string_new(NULL), denominator = g_string_new("(");
    workings_append_whole(numerator, name_at(row, INSTALMENT_VALUE).text, 2);
    g_string_append_c(numerator, '*');
    workings_append_whole(numerator, name_at(row, INSTALMENT_SHARE).text, decimals);
    g_string_append_printf(numerator, "*%s", name_at(row, INSTALMENT_DUE).text);
    g_string_append(denominator, name_at(row, INSTALMENT_ALL).text);
    workings_append_scale(denominator, decimals);
    g_string_append_c(denominator, ')');
    g_string_append_c(formula, '=');
    workings_append_pounds(formula, numerator->str, denominator->str, scheme->rounding);
    return true;
}

void
show_price(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row_workbook(row);
    const Price *price = row_line(row)->price;
    if (row_line(row)->kind != LINE_ACTIVITY)
        return;
    cell->figure = figure_rate(row_line(row)->rate);
    gpointer at = price != NULL ? g_hash_table_lookup(workbook->price_row, price) : NULL;
    if (at == NULL)
        return;
    g_string_assign(row->scratch, "=");
    range_append_cell(row->scratch, workbook->rules, GPOINTER_TO_UINT(at), RULES_NUMBER);
    cell->formula = row->scratch->str;
}

/* Lines that share a row and are rounded one by one cannot be worked out from their sum. */
static bool
activity_append_amount(const TableRow *row, GString *formula)
{
    guint decimals = MAX(micros_decimals(row_line(row)->rate), 2), beyond = decimals - 2;
    Int128 count = 0;
    for (guint i = 0; i < row_group(row)->count; i++)
        count += result_line(row_workbook(row)->result, row_group(row)->first + i)->count;
    count /= MICROS_PER_UNIT;
    if ((row_group(row)->count > 1 && beyond > 0) ||
        !workings_fit(product(count, micros_whole(row_line(row)->rate, decimals)),
                      power_of_ten(beyond)))
        return false;
    g_autoptr(GString) numerator = g_string_new(NULL), denominator = g_string_new("1");
    g_string_append_printf(numerator, "%s*", name_at(row, ACTIVITY_COUNT).text);
    workings_append_whole(numerator, name_at(row, ACTIVITY_PRICE).text, decimals);
    for (guint i = 0; i < beyond; i++)
        g_string_append_c(denominator, '0');
    g_string_append_c(formula, '=');
    workings_append_pounds(formula, numerator->str, denominator->str,
                           row_sheet(row)->scheme->rounding);
    return true;
}

/* A held contract is entitled to what it was paid. */
static bool
held_append_amount(const TableRow *row, GString *formula)
{
    g_string_append_c(formula, '=');
    pages_append_cell(formula, row_workbook(row)->payments, row_line(row)->contract, PAYMENTS_PAID);
    return true;
}

bool
row_append_amount(const TableRow *row, GString *formula)
{
    switch (row_line(row)->kind) {
    case LINE_INSTALMENT:
        return instalment_append_amount(row, formula);
    case LINE_INDICATOR:
        return indicator_append_amount(row, formula);
    case LINE_ACTIVITY:
        return activity_append_amount(row, formula);
    case LINE_HELD:
        return held_append_amount(row, formula);
    case LINE_ADJUSTMENT: /* an input, not worked out */
    case LINE_KINDS:
        break;
    }
    return false;
}
