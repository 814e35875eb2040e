#include "archive/parts.h"

#include <string.h>
#include <zip.h>

#include "base/files.h"

#include "base/poison.h"

#define CHUNK 65536
/* What an entry takes beside its packed bytes: its two headers with name, extra fields and comment;
 * and what the end of the file takes. Far above what any program writes. */
#define ENTRY_OVERHEAD 4096
#define END_OVERHEAD 70000
/* Bytes that cannot be packed grow by less than a hundredth. */
#define GROWTH 100

G_DEFINE_AUTOPTR_CLEANUP_FUNC(zip_t, zip_discard)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(zip_file_t, zip_fclose)

bool
parts_has_workbook_name(const char *path)
{
    return g_str_has_suffix(path, ".xlsx");
}

/* Opens a zip file in memory, which must outlive it; NULL where it is none, or not consistent. */
static zip_t *
open_bytes(Span bytes)
{
    zip_error_t ignored;
    zip_error_init(&ignored);
    zip_source_t *source = zip_source_buffer_create(bytes.text, bytes.length, 0, &ignored);
    zip_t *zip =
        source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &ignored);
    if (zip == NULL && source != NULL)
        zip_source_free(source);
    zip_error_fini(&ignored);
    return zip;
}

static zip_uint64_t
unpacked_size(zip_t *zip, zip_uint64_t entry)
{
    zip_stat_t stat;
    bool is_known = zip_stat_index(zip, entry, 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0;
    return is_known ? stat.size : 0;
}

/* Whether an entry is packed as spreadsheet programs read it, and says that it has so many bytes.
 */
static bool
is_plain(zip_t *zip, zip_uint64_t entry, zip_uint64_t size)
{
    zip_stat_t stat;
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    return zip_stat_index(zip, entry, 0, &stat) == 0 && (stat.valid & needed) == needed &&
           stat.size == size && stat.encryption_method == ZIP_EM_NONE &&
           (stat.comp_method == ZIP_CM_STORE || stat.comp_method == ZIP_CM_DEFLATE);
}

/* The most bytes that a file with the same parts can have. */
static zip_uint64_t
most_bytes(zip_t *made, zip_uint64_t entries)
{
    zip_uint64_t most = END_OVERHEAD;
    for (zip_uint64_t i = 0; i < entries; i++) {
        zip_uint64_t size = unpacked_size(made, i);
        most += size + size / GROWTH + ENTRY_OVERHEAD;
    }
    return most;
}

/* The next bytes of an entry, as many as there are up to a chunk; -1 where they cannot be unpacked,
 * or where, at its end, its length or sum is not as it says. */
static zip_int64_t
read_chunk(zip_file_t *file, char *chunk)
{
    zip_int64_t filled = 0, count;
    while (filled < CHUNK &&
           (count = zip_fread(file, chunk + filled, (zip_uint64_t)(CHUNK - filled))) != 0) {
        if (count < 0)
            return -1;
        filled += count;
    }
    return filled;
}

/* Whether two entries unpack to the same bytes. No more is unpacked than both have in common, and a
 * chunk. Where the entry of the one made now cannot be read, *is_whole is made false. */
static bool
entries_agree(zip_t *sealed, zip_uint64_t theirs, zip_t *made, zip_uint64_t ours, bool *is_whole)
{
    g_autoptr(zip_file_t) left = zip_fopen_index(sealed, theirs, 0);
    g_autoptr(zip_file_t) right = zip_fopen_index(made, ours, 0);
    g_autofree char *sealed_chunk = g_malloc(CHUNK), *made_chunk = g_malloc(CHUNK);
    *is_whole = right != NULL;
    if (left == NULL || right == NULL)
        return false;
    zip_int64_t count;
    do {
        count = read_chunk(right, made_chunk);
        if (count < 0) {
            *is_whole = false;
            return false;
        }
        if (read_chunk(left, sealed_chunk) != count ||
            memcmp(sealed_chunk, made_chunk, (gsize)count) != 0)
            return false;
    } while (count == CHUNK);
    return true;
}

/* The only entry of a name; -1 where there is none, or more than one. */
static zip_int64_t
find_entry(zip_t *zip, zip_uint64_t entries, const char *name)
{
    zip_int64_t found = -1;
    for (zip_uint64_t i = 0; i < entries; i++) {
        const char *here = zip_get_name(zip, i, ZIP_FL_ENC_RAW);
        if (here == NULL || strcmp(here, name) != 0)
            continue;
        if (found >= 0)
            return -1;
        found = (zip_int64_t)i;
    }
    return found;
}

/* Compares all entries: as many on both sides, each name once, the same bytes. */
static bool
zips_agree(zip_t *sealed, zip_t *made, bool *is_whole)
{
    zip_int64_t entries = zip_get_num_entries(made, 0);
    *is_whole = entries > 0;
    if (entries <= 0 || zip_get_num_entries(sealed, 0) != entries)
        return false;
    for (zip_uint64_t ours = 0; ours < (zip_uint64_t)entries; ours++) {
        const char *name = zip_get_name(made, ours, ZIP_FL_ENC_RAW);
        *is_whole = name != NULL;
        if (name == NULL)
            return false;
        zip_int64_t theirs = find_entry(sealed, (zip_uint64_t)entries, name);
        if (theirs < 0 || !is_plain(sealed, (zip_uint64_t)theirs, unpacked_size(made, ours)) ||
            !entries_agree(sealed, (zip_uint64_t)theirs, made, ours, is_whole))
            return false;
    }
    return true;
}

bool
parts_agree(const char *sealed, const char *made, bool *agree, GError **error)
{
    Span sealed_bytes, made_bytes;
    g_autoptr(GMappedFile) sealed_file = file_map(sealed, &sealed_bytes, error);
    if (sealed_file == NULL)
        return false;
    g_autoptr(GMappedFile) made_file = file_map(made, &made_bytes, error);
    if (made_file == NULL)
        return false;
    g_autoptr(zip_t) now = open_bytes(made_bytes);
    bool is_whole = now != NULL;
    if (is_whole) {
        zip_int64_t entries = zip_get_num_entries(now, 0);
        bool fits = sealed_bytes.length <= most_bytes(now, (zip_uint64_t)MAX(entries, 0));
        g_autoptr(zip_t) then = fits ? open_bytes(sealed_bytes) : NULL;
        *agree = then != NULL && zips_agree(then, now, &is_whole);
    }
    if (!is_whole)
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot read %s back", made);
    return is_whole;
}
