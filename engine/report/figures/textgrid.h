/* Figures for a screen: columns as wide as their widest cell, words to the left, numbers to the
 * right, no colour. */
#pragma once

#include "base/figure.h"

typedef struct TextGrid TextGrid;

/* A grid with a row of headings; is_number says which columns stand to the right. Both arrays have
 * columns entries and must outlive the grid. Free with text_grid_free. */
TextGrid *text_grid_new(const char *const *headings, const bool *is_number, guint columns);
void text_grid_free(TextGrid *grid);
/* Appends a cell, row by row; words longer than 72 characters are cut. */
void text_grid_add(TextGrid *grid, const char *cell);
/* Appends a figure: money in £, whole numbers with thousands commas, "-" for an empty one. */
void text_grid_figure(TextGrid *grid, Figure figure);
/* Asks for a rule above the row that comes next: a total. */
void text_grid_rule(TextGrid *grid);
/* Appends the whole grid to a text; lines have no blanks at their end. */
void text_grid_append(const TextGrid *grid, GString *text);
/* The same in lines of at most 80 characters: the columns that do not fit follow in further blocks,
 * an empty line between them, each with the first column again. Words that are too long are cut;
 * figures never are. */
void text_grid_append_blocks(const TextGrid *grid, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextGrid, text_grid_free)
