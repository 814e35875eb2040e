#include "base/parallel.h"

#include <stdatomic.h>

#include "base/poison.h"

typedef struct {
    atomic_size_t next;
    gsize count;
    TaskFunc run;
    gpointer user;
} Work;

static gpointer
take_tasks(gpointer pointer)
{
    Work *work = pointer;
    for (;;) {
        gsize task = atomic_fetch_add(&work->next, 1);
        if (task >= work->count)
            return NULL;
        work->run(task, work->user);
    }
}

void
parallel_for(guint threads, gsize count, TaskFunc run, gpointer user)
{
    Work work = {0, count, run, user};
    gsize helpers = MIN((gsize)threads, count);
    g_autoptr(GPtrArray) started = g_ptr_array_new();
    for (gsize i = 1; i < helpers; i++) {
        GThread *thread = g_thread_try_new("schemepay", take_tasks, &work, NULL);
        if (thread == NULL)
            break; /* fewer threads: the same work, only slower */
        g_ptr_array_add(started, thread);
    }
    take_tasks(&work);
    for (guint i = 0; i < started->len; i++)
        g_thread_join(g_ptr_array_index(started, i));
}
