/* A grid on as many pages as it takes, each with a header and a footer.
 *
 * - One page where letters of six points make it fit: smaller ones are hard to read. Letters are as
 *   large as that allows, up to nine points. What takes more pages has letters of eight and a half.
 * - A page does not end with what belongs to the next row; headings stand again on each page; a row
 *   that no page holds goes on from one to the next, line by line. */
#pragma once

#include "page/grid.h"

/* The edges of what is printed. */
#define FLOW_LEFT 28800
#define FLOW_RIGHT (PAPER_WIDTH - 28800)

/* What stands above and below on each page; the number of the page is below on the right. */
typedef struct {
    const char *above_left, *above_right, *below_left;
    guint32 colour;
} FlowFrame;

/* Draws the grid, whose edges are those above, and returns on how many pages. */
guint flow_draw(Grid *grid, Paper *paper, const FlowFrame *frame);
