/* Where a row is: a file's number and an offset into its text, in one number that sorts by both. */
#pragma once

#include <glib.h>

typedef guint64 RowPlaceId;
#define PLACE_NONE G_MAXUINT64

static inline RowPlaceId
place_of(guint file, gsize offset)
{
    return (guint64)file << 40 | offset;
}

static inline guint
place_file(RowPlaceId place)
{
    return (guint)(place >> 40);
}

static inline gsize
place_offset(RowPlaceId place)
{
    return place & ((G_GUINT64_CONSTANT(1) << 40) - 1);
}

/* Adds a place to an array of RowPlaceId, unless it is there already. */
void place_add(GArray *places, RowPlaceId place);
