#include "command/month_end.h"

#include "archive/open.h"
#include "archive/same.h"
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

/* Which run it is, and where. */
static void
write_run(Json *json, const char *run, const char *folder, const char *workbook, const char *digest)
{
    json_text(json, "run", run);
    json_text(json, "folder", folder);
    json_text(json, "workbook", workbook);
    json_text(json, "manifest_sha256", digest);
}

/* Prints the closing figures and where the run is. */
static bool
print_closing(const Options *options, const Work *work, const SealedRun *sealed, GError **error)
{
    g_autofree char *name = workbook_name(&work->pack->period);
    g_autofree char *workbook = g_build_filename(sealed->folder, OUTPUTS_FOLDER, name, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json) {
        Json json = {text, 0, false};
        json_begin(&json);
        write_run(&json, sealed->text, sealed->folder, workbook, sealed->manifest_digest);
        json_bool(&json, "is_sealed_now", true);
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

/* Says that nothing is sealed, and which run is there already. */
static bool
print_same(const Options *options, const Run *run, GError **error)
{
    g_autofree char *name = workbook_name(&run->name.period);
    g_autofree char *workbook = g_build_filename(run->folder, OUTPUTS_FOLDER, name, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json) {
        Json json = {text, 0, false};
        json_begin(&json);
        write_run(&json, run->text, run->folder, workbook, run->manifest_digest);
        json_bool(&json, "is_sealed_now", false);
        json_close_object(&json);
    } else if (!options->quiet) {
        g_string_append_printf(text,
                               "nothing is sealed: inputs, rules, payments counted and version "
                               "are those of %s%s\n",
                               run->text, run->approval == NULL ? "" : ", which is approved");
        g_string_append_printf(text, "\nsealed as %s in %s\nworkbook  %s\nmanifest  SHA-256 %s\n",
                               run->text, run->folder, workbook, run->manifest_digest);
    }
    return console_print(text->str, error);
}

/* With --unless-same, the newest run of a period where it would be the same; of a year-end, the
 * last approved one where there is none after it. */
static const Run *
find_same(const Options *options, const Archive *archive, const Period *period)
{
    if (!options->unless_same)
        return NULL;
    SameSource source = {options->rules, options->inputs, options->threads};
    const Run *run = archive_newest(archive, period);
    if (run == NULL && period->supplement > 0) {
        Period before = period_of_year_end(period->year, period->supplement - 1);
        run = archive_approved(archive, &before);
    }
    return run != NULL && run_is_same(archive, run, &source) ? run : NULL;
}

/* Prints the run that is the same. With --strict its inputs must pass as those of a new one. */
static bool
return_same(const Options *options, const Archive *archive, const Run *run, GError **error)
{
    if (options->strict) {
        g_autoptr(Work) work = work_new(options, archive, &run->name.period, error);
        if (work == NULL)
            return false;
    }
    return print_same(options, run, error);
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
    const Run *same = find_same(options, archive, period);
    if (same != NULL)
        return return_same(options, archive, same, error);
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

bool
command_month_end(const Options *options, GError **error)
{
    Period period;
    return options_require(options, "month", error) && options_require(options, "inputs", error) &&
           work_month(options, &period, error) && run_period(options, &period, error);
}

bool
command_year_end(const Options *options, GError **error)
{
    Period period;
    return options_require(options, "year", error) && options_require(options, "inputs", error) &&
           work_year(options, &period, error) && run_period(options, &period, error);
}
