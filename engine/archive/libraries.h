/* The libraries that a run is worked out and written by, with the versions that are in use: a
 * manifest and --version name them. */
#pragma once

#include <glib.h>

typedef struct {
    const char *name;
    char *(*version)(void); /* "1.2.13"; free with g_free */
} Library;
extern const Library LIBRARIES[]; /* in the order in which they are named */
extern const guint LIBRARY_COUNT;
