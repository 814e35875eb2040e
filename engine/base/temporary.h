/* Temporary folders, and what is left of those whose process was killed.
 *
 * Invariants
 * - A name is PREFIX "<process>-<host>-" and more: each process has names of its own.
 * - While a process works in a folder it holds it by flock(). So a folder is stale when nobody
 *   holds it and its process is gone; of another host's process, the first alone can be told.
 */
#pragma once

#include "base/fault.h"

/* The name of this process for a purpose: prefix "<process>-<host>-" purpose; free with g_free. */
char *temporary_name(const char *prefix, const char *purpose) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a name with this prefix says whose it is; whether that is a process of this host; whether
 * what it names is stale: nobody holds it, and its process is gone, is this one, or is of another
 * host. */
bool temporary_has_owner(const char *name, const char *prefix);
bool temporary_is_of_this_host(const char *name, const char *prefix);
bool temporary_is_stale(const char *folder, const char *name, const char *prefix);

/* A folder in the system's place for temporary files, for this user alone. */
typedef struct {
    char *path;
    int held; /* an open file that holds it */
} Scratch;

/* Makes one, after removing what killed processes of the same user left. NULL with
 * SP_ERROR_CANNOT_CREATE. */
Scratch *scratch_new(GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes it with all that is in it: SP_ERROR_IO where that fails. Frees it in any case. */
bool scratch_remove(Scratch *scratch, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what killed processes of the same user left; what cannot be removed stays. */
void scratch_clear_stale(void);

/* Holds a folder until the number returned is closed; -1 where the file system does not. */
int folder_hold(const char *path);
