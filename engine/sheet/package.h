/* Looking a finished workbook over: the spreadsheet library does not see it when a temporary file
 * of its own cannot be written (a full disk), and then reports success for a file with a hole. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Unpacks every part of the .xlsx file at path and sees that its tags are whole and closed, and
 * that sheet number i holds cell_counts[i] cells (a GArray of guint64). One pass, about the time it
 * takes to inflate the file; memory does not grow with it. False with SP_ERROR_IO naming the
 * file. */
bool package_verify(const char *path, const GArray *cell_counts,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
