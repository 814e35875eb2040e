/* Files and folders, written so that they are whole or not there.
 *
 * Invariants
 * - What a function here has written is on the disk when it returns true, and so is its name, but
 *   for file_create's name and file_copy: a whole tree of new files is put there at once by
 *   tree_sync.
 * - Interrupted and short writes are carried on; any other failure is an error that names the path
 *   and the system's reason: SP_ERROR_CANNOT_CREATE where something cannot be created,
 *   SP_ERROR_NO_INPUT where something to be read is not there, SP_ERROR_IO else.
 * - What is read is a regular file, or it is said (SP_ERROR_INPUT): no link is followed, and no
 * pipe or device is waited for.
 * - Nothing follows a symbolic link while it walks a tree, and nothing is put in a user's way:
 *   files get the mode 0666, folders 0777, less the umask.
 */
#pragma once

#include "base/digest.h"
#include "base/fault.h"

/* Makes a folder and those above it that are missing. One that is there already is fine. */
bool folder_make(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts a file's bytes on the disk. */
bool file_sync(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The names in a folder (char *), in byte order, without "." and "..". Free with
 * g_ptr_array_unref. */
GPtrArray *folder_names(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a path is a folder; whether it is a regular file. Symbolic links are neither. */
bool path_is_folder(const char *path);
bool path_is_file(const char *path);

/* A path without links, dots and double slashes, as far as it exists; free with g_free. */
char *path_resolve(const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* Whether one resolved path is another or lies below it. */
bool path_is_in(const char *path, const char *folder);

/* Writes a new file; one of that name is an error. What was written so far is removed on failure.
 */
bool file_create(const char *path, Span bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same with the SHA-256 of what was written, whatever becomes of the bytes meanwhile: they may
 * be those of a mapped file that someone changes. The disk is not waited for: tree_sync does. */
bool file_copy(const char *path, Span bytes, char hex[DIGEST_LENGTH + 1],
               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes a file under the temporary name and gives it its own by one rename: readers find the old
 * bytes or the new ones. Both names must be in one file system. A file of the temporary name is
 * removed first. */
bool file_replace(const char *path, const char *temporary, Span bytes,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads a small regular file as a whole; *bytes is terminated by a NUL beyond its length. Free it
 * with g_free. */
bool file_read(const char *path, char **bytes, gsize *length,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a regular file has these bytes from an offset on, and ends there if is_end. False where
 * it cannot be read, too. */
bool file_has(const char *path, guint64 from, Span bytes, bool is_end);

/* Maps a regular file: *bytes are its bytes, as long as the map lives. Free it with
 * g_mapped_file_unref. */
GMappedFile *file_map(const char *path, Span *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The SHA-256 and the size in bytes of a regular file. */
bool file_digest(const char *path, char hex[DIGEST_LENGTH + 1], guint64 *size,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether two regular files hold the same bytes, in *is_same. */
bool files_compare(const char *a, const char *b, bool *is_same,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Renames, and puts both folders on the disk. Where that fails after the rename, the old name is
 * given back as far as that is possible. */
bool path_rename(const char *from, const char *to, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All that is in a folder and the folders under it: paths relative to it (char *), in byte order.
 * Folders are not listed, but for empty ones, which end in a slash. Free with g_ptr_array_unref. */
GPtrArray *tree_files(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the right to write off a file, or off every file of a tree; folders keep it. A file system
 * that knows no such right is left as it is. */
bool tree_protect(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts every file and folder of a tree on the disk: one by one or, where they are many, with all
 * that waits for that disk. (That this fails is told by Linux 5.8 and later.) */
bool tree_sync(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Removes a file, or a folder with all that is in it, protected ones too. One that is not there is
 * fine. */
bool tree_remove(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
