#include "report/figures/textgrid.h"

#include "base/text.h"

#include "base/poison.h"

#define LONGEST_WORD 72
#define SHORTEST_WORD 20 /* no column of words is cut to less */
#define LINE_WIDTH 80
#define GAP 2

struct TextGrid {
    const bool *is_number;
    guint columns;
    GPtrArray *cells; /* of char *, row by row */
    guint rule_at;    /* the cell below the rule, or G_MAXUINT */
};

TextGrid *
text_grid_new(const char *const *headings, const bool *is_number, guint columns)
{
    TextGrid *grid = g_new0(TextGrid, 1);
    grid->is_number = is_number;
    grid->columns = columns;
    grid->cells = g_ptr_array_new_with_free_func(g_free);
    grid->rule_at = G_MAXUINT;
    for (guint c = 0; c < columns; c++)
        text_grid_add(grid, headings[c]);
    return grid;
}

void
text_grid_free(TextGrid *grid)
{
    if (grid == NULL)
        return;
    g_ptr_array_unref(grid->cells);
    g_free(grid);
}

void
text_grid_add(TextGrid *grid, const char *cell)
{
    g_autofree char *shown = text_shown(cell); /* a row is a line */
    if (g_utf8_strlen(shown, -1) <= LONGEST_WORD) {
        g_ptr_array_add(grid->cells, g_steal_pointer(&shown));
        return;
    }
    g_autofree char *kept = g_utf8_substring(shown, 0, LONGEST_WORD - 1);
    g_ptr_array_add(grid->cells, g_strconcat(kept, "…", NULL));
}

void
text_grid_figure(TextGrid *grid, Figure figure)
{
    g_autoptr(GString) text = g_string_new(NULL);
    CsvOut out = {text, false};
    if (figure.kind == FIGURE_MONEY)
        money_append_pounds(text, figure.money);
    else if (figure.kind == FIGURE_WHOLE)
        whole_append_commas(text, figure.whole);
    else if (figure.kind == FIGURE_TEXT)
        g_string_append(text, figure.text);
    else if (figure.kind != FIGURE_EMPTY)
        csv_out_figure(&out, &figure);
    text_grid_add(grid, figure.kind == FIGURE_EMPTY ? "-" : text->str);
}

void
text_grid_rule(TextGrid *grid)
{
    grid->rule_at = grid->cells->len;
}

static glong
cell_width(const TextGrid *grid, guint cell)
{
    return g_utf8_strlen(g_ptr_array_index(grid->cells, cell), -1);
}

static void
append_repeated(GString *text, char c, glong count)
{
    for (glong i = 0; i < count; i++)
        g_string_append_c(text, c);
}

/* A cell, cut where it is wider than its column. */
static void
append_cell(const TextGrid *grid, guint cell, glong width, GString *text)
{
    const char *whole = g_ptr_array_index(grid->cells, cell);
    if (cell_width(grid, cell) <= width) {
        g_string_append(text, whole);
        return;
    }
    g_autofree char *kept = g_utf8_substring(whole, 0, width - 1);
    g_string_append_printf(text, "%s…", kept);
}

/* Columns of a grid that stand side by side: the first, and those from one up to another. */
typedef struct {
    guint from, to;
} Block;

static bool
is_in(Block block, guint column)
{
    return column == 0 || (column >= block.from && column < block.to);
}

static void
append_row(const TextGrid *grid, guint first, const glong *widths, Block block, GString *text)
{
    glong owing = 0; /* blanks that only a cell behind them brings out */
    for (guint c = 0; c < grid->columns; c++) {
        if (!is_in(block, c))
            continue;
        if (cell_width(grid, first + c) == 0) {
            owing += widths[c] + GAP;
            continue;
        }
        glong spare = MAX(widths[c] - cell_width(grid, first + c), 0);
        append_repeated(text, ' ', owing + (grid->is_number[c] ? spare : 0));
        append_cell(grid, first + c, widths[c], text);
        owing = GAP + (grid->is_number[c] ? 0 : spare);
    }
    g_string_append_c(text, '\n');
}

static void
append_block(const TextGrid *grid, const glong *widths, Block block, GString *text)
{
    glong whole = -GAP;
    for (guint c = 0; c < grid->columns; c++)
        whole += is_in(block, c) ? widths[c] + GAP : 0;
    for (guint first = 0; first < grid->cells->len; first += grid->columns) {
        if (first == grid->rule_at) {
            append_repeated(text, '-', whole);
            g_string_append_c(text, '\n');
        }
        append_row(grid, first, widths, block, text);
    }
}

/* The widths of the columns, each as wide as its widest cell; free with g_free. */
static glong *
column_widths(const TextGrid *grid)
{
    glong *widths = g_new0(glong, grid->columns);
    for (guint i = 0; i < grid->cells->len; i++)
        widths[i % grid->columns] = MAX(widths[i % grid->columns], cell_width(grid, i));
    return widths;
}

void
text_grid_append(const TextGrid *grid, GString *text)
{
    g_autofree glong *widths = column_widths(grid);
    append_block(grid, widths, (Block){1, grid->columns}, text);
}

/* Makes columns of words narrow enough for the first one and any other to stand in a line. */
static void
cut_widths(const TextGrid *grid, glong *widths)
{
    glong widest = 0; /* of the numbers */
    for (guint c = 1; c < grid->columns; c++)
        widest = MAX(widest, grid->is_number[c] ? widths[c] : 0);
    widths[0] = MIN(widths[0], MAX(LINE_WIDTH - GAP - widest, SHORTEST_WORD));
    for (guint c = 1; c < grid->columns; c++)
        if (!grid->is_number[c])
            widths[c] = MIN(widths[c], LINE_WIDTH - GAP - widths[0]);
}

void
text_grid_append_blocks(const TextGrid *grid, GString *text)
{
    g_autofree glong *widths = column_widths(grid);
    cut_widths(grid, widths);
    Block block = {1, 1};
    while (block.from < grid->columns) {
        glong whole = widths[0];
        while (block.to < grid->columns &&
               (block.to == block.from || whole + GAP + widths[block.to] <= LINE_WIDTH))
            whole += GAP + widths[block.to++];
        if (block.from > 1)
            g_string_append_c(text, '\n');
        append_block(grid, widths, block, text);
        block.from = block.to;
    }
}
