#include "report/workbook/sheets.h"

#include "sheet/table.h"

#include "base/poison.h"

static const InputFile *
row_file(const TableRow *row)
{
    const InputFiles *inputs = row->user;
    return input_file(inputs, (guint)row->index);
}

static void
show_file(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_file(row)->name);
}

static void
show_rows(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row_file(row)->rows);
}

static void
show_accepted(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row_file(row)->states[STATE_ACCEPTED]);
}

static void
show_superseded(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row_file(row)->states[STATE_SUPERSEDED]);
}

static void
show_later(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row_file(row)->states[STATE_LATER]);
}

static void
show_rejected(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row_file(row)->states[STATE_REJECTED]);
}

static void
show_held(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row_file(row)->states[STATE_HELD]);
    if (row_file(row)->states[STATE_HELD] > 0)
        cell->style = STYLE_HOLD_WHOLE;
}

/* Rows that no state accounts for: always 0. */
static void
show_check(const TableRow *row, Cell *cell)
{
    const InputFile *file = row_file(row);
    guint64 accounted = 0;
    for (guint state = 0; state < STATE_COUNT; state++)
        accounted += file->states[state];
    g_string_printf(row->scratch, "=%s-SUM(%s:%s)", range_cell(row->sheet_row, CONTROLS_ROWS).text,
                    range_cell(row->sheet_row, CONTROLS_ACCEPTED).text,
                    range_cell(row->sheet_row, CONTROLS_HELD).text);
    cell->figure = figure_whole(file->rows - accounted);
    cell->formula = row->scratch->str;
}

static void
show_digest(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(document_digest(row_file(row)->document));
}

static const TableColumn TABLE_COLUMNS[CONTROLS_COLUMNS] = {
    [CONTROLS_FILE] = {NULL, "File", STYLE_TEXT, 24, 60, false, show_file},
    [CONTROLS_ROWS] = {NULL, "Rows read", STYLE_WHOLE, 12, 20, true, show_rows},
    [CONTROLS_ACCEPTED] = {NULL, "Accepted", STYLE_WHOLE, 12, 20, true, show_accepted},
    [CONTROLS_SUPERSEDED] = {NULL, "Superseded", STYLE_WHOLE, 13, 20, true, show_superseded},
    [CONTROLS_LATER] = {NULL, "Later", STYLE_WHOLE, 12, 20, true, show_later},
    [CONTROLS_REJECTED] = {NULL, "Rejected", STYLE_WHOLE, 12, 20, true, show_rejected},
    [CONTROLS_HELD] = {NULL, "Held", STYLE_WHOLE, 12, 20, true, show_held},
    [CONTROLS_CHECK] = {NULL, "Not accounted for", STYLE_WHOLE, 12, 20, true, show_check},
    [CONTROLS_DIGEST] = {NULL, "SHA-256", STYLE_MONO, 66, 68, false, show_digest},
};

void
workbook_fill_controls(Workbook *workbook)
{
    const Pack *pack = workbook->result->pack;
    g_autofree char *title = wording_title("Control totals", &pack->period);
    Table table = {
        .pages = workbook->controls,
        .title = title,
        .note = "Rows read = accepted + superseded + later + rejected + held, file by file.",
        .columns = TABLE_COLUMNS,
        .column_count = CONTROLS_COLUMNS,
        .frozen = 1,
        .row_count = pack->inputs->files->len,
        .user = pack->inputs,
    };
    table_add(workbook->book, &table);
}
