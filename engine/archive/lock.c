#include "archive/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/temporary.h"

#include "base/poison.h"

#define MAX_HOLDER 512
#define PAUSE 10000     /* microseconds between two attempts */
#define CLAIM_SECONDS 5 /* the index is claimed for an instant only */

struct ArchiveLock {
    int file;
};

static bool
fail_system(GError **error, SpError code, const char *path, const char *what, int reason)
{
    g_set_error(error, SP_ERROR, (int)code, "%s: %s: %s", path, what, g_strerror(reason));
    return false;
}

/* Sets the error that the lock is taken, with its holder where the file names one. */
static bool
fail_busy(int file, const char *archive, GError **error)
{
    char holder[MAX_HOLDER + 1];
    ssize_t length = pread(file, holder, MAX_HOLDER, 0);
    holder[length > 0 ? length : 0] = '\0';
    char *end = strchr(holder, '\n');
    if (end != NULL)
        *end = '\0';
    g_set_error(error, SP_ERROR, SP_ERROR_BUSY, "%s: is held by another run%s%s: try again later",
                archive, holder[0] == '\0' ? "" : ": ", holder);
    return false;
}

/* Opens the lock file, which must be a file of its own: it is written to. -1 with an error. */
static int
open_lock(const char *path, GError **error)
{
    int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    int file = open(path, flags, 0666);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        fail_system(error, SP_ERROR_CANNOT_CREATE, path, "cannot be created", errno);
    } else if (!S_ISREG(status.st_mode) || status.st_nlink != 1) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s: is not a regular file with one name", path);
    } else {
        return file;
    }
    if (file >= 0)
        close(file);
    return -1;
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

/* Takes the lock, or waits until it is free or the time is up. */
static bool
take_in_time(int file, const char *path, const char *archive, guint seconds, GError **error)
{
    gint64 until = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    while (!take(file)) {
        if (errno != EWOULDBLOCK)
            return fail_system(error, SP_ERROR_IO, path, "cannot be locked", errno);
        if (g_get_monotonic_time() >= until)
            return fail_busy(file, archive, error);
        g_usleep(PAUSE);
    }
    return true;
}

/* Whether a second attempt is turned away, as it must be. */
static bool
check_holds(const char *path, const char *archive, GError **error)
{
    int second = open_lock(path, error);
    if (second < 0)
        return false;
    bool is_taken_twice = take(second);
    int reason = errno;
    close(second);
    if (is_taken_twice)
        g_set_error(error, SP_ERROR, SP_ERROR_BUSY,
                    "%s: this file system does not lock, so that two runs could meet: nothing is "
                    "written\nhint: keep the archive on a file system with locks",
                    archive);
    else if (reason != EWOULDBLOCK)
        return fail_system(error, SP_ERROR_IO, path, "cannot be locked", reason);
    return !is_taken_twice;
}

ArchiveLock *
archive_lock(const char *archive, const char *holder, guint seconds, GError **error)
{
    g_autofree char *path = g_build_filename(archive, LOCK_FILE, NULL);
    int file = open_lock(path, error);
    if (file < 0)
        return NULL;
    if (!take_in_time(file, path, archive, seconds, error) || !check_holds(path, archive, error)) {
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

/* Removes a claim whose process is gone. Of one on another host that cannot be told: it is given
 * its time. */
static bool
clear_claim(const char *archive, const char *path, bool is_overdue)
{
    char owner[NAME_MAX + 1];
    ssize_t length = readlink(path, owner, NAME_MAX);
    if (length < 0)
        return errno == ENOENT;
    owner[length] = '\0';
    return (is_overdue || temporary_is_of_this_host(owner, STAGING_PREFIX)) &&
           temporary_is_stale(archive, owner, STAGING_PREFIX) && unlink(path) == 0;
}

bool
archive_claim(const char *archive, GError **error)
{
    g_autofree char *path = g_build_filename(archive, CLAIM_FILE, NULL);
    g_autofree char *owner = temporary_name(STAGING_PREFIX, "claim");
    gint64 until = g_get_monotonic_time() + CLAIM_SECONDS * (gint64)G_USEC_PER_SEC;
    while (symlink(owner, path) != 0) {
        /* Where there are no such links, the lock alone must do. */
        if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS)
            return true;
        if (errno != EEXIST)
            return fail_system(error, SP_ERROR_CANNOT_CREATE, path, "cannot be created", errno);
        bool is_overdue = g_get_monotonic_time() >= until;
        if (clear_claim(archive, path, is_overdue))
            continue;
        if (is_overdue) {
            g_set_error(error, SP_ERROR, SP_ERROR_BUSY,
                        "%s: another run is being sealed in it: try again later", archive);
            return false;
        }
        g_usleep(PAUSE);
    }
    return true;
}

void
archive_release(const char *archive)
{
    g_autofree char *path = g_build_filename(archive, CLAIM_FILE, NULL);
    if (unlink(path) != 0)
        g_debug("%s: is left to the next run", path);
}
