/* What --output and options like it name: a file or a folder that appears whole or not at all. */
#pragma once

#include "command/options.h"

/* Whether the name of a file asks for a workbook: it ends in .xlsx. */
bool output_is_workbook(const char *path);
/* Writes a text. */
bool output_text(const char *path, const GString *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes a workbook at a path. */
typedef bool (*OutputMaker)(const char *path, gconstpointer user, GError **error);
/* Has a workbook made in a temporary folder and moves it to its place when it is complete. */
bool output_workbook(const char *path, OutputMaker make, gconstpointer user,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the path that an option names lies neither in --inputs, which would then have what is
 * written there, nor in the archive, into which nothing is written. SP_ERROR_USAGE else. */
bool output_is_elsewhere(const Options *options, const char *option, const char *path,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether --output, where it is given, may be a new folder: it lies elsewhere, as above, and
 * nothing is there. SP_ERROR_USAGE, SP_ERROR_CANNOT_CREATE else. */
bool output_allows_folder(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
