/* Reading an archive from its folder. */
#pragma once

#include "archive/archive.h"

/* Reads an archive; one that does not exist is empty. What is wrong with it is in its findings.
 * NULL with SP_ERROR_IO where it cannot be read, with SP_ERROR_BUSY where writers keep changing it
 * meanwhile. Free with archive_free. */
Archive *archive_open(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
