/* A library to preload: fails, cuts short or kills at the Nth call on files under a folder.
 *
 *   FAULT_UNDER   the folder, absolute; calls on other files are neither counted nor touched
 *   FAULT_CALL    which calls count, commas between them: open create read write sync rename close
 *                 mkdir truncate map remove protect list buffer (that of stdio); or any
 *   FAULT_AT      the number of the call, from 1
 *   FAULT_WITH    what happens: a number is the errno it fails with; "short": less is read or
 *                 written than was asked for; "kill": the process ends there and then,
 *                 "interrupt": as by Ctrl-C
 *   FAULT_CHILD   where set, only calls of child processes count, each for itself, and all from the
 *                 Nth on fail: a disk that is full stays so
 *   FAULT_MARK    this file is made when it happens, so that a test knows that it did
 *   FAULT_FLOCK   "nothing": flock() does nothing and says that it did; "process": it holds between
 *                 the open files of one process, but not between two processes
 *   FAULT_CLOCK   where the clock stands, in seconds since 1970
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int calls; /* counted so far; several threads add to it */
static pid_t first_process;

__attribute__((constructor)) static void
note_process(void)
{
    first_process = getpid();
}

/* What is to happen to one call. */
typedef enum { GO_ON, FAIL, CUT_SHORT } Fate;

static void *
next(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);
    if (function == NULL)
        abort();
    return function;
}

/* Calls the function that would have been called without this library. */
#define NEXT(type, name, ...)                                                                      \
    ({                                                                                             \
        static __typeof__(type)(*real);                                                            \
        if (real == NULL)                                                                          \
            *(void **)&real = next(name);                                                          \
        real(__VA_ARGS__);                                                                         \
    })

static bool
is_under(const char *path)
{
    const char *folder = getenv("FAULT_UNDER");
    size_t length = folder == NULL ? 0 : strlen(folder);
    return length > 0 && path != NULL && strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

static void
leave_mark(void)
{
    const char *mark = getenv("FAULT_MARK");
    if (mark == NULL)
        return;
    long file = syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT, 0666);
    if (file >= 0)
        syscall(SYS_close, file);
}

static bool
is_wanted(const char *wanted, const char *call)
{
    size_t length = strlen(call);
    for (const char *word = wanted; word != NULL; word = strchr(word, ',')) {
        word += *word == ',' ? 1 : 0;
        if (strncmp(word, call, length) == 0 && (word[length] == ',' || word[length] == '\0'))
            return true;
    }
    return strcmp(wanted, "any") == 0;
}

/* Counts a call, and says what is to happen to it; errno is set where it fails. */
static Fate
count_call(const char *call)
{
    const char *wanted = getenv("FAULT_CALL"), *with = getenv("FAULT_WITH");
    const char *at = getenv("FAULT_AT");
    if (wanted == NULL || with == NULL || at == NULL || !is_wanted(wanted, call))
        return GO_ON;
    bool of_child = getenv("FAULT_CHILD") != NULL;
    if (of_child && getpid() == first_process)
        return GO_ON;
    int number = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
    bool stays = of_child ||
                 strcmp(call, "buffer") == 0; /* a full disk: stdio loses what it could not write */
    if (number < atoi(at) || (number > atoi(at) && !stays))
        return GO_ON;
    leave_mark();
    if (strcmp(with, "kill") == 0)
        syscall(SYS_kill, getpid(), SIGKILL);
    if (strcmp(with, "interrupt") == 0) {
        raise(SIGINT);
        return GO_ON;
    }
    if (strcmp(with, "short") == 0)
        return CUT_SHORT;
    errno = atoi(with);
    return FAIL;
}

static Fate
on_path(const char *call, const char *path)
{
    return is_under(path) ? count_call(call) : GO_ON;
}

static Fate
on_file(const char *call, int file)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return GO_ON;
    path[length] = '\0';
    return on_path(call, path);
}

/* --- calls by path -------------------------------------------------------------------------- */

#define DEFINE_OPEN(name)                                                                          \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;      \
        va_end(arguments);                                                                         \
        if (on_path((flags & O_CREAT) != 0 ? "create" : "open", path) == FAIL)                     \
            return -1;                                                                             \
        return NEXT(int(const char *, int, ...), #name, path, flags, mode);                        \
    }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_OPENAT(name)                                                                        \
    int name(int folder, const char *path, int flags, ...)                                         \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;      \
        va_end(arguments);                                                                         \
        const char *call = (flags & O_CREAT) != 0 ? "create" : "open";                             \
        if ((path[0] == '/' ? on_path(call, path) : on_file(call, folder)) == FAIL)                \
            return -1;                                                                             \
        return NEXT(int(int, const char *, int, ...), #name, folder, path, flags, mode);           \
    }
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)

#define DEFINE_BY_PATH(call, name, failed, type, parameters, path, ...)                            \
    type name parameters                                                                           \
    {                                                                                              \
        if (on_path(call, path) == FAIL)                                                           \
            return failed;                                                                         \
        return NEXT(type parameters, #name, __VA_ARGS__);                                          \
    }
DEFINE_BY_PATH(mode[0] == 'r' ? "open" : "create", fopen, NULL, FILE *,
               (const char *path, const char *mode), path, path, mode)
DEFINE_BY_PATH(mode[0] == 'r' ? "open" : "create", fopen64, NULL, FILE *,
               (const char *path, const char *mode), path, path, mode)
DEFINE_BY_PATH("open", __open_2, -1, int, (const char *path, int flags), path, path, flags)
DEFINE_BY_PATH("open", __open64_2, -1, int, (const char *path, int flags), path, path, flags)
DEFINE_BY_PATH("list", opendir, NULL, DIR *, (const char *path), path, path)
DEFINE_BY_PATH("mkdir", mkdir, -1, int, (const char *path, mode_t mode), path, path, mode)
DEFINE_BY_PATH("protect", chmod, -1, int, (const char *path, mode_t mode), path, path, mode)
DEFINE_BY_PATH("remove", unlink, -1, int, (const char *path), path, path)
DEFINE_BY_PATH("remove", rmdir, -1, int, (const char *path), path, path)
DEFINE_BY_PATH("rename", rename, -1, int, (const char *from, const char *to), to, from, to)
DEFINE_BY_PATH("rename", renameat, -1, int, (int a, const char *from, int b, const char *to), to, a,
               from, b, to)

/* --- calls by open file --------------------------------------------------------------------- */

#define DEFINE_TRANSFER(call, name, parameters, file, length, ...)                                 \
    ssize_t name parameters                                                                        \
    {                                                                                              \
        Fate fate = on_file(call, file);                                                           \
        if (fate == FAIL)                                                                          \
            return -1;                                                                             \
        if (fate == CUT_SHORT)                                                                     \
            length = (length + 1) / 2;                                                             \
        return NEXT(ssize_t parameters, #name, __VA_ARGS__);                                       \
    }
DEFINE_TRANSFER("read", read, (int file, void *bytes, size_t length), file, length, file, bytes,
                length)
DEFINE_TRANSFER("read", __read_chk, (int file, void *bytes, size_t length, size_t most), file,
                length, file, bytes, length, most)
DEFINE_TRANSFER("read", pread, (int file, void *bytes, size_t length, off_t at), file, length, file,
                bytes, length, at)
DEFINE_TRANSFER("read", pread64, (int file, void *bytes, size_t length, off_t at), file, length,
                file, bytes, length, at)
DEFINE_TRANSFER("write", write, (int file, const void *bytes, size_t length), file, length, file,
                bytes, length)
DEFINE_TRANSFER("write", pwrite, (int file, const void *bytes, size_t length, off_t at), file,
                length, file, bytes, length, at)
DEFINE_TRANSFER("write", pwrite64, (int file, const void *bytes, size_t length, off_t at), file,
                length, file, bytes, length, at)

#define DEFINE_BY_FILE(call, name, type, parameters, file, ...)                                    \
    type name parameters                                                                           \
    {                                                                                              \
        if (on_file(call, file) == FAIL)                                                           \
            return -1;                                                                             \
        return NEXT(type parameters, #name, __VA_ARGS__);                                          \
    }
DEFINE_BY_FILE("sync", fsync, int, (int file), file, file)
DEFINE_BY_FILE("sync", fdatasync, int, (int file), file, file)
DEFINE_BY_FILE("sync", syncfs, int, (int file), file, file)
DEFINE_BY_FILE("truncate", ftruncate, int, (int file, off_t length), file, file, length)
DEFINE_BY_FILE("truncate", ftruncate64, int, (int file, off_t length), file, file, length)

/* A failed close has closed. */
int
close(int file)
{
    Fate fate = on_file("close", file);
    int reason = errno;
    int outcome = NEXT(int(int), "close", file);
    if (fate != FAIL)
        return outcome;
    errno = reason;
    return -1;
}

#define DEFINE_MAP(name)                                                                           \
    void *name(void *address, size_t length, int access, int flags, int file, off_t at)            \
    {                                                                                              \
        if (file >= 0 && on_file("map", file) == FAIL)                                             \
            return MAP_FAILED;                                                                     \
        return NEXT(void *(void *, size_t, int, int, int, off_t), #name, address, length, access,  \
                    flags, file, at);                                                              \
    }
DEFINE_MAP(mmap)
DEFINE_MAP(mmap64)

#define DEFINE_READDIR(name, type)                                                                 \
    struct type *name(DIR *folder)                                                                 \
    {                                                                                              \
        if (on_file("list", dirfd(folder)) == FAIL)                                                \
            return NULL;                                                                           \
        return NEXT(struct type * (DIR *), #name, folder);                                         \
    }
DEFINE_READDIR(readdir, dirent)
DEFINE_READDIR(readdir64, dirent64)

/* --- stdio ---------------------------------------------------------------------------------- */

size_t
fwrite(const void *bytes, size_t size, size_t count, FILE *stream)
{
    if (on_file("buffer", fileno(stream)) == FAIL)
        return 0;
    return NEXT(size_t(const void *, size_t, size_t, FILE *), "fwrite", bytes, size, count, stream);
}

int
fflush(FILE *stream)
{
    if (stream != NULL && on_file("buffer", fileno(stream)) == FAIL)
        return EOF;
    return NEXT(int(FILE *), "fflush", stream);
}

int
fclose(FILE *stream)
{
    Fate fate = on_file("buffer", fileno(stream));
    int reason = errno;
    int outcome = NEXT(int(FILE *), "fclose", stream);
    if (fate != FAIL)
        return outcome;
    errno = reason;
    return EOF;
}

/* --- locks ---------------------------------------------------------------------------------- */

#define MOST_LOCKS 64
static struct {
    int file;
    dev_t device;
    ino_t number;
} locks[MOST_LOCKS];
static int lock_count;

/* Whether an open file is still the one that was locked. */
static bool
is_locked(int at, const struct stat *wanted)
{
    struct stat now;
    return locks[at].device == wanted->st_dev && locks[at].number == wanted->st_ino &&
           fstat(locks[at].file, &now) == 0 && now.st_dev == wanted->st_dev &&
           now.st_ino == wanted->st_ino;
}

int
flock(int file, int operation)
{
    const char *how = getenv("FAULT_FLOCK");
    struct stat wanted;
    if (how == NULL)
        return NEXT(int(int, int), "flock", file, operation);
    if (strcmp(how, "nothing") == 0 || fstat(file, &wanted) != 0)
        return 0;
    for (int i = 0; i < lock_count; i++)
        if (locks[i].file != file && is_locked(i, &wanted)) {
            errno = EWOULDBLOCK;
            return -1;
        }
    if (lock_count == MOST_LOCKS)
        lock_count = 0;
    locks[lock_count].file = file;
    locks[lock_count].device = wanted.st_dev;
    locks[lock_count++].number = wanted.st_ino;
    return 0;
}

/* --- the clock ------------------------------------------------------------------------------ */

int
clock_gettime(clockid_t clock, struct timespec *time)
{
    const char *stands = clock == CLOCK_REALTIME ? getenv("FAULT_CLOCK") : NULL;
    if (stands == NULL)
        return (int)syscall(SYS_clock_gettime, clock, time);
    *time = (struct timespec){.tv_sec = atol(stands)};
    return 0;
}

int
gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    *time = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}
