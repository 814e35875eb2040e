#include "sheet/layout.h"

#include "sheet/cell.h"
#include "sheet/inside.h"

#include "base/poison.h"

#define PAPER_A4 9
#define LINE_HEIGHT 13
#define MOST_LINES 8
#define MOST_CHARACTERS 1000

void
layout_begin(Book *book, Sheet *sheet)
{
    g_autofree char *header = g_strconcat("&L&A&R", book->subject, NULL);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_fit_to_pages(sheet, 1, 0);
    cell_page_margins(sheet);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    book_note(book, worksheet_set_header(sheet, header));
    book_note(book, worksheet_set_footer(sheet, "&Lschemepay&RPage &P of &N"));
    book_note(book,
              worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}

void
layout_portrait(Book *book, Sheet *sheet, const char *left)
{
    g_autofree char *header = g_strconcat("&L", left, "&R", book->subject, NULL);
    worksheet_set_portrait(sheet);
    book_note(book, worksheet_set_header(sheet, header));
}

void
layout_width(Book *book, Sheet *sheet, guint column, guint characters)
{
    cell_column_width(book, sheet, column, characters);
}

void
layout_widths(Book *book, Sheet *sheet, const guint *characters, guint count)
{
    for (guint c = 0; c < count; c++)
        layout_width(book, sheet, c, characters[c]);
}

void
layout_height(Book *book, Sheet *sheet, guint row, guint points)
{
    cell_row_height(book, sheet, row, points);
}

guint
layout_lines(const char *text, guint width)
{
    guint characters = (guint)MIN(g_utf8_strlen(text, -1), MOST_CHARACTERS);
    /* Letters are narrower than digits, but words do not fill their lines. */
    guint a_line = MAX(width + width / 10, 1);
    return CLAMP((characters + a_line - 1) / a_line, 1, MOST_LINES);
}

void
layout_row_lines(Book *book, Sheet *sheet, guint row, guint lines)
{
    if (lines > 1)
        layout_height(book, sheet, row, lines * LINE_HEIGHT + 2);
}

void
layout_freeze(Sheet *sheet, guint row, guint column)
{
    worksheet_freeze_panes(sheet, row, (lxw_col_t)column);
}

void
layout_zoom(Sheet *sheet, guint percent)
{
    worksheet_set_zoom(sheet, (guint16)percent);
}

void
layout_fit(Sheet *sheet, guint wide, guint high)
{
    worksheet_fit_to_pages(sheet, (guint16)wide, (guint16)high);
}

void
layout_scale(Sheet *sheet, guint percent)
{
    worksheet_set_print_scale(sheet, (guint16)percent);
}

void
layout_repeat(Book *book, Sheet *sheet, guint first, guint last)
{
    book_note(book, worksheet_repeat_rows(sheet, first, last));
}

void
layout_print_to(Book *book, Sheet *sheet, guint row, guint column)
{
    book_note(book, worksheet_print_area(sheet, 0, 0, row, (lxw_col_t)column));
}

void
layout_break(Book *book, Sheet *sheet, const guint *rows, guint count)
{
    g_autofree lxw_row_t *breaks = g_new0(lxw_row_t, count + 1);
    for (guint i = 0; i < count; i++)
        breaks[i] = rows[i];
    if (count > 0)
        book_note(book, worksheet_set_h_pagebreaks(sheet, breaks));
}

void
layout_filter(Book *book, Sheet *sheet, guint headings, guint last, guint last_column)
{
    book_note(book, worksheet_autofilter(sheet, headings, 0, last, (lxw_col_t)last_column));
}

/* The name of the table on a sheet: "Payments_table". Letters and digits alone stand in names; one
 * in which others were replaced has the sheet's number behind it, so that no two are alike. */
static char *
table_name(const Sheet *sheet)
{
    g_autoptr(GString) name = g_string_new(g_ascii_isalpha(sheet->name[0]) ? NULL : "_");
    bool is_whole = true;
    for (const char *at = sheet->name; *at != '\0'; at++) {
        is_whole = is_whole && g_ascii_isalnum(*at);
        g_string_append_c(name, g_ascii_isalnum(*at) ? *at : '_');
    }
    g_string_append(name, "_table");
    if (!is_whole)
        g_string_append_printf(name, "_%d", sheet->index + 1);
    return g_string_free(g_steal_pointer(&name), FALSE);
}

void
layout_table(Book *book, Sheet *sheet, guint headings, guint last, const TableHeading *columns,
             guint count)
{
    g_autofree lxw_table_column *each = g_new0(lxw_table_column, count);
    g_autofree lxw_table_column **list = g_new0(lxw_table_column *, count + 1);
    g_autofree char *name = table_name(sheet);
    for (guint c = 0; c < count; c++) {
        each[c].header = (char *)columns[c].text;
        each[c].header_format = book->styles[columns[c].style];
        list[c] = &each[c];
    }
    lxw_table_options options = {.name = name,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 0, /* as its cells look */
                                 .no_banded_rows = LXW_TRUE,
                                 .columns = list};
    book_note(book,
              worksheet_add_table(sheet, headings, 0, last, (lxw_col_t)(count - 1), &options));
}

static void
colour(Book *book, Sheet *sheet, guint first, guint last, guint column, const char *number,
       StyleId style)
{
    lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                   .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
                                   .value_string = (char *)number,
                                   .format = book->styles[style]};
    book_note(book, worksheet_conditional_format_range(sheet, first, (lxw_col_t)column, last,
                                                       (lxw_col_t)column, &rule));
}

void
layout_checks(Book *book, Sheet *sheet, guint first, guint last, guint column, bool with_good)
{
    colour(book, sheet, first, last, column, "0", STYLE_BAD);
    if (with_good)
        colour(book, sheet, first, last, column, "1", STYLE_GOOD);
}
