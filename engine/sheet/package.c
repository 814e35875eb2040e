#include "sheet/package.h"

#include <gio/gio.h>
#include <string.h>

#include "base/fault.h"

#include "base/poison.h"

/* Sizes and signatures of the ZIP format's records, and where in them the fields are. */
#define END_SIZE 22
#define END_SIGNATURE 0x06054b50U
#define LOCATOR_SIZE 20
#define LOCATOR_SIGNATURE 0x07064b50U
#define ENTRY_SIZE 46
#define ENTRY_SIGNATURE 0x02014b50U
#define LOCAL_SIZE 30
#define SIZE_IN_EXTRA 0xffffffffU
#define EXTRA_ZIP64 1
#define METHOD_DEFLATED 8

#define CHUNK 65536

/* A file in memory, read with care: what lies outside it reads as 0. */
typedef struct {
    const guchar *bytes;
    guint64 length;
} Bytes;

static guint64
number_at(Bytes file, guint64 at, guint size)
{
    guint64 number = 0;
    if (at > file.length || file.length - at < size)
        return 0;
    for (guint i = 0; i < size; i++)
        number |= (guint64)file.bytes[at + i] << (8 * i);
    return number;
}

/* One part of the package. */
typedef struct {
    const char *name; /* not terminated */
    gsize name_length;
    guint64 offset, packed, unpacked;
    guint method;
} Part;

/* The tags of a part, as they go by. */
typedef struct {
    bool is_in_tag, is_broken;
    char start[2]; /* the first characters of the tag */
    guint length;  /* of the tag so far */
    gint64 depth;
    guint64 cells, strings;
    guint64 declared; /* how many strings the part says it has */
    char before;      /* the character before this one */
} Tags;

static void
end_tag(Tags *tags)
{
    tags->is_in_tag = false;
    if (tags->start[0] == '?' || tags->start[0] == '!')
        return;
    if (tags->start[0] == '/')
        tags->depth--;
    else if (tags->before != '/')
        tags->depth++;
    if (tags->start[0] == 'c' && tags->start[1] == ' ')
        tags->cells++;
    if (tags->start[0] == 's' && tags->start[1] == 'i')
        tags->strings++;
    tags->is_broken = tags->is_broken || tags->depth < 0;
}

/* Follows the inside of a tag; returns where it ends, or the end of the text. */
static const char *
follow_tag(Tags *tags, const char *at, const char *end)
{
    const char *close = memchr(at, '>', (gsize)(end - at));
    const char *stop = close == NULL ? end : close;
    if (memchr(at, '<', (gsize)(stop - at)) != NULL)
        tags->is_broken = true;
    for (const char *c = at; c < stop && tags->length < G_N_ELEMENTS(tags->start); c++)
        tags->start[tags->length++] = *c;
    if (stop > at)
        tags->before = stop[-1];
    if (close != NULL)
        end_tag(tags);
    return stop;
}

static void
tags_follow(Tags *tags, const char *text, gsize length)
{
    const char *end = text + length;
    for (const char *at = text; at < end; at++) {
        if (!tags->is_in_tag) {
            const char *next = memchr(at, '<', (gsize)(end - at));
            if (next == NULL)
                return;
            at = next;
            tags->is_in_tag = true;
            tags->length = 0;
            tags->start[0] = tags->start[1] = '\0';
        } else {
            at = follow_tag(tags, at, end);
        }
    }
}

static bool
tags_are_whole(const Tags *tags)
{
    return !tags->is_broken && !tags->is_in_tag && tags->depth == 0;
}

/* Notes how many strings the table of shared strings says it has, in its first tag. */
static void
note_declared(Tags *tags, const char *text, gsize length)
{
    static const char BEFORE[] = "uniqueCount=\"";
    const char *at = g_strstr_len(text, (gssize)length, BEFORE);
    const char *end = text + length;
    if (at == NULL)
        return;
    for (at += strlen(BEFORE); at < end && g_ascii_isdigit(*at); at++)
        tags->declared = tags->declared * 10 + (guint64)(*at - '0');
}

/* Unpacks a part into the tags. False where it cannot be unpacked to its length. */
static bool
follow_part(Bytes file, const Part *part, Tags *tags)
{
    guint64 from = part->offset + LOCAL_SIZE + number_at(file, part->offset + 26, 2) +
                   number_at(file, part->offset + 28, 2);
    if (from > file.length || file.length - from < part->packed || part->method != METHOD_DEFLATED)
        return false;
    const guchar *packed = file.bytes + from;
    guint64 left = part->packed, unpacked = 0;
    g_autoptr(GZlibDecompressor) inflate = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW);
    g_autofree char *buffer = g_malloc(CHUNK);
    GConverterResult outcome;
    do {
        gsize taken = 0, given = 0;
        outcome = g_converter_convert(G_CONVERTER(inflate), packed, left, buffer, CHUNK,
                                      G_CONVERTER_INPUT_AT_END, &taken, &given, NULL);
        packed += taken;
        left -= taken;
        if (unpacked == 0)
            note_declared(tags, buffer, MIN(given, 1024));
        unpacked += given;
        tags_follow(tags, buffer, given);
    } while (outcome == G_CONVERTER_CONVERTED);
    return outcome == G_CONVERTER_FINISHED && unpacked == part->unpacked;
}

/* Sizes and offset that do not fit 32 bits stand in an extra field, in this order. */
static void
read_extra(Bytes file, guint64 at, guint64 end, Part *part)
{
    guint64 *const fields[] = {&part->unpacked, &part->packed, &part->offset};
    while (at + 4 <= end) {
        guint64 kind = number_at(file, at, 2), size = number_at(file, at + 2, 2), value = at + 4;
        at = value + size;
        if (kind != EXTRA_ZIP64)
            continue;
        for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
            if (*fields[i] != SIZE_IN_EXTRA)
                continue;
            *fields[i] = number_at(file, value, 8);
            value += 8;
        }
    }
}

/* The next entry of the directory; *at is moved behind it. */
static bool
read_entry(Bytes file, guint64 *at, Part *part)
{
    if (number_at(file, *at, 4) != ENTRY_SIGNATURE)
        return false;
    guint64 name = number_at(file, *at + 28, 2), extra = number_at(file, *at + 30, 2);
    guint64 comment = number_at(file, *at + 32, 2), name_at = *at + ENTRY_SIZE;
    if (file.length - *at < ENTRY_SIZE + name + extra + comment)
        return false;
    *part = (Part){(const char *)file.bytes + name_at, (gsize)name,
                   number_at(file, *at + 42, 4),       number_at(file, *at + 20, 4),
                   number_at(file, *at + 24, 4),       (guint)number_at(file, *at + 10, 2)};
    read_extra(file, name_at + name, name_at + name + extra, part);
    *at = name_at + name + extra + comment;
    return true;
}

static bool
is_strings(const Part *part)
{
    static const char NAME[] = "xl/sharedStrings.xml";
    return part->name_length == strlen(NAME) && memcmp(part->name, NAME, part->name_length) == 0;
}

/* Which sheet a part is, from 0; G_MAXUINT for other parts. */
static guint
sheet_of(const Part *part)
{
    static const char BEFORE[] = "xl/worksheets/sheet";
    gsize at = strlen(BEFORE);
    guint number = 0;
    if (part->name_length < at || memcmp(part->name, BEFORE, at) != 0)
        return G_MAXUINT;
    for (; at < part->name_length && g_ascii_isdigit(part->name[at]); at++)
        number = number * 10 + (guint)(part->name[at] - '0');
    return number - 1;
}

/* Where the directory is, and how many entries it has. */
static bool
find_directory(Bytes file, guint64 *at, guint64 *count)
{
    guint64 end = file.length - END_SIZE;
    if (file.length < END_SIZE || number_at(file, end, 4) != END_SIGNATURE)
        return false;
    *count = number_at(file, end + 10, 2);
    *at = number_at(file, end + 16, 4);
    if (end < LOCATOR_SIZE || number_at(file, end - LOCATOR_SIZE, 4) != LOCATOR_SIGNATURE)
        return true;
    guint64 end64 = number_at(file, end - LOCATOR_SIZE + 8, 8);
    *count = number_at(file, end64 + 32, 8);
    *at = number_at(file, end64 + 48, 8);
    return true;
}

static bool
parts_are_whole(Bytes file, const GArray *cell_counts)
{
    guint64 at, count;
    guint sheets = 0;
    if (!find_directory(file, &at, &count))
        return false;
    for (guint64 i = 0; i < count; i++) {
        Part part;
        Tags tags = {0};
        if (!read_entry(file, &at, &part) || !follow_part(file, &part, &tags) ||
            !tags_are_whole(&tags))
            return false;
        if (is_strings(&part) && tags.strings != tags.declared)
            return false;
        guint sheet = sheet_of(&part);
        if (sheet == G_MAXUINT)
            continue;
        sheets++;
        if (sheet >= cell_counts->len || g_array_index(cell_counts, guint64, sheet) != tags.cells)
            return false;
    }
    return sheets == cell_counts->len;
}

bool
package_verify(const char *path, const GArray *cell_counts, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, &cause);
    if (mapped == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot read %s back: %s", path, cause->message);
        return false;
    }
    Bytes file = {(const guchar *)g_mapped_file_get_contents(mapped),
                  g_mapped_file_get_length(mapped)};
    if (parts_are_whole(file, cell_counts))
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot write %s: it is not whole; is the disk full?",
                path);
    return false;
}
