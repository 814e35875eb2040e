/* Working a sealed run out again, and comparing what comes out with what was sealed
 * (engine/archive/README.md, Verify and Another version). */
#pragma once

#include "archive/archive.h"

/* Works a run out again into an empty folder, compares its outputs and adds what differs to
 * findings, which have what its files differ in. False, with SP_ERROR_CANNOT_CREATE or SP_ERROR_IO,
 * where the folder cannot be written or something may not be read. */
bool recheck(const Archive *archive, const Run *run, guint threads, const char *folder,
             GPtrArray *findings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
