#include "command/month_end.h"

#include "archive/open.h"
#include "archive/seal.h"
#include "base/files.h"
#include "base/temporary.h"
#include "command/console.h"
#include "command/stopwatch.h"
#include "command/work.h"
#include "report/figures/json.h"
#include "report/screen/closing.h"
#include "report/workbook/workbook.h"

#include "base/poison.h"

/* Prints the closing figures and where the run is. */
static bool
print_closing(const Options *options, const Work *work, const SealedRun *sealed, GError **error)
{
    g_autofree char *name = workbook_name(&work->pack->period);
    g_autofree char *workbook = g_build_filename(sealed->folder, OUTPUTS_FOLDER, name, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json) {
        Json json = {text, 0, false};
        json_open_object(&json, NULL);
        json_text(&json, "run", sealed->text);
        json_text(&json, "folder", sealed->folder);
        json_text(&json, "workbook", workbook);
        json_text(&json, "manifest_sha256", sealed->manifest_digest);
        json_close_object(&json);
        g_autoptr(GString) figures = g_string_new(NULL);
        closing_json(work->result, figures);
        console_join_json(text, figures);
    } else if (!options->quiet) {
        closing_text(work->result, text);
        g_string_append_printf(text, "\nsealed as %s in %s\nworkbook  %s\nmanifest  SHA-256 %s\n",
                               sealed->text, sealed->folder, workbook, sealed->manifest_digest);
    }
    if (console_print(text->str, error))
        return true;
    g_prefix_error(error, "%s is sealed, but ", sealed->text);
    return false;
}

/* Takes the lock of an archive that was not there when the run began. */
static ArchiveLock *
begin_archive(const Options *options, const Archive *archive, const char *holder, GError **error)
{
    if (!folder_make(archive->path, error))
        return NULL;
    g_autoptr(ArchiveLock) lock = archive_lock(archive->path, holder, options_wait(options), error);
    if (lock == NULL || !archive_is_unchanged(archive, error))
        return NULL;
    return g_steal_pointer(&lock);
}

/* Neither lies in the other: each run would find the copies of the runs before it. */
static bool
check_apart(const Options *options, GError **error)
{
    g_autofree char *archive = path_resolve(options->archive);
    g_autofree char *inputs = path_resolve(options->inputs);
    bool is_archive_inside = path_is_in(archive, inputs);
    if (!is_archive_inside && !path_is_in(inputs, archive))
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s",
                is_archive_inside ? "--archive lies in --inputs: keep it somewhere else"
                                  : "--inputs lies in --archive: keep it somewhere else");
    return false;
}

/* Works out and seals a run. An existing archive is locked before anything is read, so that the
 * second of two runs waits; a new one is made only when there is something to
 * seal. */
static bool
run_period(const Options *options, const Period *wanted, GError **error)
{
    Period next = *wanted, *period = &next;
    g_autofree char *person = console_person(options, error);
    if (person == NULL || !check_apart(options, error) || !work_rules_pass(options, period, error))
        return false;
    scratch_clear_stale();
    g_autofree char *now = console_now();
    g_autofree char *holder = console_holder(options, person, now);
    g_autoptr(ArchiveLock) lock = NULL;
    if (g_file_test(options->archive, G_FILE_TEST_IS_DIR)) {
        lock = archive_lock(options->archive, holder, options_wait(options), error);
        if (lock == NULL)
            return false;
    }
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require_whole(archive, SP_ERROR_INPUT, error))
        return false;
    if (wanted->is_year_end)
        next = ledger_next_year_end(archive, wanted->year);
    if (!ledger_allows(archive, period, error))
        return false;
    g_autoptr(Work) work = work_new(options, archive, period, error);
    if (work == NULL)
        return false;
    if (lock == NULL && (lock = begin_archive(options, archive, holder, error)) == NULL)
        return false;
    Stopwatch stopwatch = stopwatch_start(options);
    SealRequest request = {work->result, work->ledger,  work->earlier, person,
                           now,          stopwatch_lap, &stopwatch};
    console_progress(options, "writing and sealing");
    g_autoptr(SealedRun) sealed = seal_run(archive, lock, &request, error);
    return sealed != NULL && print_closing(options, work, sealed, error);
}

/* Whether the options a run needs are there. */
static bool
require(const char *value, const char *option, GError **error)
{
    if (value == NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--%s is needed", option);
    return value != NULL;
}

bool
command_month_end(const Options *options, GError **error)
{
    Period period;
    return require(options->month, "month", error) && require(options->inputs, "inputs", error) &&
           work_month(options, &period, error) && run_period(options, &period, error);
}

bool
command_year_end(const Options *options, GError **error)
{
    Period period;
    return require(options->year, "year", error) && require(options->inputs, "inputs", error) &&
           work_year(options, &period, error) && run_period(options, &period, error);
}
