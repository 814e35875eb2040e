/* Work dealt out to processes, for libraries that may not be called from several threads.
 *
 * - Tasks write files of their own; what they do to memory is lost, but for their failure.
 * - Which process does a task is chance: what a task writes must depend on its number alone.
 * - No process outlives the call, nor the caller where that is killed.
 */
#pragma once

#include "base/fault.h"

typedef bool (*WorkerFunc)(gsize task, gpointer user, GError **error);

/* Tasks that are under way. */
typedef struct Workers Workers;

/* Starts up to workers − 1 child processes on tasks 0 … count − 1: none where workers is 1 or there
 * are few tasks. To be called while no other thread of the program runs. End it with one of the
 * next two, even where other work fails; user must live until then. */
Workers *workers_start(guint workers, gsize count, WorkerFunc run,
                       gpointer user) G_GNUC_WARN_UNUSED_RESULT;
/* Does what is left in the calling process, too, and waits for the children. False with the error
 * of a task that failed (of SP_ERROR), or with SP_ERROR_IO where a process was killed; then other
 * tasks may not have been done. */
bool workers_finish(Workers *workers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Lets the children stop after the task each is at, and waits for them. */
void workers_stop(Workers *workers);
