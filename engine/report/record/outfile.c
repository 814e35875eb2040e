#include "report/record/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fault.h"

#include "base/poison.h"

#define WORTH_A_WRITE 65536

struct OutFile {
    char *path;
    int descriptor; /* -1 once it is closed */
    GString *text;
    bool is_complete;
};

OutFile *
out_file_new(const char *folder, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE, "cannot create %s: %s", path,
                    g_strerror(errno));
        return NULL;
    }
    OutFile *file = g_new0(OutFile, 1);
    file->path = g_steal_pointer(&path);
    file->descriptor = descriptor;
    file->text = g_string_sized_new(WORTH_A_WRITE + WORTH_A_WRITE / 8);
    return file;
}

GString *
out_file_text(OutFile *file)
{
    return file->text;
}

static bool
fail(const OutFile *file, int number, GError **error)
{
    g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot write %s: %s", file->path,
                g_strerror(number));
    return false;
}

static bool
write_all(OutFile *file, GError **error)
{
    const char *at = file->text->str;
    gsize left = file->text->len;
    while (left > 0) {
        ssize_t written = write(file->descriptor, at, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fail(file, written < 0 ? errno : EIO, error);
        at += written;
        left -= (gsize)written;
    }
    g_string_truncate(file->text, 0);
    return true;
}

bool
out_file_flush_full(OutFile *file, GError **error)
{
    return file->text->len < WORTH_A_WRITE || write_all(file, error);
}

bool
out_file_close(OutFile *file, GError **error)
{
    if (!write_all(file, error))
        return false;
    int outcome;
    do
        outcome = fsync(file->descriptor);
    while (outcome < 0 && errno == EINTR);
    if (outcome < 0)
        return fail(file, errno, error);
    outcome = close(file->descriptor);
    file->descriptor = -1;
    if (outcome < 0 && errno != EINTR) /* an interrupted close has closed */
        return fail(file, errno, error);
    file->is_complete = true;
    return true;
}

void
out_file_free(OutFile *file)
{
    if (file == NULL)
        return;
    if (file->descriptor >= 0)
        (void)close(file->descriptor);
    if (!file->is_complete)
        (void)unlink(file->path);
    g_string_free(file->text, TRUE);
    g_free(file->path);
    g_free(file);
}
