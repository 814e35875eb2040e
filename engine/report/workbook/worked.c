#include "report/workbook/worked.h"

#include <string.h>

#include "base/poison.h"

/* Beyond 15 digits, of several lines that are each rounded, or over two sheets. */
#define NOT_PROVED "not proved"
#define ROOM 1024 /* bytes; it grows */

void
worked_init(WorkedRow *worked, Workbook *workbook)
{
    *worked = (WorkedRow){
        .record = workbook->record, .workbook = workbook, .room = g_string_chunk_new(ROOM)};
}

void
worked_clear(WorkedRow *worked)
{
    g_string_chunk_free(worked->room);
}

void
worked_begin(WorkedRow *worked, const Pages *pages, guint64 row)
{
    g_string_chunk_clear(worked->room);
    memset(worked->cells, 0, sizeof worked->cells);
    worked->sheet_row = pages_sheet_row(pages, row);
}

const SchemeSheet *
worked_scheme(const Workbook *workbook, guint scheme)
{
    return g_ptr_array_index(workbook->schemes, scheme);
}

const char *
worked_cell(const WorkedRow *worked, guint column)
{
    return g_string_chunk_insert(worked->room, range_cell(worked->sheet_row, column).text);
}

const char *
worked_rule(const WorkedRow *worked, guint row, guint column)
{
    return worked_rules(worked, row, row, column);
}

const char *
worked_rules(const WorkedRow *worked, guint first, guint last, guint column)
{
    g_autoptr(GString) cells = g_string_new(NULL);
    range_append_sheet(cells, worked->workbook->rules);
    range_append(cells, first, last, column);
    return g_string_chunk_insert(worked->room, cells->str);
}

const char *
worked_sum_by(const WorkedRow *worked, const Pages *pages, guint column, guint keys, guint key)
{
    g_autoptr(GString) sum = g_string_new(NULL);
    pages_append_sum_by(sum, pages, column, keys, range_cell(worked->sheet_row, key).text);
    return g_string_chunk_insert(worked->room, sum->str);
}

const char *
worked_sum_where(const WorkedRow *worked, const Pages *pages, guint column,
                 const PagesCriterion *criteria, guint count)
{
    g_autoptr(GString) sum = g_string_new(NULL);
    pages_append_sum_where(sum, pages, column, criteria, count);
    return g_string_chunk_insert(worked->room, sum->str);
}

const char *
worked_months(const WorkedRow *worked, const char *from, const char *to)
{
    return formula_print(worked->room, "12*YEAR(%s)+MONTH(%s)-12*YEAR(%s)-MONTH(%s)+1", to, to,
                         from, from);
}

void
worked_set(WorkedRow *worked, guint column, Figure figure, const char *formula)
{
    worked->cells[column].figure = figure;
    worked->cells[column].formula = formula;
}

void
worked_same(WorkedRow *worked, guint column, Figure figure, const char *other)
{
    worked_set(worked, column, figure, formula_print(worked->room, "=%s", other));
}

void
worked_amount(WorkedRow *worked, guint column, Money amount, const char *formula)
{
    worked->is_proved = formula != NULL;
    worked_set(worked, column, figure_money(amount), formula);
    worked_set(worked, column + 1, figure_money(amount), NULL);
}

void
worked_show(const TableRow *row, Cell *cell)
{
    const WorkedRow *worked = row->record;
    cell->figure = worked->cells[row->column].figure;
    cell->formula = worked->cells[row->column].formula;
}

void
worked_show_check(const TableRow *row, Cell *cell)
{
    const WorkedRow *worked = row->record;
    guint engine = row->column - 1, amount = engine - 1;
    if (worked->cells[amount].figure.kind == FIGURE_EMPTY)
        return;
    if (!worked->is_proved) {
        cell->figure = figure_text(NOT_PROVED);
        cell->style = STYLE_HOLD;
        return;
    }
    formula_append_check(row->scratch, range_cell(row->sheet_row, amount).text,
                         range_cell(row->sheet_row, engine).text);
    cell->figure = figure_whole(1);
    cell->formula = row->scratch->str;
}
