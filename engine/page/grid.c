#include "page/grid.h"

#include <string.h>

#include "page/letters.h"

#include "base/poison.h"

#define USUAL_POINTS 10
/* In hundredths of the size of letters. */
#define LINE_HEIGHT 120
#define ROOM_BELOW 15 /* the last line of a row */
#define ROOM_BESIDE 40
#define SMALLEST 4000 /* letters of an amount that no column holds shrink no further */

static void
clear_cell(gpointer pointer)
{
    GridCell *cell = pointer;
    g_free(cell->letters);
}

Grid *
grid_new(guint left, guint right, const guint *shares, guint columns)
{
    Grid *grid = g_new0(Grid, 1);
    guint all = 0, so_far = 0;
    g_assert(columns <= GRID_MOST_COLUMNS);
    for (guint c = 0; c < columns; c++)
        all += shares[c];
    g_assert(all > 0);
    for (guint c = 0; c <= columns; c++) {
        grid->edges[c] = left + (guint)((guint64)(right - left) * so_far / all);
        so_far += c < columns ? shares[c] : 0;
    }
    grid->cells = g_array_new(FALSE, FALSE, sizeof(GridCell));
    g_array_set_clear_func(grid->cells, clear_cell);
    grid->rows = g_array_new(FALSE, FALSE, sizeof(GridRow));
    grid->lines = g_array_new(FALSE, FALSE, sizeof(GridLine));
    return grid;
}

void
grid_free(Grid *grid)
{
    if (grid == NULL)
        return;
    g_array_unref(grid->cells);
    g_array_unref(grid->rows);
    g_array_unref(grid->lines);
    g_free(grid);
}

const GridRow *
grid_row(const Grid *grid, guint row)
{
    return &g_array_index(grid->rows, GridRow, row);
}

const GridCell *
grid_cell(const Grid *grid, const GridRow *row, guint i)
{
    return &g_array_index(grid->cells, GridCell, row->first_cell + i);
}

const GridLine *
grid_line(const Grid *grid, const GridCell *cell, guint i)
{
    return &g_array_index(grid->lines, GridLine, cell->first_line + i);
}

void
grid_add(Grid *grid, guint first, guint last, Look look, const char *text)
{
    GridCell cell = {.first = first, .last = last, .look = look, .letters = letters_of(text)};
    g_array_append_val(grid->cells, cell);
    grid->row.cell_count++;
}

void
grid_next(Grid *grid, guint points, bool is_heading, bool stays_by_next)
{
    grid->row.points = points;
    grid->row.is_heading = is_heading;
    grid->row.stays_by_next = stays_by_next;
    g_array_append_val(grid->rows, grid->row);
    grid->row = (GridRow){.first_cell = grid->cells->len};
}

static Face
face_of(const GridCell *cell)
{
    return cell->look.is_bold ? FACE_BOLD : FACE_PLAIN;
}

/* The room at each side of a cell's text. */
static guint
room_beside(const GridCell *cell)
{
    return cell->look.is_cell ? cell->size * ROOM_BESIDE / 100 : 0;
}

/* How wide a cell's text is without a break. */
static guint
width_needed(const GridCell *cell, const Paper *paper)
{
    gsize length = strlen(cell->letters);
    return (guint)((guint64)paper_width(paper, face_of(cell), cell->letters, length) * cell->size /
                   1000);
}

/* Gives a cell whose text is not to be broken the room of empty cells beside it: those are taken,
 * and shown as what they are, empty. */
static void
widen(Grid *grid, const GridRow *row, guint i, const Paper *paper, bool *is_taken)
{
    GridCell *cells = &g_array_index(grid->cells, GridCell, row->first_cell);
    GridCell *cell = &cells[i];
    guint needed = width_needed(cell, paper);
    if (cell->look.is_wrapped || cell->letters[0] == '\0')
        return;
    /* An amount goes on to its left, which ends below the number of the first cell; words to their
     * right. */
    guint step = cell->look.is_right ? G_MAXUINT : 1;
    for (guint beside = i + step; needed > cell->width && beside < row->cell_count;
         beside += step) {
        const GridCell *other = &cells[beside];
        if (is_taken[beside] || other->letters[0] != '\0')
            break;
        guint more = grid->edges[other->last + 1] - grid->edges[other->first];
        is_taken[beside] = true;
        cell->width += more;
        cell->left -= cell->look.is_right ? more : 0;
    }
    /* An amount is never broken. */
    if (cell->look.is_right && needed > cell->width)
        cell->size = MAX((guint)((guint64)cell->size * cell->width / needed), SMALLEST);
}

static void
add_line(Grid *grid, const Paper *paper, GridCell *cell, guint start, guint end)
{
    GridLine line = {start, end - start,
                     paper_width(paper, face_of(cell), cell->letters + start, end - start)};
    g_array_append_val(grid->lines, line);
    cell->line_count++;
}

/* Where the line that begins at a letter ends: before the last word that does not fit, or, where
 * that is all of it, before the first letter that does not. */
static guint
line_end(const GridCell *cell, const Paper *paper, guint start)
{
    const char *letters = cell->letters;
    guint64 room = (guint64)cell->width * 1000 / cell->size, width = 0;
    guint at = start, blank = start;
    while (letters[at] != '\0' && letters[at] != '\n') {
        width += paper_width(paper, face_of(cell), letters + at, 1);
        if (letters[at] == ' ')
            blank = at;
        else if (width > room && at > start)
            return blank > start ? blank : at;
        at++;
    }
    return at;
}

/* Breaks a cell's text into lines. */
static void
break_text(Grid *grid, const Paper *paper, GridCell *cell)
{
    guint start = 0;
    cell->first_line = grid->lines->len;
    cell->line_count = 0;
    if (cell->letters[0] == '\0')
        return;
    for (;;) {
        guint end = line_end(cell, paper, start);
        guint next = end;
        while (end > start && cell->letters[end - 1] == ' ')
            end--;
        add_line(grid, paper, cell, start, end);
        bool is_forced = cell->letters[next] == '\n';
        next += is_forced ? 1 : 0;
        while (!is_forced && cell->letters[next] == ' ')
            next++;
        if (cell->letters[next] == '\0')
            return;
        start = next;
    }
}

guint
grid_line_height(const GridCell *cell)
{
    return cell->size * LINE_HEIGHT / 100;
}

guint
grid_height_of(const Grid *grid, const GridRow *row, guint lines, guint size)
{
    guint height = row->points * size / USUAL_POINTS;
    if (row->points == 0)
        height = size * (LINE_HEIGHT + ROOM_BELOW) / 100;
    for (guint i = 0; i < row->cell_count; i++) {
        const GridCell *cell = grid_cell(grid, row, i);
        guint shown = MIN(cell->line_count, lines);
        height = MAX(height, shown * grid_line_height(cell) + size * ROOM_BELOW / 100);
    }
    return height;
}

static void
lay_row(Grid *grid, GridRow *row, const Paper *paper, guint size)
{
    bool is_taken[GRID_MOST_COLUMNS] = {false};
    g_assert(row->cell_count <= GRID_MOST_COLUMNS);
    for (guint i = 0; i < row->cell_count; i++) {
        GridCell *cell = &g_array_index(grid->cells, GridCell, row->first_cell + i);
        cell->size = size * cell->look.points / USUAL_POINTS;
        cell->left = grid->edges[cell->first] + room_beside(cell);
        cell->width =
            grid->edges[cell->last + 1] - grid->edges[cell->first] - 2 * room_beside(cell);
    }
    /* Amounts first: what they need, no words may take. */
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < row->cell_count; i++)
            if (grid_cell(grid, row, i)->look.is_right == (pass == 0))
                widen(grid, row, i, paper, is_taken);
    row->line_count = 1;
    for (guint i = 0; i < row->cell_count; i++) {
        GridCell *cell = &g_array_index(grid->cells, GridCell, row->first_cell + i);
        break_text(grid, paper, cell);
        row->line_count = MAX(row->line_count, cell->line_count);
    }
    row->height = grid_height_of(grid, row, row->line_count, size);
}

guint
grid_lay_out(Grid *grid, const Paper *paper, guint size)
{
    guint height = 0;
    g_array_set_size(grid->lines, 0);
    for (guint r = 0; r < grid->rows->len; r++) {
        GridRow *row = &g_array_index(grid->rows, GridRow, r);
        lay_row(grid, row, paper, size);
        height += row->height;
    }
    return height;
}
