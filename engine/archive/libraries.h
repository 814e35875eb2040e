/* The libraries that are in use, with their versions: --version names all of them, a manifest those
 * by which a run is worked out and written. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *name;
    char *(*version)(void); /* "1.2.13"; free with g_free */
    bool is_sealed;         /* something that is sealed is made by it */
} Library;
extern const Library LIBRARIES[]; /* in the order in which they are named */
extern const guint LIBRARY_COUNT;
