#include "archive/archive.h"

#include <string.h>

#include "archive/chain.h"
#include "base/files.h"

#include "base/poison.h"

#define NUMBER_DIGITS 3
#define MAX_NUMBER_DIGITS 6
/* How often a reader looks again because a writer was at work meanwhile. */
#define ATTEMPTS 20

bool
run_name_read(const char *text, RunName *name)
{
    const char *slash = strchr(text, '/');
    g_autofree char *period =
        slash == NULL ? g_strdup(text) : g_strndup(text, (gsize)(slash - text));
    RunName read = {.number = 0};
    if (!period_read(period, &read.period))
        return false;
    if (slash != NULL) {
        gsize digits = strspn(slash + 1, "0123456789");
        if (digits < 1 || digits > MAX_NUMBER_DIGITS || slash[1 + digits] != '\0')
            return false;
        for (gsize i = 0; i < digits; i++)
            read.number = read.number * 10 + (guint)(slash[1 + i] - '0');
        if (read.number == 0)
            return false;
    }
    *name = read;
    return true;
}

char *
run_name_text(const Period *period, guint number)
{
    g_autofree char *text = period_text(period);
    return g_strdup_printf("%s/%0*u", text, NUMBER_DIGITS, number);
}

char *
archive_path(const Archive *archive, const char *name)
{
    return g_build_filename(archive->path, name, NULL);
}

char *
archive_period_folder(const Archive *archive, const Period *period)
{
    g_autofree char *text = period_text(period);
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, period->year);
    return g_build_filename(archive->path, year->str, text, NULL);
}

char *
archive_run_folder(const Archive *archive, const Period *period, guint number)
{
    g_autofree char *folder = archive_period_folder(archive, period);
    return g_strdup_printf("%s/%0*u", folder, NUMBER_DIGITS, number);
}

char *
run_path(const Run *run, const char *name)
{
    return g_build_filename(run->folder, name, NULL);
}

static void
run_free(gpointer pointer)
{
    Run *run = pointer;
    g_free(run->text);
    g_free(run->folder);
    manifest_free(run->manifest);
    approval_free(run->approval);
    g_free(run);
}

void
archive_free(Archive *archive)
{
    if (archive == NULL)
        return;
    g_free(archive->path);
    index_free(archive->index);
    g_free(archive->index_bytes);
    g_ptr_array_unref(archive->runs);
    g_ptr_array_unref(archive->findings);
    g_free(archive);
}

const Run *
archive_run(const Archive *archive, guint run)
{
    return g_ptr_array_index(archive->runs, run);
}

/* Reads a small file of a run. False where there is none; what cannot be read is a finding. */
static bool
read_sealed(Archive *archive, const Run *run, const char *name, FindingKind kind, char **bytes,
            gsize *length)
{
    g_autofree char *path = run_path(run, name);
    g_autoptr(GError) error = NULL;
    if (file_read(path, bytes, length, &error))
        return true;
    if (error->code != SP_ERROR_NO_INPUT)
        findings_add(archive->findings, kind, run->text, "%s", error->message);
    return false;
}

static void
read_manifest(Archive *archive, Run *run)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!read_sealed(archive, run, MANIFEST_FILE, FINDING_MANIFEST, &bytes, &length))
        return;
    g_autoptr(GError) error = NULL;
    digest_bytes(bytes, length, run->manifest_digest);
    run->manifest = manifest_read((Span){bytes, length}, &error);
    if (run->manifest == NULL)
        findings_add(archive->findings, FINDING_MANIFEST, run->text, "%s", error->message);
}

static void
read_approval(Archive *archive, Run *run)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!read_sealed(archive, run, APPROVAL_FILE, FINDING_APPROVAL, &bytes, &length))
        return;
    g_autoptr(GError) error = NULL;
    digest_bytes(bytes, length, run->approval_digest);
    run->approval = approval_read((Span){bytes, length}, &error);
    if (run->approval == NULL)
        findings_add(archive->findings, FINDING_APPROVAL, run->text, "%s", error->message);
}

/* Adds a run and reads what there is of it. */
static void
add_run(Archive *archive, const RunName *name, bool is_listed)
{
    Run *run = g_new0(Run, 1);
    run->name = *name;
    run->text = run_name_text(&name->period, name->number);
    run->folder = archive_run_folder(archive, &name->period, name->number);
    run->is_listed = is_listed;
    run->is_there = path_is_folder(run->folder);
    g_ptr_array_add(archive->runs, run);
    if (run->is_there) {
        read_manifest(archive, run);
        read_approval(archive, run);
    }
}

const Run *
archive_named(const Archive *archive, const char *text)
{
    for (guint i = 0; i < archive->runs->len; i++)
        if (strcmp(archive_run(archive, i)->text, text) == 0)
            return archive_run(archive, i);
    return NULL;
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
            if (archive_named(archive, text) == NULL)
                add_run(archive, &name, false);
        } else if (entry[0] != '.') {
            findings_add(archive->findings, FINDING_STRAY, NULL, "%s/%s/%s: is not a run", year,
                         period, entry);
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
        } else if (entry[0] != '.') {
            findings_add(archive->findings, FINDING_STRAY, NULL, "%s/%s: is not a period of %s",
                         year, entry, year);
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

/* Reads the index's file, if there is one. */
static bool
read_index_bytes(const char *archive_folder, char **bytes, gsize *length, GError **error)
{
    g_autofree char *path = g_build_filename(archive_folder, INDEX_FILE, NULL);
    g_autoptr(GError) reason = NULL;
    *length = 0;
    if (file_read(path, bytes, length, &reason) || reason->code == SP_ERROR_NO_INPUT)
        return true;
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

/* Completes or forgets what the index says is pending, by what is there. */
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
        g_autofree char *approval = g_build_filename(folder, APPROVAL_FILE, NULL);
        is_done = index->pending == PENDING_SEAL ? path_is_folder(folder) : path_is_file(approval);
    }
    if (is_done)
        index_complete(index);
    else
        index_drop_pending(index);
}

/* Takes the runs of the index over, in its order. */
static void
add_listed(Archive *archive)
{
    for (guint i = 0; i < index_count(archive->index); i++) {
        const IndexEntry *entry = index_entry(archive->index, i);
        RunName name;
        if (run_name_read(entry->run, &name) && name.number > 0)
            add_run(archive, &name, true);
        else
            findings_add(archive->findings, FINDING_INDEX, NULL,
                         "%s: names a run \"%s\", which is no run's name", INDEX_FILE, entry->run);
    }
}

/* Reads all of it once, with no regard to writers. */
static Archive *
read_once(const char *path, GError **error)
{
    g_autoptr(Archive) archive = g_new0(Archive, 1);
    archive->path = g_strdup(path);
    archive->runs = g_ptr_array_new_with_free_func(run_free);
    archive->findings = findings_new();
    archive->is_there = g_file_test(path, G_FILE_TEST_IS_DIR);
    gsize length;
    g_autoptr(GError) reason = NULL;
    if (archive->is_there && !read_index_bytes(path, &archive->index_bytes, &length, error))
        return NULL;
    if (archive->index_bytes != NULL) {
        archive->index = index_read((Span){archive->index_bytes, length}, &reason);
        if (archive->index == NULL)
            findings_add(archive->findings, FINDING_INDEX, NULL, "%s: %s", INDEX_FILE,
                         reason->message);
    }
    if (archive->index == NULL)
        archive->index = index_new();
    resolve_pending(archive);
    add_listed(archive);
    if (archive->is_there && !walk_archive(archive, error))
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
            (!archive->is_there || read_index_bytes(path, &bytes, &length, &reason)) &&
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

const Run *
archive_newest(const Archive *archive, const Period *period)
{
    const Run *newest = NULL;
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        if (run->is_there && period_compare(&run->name.period, period) == 0 &&
            (newest == NULL || run->name.number > newest->name.number))
            newest = run;
    }
    return newest;
}

const Run *
archive_approved(const Archive *archive, const Period *period)
{
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        if (run->approval != NULL && period_compare(&run->name.period, period) == 0)
            return run;
    }
    return NULL;
}

const Run *
archive_find(const Archive *archive, const char *text, GError **error)
{
    RunName name;
    if (!run_name_read(text, &name)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "\"%s\" is not a run: write it as 2025-09/001, or 2025-26-YE/001", text);
        return NULL;
    }
    const Run *run;
    if (name.number == 0) {
        run = archive_newest(archive, &name.period);
    } else {
        g_autofree char *canonical = run_name_text(&name.period, name.number);
        run = archive_named(archive, canonical);
    }
    if (run == NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT, "%s: there is no run %s in this archive",
                    archive->path, text);
    return run;
}

bool
archive_require(const Archive *archive, GError **error)
{
    if (!archive->is_there)
        g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT, "%s: there is no archive", archive->path);
    return archive->is_there;
}

bool
archive_require_whole(const Archive *archive, SpError code, GError **error)
{
    if (findings_differences(archive->findings) == 0)
        return true;
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < archive->findings->len; i++) {
        const Finding *finding = findings_get(archive->findings, i);
        g_string_append_printf(list, "%s%s%s: %s\n", finding->run == NULL ? "" : finding->run,
                               finding->run == NULL ? "" : ": ", FINDING_NAMES[finding->kind],
                               finding->text);
    }
    g_set_error(
        error, SP_ERROR, (int)code,
        "%s%s: is not as it was sealed, so what was paid is not certain: nothing is written\n"
        "hint: schemepay verify --all names all that changed; bring it back from a backup",
        list->str, archive->path);
    return false;
}
