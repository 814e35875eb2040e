#include "report/statement/sheetprint.h"

#include "base/fault.h"
#include "sheet/cursor.h"
#include "sheet/layout.h"

#include "base/poison.h"

#define LINE_HEIGHT 13
#define MOST_LINES 30 /* spreadsheets have no higher rows */
/* How many lines fit on one page in letters of 6 points; smaller ones are hard to read. */
#define LINES_A_PAGE 88

/* Widths of the columns in characters: the usual ones, and wider ones, which make the whole page
 * print in smaller letters. */
enum { USUAL, DENSE, WAYS };
static const guint WIDTHS[WAYS][PAGE_COLUMNS] = {{35, 17, 17, 14, 14, 14},
                                                 {45, 20, 19, 19, 19, 19}};

/* How wide texts print, in thousandths of the size of their letters: the characters of Arial from
 * blank to tilde; what a column holds, for each character of its width and once besides; and what
 * is left free before a text. Measured in Excel, whose columns hold less than those of others. */
static const guint16 CHARACTERS[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
#define CHARACTER_ROOM 530
#define COLUMN_ROOM 385
#define INDENT_ROOM 1000

static guint
width_of(gunichar c)
{
    if (c < ' ')
        return 0;
    if (c <= '~')
        return CHARACTERS[c - ' '];
    if (c > 0x2fff)
        return 1300;
    return g_unichar_isupper(c) ? 778 : 600;
}

/* How many lines a text takes in its cell, broken at blanks as spreadsheets do. */
static guint
lines_of_cell(const PageCell *cell, guint way)
{
    guint room = 0, lines = 1, line = 0, word = 0;
    if (cell->figure.kind != FIGURE_TEXT)
        return 1;
    for (guint c = cell->first; c <= cell->last; c++)
        room += WIDTHS[way][c] * CHARACTER_ROOM + COLUMN_ROOM;
    room -= INDENT_ROOM;
    for (const char *at = cell->figure.text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        guint width = width_of(c);
        word = c == ' ' || c == '\n' ? 0 : word + width;
        line += width;
        if (c == '\n' || (line > room && c != ' ')) {
            lines++;
            line = c == '\n' ? 0 : word > room ? width : word;
            word = word > room ? width : word;
        }
    }
    return MIN(lines, MOST_LINES);
}

static guint
lines_of_row(const Page *page, const PageRow *row, guint way)
{
    guint lines = 1;
    for (guint i = 0; i < row->cell_count; i++)
        lines = MAX(lines, lines_of_cell(page_cell(page, row, i), way));
    return lines;
}

static bool
is_full(const Page *page, guint way)
{
    guint lines = 0;
    for (guint r = 0; r < page->rows->len; r++) {
        const PageRow *row = page_row(page, r);
        lines += row->points > 0 ? MAX(row->points / LINE_HEIGHT, 1) : lines_of_row(page, row, way);
    }
    return lines > LINES_A_PAGE;
}

/* With wider columns texts take fewer lines, and may fit. */
static guint
way_of(const Page *page)
{
    return is_full(page, USUAL) ? DENSE : USUAL;
}

bool
sheetprint_is_full(const Page *page)
{
    return is_full(page, way_of(page));
}

static void
write_cell(Cursor *cursor, const PageCell *cell)
{
    g_autofree char *formula = NULL;
    Cell written = cell_of(cell->figure, cell->style);
    if (cell->figure.kind == FIGURE_TEXT && !cell->is_total) {
        cell_merge(cursor->book, cursor->sheet, cursor->row, cell->first, cell->last,
                   cell->figure.text, cell->style);
        return;
    }
    if (cell->is_total) {
        char letter = (char)('A' + cell->first);
        formula = g_strdup_printf("=SUM(%c%u:%c%u)", letter, cell->from + 1, letter, cursor->row);
        written.formula = formula;
    }
    cursor_cell(cursor, cell->first, &written);
}

static void
write_row(Cursor *cursor, const Page *page, const PageRow *row, guint way)
{
    for (guint i = 0; i < row->cell_count; i++)
        write_cell(cursor, page_cell(page, row, i));
    if (row->points > 0)
        layout_height(cursor->book, cursor->sheet, cursor->row, row->points);
    else
        cursor->lines = lines_of_row(page, row, way);
    cursor_next(cursor);
}

bool
sheetprint_write(const Page *page, const char *path, const char *scratch, GError **error)
{
    g_autofree char *title = page_title(page);
    Words subject = page_subject(page);
    BookPlan plan = {.path = path,
                     .title = title,
                     .subject = subject.text,
                     .date = page->result->pack->period.date,
                     .scratch = scratch};
    g_autoptr(Book) book = book_new(&plan, error);
    if (book == NULL)
        return false;
    Sheet *sheet = book_add_sheet(book, "Statement", false);
    if (sheet == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot write %s: no memory", path);
        return false;
    }
    guint way = way_of(page);
    bool is_several = is_full(page, way);
    layout_portrait(book, sheet, "Payment statement");
    Cursor cursor = cursor_new(book, sheet, 0, WIDTHS[way], PAGE_COLUMNS);
    for (guint r = 0; r < page->rows->len; r++)
        write_row(&cursor, page, page_row(page, r), way);
    layout_fit(sheet, 1, is_several ? 0 : 1);
    if (is_several)
        layout_repeat(book, sheet, 0, 1);
    return book_write(book, error);
}
