#include "command/statements.h"

#include "archive/agree.h"
#include "archive/open.h"
#include "archive/sealed.h"
#include "base/files.h"
#include "base/newfolder.h"
#include "command/again.h"
#include "command/changes.h"
#include "command/console.h"
#include "command/output.h"
#include "report/figures/json.h"
#include "report/figures/words.h"
#include "report/statement/mailing.h"
#include "report/statement/statements.h"

#include "base/poison.h"

/* A mailing being made. */
typedef struct {
    const Options *options;
    const Archive *archive;
    const Run *run;
    GArray *sealed; /* of PaymentRow: what the run pays */
    Rework *again;  /* NULL where this version cannot work it out, which --xlsx does without */
    Mailing *mailing;
} Posting;

static void
posting_clear(Posting *posting)
{
    g_clear_pointer(&posting->sealed, g_array_unref);
    g_clear_pointer(&posting->again, rework_free);
    g_clear_pointer(&posting->mailing, mailing_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Posting, posting_clear)

/* A payee who gets the statement of a run that another one replaces is told what is not paid. */
static void
warn_of_other(const Archive *archive, const Run *run)
{
    const Run *approved = archive_approved(archive, &run->name.period);
    const Run *newest = archive_newest(archive, &run->name.period);
    const Run *instead = approved != NULL ? approved : newest;
    if (instead == NULL || instead == run)
        return;
    g_autofree char *warning =
        g_strdup_printf("%s is superseded: what is %s for the period is in %s", run->text,
                        approved != NULL ? "paid" : "to be paid", instead->text);
    console_warn(warning);
}

/* Takes the run as it was sealed: its files must be, and its payments are read. */
static bool
take_sealed(Posting *posting, GError **error)
{
    guint changes = 0;
    const Run *run = posting->run;
    if (!changes_of_counted(posting->archive, run, &changes, error))
        return false;
    if (changes > 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE,
                    "found %u difference%s from what was sealed: nothing is written", changes,
                    text_plural(changes));
        return false;
    }
    posting->sealed = payment_rows_of_run(run, run_digest(run, PAYMENTS_PATH), error);
    return posting->sealed != NULL;
}

/* Whether this version tells every payee what was sealed; says each that it would not. */
static bool
require_agreement(const Posting *posting, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    if (!agree_check(posting->run, posting->sealed, posting->again->result, findings, error))
        return false;
    for (guint i = 0; i < findings->len; i++) {
        g_autofree char *line = finding_line(findings_get(findings, i));
        console_warn(line);
    }
    if (findings->len > 0)
        g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE,
                    "this version works %s out otherwise than it was sealed: nothing is written\n"
                    "hint: --xlsx copies the sealed workbooks as they are",
                    posting->run->text);
    return findings->len == 0;
}

/* Works the run out again. The workbooks are there without that: names and addresses alone are not
 * known then. */
static bool
work_out(Posting *posting, GError **error)
{
    g_autoptr(GError) reason = NULL;
    posting->again = again_new(posting->options, posting->archive, posting->run, &reason);
    if (posting->again != NULL)
        return posting->options->xlsx || require_agreement(posting, error);
    bool is_refused = reason->code == SP_ERROR_INPUT || reason->code == SP_ERROR_RULES;
    if (!posting->options->xlsx || !is_refused) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autofree char *warning =
        g_strdup_printf("%s cannot be worked out again by this version: " MAILING_LIST
                        " goes without names, addresses and exceptions",
                        posting->run->text);
    console_warn(warning);
    return true;
}

static bool
list_letters(Posting *posting, GError **error)
{
    g_autoptr(GArray) payees = payment_rows_by_payee(posting->sealed, error);
    if (payees == NULL)
        return false;
    posting->mailing = mailing_new(posting->run->text, posting->options->xlsx ? "xlsx" : "pdf");
    for (guint i = 0; i < payees->len; i++) {
        const PayeeRow *row = &g_array_index(payees, PayeeRow, i);
        mailing_add(posting->mailing, row->payee, row->to_pay);
    }
    if (posting->again != NULL)
        mailing_tell(posting->mailing, posting->again->result);
    return true;
}

/* Copies the sealed workbook of a payee, which is read once more and held to the manifest. */
static bool
copy_sealed(const Posting *posting, const Letter *letter, const char *folder, GError **error)
{
    g_autofree char *name = statement_sealed_name(letter->payee);
    g_autofree char *sealed = g_strconcat(OUTPUTS_FOLDER "/" STATEMENTS_FOLDER "/", name, NULL);
    g_autofree char *path = g_build_filename(folder, letter->file, NULL);
    g_autofree char *bytes = NULL;
    char digest[DIGEST_LENGTH + 1];
    gsize length;
    return sealed_read(posting->run, sealed, posting->run->text, NULL, &bytes, &length, error) &&
           file_copy(path, (Span){bytes, length}, digest, error);
}

static bool
copy_workbooks(const Posting *posting, const char *folder, GError **error)
{
    for (guint i = 0; i < posting->mailing->letters->len; i++)
        if (!copy_sealed(posting, mailing_letter(posting->mailing, i), folder, error))
            return false;
    return true;
}

static bool
write_into(const Posting *posting, const char *folder, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    g_autofree char *path = g_build_filename(folder, MAILING_LIST, NULL);
    bool is_written = posting->options->xlsx
                          ? copy_workbooks(posting, folder, error)
                          : mailing_write_statements(posting->mailing, posting->again->result,
                                                     posting->run->approval != NULL, folder, error);
    mailing_csv(posting->mailing, list);
    return is_written && file_create(path, (Span){list->str, list->len}, error);
}

static bool
write_folder(const Posting *posting, GError **error)
{
    console_progress(posting->options, "writing statements");
    NewFolder *folder = new_folder_begin(posting->options->output, error);
    if (folder == NULL)
        return false;
    if (!write_into(posting, folder->staging, error)) {
        new_folder_abandon(folder);
        return false;
    }
    return new_folder_finish(folder, error);
}

static void
tell_json(const Posting *posting, GString *text)
{
    const Mailing *mailing = posting->mailing;
    Json json = {text, 0, false};
    json_begin(&json);
    json_text(&json, "run", posting->run->text);
    json_bool(&json, "is_approved", posting->run->approval != NULL);
    json_text(&json, "output", posting->options->output);
    json_whole(&json, "statements", mailing->letters->len);
    json_figure(&json, "amount", figure_sum(mailing_sum(mailing)));
    json_whole(&json, "without_email", mailing_without_address(mailing));
    json_close_object(&json);
}

static void
tell_text(const Posting *posting, GString *text)
{
    const Mailing *mailing = posting->mailing;
    guint count = mailing->letters->len, without = mailing_without_address(mailing);
    g_string_append_printf(text, "%s: %u statement%s, %s %s, in %s\n", posting->run->text, count,
                           text_plural(count), words_sum(mailing_sum(mailing)).text,
                           posting->run->approval != NULL ? "paid" : "to be paid",
                           posting->options->output);
    g_string_append(text, MAILING_LIST " lists them");
    if (without > 0)
        g_string_append_printf(text, "; %u of them ha%s no e-mail address", without,
                               without == 1 ? "s" : "ve");
    g_string_append_c(text, '\n');
}

bool
command_statements(const Options *options, GError **error)
{
    if (!options_require(options, "output", error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error) ||
        !output_allows_folder(options, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    if (run == NULL)
        return false;
    g_auto(Posting) posting = {.options = options, .archive = archive, .run = run};
    if (!take_sealed(&posting, error) || !work_out(&posting, error) ||
        !list_letters(&posting, error))
        return false;
    warn_of_other(archive, run);
    if (!write_folder(&posting, error))
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        tell_json(&posting, text);
    else if (!options->quiet)
        tell_text(&posting, text);
    return console_print(text->str, error);
}
