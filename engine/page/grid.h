/* Rows of cells over columns, laid out so that no text is cut.
 *
 * - A row gets as high as its texts need, broken at blanks. A text that is not to be broken goes on
 *   over empty cells beside it, where it needs to, as in a spreadsheet.
 * - All letters grow and shrink together; columns always fill the width of the page.
 * - Lengths are those of paper.h. A size is that of the usual letters, those of ten points. */
#pragma once

#include "page/paper.h"

#define GRID_MOST_COLUMNS 16

/* How a cell looks. */
typedef struct {
    bool is_bold, is_right, is_wrapped, is_lined, is_centred; /* centred: from top to bottom */
    bool is_cell;         /* a text in it stands away from its edge */
    guint points;         /* the size of its letters, where the usual have ten */
    guint32 colour, fill; /* 0xrrggbb; a fill of 0: none */
    guint32 line;
} Look;

typedef struct {
    guint first, last; /* the columns it covers */
    Look look;
    char *letters;
    /* As it was last laid out: */
    guint left, width;            /* of the room for its text */
    guint size;                   /* of its letters */
    guint first_line, line_count; /* in Grid.lines */
} GridCell;

/* A part of a cell's letters. */
typedef struct {
    guint start, length;
    guint width; /* in thousandths of the size */
} GridLine;

typedef struct {
    guint first_cell, cell_count;
    guint points;       /* how high it is at least, where the usual letters have ten */
    bool is_heading;    /* of the rows below it, up to the next: stands again on each page */
    bool stays_by_next; /* no page ends with it */
    guint line_count;   /* as it was last laid out: of its longest cell */
    guint height;
} GridRow;

typedef struct {
    guint edges[GRID_MOST_COLUMNS + 1]; /* where columns begin, and the last one ends */
    GArray *cells;                      /* of GridCell */
    GArray *rows;                       /* of GridRow */
    GArray *lines;                      /* of GridLine */
    GridRow row;                        /* the row at hand */
} Grid;

/* An empty grid from one edge to another, whose columns have so many shares of that. Free with
 * grid_free. */
Grid *grid_new(guint left, guint right, const guint *shares, guint columns);
void grid_free(Grid *grid);
const GridRow *grid_row(const Grid *grid, guint row);
const GridCell *grid_cell(const Grid *grid, const GridRow *row, guint i);
const GridLine *grid_line(const Grid *grid, const GridCell *cell, guint i);

/* Adds a cell to the row at hand; by column. The text is UTF-8. */
void grid_add(Grid *grid, guint first, guint last, Look look, const char *text);
/* Ends the row: points is how high it is at least, where letters have ten; 0: as its texts need. */
void grid_next(Grid *grid, guint points, bool is_heading, bool stays_by_next);

/* Lays all rows out in usual letters of a size, and returns how high they are together. */
guint grid_lay_out(Grid *grid, const Paper *paper, guint size);
/* How far one line of a cell is from the next. */
guint grid_line_height(const GridCell *cell);
/* How high the row would be with so many lines of its longest cell. */
guint grid_height_of(const Grid *grid, const GridRow *row, guint lines, guint size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Grid, grid_free)
