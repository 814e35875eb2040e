#include "archive/open.h"

#include <string.h>

#include "archive/chain.h"
#include "archive/litter.h"
#include "base/files.h"

#include "base/poison.h"

/* How often an archive is read again because something was sealed meanwhile. */
#define ATTEMPTS 20

/* Reads a small file of a run: *bytes is NULL where there is none. What is no regular file is a
 * finding; one that may not be read is an error, since nothing is known of it. */
static bool
read_sealed(Archive *archive, const Run *run, const char *name, FindingKind kind, char **bytes,
            gsize *length, GError **error)
{
    g_autofree char *path = run_path(run, name);
    g_autoptr(GError) reason = NULL;
    if (file_read(path, bytes, length, &reason) || reason->code == SP_ERROR_NO_INPUT)
        return true;
    if (reason->code != SP_ERROR_INPUT) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    findings_add(archive->findings, kind, run->text, "%s", reason->message);
    return true;
}

static bool
read_manifest(Archive *archive, Run *run, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!read_sealed(archive, run, MANIFEST_FILE, FINDING_MANIFEST, &bytes, &length, error))
        return false;
    if (bytes == NULL)
        return true;
    g_autoptr(GError) reason = NULL;
    digest_bytes(bytes, length, run->manifest_digest);
    run->manifest = manifest_read((Span){bytes, length}, &reason);
    if (run->manifest == NULL)
        findings_add(archive->findings, FINDING_MANIFEST, run->text, "%s", reason->message);
    return true;
}

static bool
read_approval(Archive *archive, Run *run, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!read_sealed(archive, run, APPROVAL_FILE, FINDING_APPROVAL, &bytes, &length, error))
        return false;
    if (bytes == NULL)
        return true;
    g_autoptr(GError) reason = NULL;
    digest_bytes(bytes, length, run->approval_digest);
    run->approval = approval_read((Span){bytes, length}, &reason);
    if (run->approval == NULL)
        findings_add(archive->findings, FINDING_APPROVAL, run->text, "%s", reason->message);
    return true;
}

static bool
read_timestamp(Archive *archive, Run *run, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!read_sealed(archive, run, TIMESTAMP_FILE, FINDING_TIMESTAMP, &bytes, &length, error))
        return false;
    if (bytes == NULL)
        return true;
    digest_bytes(bytes, length, run->timestamp_digest);
    run->timestamp = g_string_new_len(bytes, (gssize)length);
    return true;
}

/* Adds a run and reads what there is of it. */
static bool
add_run(Archive *archive, const RunName *name, bool is_listed, GError **error)
{
    Run *run = g_new0(Run, 1);
    run->name = *name;
    run->text = run_name_text(&name->period, name->number);
    run->folder = archive_run_folder(archive, &name->period, name->number);
    run->is_listed = is_listed;
    run->is_there = path_is_folder(run->folder);
    g_ptr_array_add(archive->runs, run);
    return !run->is_there ||
           (read_manifest(archive, run, error) && read_approval(archive, run, error) &&
            read_timestamp(archive, run, error));
}

/* Adds that something in the folder of a year or a period is none of its own; what begins with a
 * dot is passed over. */
static void
add_stray(Archive *archive, const char *folder, const char *entry, const char *what)
{
    g_autofree char *path = g_build_filename(archive->path, folder, entry, NULL);
    if (litter_has_name(entry) && path_is_file(path))
        findings_add(archive->findings, FINDING_NOTE, NULL,
                     "%s/%s: left by an office program or a desktop, not looked at", folder, entry);
    else if (entry[0] != '.')
        findings_add(archive->findings, FINDING_STRAY, NULL, "%s/%s: %s", folder, entry, what);
}

/* Adds the runs of a period's folder that the index does not name. */
static bool
add_unlisted(Archive *archive, const char *year, const char *period, GError **error)
{
    g_autofree char *folder = g_build_filename(archive->path, year, period, NULL);
    g_autoptr(GPtrArray) names = folder_names(folder, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *entry = g_ptr_array_index(names, i);
        g_autofree char *text = g_strdup_printf("%s/%s", period, entry);
        g_autofree char *canonical = NULL;
        RunName name;
        if (run_name_read(text, &name))
            canonical = run_name_text(&name.period, name.number);
        if (canonical != NULL && strcmp(canonical, text) == 0) {
            if (archive_named(archive, text) == NULL && !add_run(archive, &name, false, error))
                return false;
        } else {
            g_autofree char *place = g_build_filename(year, period, NULL);
            add_stray(archive, place, entry, "is not a run");
        }
    }
    return true;
}

/* Looks through a year's folder. */
static bool
walk_year(Archive *archive, const char *year, GError **error)
{
    g_autofree char *folder = archive_path(archive, year);
    g_autoptr(GPtrArray) names = folder_names(folder, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *entry = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, entry, NULL);
        Period period;
        g_autoptr(GString) of_year = g_string_new(NULL);
        bool is_period = path_is_folder(path) && period_read(entry, &period);
        if (is_period)
            year_append(of_year, period.year);
        if (is_period && strcmp(of_year->str, year) == 0) {
            if (!add_unlisted(archive, year, entry, error))
                return false;
        } else {
            g_autofree char *what = g_strconcat("is not a period of ", year, NULL);
            add_stray(archive, year, entry, what);
        }
    }
    return true;
}

/* Looks through all years' folders. */
static bool
walk_archive(Archive *archive, GError **error)
{
    g_autoptr(GPtrArray) names = folder_names(archive->path, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *entry = g_ptr_array_index(names, i);
        g_autofree char *path = archive_path(archive, entry);
        if (year_read(entry, strlen(entry)) > 0 && path_is_folder(path) &&
            !walk_year(archive, entry, error))
            return false;
    }
    return true;
}

/* Completes what the index says is pending, if it has happened; forgets it, if not. */
static void
resolve_pending(Archive *archive)
{
    Index *index = archive->index;
    RunName name;
    if (index->pending == PENDING_NONE)
        return;
    bool is_done = false;
    if (run_name_read(index->pending_run, &name)) {
        g_autofree char *folder = archive_run_folder(archive, &name.period, name.number);
        const char *kept = index->pending == PENDING_APPROVE ? APPROVAL_FILE : TIMESTAMP_FILE;
        g_autofree char *file = g_build_filename(folder, kept, NULL);
        is_done = index->pending == PENDING_SEAL ? path_is_folder(folder) : path_is_file(file);
    }
    if (is_done)
        index_complete(index);
    else
        index_drop_pending(index);
}

/* Adds the runs that the index names, in its order. */
static bool
add_listed(Archive *archive, GError **error)
{
    for (guint i = 0; i < index_count(archive->index); i++) {
        const IndexEntry *entry = index_entry(archive->index, i);
        RunName name;
        g_autofree char *canonical = NULL;
        if (run_name_read(entry->run, &name) && name.number > 0)
            canonical = run_name_text(&name.period, name.number);
        if (g_strcmp0(canonical, entry->run) != 0)
            findings_add(archive->findings, FINDING_INDEX, NULL,
                         "%s: names a run \"%s\", which is no run's name", INDEX_FILE, entry->run);
        else if (!add_run(archive, &name, true, error))
            return false;
    }
    return true;
}

/* Reads all of it once. A writer may change it meanwhile. */
static Archive *
read_once(const char *path, GError **error)
{
    g_autoptr(Archive) archive = archive_new(path);
    archive->is_there = g_file_test(path, G_FILE_TEST_IS_DIR);
    gsize length = 0;
    g_autoptr(GError) reason = NULL;
    if (archive->is_there && !archive_read_index(path, &archive->index_bytes, &length, error))
        return NULL;
    if (archive->index_bytes != NULL) {
        archive->index = index_read((Span){archive->index_bytes, length}, &reason);
        if (archive->index == NULL)
            findings_add(archive->findings, FINDING_INDEX, NULL, "%s: %s", INDEX_FILE,
                         reason->message);
    }
    archive->has_index = archive->index != NULL;
    if (!archive->has_index)
        archive->index = index_new();
    resolve_pending(archive);
    if (!add_listed(archive, error) || (archive->is_there && !walk_archive(archive, error)))
        return NULL;
    chain_check(archive);
    return g_steal_pointer(&archive);
}

Archive *
archive_open(const char *path, GError **error)
{
    for (guint attempt = 0; attempt < ATTEMPTS; attempt++) {
        g_autoptr(GError) reason = NULL;
        g_autoptr(Archive) archive = read_once(path, &reason);
        g_autofree char *bytes = NULL;
        gsize length;
        if (archive != NULL &&
            (!archive->is_there || archive_read_index(path, &bytes, &length, &reason)) &&
            g_strcmp0(bytes, archive->index_bytes) == 0)
            return g_steal_pointer(&archive);
        if (reason != NULL && reason->code != SP_ERROR_NO_INPUT) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return NULL;
        }
    }
    g_set_error(error, SP_ERROR, SP_ERROR_BUSY, "%s: is being changed all the time: try again",
                path);
    return NULL;
}
