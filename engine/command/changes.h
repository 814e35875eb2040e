/* What is not as it was sealed, said as warnings by commands that only read. */
#pragma once

#include "archive/archive.h"

/* Warns of everything about a run that is not as it was sealed, and adds to *changes how much that
 * is. What an office program or a desktop left there is passed over. Errors as of verify_files. */
bool changes_of_run(const Archive *archive, const Run *run, guint *changes,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of one file of a run, the only one that is read of it, and of its manifest and approval.
 */
bool changes_of_file(const Archive *archive, const Run *run, const char *path, guint *changes,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of a run, and of the payments of the runs that it counted. */
bool changes_of_counted(const Archive *archive, const Run *run, guint *changes,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether nothing differs from what was sealed; SP_ERROR_DIFFERENCE says how much does. */
bool changes_conclude(guint changes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
