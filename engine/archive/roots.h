/* Where differences begin: of the runs of an archive that differ, those that were changed
 * themselves, and those that differ since they counted or read what was changed
 * (engine/archive/README.md, Verify). */
#pragma once

#include "archive/archive.h"

/* A run that was changed. */
typedef struct {
    char *run;        /* "2025-08/001", which need not be there */
    const char *what; /* what has become of it, as "changed" */
    GPtrArray
        *followers; /* of const char *: later runs that differ by it, in the order of sealing */
} Root;

/* The roots of all differences, in the order of sealing: findings has, by the archive's runs, the
 * lists of what verifying them found. What only another version works out otherwise is no root. The
 * archive must outlive them; free with g_ptr_array_unref. */
GPtrArray *roots_find(const Archive *archive, const GPtrArray *findings) G_GNUC_WARN_UNUSED_RESULT;
const Root *roots_get(const GPtrArray *roots, guint root);
