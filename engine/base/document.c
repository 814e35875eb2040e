#include "base/document.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/survey.h"

#include "base/poison.h"

/* Smaller files are read: there is a limit to maps, and a mapped file can be cut short. */
#define SMALL ((gsize)1 << 20)

/* A hash that is worked out once, by the thread that is first. */
typedef struct {
    GMutex lock;
    char digest[DIGEST_LENGTH + 1]; /* empty until it is known */
} Hash;

struct Document {
    char *name;
    char *path;
    struct stat opened; /* the file's status as it was opened */
    GMappedFile *map;   /* of a large file, else NULL */
    char *loaded;       /* owned bytes of a small one, else NULL */
    Span raw;
    Survey *survey; /* of raw */
    Hash *hash;
};

/* Reads a small file whole. Its size is what was read, whatever its status said. */
static bool
load_small(Document *document, int file)
{
    document->loaded = g_malloc(SMALL + 1);
    gsize length = 0;
    while (length < SMALL) {
        gssize count = read(file, document->loaded + length, SMALL - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        if (count == 0)
            break;
        length += (gsize)count;
    }
    document->loaded = g_realloc(document->loaded, length + 1);
    document->loaded[length] = '\0';
    document->raw = (Span){document->loaded, length};
    return true;
}

static bool
map_large(Document *document, int file)
{
    document->map = g_mapped_file_new_from_fd(file, FALSE, NULL);
    if (document->map == NULL)
        return false;
    document->raw =
        (Span){g_mapped_file_get_contents(document->map), g_mapped_file_get_length(document->map)};
    return document->raw.text != NULL;
}

/* Opens a regular file; -1 with an error where it is none. */
static int
open_regular(const char *path, const char *name, struct stat *status, GError **error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0 || fstat(file, status) != 0) {
        int reason = errno;
        g_set_error(error, SP_ERROR, reason == ENOENT ? SP_ERROR_NO_INPUT : SP_ERROR_IO,
                    "%s: cannot be read: %s", name, g_strerror(reason));
        if (file >= 0)
            close(file);
        return -1;
    }
    if (!S_ISREG(status->st_mode)) {
        close(file);
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s: is not a regular file", name);
        return -1;
    }
    return file;
}

Document *
document_open(const char *path, const char *name, GError **error)
{
    struct stat status;
    int file = open_regular(path, name, &status, error);
    if (file < 0)
        return NULL;
    g_autoptr(Document) document = g_new0(Document, 1);
    document->name = g_strdup(name);
    document->path = g_strdup(path);
    document->hash = g_new0(Hash, 1);
    g_mutex_init(&document->hash->lock);
    document->opened = status;
    bool is_read =
        (gsize)status.st_size < SMALL ? load_small(document, file) : map_large(document, file);
    int reason = errno;
    close(file);
    if (!is_read) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s: cannot be read: %s", name,
                    g_strerror(reason));
        return NULL;
    }
    document->survey = survey_new(document->name, document->raw);
    return g_steal_pointer(&document);
}

void
document_free(Document *document)
{
    if (document == NULL)
        return;
    g_free(document->name);
    g_free(document->path);
    g_clear_pointer(&document->map, g_mapped_file_unref);
    g_free(document->loaded);
    survey_free(document->survey);
    g_mutex_clear(&document->hash->lock);
    g_free(document->hash);
    g_free(document);
}

static void
refuse_changed(const Document *document, GError **error)
{
    g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                "%s: was changed while it was read: nothing is written", document->name);
}

bool
document_require_untouched(const Document *document, GError **error)
{
    if (document->map == NULL)
        return true; /* read into memory of our own */
    const struct stat *then = &document->opened;
    struct stat now;
    if (stat(document->path, &now) == 0 && now.st_dev == then->st_dev &&
        now.st_ino == then->st_ino && now.st_size == then->st_size &&
        now.st_ctim.tv_sec == then->st_ctim.tv_sec && now.st_ctim.tv_nsec == then->st_ctim.tv_nsec)
        return true;
    refuse_changed(document, error);
    return false;
}

void
documents_survey(Document *const *documents, gsize count, guint threads, FaultClass class,
                 Faults *faults)
{
    g_autofree Survey **surveys = g_new(Survey *, count);
    for (gsize i = 0; i < count; i++)
        surveys[i] = documents[i]->survey;
    surveys_run(surveys, count, threads, class, faults);
}

const char *
document_name(const Document *document)
{
    return document->name;
}

Span
document_raw(const Document *document)
{
    return document->raw;
}

Span
document_text(const Document *document)
{
    return survey_text(document->survey);
}

const char *
document_digest(const Document *document)
{
    Hash *hash = document->hash;
    g_mutex_lock(&hash->lock);
    if (hash->digest[0] == '\0')
        digest_bytes(document->raw.text, document->raw.length, hash->digest);
    g_mutex_unlock(&hash->lock);
    return hash->digest;
}

bool
document_copy(const Document *document, const char *path, GError **error)
{
    Hash *hash = document->hash;
    char digest[DIGEST_LENGTH + 1];
    g_mutex_lock(&hash->lock); /* others that ask for the hash wait for this one */
    bool is_copied = file_copy(path, document->raw, digest, error), is_same = true;
    if (is_copied && hash->digest[0] == '\0')
        memcpy(hash->digest, digest, sizeof digest);
    else if (is_copied)
        is_same = strcmp(hash->digest, digest) == 0;
    g_mutex_unlock(&hash->lock);
    if (!is_same)
        refuse_changed(document, error);
    return is_copied && is_same;
}

bool
document_has_invisible(const Document *document)
{
    return survey_has_invisible(document->survey);
}

bool
document_is_refused(const Document *document)
{
    return survey_is_refused(document->survey);
}

guint64
document_line(const Document *document, gsize offset)
{
    return survey_line(document->survey, offset);
}

guint64
document_lines_between(const Document *document, gsize from, gsize to)
{
    return survey_lines_between(document->survey, from, to);
}

guint64
document_lines_from(const Document *document, gsize from, gsize to)
{
    return survey_lines_from(document->survey, from, to);
}

GArray *
document_cuts(const Document *document, gsize from)
{
    return survey_cuts(document->survey, from);
}
