/* Charts: native ones of the spreadsheet, that can be told apart without colour.
 *
 * Each has a text for whoever cannot see it (alt text), made of its title, its series and where its
 * figures stand.
 *
 * Areas are dark, hatched, dotted or white with an outline; lines are solid, dashed and dotted. */
#pragma once

#include "sheet/book.h"

typedef enum { PICTURE_BARS, PICTURE_COLUMNS, PICTURE_STACKS, PICTURE_LINES } PictureKind;

/* How a series looks. By its number, up to the fourth, where nothing is said: dark, hatched, white,
 * pale. */
typedef enum {
    LOOK_BY_NUMBER,
    LOOK_DARK,
    LOOK_HATCHED,
    LOOK_WHITE,
    LOOK_PALE,
    LOOK_DOTTED,
    LOOK_UNSEEN
} PictureLook;

typedef struct {
    const char *name; /* as in the legend */
    guint column;     /* of its values */
    PictureLook look;
    bool is_unnamed; /* not in the legend */
} PictureSeries;

#define PICTURE_MOST_SERIES 6

typedef struct {
    PictureKind kind;
    const char *title;
    guint title_size;                       /* in points; 0: as usual */
    const Sheet *figures;                   /* where its figures stand, */
    guint first, last;                      /* in which rows, */
    guint names;                            /* and the column of what they are called */
    const char *category_name, *value_name; /* of the axes, or NULL */
    bool is_percent;                        /* values are shares, else pounds */
    guint gap;                              /* between columns, in percent; 0: as usual */
    PictureSeries series[PICTURE_MOST_SERIES];
    guint series_count;
} Picture;

/* Where it stands: from a row on, so many pixels to the right, so many wide and high. */
typedef struct {
    guint row, left, width, height;
} PicturePlace;

void picture_add(Book *book, Sheet *sheet, const Picture *picture, const PicturePlace *place);
