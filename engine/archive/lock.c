#include "archive/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "archive/archive.h"

#include "base/poison.h"

#define MAX_HOLDER 512

struct ArchiveLock {
    int file;
};

/* Sets the error that the lock is taken, with its holder where the file names one. */
static void
fail_busy(int file, const char *archive, GError **error)
{
    char holder[MAX_HOLDER + 1];
    ssize_t length = pread(file, holder, MAX_HOLDER, 0);
    holder[length > 0 ? length : 0] = '\0';
    char *end = strchr(holder, '\n');
    if (end != NULL)
        *end = '\0';
    g_autofree char *valid = g_utf8_make_valid(holder, -1);
    g_set_error(error, SP_ERROR, SP_ERROR_BUSY, "%s: is held by another run%s%s: try again later",
                archive, valid[0] == '\0' ? "" : ": ", valid);
}

static bool
take(int file)
{
    int outcome;
    do
        outcome = flock(file, LOCK_EX | LOCK_NB);
    while (outcome != 0 && errno == EINTR);
    return outcome == 0;
}

ArchiveLock *
archive_lock(const char *archive, const char *holder, GError **error)
{
    g_autofree char *path = g_build_filename(archive, LOCK_FILE, NULL);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file < 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE, "%s: cannot be created: %s", path,
                    g_strerror(errno));
        return NULL;
    }
    if (!take(file)) {
        int reason = errno;
        if (reason == EWOULDBLOCK)
            fail_busy(file, archive, error);
        else
            g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s: cannot be locked: %s", path,
                        g_strerror(reason));
        close(file);
        return NULL;
    }
    /* The name helps others alone: the lock holds without it. */
    gsize length = MIN(strlen(holder), MAX_HOLDER);
    if (ftruncate(file, 0) != 0 || pwrite(file, holder, length, 0) != (ssize_t)length)
        g_debug("%s: does not say who holds it", path);
    ArchiveLock *lock = g_new0(ArchiveLock, 1);
    lock->file = file;
    return lock;
}

void
archive_lock_free(ArchiveLock *lock)
{
    if (lock == NULL)
        return;
    if (ftruncate(lock->file, 0) != 0)
        g_debug("the lock file still names its last holder");
    close(lock->file);
    g_free(lock);
}
