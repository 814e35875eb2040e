/* A file of a sealed run, read whole and held to its manifest. */
#pragma once

#include "archive/archive.h"

/* Reads a file below a run's folder; *bytes is to be freed with g_free. One that is not as it was
 * sealed is an error (SP_ERROR_INPUT; as of file_read where it cannot be read). Where findings is
 * not NULL it is added to them instead, as found in the run that is called reader, and taken as it
 * is now: *bytes is NULL and *length 0 where it is gone. */
bool sealed_read(const Run *run, const char *path, const char *reader, GPtrArray *findings,
                 char **bytes, gsize *length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
