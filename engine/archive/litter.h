/* Files that an office program or a desktop leaves in a folder at the first look into it: locks of
 * open documents, pictures in small, settings of a view. They are no part of a run. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Whether a path, of which the last component counts, has the name of such a file. */
bool litter_has_name(const char *path);
