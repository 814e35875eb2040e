#include "page/flow.h"

#include <string.h>

#include "page/letters.h"

#include "base/poison.h"

#define TOP 50400
#define BOTTOM (PAPER_HEIGHT - 46800)
#define LARGEST 9000
#define SMALLEST 6000
#define SMALLER 250
#define OF_SEVERAL 8500
#define FRAME_SIZE 8000
#define HEADER_BASE 33000
#define FOOTER_BASE (PAPER_HEIGHT - 24000)
/* How far below the upper edge of a line its letters stand, in hundredths of their size. */
#define ASCENT 100

/* Some lines of a row, on a page. */
typedef struct {
    guint row, from, count; /* of its lines */
    guint page, top, height;
} Piece;

typedef struct {
    Grid *grid;
    guint size;
    GArray *pieces; /* of Piece */
    guint page, top;
    guint heading; /* the row that stands again on each page; G_MAXUINT: none */
} Flow;

static guint
find_size(Grid *grid, const Paper *paper)
{
    for (guint size = LARGEST; size >= SMALLEST; size -= SMALLER)
        if (grid_lay_out(grid, paper, size) <= BOTTOM - TOP)
            return size;
    (void)grid_lay_out(grid, paper, OF_SEVERAL);
    return OF_SEVERAL;
}

static void
add_piece(Flow *flow, guint row, guint from, guint count, guint height)
{
    Piece piece = {row, from, count, flow->page, flow->top, height};
    g_array_append_val(flow->pieces, piece);
    flow->top += height;
}

/* Begins a page; with the headings of the table that goes on, if one does. */
static void
begin_page(Flow *flow, bool goes_on)
{
    flow->page++;
    flow->top = TOP;
    if (!goes_on || flow->heading == G_MAXUINT)
        return;
    const GridRow *heading = grid_row(flow->grid, flow->heading);
    add_piece(flow, flow->heading, 0, heading->line_count, heading->height);
}

/* A row that is higher than a page: as many lines on each as fit. */
static void
add_in_parts(Flow *flow, guint row)
{
    const GridRow *at = grid_row(flow->grid, row);
    for (guint from = 0, count; from < at->line_count; from += count) {
        count = at->line_count - from;
        while (count > 1 && flow->top + grid_height_of(flow->grid, at, count, flow->size) > BOTTOM)
            count--;
        add_piece(flow, row, from, count, grid_height_of(flow->grid, at, count, flow->size));
        if (from + count < at->line_count)
            begin_page(flow, true);
    }
}

/* Rows from first to last belong together. */
static void
add_block(Flow *flow, guint first, guint last)
{
    guint height = 0;
    bool has_heading = false;
    for (guint r = first; r <= last; r++) {
        height += grid_row(flow->grid, r)->height;
        has_heading = has_heading || grid_row(flow->grid, r)->is_heading;
    }
    if (flow->top + height > BOTTOM && flow->top > TOP)
        begin_page(flow, !has_heading);
    for (guint r = first; r <= last; r++) {
        const GridRow *row = grid_row(flow->grid, r);
        if (row->is_heading)
            flow->heading = r;
        if (flow->top + row->height > BOTTOM)
            add_in_parts(flow, r);
        else
            add_piece(flow, r, 0, row->line_count, row->height);
    }
}

static void
flow_rows(Flow *flow)
{
    flow->top = TOP;
    guint count = flow->grid->rows->len;
    for (guint first = 0, last; first < count; first = last + 1) {
        last = first;
        while (last + 1 < count && grid_row(flow->grid, last)->stays_by_next)
            last++;
        add_block(flow, first, last);
    }
}

/* The colours behind a piece, those of neighbours as one, and the line below it. */
static void
draw_ground(const Flow *flow, Paper *paper, const Piece *piece)
{
    const GridRow *row = grid_row(flow->grid, piece->row);
    for (guint i = 0, next; i < row->cell_count; i = next) {
        const GridCell *cell = grid_cell(flow->grid, row, i);
        const Look *look = &cell->look;
        guint left = flow->grid->edges[cell->first], right = flow->grid->edges[cell->last + 1];
        for (next = i + 1; next < row->cell_count; next++) {
            const GridCell *beside = grid_cell(flow->grid, row, next);
            if (beside->look.fill != look->fill || beside->look.is_lined != look->is_lined ||
                flow->grid->edges[beside->first] != right)
                break;
            right = flow->grid->edges[beside->last + 1];
        }
        if (look->fill != 0)
            paper_fill(paper, left, piece->top, right - left, piece->height, look->fill);
        if (look->is_lined)
            paper_line(paper, left, piece->top + piece->height, right - left, look->line);
    }
}

static void
draw_line(const Flow *flow, Paper *paper, const GridCell *cell, guint i, guint top)
{
    const GridLine *line = grid_line(flow->grid, cell, i);
    Face face = cell->look.is_bold ? FACE_BOLD : FACE_PLAIN;
    guint width = line->width * cell->size / 1000;
    guint left = cell->left;
    if (cell->look.is_right && width < cell->width)
        left += cell->width - width;
    g_autofree char *letters = g_strndup(cell->letters + line->start, line->length);
    paper_text(paper, left, top + cell->size * ASCENT / 100, cell->size, face, cell->look.colour,
               letters);
}

static void
draw_piece(const Flow *flow, Paper *paper, const Piece *piece)
{
    const GridRow *row = grid_row(flow->grid, piece->row);
    draw_ground(flow, paper, piece);
    for (guint i = 0; i < row->cell_count; i++) {
        const GridCell *cell = grid_cell(flow->grid, row, i);
        guint end = MIN(cell->line_count, piece->from + piece->count);
        guint line_height = grid_line_height(cell), top = piece->top;
        guint high = end > piece->from ? (end - piece->from) * line_height : 0;
        if (cell->look.is_centred && high < piece->height)
            top += (piece->height - high) / 2;
        for (guint l = piece->from; l < end; l++)
            draw_line(flow, paper, cell, l, top + (l - piece->from) * line_height);
    }
}

/* A text of the frame; to the right edge, or from the left one. */
static void
draw_frame_text(Paper *paper, const FlowFrame *frame, const char *text, bool is_right, guint base)
{
    g_autofree char *letters = letters_of(text);
    guint width = paper_width(paper, FACE_PLAIN, letters, strlen(letters)) * FRAME_SIZE / 1000;
    paper_text(paper, is_right ? FLOW_RIGHT - MIN(width, FLOW_RIGHT) : FLOW_LEFT, base, FRAME_SIZE,
               FACE_PLAIN, frame->colour, letters);
}

static void
draw_page(const Flow *flow, Paper *paper, const FlowFrame *frame, guint page)
{
    g_autofree char *number = g_strdup_printf("Page %u of %u", page + 1, flow->page + 1);
    paper_add_page(paper);
    draw_frame_text(paper, frame, frame->above_left, false, HEADER_BASE);
    draw_frame_text(paper, frame, frame->above_right, true, HEADER_BASE);
    for (guint i = 0; i < flow->pieces->len; i++) {
        const Piece *piece = &g_array_index(flow->pieces, Piece, i);
        if (piece->page == page)
            draw_piece(flow, paper, piece);
    }
    draw_frame_text(paper, frame, frame->below_left, false, FOOTER_BASE);
    draw_frame_text(paper, frame, number, true, FOOTER_BASE);
}

guint
flow_draw(Grid *grid, Paper *paper, const FlowFrame *frame)
{
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    Flow flow = {grid, find_size(grid, paper), pieces, 0, 0, G_MAXUINT};
    flow_rows(&flow);
    for (guint page = 0; page <= flow.page; page++)
        draw_page(&flow, paper, frame, page);
    return flow.page + 1;
}
