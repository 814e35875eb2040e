#include "base/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/poison.h"

/* Fewer tasks a process are not worth starting it. */
#define WORTH_A_PROCESS 16
#define MAX_WORKERS 64
#define MAX_MESSAGE 4000

/* What all processes share. */
typedef struct {
    atomic_size_t next;
    atomic_bool has_failed; /* so that the others need not go on */
} Shared;

typedef struct {
    Shared *shared;
    gsize count;
    WorkerFunc run;
    gpointer user;
} Work;

typedef struct {
    pid_t process;
    int report; /* its failure can be read here */
} Worker;

struct Workers {
    Work work;
    Shared alone; /* where there are no children */
    Worker children[MAX_WORKERS];
    guint started;
};

/* What a child says at its end: small enough for a pipe to take it at once. */
typedef struct {
    bool is_done; /* else code and message say why not */
    int code;
    char message[MAX_MESSAGE];
} Report;

static bool
take_tasks(const Work *work, GError **error)
{
    while (!atomic_load(&work->shared->has_failed)) {
        gsize task = atomic_fetch_add(&work->shared->next, 1);
        if (task >= work->count)
            return true;
        if (!work->run(task, work->user, error)) {
            atomic_store(&work->shared->has_failed, true);
            return false;
        }
    }
    return true;
}

/* What a child does; it exits at once, without what the program does at its end. */
static void G_GNUC_NORETURN
be_child(const Work *work, pid_t parent, int report)
{
    /* A child must not go on writing once its parent is gone, and the lock with it. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(1);
    /* What there is to say is said once, by the parent. */
    int silence = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (silence >= 0)
        (void)dup2(silence, STDERR_FILENO);
    g_autoptr(GError) error = NULL;
    Report text = {.is_done = take_tasks(work, &error)};
    if (!text.is_done) {
        text.code = error->code;
        g_strlcpy(text.message, error->message, sizeof text.message);
    }
    ssize_t written;
    do
        written = write(report, &text, sizeof text);
    while (written < 0 && errno == EINTR);
    _exit(0);
}

/* Starts a child; false where there can be no more of them: fewer processes do the same work. */
static bool
start(const Work *work, Worker *worker)
{
    int ends[2];
    pid_t parent = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    worker->process = fork();
    if (worker->process == 0)
        be_child(work, parent, ends[1]);
    close(ends[1]);
    worker->report = ends[0];
    if (worker->process > 0)
        return true;
    close(ends[0]);
    return false;
}

/* Reads a child's report; false where it left none. */
static bool
read_report(int report, Report *text)
{
    gsize got = 0;
    while (got < sizeof *text) {
        ssize_t part = read(report, (char *)text + got, sizeof *text - got);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return false;
        got += (gsize)part;
    }
    return true;
}

/* Waits for a child's end. */
static bool
join(const Worker *worker, GError **error)
{
    Report text;
    bool has_report = read_report(worker->report, &text);
    close(worker->report);
    int status = 0;
    pid_t ended;
    do
        ended = waitpid(worker->process, &status, 0);
    while (ended < 0 && errno == EINTR);
    if (has_report && text.is_done)
        return true;
    if (has_report)
        g_set_error_literal(error, SP_ERROR, text.code, text.message);
    else if (ended == worker->process && WIFSIGNALED(status))
        g_set_error(error, SP_ERROR, SP_ERROR_IO,
                    "a process of this run was killed by signal %d (%s)", WTERMSIG(status),
                    g_strsignal(WTERMSIG(status)));
    else
        g_set_error(
            error, SP_ERROR, SP_ERROR_IO,
            "a process of this run ended too early: there is not enough memory, or a file was "
            "cut short");
    return false;
}

Workers *
workers_start(guint workers, gsize count, WorkerFunc run, gpointer user)
{
    Workers *started = g_new0(Workers, 1);
    started->work = (Work){&started->alone, count, run, user};
    gsize wanted = MIN(MIN((gsize)workers, count / WORTH_A_PROCESS), MAX_WORKERS);
    Shared *shared = MAP_FAILED;
    if (wanted > 1)
        shared =
            mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return started;
    started->work.shared = shared;
    while (started->started < wanted - 1 &&
           start(&started->work, &started->children[started->started]))
        started->started++;
    return started;
}

/* Waits for all children; false with the failure of the first that had one. */
static bool
join_all(Workers *workers, GError **error)
{
    bool is_done = true;
    for (guint i = 0; i < workers->started; i++)
        if (!join(&workers->children[i], is_done ? error : NULL))
            is_done = false;
    if (workers->work.shared != &workers->alone)
        munmap(workers->work.shared, sizeof *workers->work.shared);
    g_free(workers);
    return is_done;
}

bool
workers_finish(Workers *workers, GError **error)
{
    bool is_done = take_tasks(&workers->work, error);
    return join_all(workers, is_done ? error : NULL) && is_done;
}

void
workers_stop(Workers *workers)
{
    atomic_store(&workers->work.shared->has_failed, true);
    g_autoptr(GError) ignored = NULL;
    if (!join_all(workers, &ignored))
        g_debug("%s", ignored->message);
}
