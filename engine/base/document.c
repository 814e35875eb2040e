#include "base/document.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/parallel.h"

#include "base/poison.h"

#define BLOCK ((gsize)2 << 10) /* lines and quotes are counted by block */
#define SEGMENT (2048 * BLOCK) /* what one task surveys */
#define SMALL ((gsize)1 << 20) /* below it a file is read: maps are few, and can be cut short */

/* What stands before a block: exact after the survey. */
typedef struct {
    guint64 lines;
    guint64 quotes;
} Block;

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
    char *decoded; /* owned text where raw could not be used as it is, else NULL */
    Span text;
    Block *blocks;
    gsize block_count;
    Hash *hash;
    bool is_refused;
    gint has_nul, has_bad_utf8, has_no_break_space, has_bare_cr; /* set from several threads */
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
    g_free(document->decoded);
    g_free(document->blocks);
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

/* Moves an offset past the rest of a character that it cuts in two. */
static gsize
character_start(Span text, gsize offset)
{
    for (unsigned i = 0; i < 3 && offset < text.length; i++, offset++)
        if (((guchar)text.text[offset] & 0xc0) != 0x80)
            break;
    return MIN(offset, text.length);
}

/* Line feeds, carriage returns and quotes in a stretch of bytes, and whether it is ASCII without a
 * NUL: then there is nothing to check in it. */
typedef struct {
    gsize feeds, returns, quotes;
    bool is_plain;
} Marks;

/* Counts in runs so short that a byte holds each sum: the compiler makes vector code of it. */
static Marks
count_marks(const char *text, gsize length)
{
    Marks marks = {0, 0, 0, true};
    guint8 high = 0, nuls = 0;
    while (length > 0) {
        gsize run = MIN(length, 128);
        guint8 feeds = 0, returns = 0, quotes = 0;
        for (gsize i = 0; i < run; i++) {
            feeds = (guint8)(feeds + (text[i] == '\n'));
            returns = (guint8)(returns + (text[i] == '\r'));
            quotes = (guint8)(quotes + (text[i] == '"'));
            high |= (guint8)text[i];
            nuls |= text[i] == '\0';
        }
        marks.feeds += feeds;
        marks.returns += returns;
        marks.quotes += quotes;
        text += run;
        length -= run;
    }
    marks.is_plain = (high & 0x80) == 0 && nuls == 0;
    return marks;
}

/* What is found in a stretch of text beside its counts. */
typedef struct {
    bool has_bare_cr; /* a CR without an LF */
    bool is_plain;    /* see Marks */
} Findings;

/* Line ends and quotes in a stretch of text. */
static Block
count_block(Span text, gsize from, gsize to, Findings *findings)
{
    Marks marks = count_marks(text.text + from, to - from);
    for (gsize i = from; marks.returns > 0 && i < to; i++) {
        const char *found = memchr(text.text + i, '\r', to - i);
        if (found == NULL)
            break;
        i = (gsize)(found - text.text);
        if (i + 1 < text.length && text.text[i + 1] == '\n')
            marks.returns--; /* CRLF ends one line, and its LF is counted */
    }
    *findings = (Findings){marks.returns > 0, marks.is_plain};
    return (Block){marks.feeds + marks.returns, marks.quotes};
}

/* Counts a block. True where it is plain: nothing in it needs a check. */
static bool
index_block(Document *document, gsize from)
{
    Findings findings;
    gsize end = MIN(from + BLOCK, document->text.length);
    document->blocks[from / BLOCK] = count_block(document->text, from, end, &findings);
    if (findings.has_bare_cr)
        g_atomic_int_set(&document->has_bare_cr, 1);
    return findings.is_plain;
}

/* Counts all blocks of a document, each for itself. */
static void
index_blocks(Document *document)
{
    for (gsize at = 0; at < document->text.length; at += BLOCK)
        (void)index_block(document, at);
}

/* Checks a block's bytes. */
static void
check_block(Document *document, gsize from)
{
    Span text = document->text;
    /* What is left of a character that begins in the block before is checked there. */
    bool is_cut = from > 0 && ((guchar)text.text[from - 1] & 0x80) != 0;
    gsize start = is_cut ? character_start(text, from) : from;
    gsize end = character_start(text, MIN(from + BLOCK, text.length));
    if (start >= end)
        return;
    if (memchr(text.text + start, '\0', end - start) != NULL)
        g_atomic_int_set(&document->has_nul, 1);
    if (memchr(text.text + start, 0xa0, end - start) != NULL)
        g_atomic_int_set(&document->has_no_break_space, 1);
    if (!utf8_is_valid(text.text + start, end - start))
        g_atomic_int_set(&document->has_bad_utf8, 1);
}

/* Turns counts by block into counts before each block. */
static void
sum_blocks(Document *document)
{
    Block before = {0, 0};
    for (gsize i = 0; i < document->block_count; i++) {
        Block here = document->blocks[i];
        document->blocks[i] = before;
        before.lines += here.lines;
        before.quotes += here.quotes;
    }
}

static void
make_blocks(Document *document)
{
    g_free(document->blocks);
    document->block_count = document->text.length / BLOCK + 1;
    document->blocks = g_new0(Block, document->block_count);
    document->has_bare_cr = 0;
}

static void
skip_byte_order_mark(Document *document)
{
    if (document->text.length >= 3 && memcmp(document->text.text, "\xef\xbb\xbf", 3) == 0) {
        document->text.text += 3;
        document->text.length -= 3;
    }
}

/* A field's no-break spaces outside its quotes become spaces, which the parser knows to skip. The
 * length stays as it is: one such character is two bytes. */
static char *
blank_no_break_spaces(Span text)
{
    char *copy = g_malloc(text.length + 1);
    bool is_quoted = false, is_at_edge = true; /* at a field's edge: nothing of it seen yet */
    memcpy(copy, text.text, text.length);      /* there may be no byte behind a mapped text */
    copy[text.length] = '\0';
    for (gsize i = 0; i < text.length; i++) {
        char c = copy[i];
        if (c == '"') {
            is_quoted = !is_quoted;
            is_at_edge = !is_quoted; /* behind a closing quote is an edge, too */
        } else if (is_quoted) {
            continue;
        } else if (c == ',' || c == '\n' || c == '\r') {
            is_at_edge = true;
        } else if (is_at_edge && c == '\xc2' && i + 1 < text.length && copy[i + 1] == '\xa0') {
            copy[i] = copy[i + 1] = ' ';
            i++;
        } else if (c != ' ' && c != '\t') {
            is_at_edge = false;
        }
    }
    return copy;
}

/* Refuses a document: it has no text from here on. */
static void
refuse(Document *document, gsize raw_offset, const char *text, FaultClass class, Faults *faults)
{
    document->text = document->raw;
    make_blocks(document);
    index_blocks(document);
    sum_blocks(document);
    faults_add(faults, class, document->name, document_line(document, raw_offset), NULL, "%s",
               text);
    document->text.length = 0;
    document->is_refused = true;
    make_blocks(document);
}

/* Decodes what is not valid UTF-8 as Windows-1252. False where that fails, too. */
static bool
decode_windows_1252(Document *document, FaultClass class, Faults *faults)
{
    gsize length, bad_offset;
    Span text = document->text;
    document->decoded = text_from_windows_1252(text.text, text.length, &length, &bad_offset);
    if (document->decoded == NULL) {
        refuse(document, bad_offset + (document->raw.length - text.length),
               "is neither UTF-8 nor Windows-1252 text", class, faults);
        return false;
    }
    document->text = (Span){document->decoded, length};
    faults_add(faults, FAULT_WARNING, document->name, 0, NULL,
               "is not UTF-8 and was read as Windows-1252");
    return true;
}

/* What is left to do on one document once all its segments are seen. */
static void
finish_survey(Document *document, FaultClass class, Faults *faults)
{
    if (document->has_nul) {
        const char *nul = memchr(document->raw.text, '\0', document->raw.length);
        refuse(document, (gsize)(nul - document->raw.text), "has a NUL byte: not a CSV text file",
               class, faults);
        return;
    }
    bool is_changed = false;
    if (document->has_bad_utf8) {
        if (!decode_windows_1252(document, class, faults))
            return;
        is_changed = true;
    }
    if (document->has_no_break_space) {
        char *blanked = blank_no_break_spaces(document->text);
        g_free(document->decoded);
        document->decoded = blanked;
        document->text.text = blanked;
        is_changed = true;
    }
    if (is_changed) {
        make_blocks(document);
        index_blocks(document);
    }
    sum_blocks(document);
}

typedef struct {
    Document *document;
    gsize from;
} SurveyTask;

static void
run_survey_task(gsize number, gpointer user)
{
    const SurveyTask *task = &g_array_index((GArray *)user, SurveyTask, number);
    gsize end = MIN(task->from + SEGMENT, task->document->text.length);
    for (gsize at = task->from; at < end; at += BLOCK) { /* all of it while it is in the cache */
        if (!index_block(task->document, at))
            check_block(task->document, at);
    }
}

void
documents_survey(Document *const *documents, gsize count, guint threads, FaultClass class,
                 Faults *faults)
{
    g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(SurveyTask));
    for (gsize i = 0; i < count; i++) {
        documents[i]->text = documents[i]->raw;
        skip_byte_order_mark(documents[i]);
        make_blocks(documents[i]);
        for (gsize at = 0; at < documents[i]->text.length; at += SEGMENT) {
            SurveyTask task = {documents[i], at};
            g_array_append_val(tasks, task);
        }
    }
    parallel_for(threads, tasks->len, run_survey_task, tasks);
    for (gsize i = 0; i < count; i++)
        finish_survey(documents[i], class, faults);
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
    return document->text;
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
    g_mutex_lock(&hash->lock); /* who asks for the hash meanwhile gets this one */
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
document_has_bare_cr(const Document *document)
{
    return document->has_bare_cr != 0;
}

bool
document_is_refused(const Document *document)
{
    return document->is_refused;
}

guint64
document_lines_between(const Document *document, gsize from, gsize to)
{
    Findings findings;
    return count_block(document->text, from, to, &findings).lines;
}

guint64
document_line(const Document *document, gsize offset)
{
    gsize block = MIN(offset / BLOCK, document->block_count - 1);
    Findings findings;
    Block here = count_block(document->text, block * BLOCK, MAX(offset, block * BLOCK), &findings);
    return document->blocks[block].lines + here.lines + 1;
}

guint64
document_lines_from(const Document *document, gsize from, gsize to)
{
    guint64 lines = document_line(document, to) - document_line(document, from);
    bool ends_line =
        to > from && (document->text.text[to - 1] == '\n' || document->text.text[to - 1] == '\r');
    return to > from && !ends_line ? lines + 1 : lines;
}

/* The first row that starts at or after the start of a block. */
static gsize
next_row_start(const Document *document, gsize offset)
{
    Span text = document->text;
    bool is_quoted = document->blocks[offset / BLOCK].quotes % 2 != 0;
    for (gsize i = offset; i < text.length; i++) {
        if (text.text[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && text.text[i] == '\n')
            return i + 1;
        else if (!is_quoted && text.text[i] == '\r' &&
                 !(i + 1 < text.length && text.text[i + 1] == '\n'))
            return i + 1;
    }
    return text.length;
}

GArray *
document_cuts(const Document *document, gsize from)
{
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize last = from, length = document->text.length;
    g_array_append_val(cuts, last);
    for (gsize at = SEGMENT; at < length; at += SEGMENT) {
        if (at <= last)
            continue;
        gsize cut = next_row_start(document, at);
        if (cut >= length)
            break;
        last = cut;
        g_array_append_val(cuts, last);
    }
    if (length > from)
        g_array_append_val(cuts, length);
    return cuts;
}
