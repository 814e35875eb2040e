/* Sorting many numbers by their bytes: stable, and in time proportional to their count. */
#pragma once

#include <glib.h>

/* A number to sort by, and what it belongs to. */
typedef struct {
    guint64 key;
    guint32 index;
} Keyed;

/* Sorts by key; equal keys stay in the order they stand in. */
void keyed_sort(Keyed *items, gsize count);
