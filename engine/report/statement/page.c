#include "report/statement/page.h"

#include "base/fault.h"
#include "sheet/layout.h"

#include "base/poison.h"

#define SECTION_HEIGHT 16
#define GAP_HEIGHT 7
#define LINE_HEIGHT 13
#define MOST_LINES 30 /* spreadsheets have no higher rows */
/* How many lines fit on one page in letters of 6 points; smaller ones are hard to read. */
#define LINES_A_PAGE 88

/* Widths of the columns in characters: the usual ones, and wider ones, which make the whole page
 * print in smaller letters. */
static const guint WIDTHS[][PAGE_COLUMNS] = {{35, 17, 17, 14, 14, 14}, {45, 20, 19, 19, 19, 19}};

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

const Contract *
page_contract(const Page *page, guint i)
{
    return g_array_index(page->contracts, const Contract *, i);
}

Words
page_earlier_months(const Page *page)
{
    const Period *period = &page->result->pack->period;
    Month april = year_first_month(period->year);
    return words_months(april, MAX(april, period->month - 1));
}

bool
page_open(Page *page, const char *path, const char *scratch, GError **error)
{
    const Period *period = &page->result->pack->period;
    g_autofree char *title = g_strconcat("Payment statement ", page->payee->code, NULL);
    Words subject = words_period_of_run(period, page->run);
    BookPlan plan = {.path = path,
                     .title = title,
                     .subject = subject.text,
                     .date = period->date,
                     .scratch = scratch};
    page->book = book_new(&plan, error);
    if (page->book == NULL)
        return false;
    Sheet *sheet = book_add_sheet(page->book, "Statement", false);
    if (sheet == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot write %s: no memory", path);
        return false;
    }
    layout_portrait(page->book, sheet, "Payment statement");
    page->at = cursor_new(page->book, sheet, 0, WIDTHS[page->is_dense], PAGE_COLUMNS);
    return true;
}

bool
page_is_full(const Page *page)
{
    return page->lines > LINES_A_PAGE;
}

bool
page_close(Page *page, GError **error)
{
    layout_fit(page->at.sheet, 1, page_is_full(page) ? 0 : 1);
    if (page_is_full(page))
        layout_repeat(page->book, page->at.sheet, 0, 1);
    return book_write(page->book, error);
}

void
page_clear(Page *page)
{
    g_clear_pointer(&page->book, book_free);
    page->lines = 0;
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
lines_over(const Page *page, guint first, guint last, const char *text)
{
    guint room = 0, lines = 1, line = 0, word = 0;
    for (guint c = first; c <= last; c++)
        room += WIDTHS[page->is_dense][c] * CHARACTER_ROOM + COLUMN_ROOM;
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
page_text(Page *page, guint first, guint last, StyleId style, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    cell_merge(page->book, page->at.sheet, page->at.row, first, last, text, style);
    page->at.lines = MAX(page->at.lines, lines_over(page, first, last, text));
}

void
page_money(Page *page, guint column, Money money, StyleId style)
{
    cursor_figure(&page->at, column, figure_money(money), style);
}

void
page_total(Page *page, guint column, guint from, Sum sum)
{
    char letter = (char)('A' + column);
    g_autofree char *formula =
        g_strdup_printf("=SUM(%c%u:%c%u)", letter, from + 1, letter, page->at.row);
    Cell cell = cell_total(figure_sum(sum));
    cell.formula = page->at.row > from ? formula : NULL;
    cursor_cell(&page->at, column, &cell);
}

void
page_next(Page *page)
{
    page->lines += page->at.lines;
    cursor_next(&page->at);
}

void
page_next_high(Page *page, guint points)
{
    layout_height(page->book, page->at.sheet, page->at.row, points);
    page->lines += MAX(points / LINE_HEIGHT, 1);
    page->at.lines = 1;
    cursor_next(&page->at);
}

void
page_section(Page *page, const char *name)
{
    page_next_high(page, GAP_HEIGHT);
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_SECTION, "%s", name);
    page_next_high(page, SECTION_HEIGHT);
}

void
page_headings(Page *page, const char *const *headings, guint numbers)
{
    for (guint c = 0, last; c < PAGE_COLUMNS; c = last + 1) {
        last = c;
        while (last + 1 < PAGE_COLUMNS && headings[last + 1] == NULL)
            last++; /* a heading goes on over columns without one */
        page_text(page, c, last, c >= numbers ? STYLE_HEADING_RIGHT : STYLE_HEADING, "%s",
                  headings[c]);
    }
    page_next(page);
}

void
page_provider(Page *page, guint i)
{
    const Provider *provider = page_contract(page, i)->provider;
    if (!page->has_other_providers || (i > 0 && page_contract(page, i - 1)->provider == provider))
        return;
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_MUTED, "For %s (%s)", provider->in_force->name,
              provider->code);
    page_next(page);
}
