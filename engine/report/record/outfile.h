/* A file being written: buffered, every error looked at, on the disk once it is closed.
 *
 * A file that is not closed with success is taken away again: no half file is left. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct OutFile OutFile;

/* Creates folder/name, or empties it. NULL with SP_ERROR_CANNOT_CREATE naming the file. */
OutFile *out_file_new(const char *folder, const char *name,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is still to be written: append to it. Lives as long as the file. */
GString *out_file_text(OutFile *file);
/* To be called between rows: writes what has piled up once it is worth a call. False with
 * SP_ERROR_IO naming the file. */
bool out_file_flush_full(OutFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes the rest and waits until it is on the disk; the file must still be freed. False with
 * SP_ERROR_IO naming the file. */
bool out_file_close(OutFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Frees it, and removes the file unless it was closed with success. */
void out_file_free(OutFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OutFile, out_file_free)
