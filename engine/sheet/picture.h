/* Charts: native ones of the spreadsheet, that can be told apart without colour.
 *
 * The first series is dark, the second hatched; lines are solid, dashed and dotted. */
#pragma once

#include "sheet/book.h"

typedef enum { PICTURE_BARS, PICTURE_COLUMNS, PICTURE_STACKS, PICTURE_LINES } PictureKind;

typedef struct {
    const char *name;   /* as in the legend */
    const char *values; /* "='Summary'!$F$6:$F$10" */
} PictureSeries;

typedef struct {
    PictureKind kind;
    const char *title;
    const char *categories;                 /* as values */
    const char *category_name, *value_name; /* of the axes, or NULL */
    bool is_percent;                        /* values are shares, else pounds */
    PictureSeries series[3];
    guint series_count;
} Picture;

/* Where it stands: from a cell on, so many pixels to the right, so many wide and high. */
typedef struct {
    lxw_row_t row;
    guint left, width, height;
} PicturePlace;

void picture_add(Book *book, lxw_worksheet *sheet, const Picture *picture,
                 const PicturePlace *place);
