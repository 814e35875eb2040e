#include "command/verify.h"

#include <string.h>

#include "archive/open.h"
#include "archive/roots.h"
#include "archive/verify.h"
#include "base/files.h"
#include "base/newfolder.h"
#include "command/console.h"
#include "command/output.h"
#include "report/figures/json.h"

#include "base/poison.h"

static void
append_finding(GString *text, const Finding *finding)
{
    g_autofree char *line = finding_line(finding);
    g_string_append_printf(text, "    %-13s%s\n", FINDING_NAMES[finding->kind], line);
}

static void
append_finding_json(Json *json, const Finding *finding)
{
    json_open_object(json, NULL);
    json_text(json, "what", FINDING_NAMES[finding->kind]);
    if (finding->scheme != NULL) {
        json_text(json, "scheme", finding->scheme);
        json_text(json, "provider", finding->provider);
        json_money(json, "owed_sealed", finding->sealed);
        json_money(json, "owed_now", finding->now);
        json_money(json, "difference", (Money){finding->now.pence - finding->sealed.pence});
    }
    json_text(json, "text", finding->text);
    json_close_object(json);
}

/* What is being reported: as text, or as JSON. */
typedef struct {
    GString *text;
    Json json;
    bool is_json;
    guint differences;
} Report;

/* Reports a run, or the archive as a whole where title is not a run. */
static void
report_findings(Report *report, const char *title, const GPtrArray *findings)
{
    guint differences = findings_differences(findings);
    report->differences += differences;
    if (report->is_json) {
        json_open_object(&report->json, NULL);
        json_text(&report->json, "run", title);
        json_bool(&report->json, "verifies", differences == 0);
        json_open_array(&report->json, "findings");
        for (guint i = 0; i < findings->len; i++)
            append_finding_json(&report->json, findings_get(findings, i));
        json_close_array(&report->json);
        json_close_object(&report->json);
        return;
    }
    g_string_append_printf(report->text, "%s  %s\n", title,
                           differences == 0 ? "verifies" : "DIFFERS");
    for (guint i = 0; i < findings->len; i++)
        append_finding(report->text, findings_get(findings, i));
}

static void
append_root_json(Json *json, const Root *root)
{
    json_open_object(json, NULL);
    json_text(json, "run", root->run);
    json_text(json, "what", root->what);
    json_open_array(json, "followed_by");
    for (guint i = 0; i < root->followers->len; i++)
        json_text(json, NULL, g_ptr_array_index(root->followers, i));
    json_close_array(json);
    json_close_object(json);
}

/* Reports where the differences of an archive begin. */
static void
report_roots(Report *report, const GPtrArray *roots)
{
    if (report->is_json) {
        json_open_array(&report->json, "roots");
        for (guint i = 0; i < roots->len; i++)
            append_root_json(&report->json, roots_get(roots, i));
        json_close_array(&report->json);
        return;
    }
    for (guint i = 0; i < roots->len; i++) {
        const Root *root = roots_get(roots, i);
        guint followers = root->followers->len;
        g_string_append_printf(report->text, "%s %s; ", root->run, root->what);
        if (followers == 0)
            g_string_append(report->text, "no other run follows from it\n");
        else
            g_string_append_printf(report->text, "%u later run%s from it\n", followers,
                                   followers == 1 ? " follows" : "s follow");
    }
    if (roots->len > 0)
        g_string_append_c(report->text, '\n');
}

/* Copies of the archive's findings about a run; for NULL, of those about none of its runs. */
static GPtrArray *
findings_of(const Archive *archive, const Run *run)
{
    GPtrArray *own = findings_new();
    for (guint i = 0; i < archive->findings->len; i++) {
        const Finding *finding = findings_get(archive->findings, i);
        const Run *of = finding->run == NULL ? NULL : archive_named(archive, finding->run);
        if (of != run)
            continue;
        bool is_named = run == NULL && finding->run != NULL;
        findings_add(own, finding->kind, finding->run, "%s%s%s", is_named ? finding->run : "",
                     is_named ? ": " : "", finding->text);
        if (finding->cause != NULL)
            findings_name_cause(own, finding->cause);
    }
    return own;
}

/* Verifies a run, writing what is worked out again into a folder where one is given. The findings;
 * NULL where it cannot be done. */
static GPtrArray *
verify_one(const Options *options, const Archive *archive, const Run *run, const char *folder,
           GError **error)
{
    Signers signers = {signature_program(), options->rules};
    g_autoptr(GPtrArray) findings = findings_of(archive, run);
    console_progress(options, run->text);
    if (run->is_there &&
        !verify_run(archive, run, &signers, options->threads, folder, findings, error))
        return NULL;
    return g_steal_pointer(&findings);
}

/* Reports the archive as a whole, where anything of it differs. */
static void
report_whole(const Archive *archive, Report *report)
{
    g_autoptr(GPtrArray) whole = findings_of(archive, NULL);
    if (whole->len > 0)
        report_findings(report, "archive", whole);
}

/* Verifies all runs, and says first where the differences begin. */
static bool
verify_all(const Options *options, const Archive *archive, Report *report, GError **error)
{
    g_autoptr(GPtrArray) findings =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < archive->runs->len; i++) {
        GPtrArray *own = verify_one(options, archive, archive_run(archive, i), NULL, error);
        if (own == NULL)
            return false;
        g_ptr_array_add(findings, own);
    }
    g_autoptr(GPtrArray) roots = roots_find(archive, findings);
    report_roots(report, roots);
    if (report->is_json)
        json_open_array(&report->json, "runs");
    for (guint i = 0; i < archive->runs->len; i++)
        report_findings(report, archive_run(archive, i)->text, g_ptr_array_index(findings, i));
    report_whole(archive, report);
    return true;
}

/* Verifies one run; names, without working them out, others that something is wrong with. */
static bool
verify_single(const Options *options, const Archive *archive, const Run *run, const char *folder,
              Report *report, GError **error)
{
    g_autoptr(GPtrArray) findings = verify_one(options, archive, run, folder, error);
    if (findings == NULL)
        return false;
    if (report->is_json)
        json_open_array(&report->json, "runs");
    report_findings(report, run->text, findings);
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *other = archive_run(archive, i);
        g_autoptr(GPtrArray) others = findings_of(archive, other);
        if (other != run && others->len > 0)
            report_findings(report, other->text, others);
    }
    report_whole(archive, report);
    return true;
}

/* Where --output asks for it, gives what was worked out again its place: *written is its name, or
 * NULL where the run could not be worked out. */
static bool
keep_outputs(NewFolder *folder, const Options *options, const char **written, GError **error)
{
    g_autoptr(GPtrArray) files = tree_files(folder->staging, error);
    bool is_empty = files != NULL && files->len == 0;
    *written = NULL;
    if (files == NULL || is_empty) {
        new_folder_abandon(folder);
        return is_empty;
    }
    *written = options->output;
    return new_folder_finish(folder, error);
}

/* Verifies one run, and leaves what is worked out again where --output says. */
static bool
verify_and_keep(const Options *options, const Archive *archive, const Run *run, Report *report,
                const char **written, GError **error)
{
    NewFolder *folder = new_folder_begin(options->output, error);
    if (folder == NULL)
        return false;
    if (!verify_single(options, archive, run, folder->staging, report, error)) {
        new_folder_abandon(folder);
        return false;
    }
    return keep_outputs(folder, options, written, error);
}

/* Says where what was worked out again is, where --output asked for it. */
static void
report_output(const Options *options, Report *report, const char *written)
{
    if (options->output == NULL)
        return;
    if (written == NULL) {
        g_autofree char *note = g_strdup_printf("%s: nothing is written there, since the run "
                                                "cannot be worked out again",
                                                options->output);
        console_note(note);
    } else if (report->is_json) {
        json_text(&report->json, "output", written);
    } else {
        g_string_append_printf(report->text, "\nworked out again in %s\n", written);
    }
}

/* Prints the report and says by the error whether anything differs. */
static bool
finish(const Options *options, Report *report, const char *written, GError **error)
{
    if (report->is_json) {
        json_close_array(&report->json);
        json_whole(&report->json, "differences", report->differences);
    }
    report_output(options, report, written);
    if (report->is_json)
        json_close_object(&report->json);
    bool is_shown = report->is_json || !options->quiet || report->differences > 0;
    if (is_shown && !console_print(report->text->str, error))
        return false;
    if (report->differences == 0)
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE, "%u difference%s found", report->differences,
                text_plural(report->differences));
    return false;
}

/* Whether --all, a run and --output go together. */
static bool
check_usage(const Options *options, GError **error)
{
    const char *wrong = NULL;
    if (options->all != (options->argument_count == 0))
        wrong = options->all ? "--all and a run exclude each other" : "a run or --all is needed";
    else if (options->all && options->output != NULL)
        wrong = "--output is for one run: name it in place of --all";
    if (wrong != NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s", wrong);
    return wrong == NULL;
}

bool
command_verify(const Options *options, GError **error)
{
    if (!check_usage(options, error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error) ||
        !output_allows_folder(options, error))
        return false;
    const Run *run = NULL;
    if (!options->all && (run = archive_find(archive, options->arguments[0], error)) == NULL)
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    const char *written = NULL;
    Report report = {text, {text, 0, false}, options->json, 0};
    if (report.is_json)
        json_begin(&report.json);
    bool is_done = options->all ? verify_all(options, archive, &report, error)
                   : options->output == NULL
                       ? verify_single(options, archive, run, NULL, &report, error)
                       : verify_and_keep(options, archive, run, &report, &written, error);
    return is_done && finish(options, &report, written, error);
}
