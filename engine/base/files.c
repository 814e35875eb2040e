#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

/* One file takes milliseconds to be put on the disk: so many and more are put there in one call. */
#define WORTH_ONE_SYNC 64

/* Sets an error that names a path and the system's reason; always false. */
static bool
fail(GError **error, SpError code, const char *path, const char *what, int reason)
{
    g_autofree char *shown = text_shown(path);
    g_set_error(error, SP_ERROR, (int)code, "%s: %s: %s", shown, what, g_strerror(reason));
    return false;
}

/* Opens a path, past interruptions; -1 with errno on failure. */
static int
open_path(const char *path, int flags)
{
    int file;
    do
        file = open(path, flags | O_CLOEXEC | O_NOCTTY, 0666);
    while (file < 0 && errno == EINTR);
    return file;
}

static bool
sync_handle(int file)
{
    int outcome;
    do
        outcome = fsync(file);
    while (outcome != 0 && errno == EINTR);
    return outcome == 0;
}

/* Closes; an interrupted close has closed. */
static bool
close_handle(int file)
{
    return close(file) == 0 || errno == EINTR;
}

bool
path_is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool
path_is_file(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISREG(status.st_mode);
}

char *
path_resolve(const char *path)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    char *real = realpath(path, NULL);
    if (real == NULL) { /* not there yet: what is above it may be */
        g_autofree char *above = g_path_get_dirname(whole);
        g_autofree char *name = g_path_get_basename(whole);
        g_autofree char *resolved =
            strcmp(above, whole) == 0 ? g_strdup(above) : path_resolve(above);
        return g_build_filename(resolved, name, NULL);
    }
    char *copy = g_strdup(real);
    free(real);
    return copy;
}

bool
path_is_in(const char *path, const char *folder)
{
    gsize length = strlen(folder);
    if (length > 0 && folder[length - 1] == '/')
        length--; /* the root */
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Opens for reading what must be a file or folder, puts it on the disk and closes it. */
static bool
sync_path(const char *path, int flags, GError **error)
{
    int file = open_path(path, O_RDONLY | flags);
    if (file < 0)
        return fail(error, SP_ERROR_IO, path, "cannot be opened", errno);
    bool is_done = sync_handle(file);
    int reason = errno;
    /* Some file systems keep folders on the disk by themselves and refuse to be asked. */
    is_done = is_done || ((flags & O_DIRECTORY) != 0 && reason == EINVAL);
    if (!close_handle(file) && is_done) {
        is_done = false;
        reason = errno;
    }
    return is_done || fail(error, SP_ERROR_IO, path, "cannot be put on the disk", reason);
}

bool
file_sync(const char *path, GError **error)
{
    return sync_path(path, O_NOFOLLOW, error);
}

/* Puts on the disk which names a folder holds. */
static bool
sync_folder(const char *path, GError **error)
{
    return sync_path(path, O_DIRECTORY, error);
}

bool
folder_make(const char *path, GError **error)
{
    if (mkdir(path, 0777) == 0) {
        g_autofree char *above = g_path_get_dirname(path);
        return sync_folder(above, error);
    }
    int reason = errno;
    struct stat status;
    if (reason == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    if (reason != ENOENT)
        return fail(error, SP_ERROR_CANNOT_CREATE, path, "cannot be created", reason);
    g_autofree char *above = g_path_get_dirname(path);
    if (strcmp(above, path) == 0 || strcmp(above, ".") == 0)
        return fail(error, SP_ERROR_CANNOT_CREATE, path, "cannot be created", reason);
    if (!folder_make(above, error))
        return false;
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return fail(error, SP_ERROR_CANNOT_CREATE, path, "cannot be created", errno);
    return sync_folder(above, error);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
folder_names(const char *path, GError **error)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        fail(error, errno == ENOENT ? SP_ERROR_NO_INPUT : SP_ERROR_IO, path, "cannot be read",
             errno);
        return NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            g_ptr_array_add(names, g_strdup(entry->d_name));
    int reason = errno;
    closedir(folder);
    if (reason != 0) {
        fail(error, SP_ERROR_IO, path, "cannot be read", reason);
        return NULL;
    }
    g_ptr_array_sort(names, compare_names);
    return g_steal_pointer(&names);
}

static bool
write_all(int file, Span bytes)
{
    while (bytes.length > 0) {
        ssize_t written = write(file, bytes.text, MIN(bytes.length, (gsize)1 << 30));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            errno = written == 0 ? EIO : errno;
            return false;
        }
        bytes.text += written;
        bytes.length -= (gsize)written;
    }
    return true;
}

#define COPIED ((gsize)1 << 18) /* bytes hashed and written at a time */
#define BEGUN (32 * COPIED)     /* bytes the disk is told of at a time */

/* Writes bytes by way of a buffer of our own, and hashes what is in it. The disk begins to write
 * them at once, but is not waited for. */
static bool
write_hashed(int file, Span bytes, Digest *digest)
{
    g_autofree char *buffer = g_malloc(COPIED);
    for (gsize at = 0; at < bytes.length; at += COPIED) {
        gsize length = MIN(COPIED, bytes.length - at);
        memcpy(buffer, bytes.text + at, length);
        digest_add(digest, buffer, length);
        if (!write_all(file, (Span){buffer, length}))
            return false;
        /* Only a hint: whether the bytes reached the disk is told by the sync that follows. */
        if ((at + length) % BEGUN == 0)
            (void)sync_file_range(file, (off_t)(at + length - BEGUN), (off_t)BEGUN,
                                  SYNC_FILE_RANGE_WRITE);
    }
    return true;
}

/* Writes a new file; removes it where that fails. Its bytes are put on the disk, or, where a digest
 * is given, hashed. */
static bool
write_file(const char *path, Span bytes, Digest *digest, GError **error)
{
    int file = open_path(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_EXCL);
    if (file < 0)
        return fail(error, SP_ERROR_CANNOT_CREATE, path, "cannot be created", errno);
    bool is_done = digest == NULL ? write_all(file, bytes) && sync_handle(file)
                                  : write_hashed(file, bytes, digest);
    int reason = errno;
    if (!close_handle(file) && is_done) {
        is_done = false;
        reason = errno;
    }
    if (is_done)
        return true;
    unlink(path);
    return fail(error, SP_ERROR_IO, path, "cannot be written", reason);
}

bool
file_create(const char *path, Span bytes, GError **error)
{
    return write_file(path, bytes, NULL, error);
}

bool
file_copy(const char *path, Span bytes, char hex[DIGEST_LENGTH + 1], GError **error)
{
    Digest *digest = digest_new();
    bool is_written = write_file(path, bytes, digest, error);
    digest_finish(digest, hex);
    return is_written;
}

bool
file_replace(const char *path, const char *temporary, Span bytes, GError **error)
{
    unlink(temporary); /* never written to: it may be another file by a second name */
    if (!write_file(temporary, bytes, NULL, error))
        return false;
    if (rename(temporary, path) != 0) {
        int reason = errno;
        unlink(temporary);
        return fail(error, SP_ERROR_IO, path, "cannot be replaced", reason);
    }
    g_autofree char *above = g_path_get_dirname(path);
    return sync_folder(above, error);
}

/* Opens a regular file for reading, without following a link and without waiting; -1 on failure. */
static int
open_regular(const char *path, GError **error)
{
    int file = open_path(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    struct stat status = {0};
    int reason = file < 0 || fstat(file, &status) != 0 ? errno : 0;
    if (reason == 0 && S_ISREG(status.st_mode))
        return file;
    if (file >= 0)
        close(file);
    if (reason == 0 || reason == ELOOP || reason == ENXIO) {
        g_autofree char *shown = text_shown(path);
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s: is not a regular file", shown);
        return -1;
    }
    fail(error, reason == ENOENT ? SP_ERROR_NO_INPUT : SP_ERROR_IO, path, "cannot be read", reason);
    return -1;
}

/* Takes the next bytes of a file. */
typedef void (*PartFunc)(const char *bytes, gsize length, gpointer user);

/* Reads a regular file from its beginning to its end. */
static bool
read_parts(const char *path, PartFunc take, gpointer user, GError **error)
{
    int file = open_regular(path, error);
    if (file < 0)
        return false;
    char part[1 << 16];
    ssize_t count;
    while ((count = read(file, part, sizeof part)) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            break;
        take(part, (gsize)count, user);
    }
    int reason = errno;
    close(file);
    return count == 0 || fail(error, SP_ERROR_IO, path, "cannot be read", reason);
}

static void
append_part(const char *bytes, gsize length, gpointer user)
{
    g_string_append_len(user, bytes, (gssize)length);
}

bool
file_read(const char *path, char **bytes, gsize *length, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!read_parts(path, append_part, text, error))
        return false;
    *length = text->len;
    *bytes = g_string_free(g_steal_pointer(&text), FALSE);
    return true;
}

GMappedFile *
file_map(const char *path, Span *bytes, GError **error)
{
    int file = open_regular(path, error);
    if (file < 0)
        return NULL;
    g_autoptr(GError) reason = NULL;
    GMappedFile *map = g_mapped_file_new_from_fd(file, FALSE, &reason);
    if (map == NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s: cannot be read: %s", path, reason->message);
    close(file);
    if (map == NULL)
        return NULL;
    const char *contents = g_mapped_file_get_contents(map); /* an empty file has none */
    *bytes = (Span){contents == NULL ? "" : contents, g_mapped_file_get_length(map)};
    return map;
}

/* What is hashed, and how much it is so far. */
typedef struct {
    Digest *digest;
    guint64 size;
} Hashing;

static void
hash_part(const char *bytes, gsize length, gpointer user)
{
    Hashing *hashing = user;
    digest_add(hashing->digest, bytes, length);
    hashing->size += length;
}

bool
file_digest(const char *path, char hex[DIGEST_LENGTH + 1], guint64 *size, GError **error)
{
    Hashing hashing = {digest_new(), 0};
    bool is_read = read_parts(path, hash_part, &hashing, error);
    digest_finish(hashing.digest, hex);
    *size = hashing.size;
    return is_read;
}

/* Whether an open file goes on with these bytes. */
static bool
goes_on(int file, guint64 from, Span bytes)
{
    char part[1 << 16];
    gsize done = 0;
    while (done < bytes.length) {
        ssize_t count =
            pread(file, part, MIN(sizeof part, bytes.length - done), (off_t)(from + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || memcmp(part, bytes.text + done, (gsize)count) != 0)
            return false;
        done += (gsize)count;
    }
    return true;
}

bool
file_has(const char *path, guint64 from, Span bytes, bool is_end)
{
    int file = open_regular(path, NULL);
    if (file < 0)
        return false;
    struct stat status;
    bool is_same = goes_on(file, from, bytes);
    if (is_same && is_end)
        is_same = fstat(file, &status) == 0 && (guint64)status.st_size == from + bytes.length;
    close(file);
    return is_same;
}

bool
files_compare(const char *a, const char *b, bool *is_same, GError **error)
{
    Span left_bytes, right_bytes;
    g_autoptr(GMappedFile) left = file_map(a, &left_bytes, error);
    if (left == NULL)
        return false;
    g_autoptr(GMappedFile) right = file_map(b, &right_bytes, error);
    if (right == NULL)
        return false;
    *is_same = span_equals(left_bytes, right_bytes);
    return true;
}

bool
path_rename(const char *from, const char *to, GError **error)
{
    g_autofree char *from_folder = g_path_get_dirname(from);
    g_autofree char *to_folder = g_path_get_dirname(to);
    if (rename(from, to) != 0) {
        int reason = errno;
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE, "%s: cannot be created from %s: %s",
                    to, from, g_strerror(reason));
        return false;
    }
    if (sync_folder(to_folder, error) &&
        (strcmp(from_folder, to_folder) == 0 || sync_folder(from_folder, error)))
        return true;
    if (rename(to, from) != 0)
        g_prefix_error(error, "%s: was renamed to %s, but: ", from, to);
    return false;
}

/* Collects the files under a folder, and the folders that are empty, as "name/"; prefix is what
 * stands before their names. */
static bool
collect_files(const char *path, const char *prefix, GPtrArray *files, GError **error)
{
    g_autoptr(GPtrArray) names = folder_names(path, error);
    if (names == NULL)
        return false;
    if (names->len == 0 && prefix[0] != '\0')
        g_ptr_array_add(files, g_strdup(prefix));
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *here = g_build_filename(path, name, NULL);
        g_autofree char *relative = g_strconcat(prefix, name, NULL);
        if (!path_is_folder(here)) {
            g_ptr_array_add(files, g_steal_pointer(&relative));
            continue;
        }
        g_autofree char *inner = g_strconcat(relative, "/", NULL);
        if (!collect_files(here, inner, files, error))
            return false;
    }
    return true;
}

GPtrArray *
tree_files(const char *path, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    if (!collect_files(path, "", files, error))
        return NULL;
    g_ptr_array_sort(files, compare_names);
    return g_steal_pointer(&files);
}

/* Puts all that waits to be written to the file system of a folder on the disk. */
static bool
file_system_sync(const char *path, GError **error)
{
    int folder = open_path(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (folder < 0)
        return fail(error, SP_ERROR_IO, path, "cannot be opened", errno);
    int outcome;
    do
        outcome = syncfs(folder);
    while (outcome != 0 && errno == EINTR);
    int reason = errno;
    if (!close_handle(folder) && outcome == 0) {
        outcome = -1;
        reason = errno;
    }
    return outcome == 0 || fail(error, SP_ERROR_IO, path, "cannot be put on the disk", reason);
}

/* Puts every file and folder of a tree on the disk, one after the other. */
static bool
tree_sync_each(const char *path, GError **error)
{
    g_autoptr(GPtrArray) names = folder_names(path, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *here = g_build_filename(path, g_ptr_array_index(names, i), NULL);
        if (!(path_is_folder(here) ? tree_sync_each(here, error)
                                   : sync_path(here, O_NOFOLLOW, error)))
            return false;
    }
    return sync_folder(path, error);
}

bool
tree_sync(const char *path, GError **error)
{
    g_autoptr(GPtrArray) files = tree_files(path, error);
    if (files == NULL)
        return false;
    return files->len > WORTH_ONE_SYNC ? file_system_sync(path, error)
                                       : tree_sync_each(path, error);
}

/* Takes the right to write off one file. */
static bool
file_protect(const char *path, GError **error)
{
    const mode_t writing = S_IWUSR | S_IWGRP | S_IWOTH;
    struct stat status;
    if (lstat(path, &status) == 0 &&
        (!S_ISREG(status.st_mode) || chmod(path, status.st_mode & 07777 & ~writing) == 0))
        return true;
    if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS)
        return true;
    return fail(error, SP_ERROR_IO, path, "cannot be made read-only", errno);
}

bool
tree_protect(const char *path, GError **error)
{
    if (!path_is_folder(path))
        return file_protect(path, error);
    g_autoptr(GPtrArray) names = folder_names(path, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *here = g_build_filename(path, g_ptr_array_index(names, i), NULL);
        if (!tree_protect(here, error))
            return false;
    }
    return true;
}

/* Removes a file; some file systems (SMB) keep one that nobody may write to until somebody may. */
static bool
remove_file(const char *path)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return true;
    int reason = errno;
    bool may_help = (reason == EACCES || reason == EPERM) && path_is_file(path);
    if (may_help && chmod(path, S_IRUSR | S_IWUSR) == 0 && unlink(path) == 0)
        return true;
    errno = reason;
    return false;
}

bool
tree_remove(const char *path, GError **error)
{
    if (path_is_folder(path)) {
        g_autoptr(GPtrArray) names = folder_names(path, error);
        if (names == NULL)
            return false;
        for (guint i = 0; i < names->len; i++) {
            g_autofree char *here = g_build_filename(path, g_ptr_array_index(names, i), NULL);
            if (!tree_remove(here, error))
                return false;
        }
        if (rmdir(path) == 0 || errno == ENOENT)
            return true;
    } else if (remove_file(path)) {
        return true;
    }
    return fail(error, SP_ERROR_IO, path, "cannot be removed", errno);
}
