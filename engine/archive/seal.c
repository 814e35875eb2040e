#include "archive/seal.h"

#include <string.h>
#include <unistd.h>

#include "archive/libraries.h"
#include "archive/outputs.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/temporary.h"

#include "base/poison.h"

void
sealed_run_free(SealedRun *run)
{
    if (run == NULL)
        return;
    g_free(run->text);
    g_free(run->folder);
    g_free(run);
}

/* Removes what runs that were killed left behind: what is stale, and, since the lock is held, what
 * has a name of version 1.0, which says no owner. A claim is cleared by the next one. */
static bool
clear_leftovers(const Archive *archive, GError **error)
{
    g_autoptr(GPtrArray) names = folder_names(archive->path, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = archive_path(archive, name);
        bool is_left = temporary_is_stale(archive->path, name, STAGING_PREFIX) ||
                       !temporary_has_owner(name, STAGING_PREFIX);
        if (g_str_has_prefix(name, STAGING_PREFIX) && strcmp(name, CLAIM_FILE) != 0 && is_left &&
            !tree_remove(path, error))
            return false;
    }
    return true;
}

/* A path in the archive that is this process's own until it is renamed. */
static char *
staging_path(const Archive *archive, const char *purpose)
{
    g_autofree char *name = temporary_name(STAGING_PREFIX, purpose);
    return archive_path(archive, name);
}

static bool
write_index(const Archive *archive, GError **error)
{
    g_autoptr(GString) text = index_text(archive->index);
    g_autofree char *path = archive_path(archive, INDEX_FILE);
    g_autofree char *temporary = staging_path(archive, INDEX_FILE);
    return file_replace(path, temporary, (Span){text->str, text->len}, error);
}

/* Whether no input was changed while it was read; to be asked when nothing reads them any more. */
static bool
inputs_are_untouched(const Pack *pack, GError **error)
{
    for (guint i = 0; i < pack->inputs->files->len; i++)
        if (!document_require_untouched(input_file(pack->inputs, i)->document, error))
            return false;
    return true;
}

/* Writes a copy of a document under a name of the run and lists it. */
static bool
copy_document(const Document *document, const char *staging, const char *name, Manifest *manifest,
              GError **error)
{
    g_autofree char *path = g_build_filename(staging, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    if (!folder_make(folder, error) || !document_copy(document, path, error))
        return false;
    manifest_add_file(manifest, document_digest(document), document_raw(document).length, name);
    return true;
}

static bool
copy_inputs(const Pack *pack, const char *staging, Manifest *manifest, GError **error)
{
    for (guint i = 0; i < pack->inputs->files->len; i++) {
        const InputFile *file = input_file(pack->inputs, i);
        g_autofree char *name = g_build_filename(INPUTS_FOLDER, file->name, NULL);
        if (!copy_document(file->document, staging, name, manifest, error))
            return false;
    }
    return true;
}

static bool
copy_rules(const Pack *pack, const char *staging, Manifest *manifest, GError **error)
{
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, pack->period.year);
    for (guint i = 0; i < pack->rules->documents->len; i++) {
        const Document *document = g_ptr_array_index(pack->rules->documents, i);
        g_autofree char *base = g_path_get_basename(document_name(document));
        g_autofree char *name = g_build_filename(RULES_FOLDER, year->str, base, NULL);
        if (!copy_document(document, staging, name, manifest, error))
            return false;
    }
    return true;
}

/* A file of the outputs, hashed by whatever thread. */
typedef struct {
    char *path;
    char digest[DIGEST_LENGTH + 1];
    guint64 size;
    GError *error;
} Output;

static void
hash_output(gsize number, gpointer user)
{
    Output *output = (Output *)user + number;
    bool is_hashed = file_digest(output->path, output->digest, &output->size, &output->error);
    g_assert(is_hashed == (output->error == NULL));
}

/* Lists every output with its SHA-256. */
static bool
list_outputs(Manifest *manifest, const char *folder, guint threads, GError **error)
{
    g_autoptr(GPtrArray) files = tree_files(folder, error);
    if (files == NULL)
        return false;
    g_autofree Output *outputs = g_new0(Output, files->len);
    for (guint i = 0; i < files->len; i++)
        outputs[i].path = g_build_filename(folder, g_ptr_array_index(files, i), NULL);
    parallel_for(threads, files->len, hash_output, outputs);
    bool is_hashed = true;
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *name = g_build_filename(OUTPUTS_FOLDER, g_ptr_array_index(files, i), NULL);
        manifest_add_file(manifest, outputs[i].digest, outputs[i].size, name);
        g_free(outputs[i].path);
        if (outputs[i].error == NULL)
            continue;
        if (is_hashed)
            g_propagate_error(error, outputs[i].error);
        else
            g_error_free(outputs[i].error);
        is_hashed = false;
    }
    return is_hashed;
}

static Manifest *
make_manifest(const Archive *archive, const SealRequest *request, const char *run)
{
    Manifest *manifest = manifest_new();
    manifest->run = g_strdup(run);
    manifest->period = period_text(&request->result->pack->period);
    manifest->engine = g_strdup(SCHEMEPAY_VERSION);
    for (guint i = 0; i < LIBRARY_COUNT; i++) {
        if (!LIBRARIES[i].is_sealed)
            continue;
        g_autofree char *version = LIBRARIES[i].version();
        manifest_add_library(manifest, LIBRARIES[i].name, version);
    }
    manifest->prepared_by = g_strdup(request->prepared_by);
    manifest->prepared_at = g_strdup(request->prepared_at);
    guint sealed = index_count(archive->index);
    if (sealed > 0) {
        const IndexEntry *last = index_entry(archive->index, sealed - 1);
        manifest->previous = g_strdup(last->run);
        g_strlcpy(manifest->previous_manifest, last->manifest, sizeof manifest->previous_manifest);
    }
    const GPtrArray *left_out = request->result->pack->inputs->left_out;
    for (guint i = 0; i < left_out->len; i++)
        manifest_add_left_out(manifest, g_ptr_array_index(left_out, i));
    for (guint i = 0; i < request->ledger->counted->len; i++) {
        const Run *counted = g_ptr_array_index(request->ledger->counted, i);
        manifest_add_counted(manifest, counted->text, counted->manifest_digest,
                             counted->approval_digest);
    }
    return manifest;
}

static void
tell_stage(const SealRequest *request, const char *stage)
{
    if (request->stage != NULL)
        request->stage(stage, request->user);
}

/* Inputs and rules are copied while the outputs are written. */
typedef struct {
    const Pack *pack;
    const char *staging;
    Manifest *manifest; /* the copies are listed in it */
} Copying;

static bool
copy_sources(gpointer user, GError **error)
{
    const Copying *copying = user;
    return copy_inputs(copying->pack, copying->staging, copying->manifest, error) &&
           copy_rules(copying->pack, copying->staging, copying->manifest, error);
}

/* Writes copies and outputs. */
static bool
write_parts(const SealRequest *request, const char *staging, const char *outputs,
            Manifest *manifest, GError **error)
{
    const Pack *pack = request->result->pack;
    Copying copying = {pack, staging, manifest};
    Edition edition = {manifest->run, request->earlier};
    bool is_written =
        outputs_write(request->result, &edition, outputs, copy_sources, &copying, error) &&
        inputs_are_untouched(pack, error);
    tell_stage(request, "copy and write");
    return is_written;
}

/* Writes all of the run into the staging folder and puts it on the disk. */
static bool
write_run(const Archive *archive, const SealRequest *request, const char *staging,
          SealedRun *sealed, GError **error)
{
    g_autofree char *outputs = g_build_filename(staging, OUTPUTS_FOLDER, NULL);
    g_autofree char *manifest_path = g_build_filename(staging, MANIFEST_FILE, NULL);
    g_autoptr(Manifest) manifest = make_manifest(archive, request, sealed->text);
    if (!folder_make(outputs, error) || !write_parts(request, staging, outputs, manifest, error) ||
        !list_outputs(manifest, outputs, request->result->pack->threads, error))
        return false;
    manifest_sort(manifest);
    tell_stage(request, "hash outputs");
    g_autoptr(GString) text = manifest_text(manifest);
    digest_bytes(text->str, text->len, sealed->manifest_digest);
    return file_create(manifest_path, (Span){text->str, text->len}, error) &&
           tree_protect(staging, error) && tree_sync(staging, error);
}

/* A part of a run that was written, to be compared with what it must be. */
typedef struct {
    char *path;
    const char *digest; /* of a whole file; or NULL, where it is a piece of a copied input: */
    Span bytes;         /* what the input has there */
    guint64 from;
    bool is_end;  /* whether the file ends behind them */
    bool is_same; /* what came of it */
} Written;

/* Inputs are compared piece by piece, on all cores. */
enum { PIECE = 4 << 20 };

static void
written_clear(gpointer item)
{
    g_free(((Written *)item)->path);
}

/* Lists the pieces of the copied inputs, whose digests are those of the bytes they are compared
 * with. */
static void
list_inputs(const Pack *pack, const char *staging, GArray *parts)
{
    for (guint i = 0; i < pack->inputs->files->len; i++) {
        const InputFile *file = input_file(pack->inputs, i);
        Span raw = document_raw(file->document);
        gsize from = 0;
        do {
            gsize length = MIN(raw.length - from, (gsize)PIECE);
            char *path = g_build_filename(staging, INPUTS_FOLDER, file->name, NULL);
            Written piece = {
                path, NULL, {raw.text + from, length}, from, from + length == raw.length, false};
            g_array_append_val(parts, piece);
            from += length;
        } while (from < raw.length);
    }
}

/* Lists all other files of the manifest. */
static void
list_others(const Manifest *manifest, const char *staging, GArray *parts)
{
    for (guint i = 0; i < manifest->files->len; i++) {
        const ManifestFile *file = &g_array_index(manifest->files, ManifestFile, i);
        if (g_str_has_prefix(file->path, INPUTS_FOLDER "/"))
            continue;
        Written whole = {
            g_build_filename(staging, file->path, NULL), file->digest, {0}, 0, true, false};
        g_array_append_val(parts, whole);
    }
}

static void
compare_part(gsize number, gpointer user)
{
    Written *part = &g_array_index((GArray *)user, Written, number);
    g_autoptr(GError) ignored = NULL;
    char digest[DIGEST_LENGTH + 1];
    guint64 size;
    if (part->digest == NULL)
        part->is_same = file_has(part->path, part->from, part->bytes, part->is_end);
    else
        part->is_same =
            file_digest(part->path, digest, &size, &ignored) && strcmp(digest, part->digest) == 0;
}

/* Whether the folder holds what its manifest names, to the byte, and nothing else: somebody may
 * have come between, or the disk may lie. */
static bool
check_written(const Pack *pack, const char *staging, const char *manifest_digest, GError **error)
{
    g_autofree char *path = g_build_filename(staging, MANIFEST_FILE, NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    char digest[DIGEST_LENGTH + 1];
    if (!file_read(path, &bytes, &length, error))
        return false;
    digest_bytes(bytes, length, digest);
    g_autoptr(Manifest) manifest = manifest_read((Span){bytes, length}, error);
    g_autoptr(GPtrArray) files = manifest == NULL ? NULL : tree_files(staging, error);
    if (files == NULL)
        return false;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Written));
    g_array_set_clear_func(parts, written_clear);
    list_inputs(pack, staging, parts);
    list_others(manifest, staging, parts);
    parallel_for(pack->threads, parts->len, compare_part, parts);
    bool is_same = strcmp(digest, manifest_digest) == 0 && files->len == manifest->files->len + 1;
    for (guint i = 0; i < parts->len; i++)
        is_same = is_same && g_array_index(parts, Written, i).is_same;
    if (!is_same)
        g_set_error(error, SP_ERROR, SP_ERROR_IO,
                    "%s: is not what was written into it: nothing is sealed", staging);
    return is_same;
}

/* Moves the written run to its place and enters it in the index, which is claimed. */
static bool
publish_claimed(Archive *archive, const char *staging, const SealedRun *sealed, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(sealed->folder);
    if (!folder_make(folder, error) || !archive_is_unchanged(archive, error))
        return false;
    index_set_pending(archive->index, PENDING_SEAL, sealed->text, sealed->manifest_digest);
    interrupt_while_writing();
    if (!write_index(archive, error) || !path_rename(staging, sealed->folder, error))
        return false;
    index_complete(archive->index);
    /* The run is sealed from here on. If the index cannot be written, it still has the pending
     * line, which readers and the next writer complete. */
    g_autoptr(GError) ignored = NULL;
    if (!write_index(archive, &ignored))
        g_debug("%s", ignored->message);
    return true;
}

static bool
publish(Archive *archive, const char *staging, const SealedRun *sealed, GError **error)
{
    if (!archive_claim(archive->path, error))
        return false;
    bool is_done = publish_claimed(archive, staging, sealed, error);
    archive_release(archive->path);
    return is_done;
}

/* The number the next run of a period gets: no number is given twice. */
static guint
next_number(const Archive *archive, const Period *period)
{
    guint last = 0;
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        if (period_compare(&run->name.period, period) == 0)
            last = MAX(last, run->name.number);
    }
    return last + 1;
}

SealedRun *
seal_run(Archive *archive, const ArchiveLock *lock, const SealRequest *request, GError **error)
{
    g_return_val_if_fail(lock != NULL, NULL);
    const Period *period = &request->result->pack->period;
    guint number = next_number(archive, period);
    g_autoptr(SealedRun) sealed = g_new0(SealedRun, 1);
    sealed->text = run_name_text(period, number);
    sealed->folder = archive_run_folder(archive, period, number);
    g_autofree char *staging = staging_path(archive, "run");
    if (!clear_leftovers(archive, error) || !folder_make(staging, error))
        return NULL;
    int held = folder_hold(staging);
    bool is_sealed =
        write_run(archive, request, staging, sealed, error) &&
        check_written(request->result->pack, staging, sealed->manifest_digest, error) &&
        publish(archive, staging, sealed, error);
    if (held >= 0)
        close(held);
    if (is_sealed) {
        tell_stage(request, "put on the disk");
        return g_steal_pointer(&sealed);
    }
    g_autoptr(GError) ignored = NULL;
    if (!tree_remove(staging, &ignored))
        g_debug("%s", ignored->message);
    return NULL;
}

/* A small file that is added to a sealed run. */
typedef struct {
    const char *name;
    Span bytes;
    PendingKind kind;
} Addition;

/* Writes the file and enters it in the index, which is claimed. */
static bool
add_claimed(Archive *archive, const Run *run, const Addition *added, GError **error)
{
    g_autofree char *path = run_path(run, added->name);
    g_autofree char *temporary = staging_path(archive, added->name);
    char digest[DIGEST_LENGTH + 1];
    digest_bytes(added->bytes.text, added->bytes.length, digest);
    if (!archive_is_unchanged(archive, error) || !file_create(temporary, added->bytes, error))
        return false;
    index_set_pending(archive->index, added->kind, run->text, digest);
    g_autoptr(GError) ignored = NULL;
    interrupt_while_writing();
    if (!tree_protect(temporary, error) || !file_sync(temporary, error) ||
        !write_index(archive, error) || !path_rename(temporary, path, error)) {
        if (!tree_remove(temporary, &ignored))
            g_debug("%s", ignored->message);
        return false;
    }
    index_complete(archive->index);
    if (!write_index(archive, &ignored))
        g_debug("%s", ignored->message);
    return true;
}

static bool
seal_addition(Archive *archive, const ArchiveLock *lock, const Run *run, const Addition *added,
              GError **error)
{
    g_return_val_if_fail(lock != NULL, false);
    if (!clear_leftovers(archive, error) || !archive_claim(archive->path, error))
        return false;
    bool is_done = add_claimed(archive, run, added, error);
    archive_release(archive->path);
    return is_done;
}

bool
seal_approval(Archive *archive, const ArchiveLock *lock, const Run *run, const Approval *approval,
              GError **error)
{
    g_autoptr(GString) text = approval_text(approval);
    Addition added = {APPROVAL_FILE, {text->str, text->len}, PENDING_APPROVE};
    return seal_addition(archive, lock, run, &added, error);
}

bool
seal_timestamp(Archive *archive, const ArchiveLock *lock, const Run *run, const GString *reply,
               GError **error)
{
    Addition added = {TIMESTAMP_FILE, {reply->str, reply->len}, PENDING_WITNESS};
    return seal_addition(archive, lock, run, &added, error);
}
