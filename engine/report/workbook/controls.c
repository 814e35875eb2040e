/* The sheet Controls: how the rows of each input file ended. */
#include "report/workbook/sheets.h"

#include "base/poison.h"

static gconstpointer
record_of(gpointer user, guint64 index)
{
    Workbook *workbook = user;
    workbook->record.file = input_file(workbook->result->pack->inputs, (guint)index);
    return &workbook->record;
}

static void
show_held(const TableRow *row, Cell *cell)
{
    const Record *record = row->record;
    if (record->file->states[STATE_HELD] > 0)
        cell->style = STYLE_HOLD_WHOLE;
}

static void
show_unaccounted(const TableRow *row, Cell *cell)
{
    g_string_printf(row->scratch, "=%s-SUM(%s:%s)", range_cell(row->sheet_row, CONTROLS_ROWS).text,
                    range_cell(row->sheet_row, CONTROLS_ACCEPTED).text,
                    range_cell(row->sheet_row, CONTROLS_HELD).text);
    cell->formula = row->scratch->str;
}

#define FIELD(name) &CONTROL_FIELDS[CONTROL_##name], NULL

static const TableColumn TABLE_COLUMNS[] = {
    {FIELD(FILE), STYLE_TEXT, 24, 60, false, NULL},
    [CONTROLS_ROWS] = {FIELD(ROWS), STYLE_WHOLE, 12, 20, true, NULL},
    [CONTROLS_ACCEPTED] = {FIELD(ACCEPTED), STYLE_WHOLE, 12, 20, true, NULL},
    {FIELD(SUPERSEDED), STYLE_WHOLE, 13, 20, true, NULL},
    {FIELD(LATER), STYLE_WHOLE, 12, 20, true, NULL},
    [CONTROLS_REJECTED] = {FIELD(REJECTED), STYLE_WHOLE, 12, 20, true, NULL},
    [CONTROLS_HELD] = {FIELD(HELD), STYLE_WHOLE, 12, 20, true, show_held},
    [CONTROLS_LEFT] = {FIELD(UNACCOUNTED), STYLE_WHOLE, 12, 20, true, show_unaccounted},
    {FIELD(DIGEST), STYLE_MONO, 66, 68, false, NULL},
};

void
workbook_fill_controls(Workbook *workbook)
{
    g_autofree char *title = words_title("Control totals", &workbook->result->pack->period);
    Table table = {
        .pages = workbook->controls,
        .title = title,
        .note = "Rows read = accepted + superseded + later + rejected + held, file by file.",
        .columns = TABLE_COLUMNS,
        .column_count = G_N_ELEMENTS(TABLE_COLUMNS),
        .frozen = 1,
        .user = workbook,
        .record = record_of,
    };
    table_add(workbook->book, &table);
}
