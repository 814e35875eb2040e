#include "report/figures/textgrid.h"

#include "base/text.h"

#include "base/poison.h"

#define LONGEST_WORD 72
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

static void
append_row(const TextGrid *grid, guint first, const glong *widths, GString *text)
{
    glong owing = 0; /* blanks that only a cell behind them brings out */
    for (guint c = 0; c < grid->columns; c++) {
        glong spare = widths[c] - cell_width(grid, first + c);
        append_repeated(text, ' ', owing + (grid->is_number[c] ? spare : 0));
        g_string_append(text, g_ptr_array_index(grid->cells, first + c));
        owing = GAP + (grid->is_number[c] ? 0 : spare);
    }
    g_string_append_c(text, '\n');
}

void
text_grid_append(const TextGrid *grid, GString *text)
{
    g_autofree glong *widths = g_new0(glong, grid->columns);
    glong whole = -GAP;
    for (guint i = 0; i < grid->cells->len; i++)
        widths[i % grid->columns] = MAX(widths[i % grid->columns], cell_width(grid, i));
    for (guint c = 0; c < grid->columns; c++)
        whole += widths[c] + GAP;
    for (guint first = 0; first < grid->cells->len; first += grid->columns) {
        if (first == grid->rule_at) {
            append_repeated(text, '-', whole);
            g_string_append_c(text, '\n');
        }
        append_row(grid, first, widths, text);
    }
}
