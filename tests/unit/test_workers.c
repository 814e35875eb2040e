/* Work dealt out to processes: all of it is done, and no failure is lost. */
#include "support.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/workers.h"

#define TASKS 400

/* A byte for each task, in a file: what processes write to memory is lost. */
typedef struct {
    int file;
    pid_t parent;
    gsize failing; /* the task that fails, or TASKS */
    int signal;    /* that kills a child at its first task, or 0 */
} Tasks;

static bool
do_task(gsize task, gpointer user, GError **error)
{
    const Tasks *tasks = user;
    if (tasks->signal != 0 && getpid() != tasks->parent)
        (void)raise(tasks->signal);
    if (task == tasks->failing) {
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE, "task %zu: is too much", task);
        return false;
    }
    g_usleep(100); /* so that others get some */
    char done = 0;
    g_assert_cmpint(pread(tasks->file, &done, 1, (off_t)task), <=, 1);
    done++;
    g_assert_cmpint(pwrite(tasks->file, &done, 1, (off_t)task), ==, 1);
    return true;
}

/* Runs the tasks; counts[] receives how often each was done. */
static bool
run_tasks(guint workers, gsize count, gsize failing, int signal, char *counts, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "schemepay-workers-XXXXXX", NULL);
    Tasks tasks = {g_mkstemp(path), getpid(), failing, signal};
    g_assert_cmpint(tasks.file, >=, 0);
    g_unlink(path);
    bool is_done = workers_finish(workers_start(workers, count, do_task, &tasks), error);
    memset(counts, 0, TASKS);
    g_assert_cmpint(pread(tasks.file, counts, TASKS, 0), >=, 0);
    close(tasks.file);
    return is_done;
}

static void
every_task_is_done_once(void)
{
    static const guint WORKERS[] = {0, 1, 2, 3, 5, 64, 1000};
    char counts[TASKS];
    for (gsize i = 0; i < G_N_ELEMENTS(WORKERS); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(run_tasks(WORKERS[i], TASKS, TASKS, 0, counts, &error));
        g_assert_no_error(error);
        for (gsize task = 0; task < TASKS; task++)
            g_assert_cmpint(counts[task], ==, 1);
    }
    g_assert_true(run_tasks(2, 0, TASKS, 0, counts, NULL));
}

static void
a_failure_keeps_its_code_and_words(void)
{
    char counts[TASKS];
    for (guint workers = 1; workers <= 5; workers++)
        for (gsize failing = 0; failing < TASKS; failing += 57) {
            g_autoptr(GError) error = NULL;
            g_autofree char *expected = g_strdup_printf("task %zu: is too much", failing);
            g_assert_false(run_tasks(workers, TASKS, failing, 0, counts, &error));
            g_assert_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE);
            g_assert_cmpstr(error->message, ==, expected);
        }
}

static void
a_killed_process_is_a_failure(void)
{
    char counts[TASKS];
    g_autoptr(GError) error = NULL;
    g_assert_false(run_tasks(3, TASKS, TASKS, SIGKILL, counts, &error));
    g_assert_error(error, SP_ERROR, SP_ERROR_IO);
    g_assert_cmpstr(error->message, ==, "a process of this run was killed by signal 9 (Killed)");
}

/* Where nobody waits for children, their end cannot be asked for; their reports can. */
static void
ignored_children_are_heard(void)
{
    char counts[TASKS];
    void (*before)(int) = signal(SIGCHLD, SIG_IGN);
    g_autoptr(GError) error = NULL;
    g_assert_true(run_tasks(3, TASKS, TASKS, 0, counts, &error));
    g_assert_false(run_tasks(3, TASKS, TASKS, SIGKILL, counts, &error));
    g_assert_error(error, SP_ERROR, SP_ERROR_IO);
    (void)signal(SIGCHLD, before);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workers/every-task-is-done-once", every_task_is_done_once);
    g_test_add_func("/workers/a-failure-keeps-its-code-and-words",
                    a_failure_keeps_its_code_and_words);
    g_test_add_func("/workers/a-killed-process-is-a-failure", a_killed_process_is_a_failure);
    g_test_add_func("/workers/ignored-children-are-heard", ignored_children_are_heard);
    return g_test_run();
}
