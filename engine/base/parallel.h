/* Work spread over threads: numbered tasks, each taken in order by the next free thread. */
#pragma once

#include <glib.h>

typedef void (*TaskFunc)(gsize task, gpointer user);

/* Runs task 0 to count − 1 on up to threads threads, the caller's among them, and returns when
 * all are done. Tasks must not share what they write; then the result does not depend on threads.
 */
void parallel_for(guint threads, gsize count, TaskFunc run, gpointer user);
