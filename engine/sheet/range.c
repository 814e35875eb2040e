#include "sheet/range.h"

#include "sheet/inside.h"

#include "base/poison.h"

CellName
range_cell(guint row, guint column)
{
    char name[LXW_MAX_CELL_NAME_LENGTH];
    CellName cell;
    lxw_rowcol_to_cell(name, row, (lxw_col_t)column);
    g_strlcpy(cell.text, name, sizeof cell.text);
    return cell;
}

void
range_append(GString *text, guint first, guint last, guint column)
{
    char name[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range_abs(name, first, (lxw_col_t)column, last, (lxw_col_t)column);
    g_string_append(text, name);
}

void
range_append_plain(GString *text, guint first, guint last, guint column)
{
    char name[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(name, first, (lxw_col_t)column, last, (lxw_col_t)column);
    g_string_append(text, name);
}

void
range_append_block(GString *text, guint first, guint last, guint left, guint right)
{
    char name[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(name, first, (lxw_col_t)left, last, (lxw_col_t)right);
    g_string_append(text, name);
}

void
range_append_sheet(GString *text, const Sheet *sheet)
{
    /* Names hold no apostrophe: see names.h. */
    g_string_append_printf(text, "'%s'!", sheet != NULL ? sheet->name : "");
}

void
range_append_cell(GString *text, const Sheet *sheet, guint row, guint column)
{
    range_append_sheet(text, sheet);
    range_append(text, row, row, column);
}

void
range_define(Book *book, const char *name, const Sheet *sheet, guint first, guint last,
             guint column)
{
    g_autoptr(GString) text = g_string_new("=");
    range_append_sheet(text, sheet);
    range_append(text, first, last, column);
    book_note(book, workbook_define_name(book->workbook, name, text->str));
}
