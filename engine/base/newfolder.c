#include "base/newfolder.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/interrupt.h"
#include "base/temporary.h"

#include "base/poison.h"

#define PREFIX ".schemepay-"

/* A path without slashes at its end; free with g_free. */
static char *
strip_slashes(const char *path)
{
    gsize length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return g_strndup(path, length);
}

bool
new_folder_allows(const char *wanted, GError **error)
{
    g_autofree char *path = strip_slashes(wanted);
    g_autofree char *above = g_path_get_dirname(path);
    struct stat status;
    if (lstat(path, &status) == 0)
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE,
                    "%s: is there already, and nothing is overwritten", path);
    else if (stat(above, &status) != 0 || !S_ISDIR(status.st_mode))
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE,
                    "%s: cannot be created: there is no folder %s", path, above);
    else
        return true;
    return false;
}

/* Removes what killed processes left beside it; what cannot be removed stays. */
static void
clear_stale(const char *above)
{
    g_autoptr(GPtrArray) names = folder_names(above, NULL);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(above, name, NULL);
        g_autoptr(GError) ignored = NULL;
        if (temporary_has_owner(name, PREFIX) && temporary_is_stale(above, name, PREFIX) &&
            !tree_remove(path, &ignored))
            g_debug("%s", ignored->message);
    }
}

NewFolder *
new_folder_begin(const char *wanted, GError **error)
{
    g_autofree char *path = strip_slashes(wanted);
    if (!new_folder_allows(path, error))
        return NULL;
    g_autofree char *above = g_path_get_dirname(path);
    g_autofree char *name = temporary_name(PREFIX, "new");
    g_autofree char *staging = g_build_filename(above, name, NULL);
    clear_stale(above);
    if (!folder_make(staging, error))
        return NULL;
    NewFolder *folder = g_new0(NewFolder, 1);
    folder->path = g_steal_pointer(&path);
    folder->staging = g_steal_pointer(&staging);
    folder->held = folder_hold(folder->staging);
    return folder;
}

static void
free_folder(NewFolder *folder)
{
    if (folder->held >= 0)
        close(folder->held);
    g_free(folder->path);
    g_free(folder->staging);
    g_free(folder);
}

bool
new_folder_finish(NewFolder *folder, GError **error)
{
    interrupt_while_writing();
    if (!new_folder_allows(folder->path, error) || !tree_sync(folder->staging, error) ||
        !path_rename(folder->staging, folder->path, error)) {
        new_folder_abandon(folder);
        return false;
    }
    free_folder(folder);
    return true;
}

void
new_folder_abandon(NewFolder *folder)
{
    g_autoptr(GError) ignored = NULL;
    if (!tree_remove(folder->staging, &ignored))
        g_debug("%s", ignored->message);
    free_folder(folder);
}
