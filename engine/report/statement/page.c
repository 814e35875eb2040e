#include "report/statement/page.h"

#include <string.h>

#include "base/fault.h"
#include "sheet/cell.h"
#include "sheet/table.h"
#include "report/figures/wording.h"

#include "sheet/layout.h"

#include "base/poison.h"

#define SECTION_HEIGHT 16
#define GAP_HEIGHT 7
#define MOST_LINES 30 /* spreadsheets have no higher rows */
/* What fits one page at a size that can be read: letters of 6 points. */
#define LINES_A_PAGE 88

/* How wide columns are: as a page can take them in its usual letters, and in the least ones. */
static const guint WIDTHS[][PAGE_COLUMNS] = {{35, 17, 17, 14, 14, 14}, {45, 20, 19, 19, 19, 19}};

/* Widths of the characters from blank to tilde in Arial, in thousandths of its size; and the room a
 * column has, for each character of its width and beside them, and what is left free before a text:
 * as in Excel, which gives less than others. */
static const guint16 CHARACTERS[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
#define CHARACTER_ROOM 530
#define COLUMN_ROOM 385
#define INDENT_ROOM 1000

const Contract *
statement_contract(const Statement *statement, guint i)
{
    return g_array_index(statement->contracts, const Contract *, i);
}

static void
lay_out(Statement *statement)
{
    Sheet *sheet = statement->sheet;
    const guint *widths = WIDTHS[statement->is_dense];
    layout_portrait(statement->book, sheet, "Payment statement");
    for (guint c = 0; c < PAGE_COLUMNS; c++)
        layout_width(statement->book, sheet, c, widths[c]);
}

bool
page_open(Statement *statement, const char *path, const char *scratch, GError **error)
{
    g_autofree char *title = g_strconcat("Payment statement ", statement->payee->code, NULL);
    g_autoptr(GString) subject = g_string_new(NULL);
    wording_append_period(subject, &statement->result->pack->period);
    BookPlan plan = {.path = path,
                     .title = title,
                     .subject = subject->str,
                     .date = statement->result->pack->period.date,
                     .scratch = scratch};
    statement->book = book_new(&plan, error);
    if (statement->book == NULL)
        return false;
    statement->sheet = book_add_sheet(statement->book, "Statement", false);
    if (statement->sheet != NULL) {
        lay_out(statement);
        return true;
    }
    g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot write %s: no memory", path);
    return false;
}

bool
page_is_full(const Statement *statement)
{
    return statement->lines > LINES_A_PAGE;
}

bool
page_close(Statement *statement, GError **error)
{
    layout_fit(statement->sheet, 1, page_is_full(statement) ? 0 : 1);
    if (page_is_full(statement))
        layout_repeat(statement->book, statement->sheet, 0, 1);
    return book_write(statement->book, error);
}

void
page_clear(Statement *statement)
{
    g_clear_pointer(&statement->book, book_free);
    statement->sheet = NULL;
    statement->row = 0;
    statement->row_lines = statement->lines = 0;
}

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

/* How many lines a text takes over some columns, broken at blanks as spreadsheets do. */
static guint
lines_over(const Statement *statement, guint first, guint last, const char *text)
{
    guint room = 0, lines = 1, line = 0, word = 0;
    for (guint c = first; c <= last; c++)
        room += WIDTHS[statement->is_dense][c] * CHARACTER_ROOM + COLUMN_ROOM;
    room -= INDENT_ROOM;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
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

void
page_text(Statement *statement, guint first, guint last, const char *text, StyleId style)
{
    cell_merge(statement->book, statement->sheet, statement->row, first, last, text, style);
    statement->row_lines = MAX(statement->row_lines, lines_over(statement, first, last, text));
}

void
page_money(const Statement *statement, guint column, Money money, StyleId style)
{
    Cell cell = {.figure = figure_money(money), .style = style};
    cell_write(statement->book, statement->sheet, statement->row, column, &cell);
}

void
page_sum(const Statement *statement, guint column, guint from, Sum sum)
{
    char letter = (char)('A' + column);
    g_autofree char *formula =
        g_strdup_printf("=SUM(%c%u:%c%u)", letter, from + 1, letter, statement->row);
    Cell cell = cell_total(sum, true);
    cell.formula = statement->row > from ? formula : NULL;
    cell_write(statement->book, statement->sheet, statement->row, column, &cell);
}

void
page_end_row(Statement *statement)
{
    guint lines = MAX(statement->row_lines, 1);
    layout_row_lines(statement->book, statement->sheet, statement->row, lines);
    statement->lines += lines;
    statement->row_lines = 0;
    statement->row++;
}

void
page_gap(Statement *statement)
{
    statement->lines++;
    statement->row++;
}

void
page_section(Statement *statement, const char *name)
{
    layout_height(statement->book, statement->sheet, statement->row, GAP_HEIGHT);
    statement->row++;
    page_text(statement, COLUMN_WHAT, COLUMN_F, name, STYLE_SECTION);
    layout_height(statement->book, statement->sheet, statement->row, SECTION_HEIGHT);
    statement->lines += 2;
    statement->row_lines = 0;
    statement->row++;
}

void
page_headings(Statement *statement, const char *const *headings, guint numbers)
{
    for (guint c = 0; c < PAGE_COLUMNS; c++) {
        guint last = c;
        while (last + 1 < PAGE_COLUMNS && headings[last + 1] == NULL)
            last++; /* a heading goes on over columns without one */
        page_text(statement, c, last, headings[c],
                  c >= numbers ? STYLE_HEADING_RIGHT : STYLE_HEADING);
        c = last;
    }
    page_end_row(statement);
}

void
page_provider(Statement *statement, guint i)
{
    const Provider *provider = statement_contract(statement, i)->provider;
    if (!statement->has_other_providers ||
        (i > 0 && statement_contract(statement, i - 1)->provider == provider))
        return;
    g_autofree char *name =
        g_strdup_printf("For %s (%s)", provider->in_force->name, provider->code);
    page_text(statement, COLUMN_WHAT, COLUMN_F, name, STYLE_MUTED);
    page_end_row(statement);
}

void
append_months(GString *text, Month from, Month to)
{
    g_autoptr(GString) first = g_string_new(NULL);
    wording_append_month(first, from);
    if (from < to) {
        if (month_year(from) == month_year(to))
            g_string_truncate(first, first->len - strlen(" 2025"));
        g_string_append_printf(text, "%s to ", first->str);
    }
    wording_append_month(text, to);
}

char *
current_months(const Period *period)
{
    GString *text = g_string_new(NULL);
    if (period->is_year_end)
        year_append(text, period->year);
    else
        wording_append_month(text, period->month);
    return g_string_free(text, FALSE);
}

char *
prior_months(const Period *period)
{
    Month april = year_first_month(period->year);
    GString *text = g_string_new(NULL);
    append_months(text, april, MAX(april, period->month - 1));
    return g_string_free(text, FALSE);
}
