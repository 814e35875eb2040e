#include "command/process.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/interrupt.h"

#include "base/poison.h"

/* A closed stream would be the number of the next file that is opened: figures meant for the
 * terminal would be written into it. */
static void
open_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 &&
            open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY) != stream)
            _exit(EX_IOERR);
}

/* A core dump would hold claims. Sanitizers need what this forbids. */
static void
forbid_core_dumps(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    static const struct rlimit NONE = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &NONE);
    (void)prctl(PR_SET_DUMPABLE, 0);
#endif
}

/* Files are mapped: one that somebody cuts short meanwhile, or whose disk fails, ends the process
 * here. What was being sealed is not, and is cleared by the next run. */
static void
on_lost_bytes(int number)
{
    static const char MESSAGE[] = "schemepay: a file was cut short while it was read, or its disk "
                                  "failed: try again when nobody writes to it\n";
    (void)number;
    ssize_t ignored = write(STDERR_FILENO, MESSAGE, sizeof MESSAGE - 1);
    (void)ignored;
    _exit(EX_IOERR);
}

void
process_prepare(void)
{
    open_streams();
    forbid_core_dumps();
    /* Large tables come and go: keep their memory rather than fetch it anew from the system. */
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 28);
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 28);
    (void)umask(umask(077) | 027); /* what is written is not for everybody on the machine */
    interrupt_before_writing();
    (void)signal(SIGBUS, on_lost_bytes);
    (void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow: writing to it fails, and says so */
}
