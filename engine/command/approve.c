#include "command/approve.h"

#include <string.h>

#include "archive/approve.h"
#include "archive/open.h"
#include "archive/rework.h"
#include "archive/seal.h"
#include "archive/verify.h"
#include "command/console.h"
#include "report/figures/json.h"
#include "report/figures/textgrid.h"
#include "report/figures/words.h"
#include "report/screen/approver.h"
#include "report/screen/attention.h"

#include "base/poison.h"

/* The amounts by band, as a table. */
static void
append_bands(const Releases *releases, GString *text)
{
    static const char *const HEADINGS[] = {"amount", "payees", "total", "payments", "total"};
    static const bool IS_NUMBER[] = {false, true, true, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    guint64 payees = 0, contracts = 0;
    for (guint b = 0; b < BAND_COUNT; b++) {
        text_grid_add(grid, BAND_NAMES[b]);
        text_grid_figure(grid, figure_whole(releases->payees[b].count));
        text_grid_figure(grid, figure_money(releases->payees[b].sum));
        text_grid_figure(grid, figure_whole(releases->contracts[b].count));
        text_grid_figure(grid, figure_money(releases->contracts[b].sum));
        payees += releases->payees[b].count;
        contracts += releases->contracts[b].count;
    }
    text_grid_rule(grid);
    text_grid_add(grid, "to pay");
    text_grid_figure(grid, figure_whole(payees));
    text_grid_figure(grid, figure_money(releases->to_pay));
    text_grid_figure(grid, figure_whole(contracts));
    text_grid_figure(grid, figure_money(releases->to_pay));
    text_grid_append(grid, text);
}

/* What is about to be approved. */
static void
append_summary(const Run *run, const Releases *releases, const Rework *rework, GString *text)
{
    g_string_append_printf(text, "%s: %s, prepared by %s at %s\n\n", run->text,
                           words_period(&run->name.period).text, run->manifest->prepared_by,
                           run->manifest->prepared_at);
    append_bands(releases, text);
    g_string_append_printf(text, "to invoice %s, held contracts %u\n",
                           words_money(releases->to_invoice).text, releases->held);
    g_string_append_c(text, '\n');
    approver_text(rework->result, rework->earlier, text);
    g_autoptr(GString) attention = g_string_new(NULL);
    attention_text(rework->result, attention);
    if (attention->len > 0) /* its empty line goes in front */
        g_string_append_printf(text, "\n%.*s", (int)attention->len - 1, attention->str);
}

/* A run that no longer verifies is refused, with all that differs. */
static bool
check_verifies(const Options *options, const Signers *signers, const Archive *archive,
               const Run *run, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    console_progress(options, "verifying");
    if (!verify_run(archive, run, signers, options->threads, NULL, findings, error))
        return false;
    guint differences = findings_differences(findings);
    for (guint i = 0; i < findings->len && differences == 0; i++)
        console_note(findings_get(findings, i)->text);
    if (differences == 0)
        return true;
    for (guint i = 0; i < findings->len; i++) {
        const Finding *finding = findings_get(findings, i);
        g_autofree char *words = finding_line(finding);
        g_autofree char *line =
            g_strdup_printf("%s: %s: %s", run->text, FINDING_NAMES[finding->kind], words);
        console_complain(line);
    }
    g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                "%s no longer verifies: %u difference%s; work it out again", run->text, differences,
                text_plural(differences));
    return false;
}

/* Works the run out again, for the approver's page: it verifies, so these are its figures. */
static Rework *
work_out(const Options *options, const Archive *archive, const Run *run, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Faults) faults = faults_new();
    return rework_new(archive, run, options->threads, findings, faults, error);
}

/* Where the rules have a list of approvers, a key is needed: that is said before anything is asked.
 */
static bool
check_key(const Options *options, const Signers *signers, const Run *run, GError **error)
{
    if (options->key != NULL || !signature_is_needed(signers, run))
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                "%s must be signed, since the rules have a file " APPROVERS_FILE
                "\nhint: --key FILE signs with a private SSH key whose public one is in that file",
                run->text);
    return false;
}

/* Signs an approval, and checks at once that verify will accept the signature. */
static bool
sign(const Options *options, const Signers *signers, const Run *run, Approval *approval,
     GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    if (options->key == NULL)
        return true;
    if (!signature_make(signers, run, options->key, &approval->signature, error) ||
        !signature_check(signers, run, approval, findings, error))
        return false;
    if (findings_differences(findings) == 0)
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED, "%s is not approved: %s", run->text,
                findings_get(findings, 0)->text);
    return false;
}

/* Shows the summary and asks, where nobody said yes beforehand. */
static bool
confirm(const Options *options, const Run *run, const Releases *releases, const Rework *rework,
        const char *person, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_summary(run, releases, rework, text);
    if (options->yes)
        return options->quiet || options->json || console_print(text->str, error);
    if (options->json)
        console_complain(text->str);
    else if (!console_print(text->str, error))
        return false;
    g_autofree char *question = g_strdup_printf("Approve %s as %s?", run->text, person);
    bool is_yes;
    if (!console_ask(question, &is_yes, error))
        return false;
    if (!is_yes)
        g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED, "%s is not approved: nobody said yes",
                    run->text);
    return is_yes;
}

static bool
print_approval(const Options *options, const Approval *approval, const Result *result,
               GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!options->json) {
        if (!options->quiet)
            g_string_append_printf(text, "%s is approved by %s at %s%s%s\n", approval->run,
                                   approval->approved_by, approval->approved_at,
                                   approval->is_out_of_order ? ", out of order" : "",
                                   approval->signature != NULL ? ", signed" : "");
        return console_print(text->str, error);
    }
    Json json = {text, 0, false};
    json_begin(&json);
    json_text(&json, "run", approval->run);
    json_text(&json, "approved_by", approval->approved_by);
    json_text(&json, "approved_at", approval->approved_at);
    json_bool(&json, "out_of_order", approval->is_out_of_order);
    json_bool(&json, "signed", approval->signature != NULL);
    json_money(&json, "to_pay", approval->to_pay);
    json_money(&json, "to_invoice", approval->to_invoice);
    json_open_array(&json, "payees");
    for (guint b = 0; b < BAND_COUNT; b++) {
        json_open_object(&json, NULL);
        json_text(&json, "band", BAND_NAMES[b]);
        json_whole(&json, "count", approval->bands[b].count);
        json_money(&json, "total", approval->bands[b].sum);
        json_close_object(&json);
    }
    json_close_array(&json);
    attention_json(result, &json);
    json_close_object(&json);
    return console_print(text->str, error);
}

/* Writes the approval. Others may have written to the archive between the question and the answer:
 * with the lock held, all that the approval depends on is asked again. */
static bool
record(const Options *options, const Run *shown, const Approval *approval, GError **error)
{
    const char *person = approval->approved_by, *at = approval->approved_at;
    g_autofree char *holder = console_holder(options, person, at);
    g_autoptr(ArchiveLock) lock =
        archive_lock(options->archive, holder, options_wait(options), error);
    g_autoptr(Archive) archive = lock == NULL ? NULL : archive_open(options->archive, error);
    g_autoptr(GPtrArray) waiting = NULL;
    if (archive == NULL)
        return false;
    const Run *run = archive_named(archive, shown->text);
    if (run == NULL || strcmp(run->manifest_digest, shown->manifest_digest) != 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                    "%s is not approved: it is not what was shown any more", shown->text);
        return false;
    }
    return approve_is_allowed(archive, run, person, at, approval->is_out_of_order, &waiting,
                              error) &&
           seal_approval(archive, lock, run, approval, error);
}

bool
command_approve(const Options *options, GError **error)
{
    g_autofree char *person = console_person(options, error);
    if (person == NULL)
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    Signers signers = {signature_program(), options->rules};
    g_autoptr(GPtrArray) waiting = NULL;
    g_autofree char *begun = console_now();
    if (run == NULL ||
        !approve_is_allowed(archive, run, person, begun, options->out_of_order, &waiting, error) ||
        !check_key(options, &signers, run, error))
        return false;
    for (guint i = 0; i < waiting->len; i++) {
        const Run *draft = g_ptr_array_index(waiting, i);
        g_autofree char *warning =
            g_strdup_printf("%s is not approved: its money is in this run", draft->text);
        console_warn(warning);
    }
    Releases releases;
    g_autoptr(Rework) rework = NULL;
    if (!check_verifies(options, &signers, archive, run, error) ||
        !releases_read(run, &releases, error) ||
        (rework = work_out(options, archive, run, error)) == NULL ||
        !confirm(options, run, &releases, rework, person, error))
        return false;
    g_autofree char *now = console_now();
    g_autoptr(Approval) approval = approve_run(run, &releases, person, now, waiting->len > 0);
    if (!sign(options, &signers, run, approval, error) || !record(options, run, approval, error))
        return false;
    if (print_approval(options, approval, rework->result, error))
        return true;
    g_prefix_error(error, "%s is approved, but ", run->text);
    return false;
}
