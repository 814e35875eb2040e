#include "base/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/files.h"

#include "base/poison.h"

#define SCRATCH_PREFIX "schemepay-"
#define MAX_HOST 64

/* The name of this host as a part of a file's name. */
static void
read_host(char host[MAX_HOST + 1])
{
    if (gethostname(host, MAX_HOST) != 0)
        host[0] = '\0';
    host[MAX_HOST] = '\0';
    for (char *at = host; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at))
            *at = '.';
}

char *
temporary_name(const char *prefix, const char *purpose)
{
    char host[MAX_HOST + 1];
    read_host(host);
    return g_strdup_printf("%s%ld-%s-%s", prefix, (long)getpid(), host, purpose);
}

/* Takes the process and the host off a name. */
static bool
read_owner(const char *name, const char *prefix, int64_t *process, Span *host)
{
    if (!g_str_has_prefix(name, prefix))
        return false;
    const char *at = name + strlen(prefix);
    gsize digits = strspn(at, "0123456789");
    if (at[digits] != '-' || !decimal_read_whole(at, digits, process))
        return false;
    const char *from = at + digits + 1, *end = strchr(from, '-');
    *host = (Span){from, end == NULL ? 0 : (gsize)(end - from)};
    return end != NULL;
}

bool
temporary_has_owner(const char *name, const char *prefix)
{
    int64_t process;
    Span host;
    return read_owner(name, prefix, &process, &host);
}

bool
temporary_is_of_this_host(const char *name, const char *prefix)
{
    int64_t process;
    Span owner;
    char host[MAX_HOST + 1];
    read_host(host);
    return read_owner(name, prefix, &process, &owner) && span_is(owner, host);
}

int
folder_hold(const char *path)
{
    int file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) != 0) {
        int reason = errno;
        close(file);
        errno = reason;
        return -1;
    }
    return file;
}

static bool
is_held(const char *path)
{
    int file = folder_hold(path);
    bool by_other = file < 0 && errno == EWOULDBLOCK;
    if (file >= 0)
        close(file);
    return by_other;
}

bool
temporary_is_stale(const char *folder, const char *name, const char *prefix)
{
    int64_t process;
    Span owner;
    if (!read_owner(name, prefix, &process, &owner))
        return false;
    bool is_of_other = temporary_is_of_this_host(name, prefix) && process != getpid() &&
                       (kill((pid_t)process, 0) == 0 || errno != ESRCH);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return !is_of_other && !is_held(path);
}

void
scratch_clear_stale(void)
{
    const char *folder = g_get_tmp_dir();
    g_autoptr(GPtrArray) names = folder_names(folder, NULL);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat status;
        g_autoptr(GError) ignored = NULL;
        if (temporary_has_owner(name, SCRATCH_PREFIX) && lstat(path, &status) == 0 &&
            S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
            temporary_is_stale(folder, name, SCRATCH_PREFIX) && !tree_remove(path, &ignored))
            g_debug("%s", ignored->message);
    }
}

Scratch *
scratch_new(GError **error)
{
    g_autofree char *name = temporary_name(SCRATCH_PREFIX, "XXXXXX");
    g_autoptr(GError) reason = NULL;
    scratch_clear_stale();
    char *path = g_dir_make_tmp(name, &reason);
    if (path == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE, "%s", reason->message);
        return NULL;
    }
    Scratch *scratch = g_new0(Scratch, 1);
    scratch->path = path;
    scratch->held = folder_hold(path);
    return scratch;
}

bool
scratch_remove(Scratch *scratch, GError **error)
{
    bool is_removed = tree_remove(scratch->path, error);
    if (scratch->held >= 0)
        close(scratch->held);
    g_free(scratch->path);
    g_free(scratch);
    return is_removed;
}
