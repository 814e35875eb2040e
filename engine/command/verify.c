#include "command/verify.h"

#include <string.h>

#include "archive/open.h"
#include "archive/verify.h"
#include "command/console.h"
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
    guint runs, differences;
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
    }
    return own;
}

static bool
verify_one(const Options *options, const Archive *archive, const Run *run, Report *report,
           GError **error)
{
    Signers signers = {signature_program(), options->rules};
    g_autoptr(GPtrArray) findings = findings_of(archive, run);
    console_progress(options, run->text);
    if (run->is_there && !verify_run(archive, run, &signers, options->threads, findings, error))
        return false;
    report->runs++;
    report_findings(report, run->text, findings);
    return true;
}

/* Reports, without working them out, the other runs that something is wrong with. */
static void
report_others(const Archive *archive, const Run *verified, Report *report)
{
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        g_autoptr(GPtrArray) findings = findings_of(archive, run);
        if (run != verified && findings->len > 0)
            report_findings(report, run->text, findings);
    }
}

/* Verifies one run, or all of them where run is NULL, and then the archive as a whole. */
static bool
verify_runs(const Options *options, const Archive *archive, const Run *run, Report *report,
            GError **error)
{
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *each = archive_run(archive, i);
        if ((run == NULL || each == run) && !verify_one(options, archive, each, report, error))
            return false;
    }
    if (run != NULL)
        report_others(archive, run, report);
    g_autoptr(GPtrArray) whole = findings_of(archive, NULL);
    if (whole->len > 0)
        report_findings(report, "archive", whole);
    return true;
}

/* Prints the report and says by the error whether anything differs. */
static bool
finish(const Options *options, Report *report, GError **error)
{
    if (report->is_json) {
        json_close_array(&report->json);
        json_whole(&report->json, "differences", report->differences);
        json_close_object(&report->json);
    }
    bool is_shown = report->is_json || !options->quiet || report->differences > 0;
    if (is_shown && !console_print(report->text->str, error))
        return false;
    if (report->differences == 0)
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE, "%u difference%s found", report->differences,
                text_plural(report->differences));
    return false;
}

bool
command_verify(const Options *options, GError **error)
{
    if (options->all != (options->argument_count == 0)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s",
                    options->all ? "--all and a run exclude each other"
                                 : "a run or --all is needed");
        return false;
    }
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = NULL;
    if (!options->all && (run = archive_find(archive, options->arguments[0], error)) == NULL)
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    Report report = {text, {text, 0, false}, options->json, 0, 0};
    if (report.is_json) {
        json_open_object(&report.json, NULL);
        json_open_array(&report.json, "runs");
    }
    return verify_runs(options, archive, run, &report, error) && finish(options, &report, error);
}
