/* A new folder that a user asked for: it appears whole, by one rename, or not at all.
 *
 * Invariants
 * - What is there already is never written into or replaced.
 * - Until it is finished it stands beside its place under a name of this process's own, which
 *   begins with ".schemepay-". What a killed process left under such a name, the next one removes.
 */
#pragma once

#include "base/fault.h"

typedef struct {
    char *path;    /* where it is to be */
    char *staging; /* where its files are written until then */
    int held;      /* an open file that holds it */
} NewFolder;

/* Whether a folder may be made there: nothing has the name, and the folder above it is there.
 * SP_ERROR_CANNOT_CREATE else. */
bool new_folder_allows(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Begins one, empty. NULL with SP_ERROR_CANNOT_CREATE or SP_ERROR_IO. End it with one of these: */
NewFolder *new_folder_begin(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Puts all of it on the disk and gives it its name. Frees it in any case; where that fails, nothing
 * is left. Errors as new_folder_begin. */
bool new_folder_finish(NewFolder *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what was written and frees it. */
void new_folder_abandon(NewFolder *folder);
