#include "archive/manifest.h"

#include <string.h>

#include "base/poison.h"

#define KIND "manifest"
#define NEWEST 2
#define FORMAT_WITH_LIBRARIES 2 /* and with what was left out */

static void
clear_file(gpointer pointer)
{
    ManifestFile *file = pointer;
    g_free(file->path);
}

static void
clear_counted(gpointer pointer)
{
    ManifestCounted *counted = pointer;
    g_free(counted->run);
}

static void
clear_library(gpointer pointer)
{
    ManifestLibrary *library = pointer;
    g_free(library->name);
    g_free(library->version);
}

Manifest *
manifest_new(void)
{
    Manifest *manifest = g_new0(Manifest, 1);
    manifest->libraries = g_array_new(FALSE, TRUE, sizeof(ManifestLibrary));
    manifest->left_out = g_ptr_array_new_with_free_func(g_free);
    manifest->counted = g_array_new(FALSE, TRUE, sizeof(ManifestCounted));
    manifest->files = g_array_new(FALSE, TRUE, sizeof(ManifestFile));
    g_array_set_clear_func(manifest->libraries, clear_library);
    g_array_set_clear_func(manifest->counted, clear_counted);
    g_array_set_clear_func(manifest->files, clear_file);
    return manifest;
}

void
manifest_free(Manifest *manifest)
{
    if (manifest == NULL)
        return;
    g_free(manifest->run);
    g_free(manifest->period);
    g_free(manifest->engine);
    g_free(manifest->prepared_by);
    g_free(manifest->prepared_at);
    g_free(manifest->previous);
    g_array_unref(manifest->libraries);
    g_ptr_array_unref(manifest->left_out);
    g_array_unref(manifest->counted);
    g_array_unref(manifest->files);
    g_free(manifest);
}

void
manifest_add_file(Manifest *manifest, const char *digest, guint64 size, const char *path)
{
    ManifestFile file = {.size = size, .path = g_strdup(path)};
    g_strlcpy(file.digest, digest, sizeof file.digest);
    g_array_append_val(manifest->files, file);
}

static int
compare_paths(gconstpointer left, gconstpointer right)
{
    const ManifestFile *a = left, *b = right;
    return strcmp(a->path, b->path);
}

void
manifest_sort(Manifest *manifest)
{
    g_array_sort(manifest->files, compare_paths);
}

void
manifest_add_counted(Manifest *manifest, const char *run, const char *manifest_digest,
                     const char *approval_digest)
{
    ManifestCounted counted = {.run = g_strdup(run)};
    g_strlcpy(counted.manifest, manifest_digest, sizeof counted.manifest);
    g_strlcpy(counted.approval, approval_digest, sizeof counted.approval);
    g_array_append_val(manifest->counted, counted);
}

void
manifest_add_library(Manifest *manifest, const char *name, const char *version)
{
    ManifestLibrary library = {g_strdup(name), g_strdup(version)};
    g_array_append_val(manifest->libraries, library);
}

void
manifest_add_left_out(Manifest *manifest, const char *name)
{
    g_ptr_array_add(manifest->left_out, g_strdup(name));
}

GString *
manifest_text(const Manifest *manifest)
{
    GString *lines = g_string_new(NULL);
    g_string_append_printf(lines, "schemepay-" KIND " %d\n", NEWEST);
    lines_append(lines, "run", manifest->run);
    lines_append(lines, "period", manifest->period);
    lines_append(lines, "engine", manifest->engine);
    for (guint i = 0; i < manifest->libraries->len; i++) {
        const ManifestLibrary *library = &g_array_index(manifest->libraries, ManifestLibrary, i);
        g_autofree char *words = g_strconcat(library->name, " ", library->version, NULL);
        lines_append(lines, "library", words);
    }
    lines_append(lines, "prepared-by", manifest->prepared_by);
    lines_append(lines, "prepared-at", manifest->prepared_at);
    if (manifest->previous != NULL)
        g_string_append_printf(lines, "previous %s %s\n", manifest->previous_manifest,
                               manifest->previous);
    for (guint i = 0; i < manifest->left_out->len; i++)
        lines_append(lines, "left-out", g_ptr_array_index(manifest->left_out, i));
    for (guint i = 0; i < manifest->counted->len; i++) {
        const ManifestCounted *counted = &g_array_index(manifest->counted, ManifestCounted, i);
        g_string_append_printf(lines, "counted %s %s %s\n", counted->manifest, counted->approval,
                               counted->run);
    }
    for (guint i = 0; i < manifest->files->len; i++) {
        const ManifestFile *file = &g_array_index(manifest->files, ManifestFile, i);
        g_string_append_printf(lines, "file %s %" G_GUINT64_FORMAT " ", file->digest, file->size);
        lines_append_escaped(lines, file->path);
        g_string_append_c(lines, '\n');
    }
    lines_finish(lines);
    return lines;
}

/* Takes the text of a line that there may be only one of. */
static bool
take_once(LineReader *reader, char **text)
{
    return *text == NULL && line_take_name(reader, text);
}

/* Whether a word is the name of a library: it is written as it was read. */
static bool
is_library_name(Span word)
{
    for (gsize i = 0; i < word.length; i++)
        if (!g_ascii_isgraph(word.text[i]) || word.text[i] == '\\')
            return false;
    return word.length > 0;
}

static bool
take_library(LineReader *reader, Manifest *manifest)
{
    Span name;
    ManifestLibrary library = {0};
    if (reader->format < FORMAT_WITH_LIBRARIES || !line_take_word(reader, &name) ||
        !is_library_name(name) || !line_take_name(reader, &library.version))
        return false;
    library.name = span_copy(name);
    g_array_append_val(manifest->libraries, library);
    return true;
}

static bool
take_left_out(LineReader *reader, Manifest *manifest)
{
    char *name;
    if (reader->format < FORMAT_WITH_LIBRARIES || !line_take_name(reader, &name))
        return false;
    g_ptr_array_add(manifest->left_out, name);
    return true;
}

static bool
take_counted(LineReader *reader, Manifest *manifest)
{
    ManifestCounted counted = {0};
    if (!line_take_digest(reader, counted.manifest) ||
        !line_take_digest(reader, counted.approval) || !line_take_name(reader, &counted.run))
        return false;
    g_array_append_val(manifest->counted, counted);
    return true;
}

static bool
take_file(LineReader *reader, Manifest *manifest)
{
    ManifestFile file = {0};
    if (!line_take_digest(reader, file.digest) || !line_take_number(reader, &file.size) ||
        !line_take_text(reader, &file.path))
        return false;
    g_array_append_val(manifest->files, file);
    return true;
}

static bool
take_line(LineReader *reader, Manifest *manifest)
{
    if (span_is(reader->keyword, "run"))
        return take_once(reader, &manifest->run);
    if (span_is(reader->keyword, "period"))
        return take_once(reader, &manifest->period);
    if (span_is(reader->keyword, "engine"))
        return take_once(reader, &manifest->engine);
    if (span_is(reader->keyword, "library"))
        return take_library(reader, manifest);
    if (span_is(reader->keyword, "prepared-by"))
        return take_once(reader, &manifest->prepared_by);
    if (span_is(reader->keyword, "prepared-at"))
        return manifest->prepared_at == NULL && line_take_time(reader, &manifest->prepared_at);
    if (span_is(reader->keyword, "previous"))
        return line_take_digest(reader, manifest->previous_manifest) &&
               take_once(reader, &manifest->previous);
    if (span_is(reader->keyword, "left-out"))
        return take_left_out(reader, manifest);
    if (span_is(reader->keyword, "counted"))
        return take_counted(reader, manifest);
    if (span_is(reader->keyword, "file"))
        return take_file(reader, manifest);
    return false;
}

Manifest *
manifest_read(Span bytes, GError **error)
{
    g_autoptr(Manifest) manifest = manifest_new();
    LineReader reader;
    if (!lines_begin(&reader, bytes, KIND, NEWEST, error))
        return NULL;
    while (lines_next(&reader))
        if (!take_line(&reader, manifest)) {
            lines_fail(&reader, KIND, error);
            return NULL;
        }
    if (manifest->run == NULL || manifest->period == NULL || manifest->engine == NULL ||
        manifest->prepared_by == NULL || manifest->prepared_at == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "the " KIND " lacks a line");
        return NULL;
    }
    return g_steal_pointer(&manifest);
}

const ManifestFile *
manifest_find(const Manifest *manifest, const char *path)
{
    guint low = 0, high = manifest->files->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const ManifestFile *file = &g_array_index(manifest->files, ManifestFile, middle);
        int order = strcmp(path, file->path);
        if (order == 0)
            return file;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
