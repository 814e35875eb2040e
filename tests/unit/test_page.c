/* Pages of PDF: texts in the letters that readers have, and rows that flow over pages. */
#include "support.h"

#include <string.h>

#include "page/flow.h"
#include "page/letters.h"

/* What is written for a text: bytes of code page 1252. */
static const struct {
    const char *text, *letters;
} LETTERS[] = {
    {"", ""},
    {"Beta Surgery, £12.50 × 3", "Beta Surgery, \xa3"
                                 "12.50 \xd7 3"},
    {"Caf\u00e9 \u20ac5 \u2018a\u2019 \u2013 \u2026", "Caf\xe9 \x80"
                                                      "5 \x91"
                                                      "a\x92 \x96 \x85"},
    {"cafe\u0301", "caf\xe9"}, /* the accent apart, the same letter */
    {"T\u0177 Ll\u0175yd, \u0141\u00f3d\u017a", "Ty Llwyd, L\xf3"
                                                "dz"},
    {"\u0174yn \u0176", "Wyn Y"},
    {"q\u0302", "q"},                      /* no letter of its own: the accent goes */
    {"5 \u2212 3", "5 \x96 3"},            /* minus */
    {"2\u20113 a\u200bb\ufeff", "2-3 ab"}, /* what does not show */
    {"\u4e2d\u6587 \u2603", "[U+4E2D][U+6587] [U+2603]"}, /* nothing near */
    {"a\tb\nc", "a b\nc"},
    {"a\u00a0b", "a\xa0"
                 "b"},
    {"\x80", "[U+FFFD]"}, /* no UTF-8 */
};

static void
no_letter_is_dropped(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(LETTERS); i++) {
        g_autofree char *letters = letters_of(LETTERS[i].text);
        g_assert_cmpstr(letters, ==, LETTERS[i].letters);
    }
}

typedef struct {
    Grid *grid;
    Paper *paper;
} Drawing;

static Drawing
drawing_new(void)
{
    static const guint SHARES[] = {1, 1, 2};
    g_autoptr(GError) error = NULL;
    Drawing drawing = {grid_new(FLOW_LEFT, FLOW_RIGHT, SHARES, 3), paper_new("T", "S", &error)};
    g_assert_no_error(error);
    return drawing;
}

static void
drawing_free(Drawing *drawing)
{
    grid_free(drawing->grid);
    paper_free(drawing->paper);
}

static const Look WORDS = {.is_wrapped = true, .points = 10}, LABEL = {.points = 10},
                  AMOUNT = {.is_right = true, .points = 10};

/* The text of a cell as it is broken, lines with a stroke between them. Free with g_free. */
static char *
lines_of(const Grid *grid, guint row, guint cell)
{
    const GridCell *at = grid_cell(grid, grid_row(grid, row), cell);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < at->line_count; i++) {
        const GridLine *line = grid_line(grid, at, i);
        g_string_append_printf(text, "%s%.*s", i == 0 ? "" : "|", (int)line->length,
                               at->letters + line->start);
        g_assert_cmpuint(line->width * at->size / 1000, <=, at->width);
    }
    return g_string_free(text, FALSE);
}

static void
texts_break_at_blanks_and_never_leave_their_room(void)
{
    Drawing drawing = drawing_new();
    const char *long_word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
    grid_add(drawing.grid, 0, 0, WORDS, "a line of several words that is long\nand another");
    grid_add(drawing.grid, 1, 1, WORDS, long_word);
    grid_add(drawing.grid, 2, 2, WORDS, "");
    grid_next(drawing.grid, 0, false, false);
    guint one = grid_lay_out(drawing.grid, drawing.paper, 10000);
    g_autofree char *words = lines_of(drawing.grid, 0, 0);
    g_autofree char *word = lines_of(drawing.grid, 0, 1);
    g_assert_cmpstr(words, ==, "a line of several words that is|long|and another");
    g_auto(GStrv) parts = g_strsplit(word, "|", -1);
    g_autofree char *joined = g_strjoinv("", parts);
    g_assert_cmpstr(joined, ==, long_word);
    g_assert_cmpuint(one, >, 3 * 12000);
    g_assert_cmpuint(one, <, 4 * 12000);
    drawing_free(&drawing);
}

static void
what_is_not_to_be_broken_takes_empty_cells(void)
{
    Drawing drawing = drawing_new();
    grid_add(drawing.grid, 0, 0, LABEL, "To be paid to you for September 2025, year-end");
    grid_add(drawing.grid, 1, 1, LABEL, "");
    grid_add(drawing.grid, 2, 2, AMOUNT,
             "\xc2\xa3"
             "1.00");
    grid_next(drawing.grid, 0, false, false);
    grid_add(drawing.grid, 0, 0, AMOUNT, "1,000,000,000,000,000,000,000,000,000,000,000");
    grid_next(drawing.grid, 0, false, false);
    (void)grid_lay_out(drawing.grid, drawing.paper, 10000);
    const GridCell *label = grid_cell(drawing.grid, grid_row(drawing.grid, 0), 0);
    const GridCell *amount = grid_cell(drawing.grid, grid_row(drawing.grid, 1), 0);
    g_assert_cmpuint(label->line_count, ==, 1);
    g_assert_cmpuint(label->width, ==, drawing.grid->edges[2] - drawing.grid->edges[0]);
    g_assert_cmpuint(amount->line_count, ==, 1);
    g_assert_cmpuint(amount->size, <, 10000); /* smaller letters, and never two lines */
    drawing_free(&drawing);
}

/* How many pages so many rows of so many lines take, below a heading. */
static guint
pages_of(guint rows, guint lines)
{
    Drawing drawing = drawing_new();
    const FlowFrame frame = {"left", "right", "below", 0};
    g_autoptr(GString) text = g_string_new("line");
    for (guint l = 1; l < lines; l++)
        g_string_append(text, "\nline");
    grid_add(drawing.grid, 0, 2, WORDS, "heading");
    grid_next(drawing.grid, 0, true, true);
    for (guint r = 0; r < rows; r++) {
        grid_add(drawing.grid, 0, 0, WORDS, text->str);
        grid_next(drawing.grid, 0, false, false);
    }
    guint pages = flow_draw(drawing.grid, drawing.paper, &frame);
    drawing_free(&drawing);
    return pages;
}

static void
rows_flow_over_pages(void)
{
    g_assert_cmpuint(pages_of(0, 1), ==, 1);
    g_assert_cmpuint(pages_of(88, 1), ==, 1); /* what a sheet prints on one page */
    g_assert_cmpuint(pages_of(100, 1), ==, 2);
    g_assert_cmpuint(pages_of(1, 200), ==, 3); /* a row that no page holds */
    g_assert_cmpuint(pages_of(3, 60), ==, 3);  /* a row stays whole where a page holds it */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/no-letter-is-dropped", no_letter_is_dropped);
    g_test_add_func("/page/texts-break-at-blanks-and-never-leave-their-room",
                    texts_break_at_blanks_and_never_leave_their_room);
    g_test_add_func("/page/what-is-not-to-be-broken-takes-empty-cells",
                    what_is_not_to_be_broken_takes_empty_cells);
    g_test_add_func("/page/rows-flow-over-pages", rows_flow_over_pages);
    return g_test_run();
}
