/* Work dealt out to processes, for libraries that may not be called from several threads.
 *
 * - Tasks write files of their own; what they do to memory is lost, but for their failure.
 * - Which process does a task is chance: what a task writes must depend on its number alone.
 * - No process outlives the call, nor the caller where that is killed.
 */
#pragma once

#include "base/fault.h"

typedef bool (*WorkerFunc)(gsize task, gpointer user, GError **error);

/* Does tasks 0 … count − 1 in the calling process and up to workers − 1 children of it; in the
 * calling process alone where workers is 1 or there are few tasks. To be called while no other
 * thread of the program runs. False with the error of a task that failed (of SP_ERROR), or with
 * SP_ERROR_IO where a process was killed; then other tasks may not have been done. */
bool workers_run(guint workers, gsize count, WorkerFunc run, gpointer user,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
