#include "archive/archive.h"

#include <string.h>

#include "base/files.h"

#include "base/poison.h"

#define NUMBER_DIGITS 3
#define MAX_NUMBER_DIGITS 6

static void
run_free(gpointer pointer)
{
    Run *run = pointer;
    g_free(run->text);
    g_free(run->folder);
    manifest_free(run->manifest);
    approval_free(run->approval);
    if (run->timestamp != NULL)
        g_string_free(run->timestamp, TRUE);
    g_free(run);
}

Archive *
archive_new(const char *path)
{
    Archive *archive = g_new0(Archive, 1);
    archive->path = g_strdup(path);
    archive->runs = g_ptr_array_new_with_free_func(run_free);
    archive->findings = findings_new();
    return archive;
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

/* The folder of a period. */
static char *
period_folder(const Archive *archive, const Period *period)
{
    g_autofree char *text = period_text(period);
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, period->year);
    return g_build_filename(archive->path, year->str, text, NULL);
}

char *
archive_run_folder(const Archive *archive, const Period *period, guint number)
{
    g_autofree char *folder = period_folder(archive, period);
    return g_strdup_printf("%s/%0*u", folder, NUMBER_DIGITS, number);
}

char *
run_path(const Run *run, const char *name)
{
    return g_build_filename(run->folder, name, NULL);
}

const char *
run_digest(const Run *run, const char *name)
{
    const ManifestFile *file = run->manifest == NULL ? NULL : manifest_find(run->manifest, name);
    return file == NULL ? "" : file->digest;
}

int
run_compare(gconstpointer left, gconstpointer right)
{
    const Run *a = *(const Run *const *)left, *b = *(const Run *const *)right;
    int order = period_compare(&a->name.period, &b->name.period);
    return order != 0 ? order
                      : (a->name.number > b->name.number) - (a->name.number < b->name.number);
}

const Run *
archive_run(const Archive *archive, guint run)
{
    return g_ptr_array_index(archive->runs, run);
}

const Run *
archive_named(const Archive *archive, const char *text)
{
    for (guint i = 0; i < archive->runs->len; i++)
        if (strcmp(archive_run(archive, i)->text, text) == 0)
            return archive_run(archive, i);
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
archive_prepared_after(const Archive *archive, const Run *run, const char *time)
{
    const Run *before = run->manifest == NULL || run->manifest->previous == NULL
                            ? NULL
                            : archive_named(archive, run->manifest->previous);
    const Run *const both[] = {run, before};
    for (guint i = 0; i < G_N_ELEMENTS(both); i++)
        if (both[i] != NULL && both[i]->manifest != NULL &&
            strcmp(both[i]->manifest->prepared_at, time) > 0)
            return both[i];
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

bool
archive_read_index(const char *archive_folder, char **bytes, gsize *length, GError **error)
{
    g_autofree char *path = g_build_filename(archive_folder, INDEX_FILE, NULL);
    g_autoptr(GError) reason = NULL;
    *length = 0;
    if (file_read(path, bytes, length, &reason) || reason->code == SP_ERROR_NO_INPUT)
        return true;
    if (reason->code == SP_ERROR_INPUT)
        reason->code = SP_ERROR_IO;
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

bool
archive_is_unchanged(const Archive *archive, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!archive_read_index(archive->path, &bytes, &length, error))
        return false;
    if (g_strcmp0(bytes, archive->index_bytes) == 0)
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_BUSY,
                "%s: another run was sealed, approved or witnessed meanwhile: nothing is written; "
                "try again",
                archive->path);
    return false;
}
