#include "sheet/cursor.h"

#include <string.h>

#include "sheet/layout.h"
#include "sheet/range.h"

#include "base/poison.h"

#define TITLE_HEIGHT 24
#define NOTE_HEIGHT 20

Cursor
cursor_new(Book *book, Sheet *sheet, guint row, const guint *widths, guint columns)
{
    layout_widths(book, sheet, widths, columns);
    return (Cursor){book, sheet, row, widths, 1};
}

void
cursor_title(Book *book, Sheet *sheet, const char *title, const char *note)
{
    layout_height(book, sheet, 0, TITLE_HEIGHT);
    cell_text(book, sheet, 0, 0, title, STYLE_TITLE);
    layout_height(book, sheet, 1, NOTE_HEIGHT);
    cell_text(book, sheet, 1, 0, note, STYLE_NOTE);
}

void
cursor_cell(Cursor *cursor, guint column, const Cell *cell)
{
    cell_write(cursor->book, cursor->sheet, cursor->row, column, cell);
    if (cell->style == STYLE_WRAP && cell->figure.kind == FIGURE_TEXT)
        cursor->lines = MAX(cursor->lines, layout_lines(cell->figure.text, cursor->widths[column]));
}

void
cursor_figure(Cursor *cursor, guint column, Figure figure, StyleId style)
{
    Cell cell = cell_of(figure, style);
    cursor_cell(cursor, column, &cell);
}

void
cursor_text(Cursor *cursor, guint column, const char *text, StyleId style)
{
    cursor_figure(cursor, column, figure_text(text), style);
}

void
cursor_formula(Cursor *cursor, guint column, const char *formula, Figure figure, StyleId style)
{
    Cell cell = cell_of(figure, style);
    cell.formula = formula[0] == '\0' ? NULL : formula;
    cursor_cell(cursor, column, &cell);
}

void
cursor_sum(Cursor *cursor, guint column, const char *formula, Sum sum, StyleId style)
{
    Figure figure = figure_sum(sum);
    cursor_formula(cursor, column, figure.kind == FIGURE_MONEY ? formula : "", figure, style);
}

void
cursor_fill(Cursor *cursor, guint first, guint last, StyleId style)
{
    for (guint column = first; column <= last; column++)
        cursor_text(cursor, column, "", style);
}

void
cursor_total(Cursor *cursor, guint column, guint first, Figure total)
{
    g_autoptr(GString) formula = g_string_new("=SUM(");
    range_append_plain(formula, first, cursor->row - 1, column);
    g_string_append_c(formula, ')');
    Cell cell = cell_total(total);
    cell.formula = cursor->row > first ? formula->str : NULL;
    cursor_cell(cursor, column, &cell);
}

void
cursor_next(Cursor *cursor)
{
    layout_row_lines(cursor->book, cursor->sheet, cursor->row, cursor->lines);
    cursor->lines = 1;
    cursor->row++;
}

void
cursor_headings(Cursor *cursor, const char *const *headings, guint count, guint first_number)
{
    for (guint c = 0; c < count; c++) {
        cursor_text(cursor, c, headings[c], c < first_number ? STYLE_HEADING : STYLE_HEADING_RIGHT);
        cursor->lines = strchr(headings[c], '\n') != NULL ? 2 : cursor->lines;
    }
    cursor_next(cursor);
}
