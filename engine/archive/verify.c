#include "archive/verify.h"

#include <string.h>

#include "archive/outputs.h"
#include "archive/payments.h"
#include "archive/rework.h"
#include "base/files.h"

#include "base/poison.h"

/* The kind of finding that a file of a run is about, by its path. */
static FindingKind
kind_of(const char *path)
{
    if (g_str_has_prefix(path, INPUTS_FOLDER "/"))
        return FINDING_INPUT;
    if (g_str_has_prefix(path, RULES_FOLDER "/"))
        return FINDING_RULES;
    return g_str_has_prefix(path, OUTPUTS_FOLDER "/") ? FINDING_OUTPUT : FINDING_STRAY;
}

/* A path for a message, on one line and without control characters. */
static char *
path_shown(const char *path)
{
    GString *text = g_string_new(NULL);
    lines_append_escaped(text, path);
    return g_string_free(text, FALSE);
}

static void
check_file(const Run *run, const ManifestFile *file, GPtrArray *findings)
{
    g_autofree char *path = run_path(run, file->path);
    g_autofree char *shown = path_shown(file->path);
    g_autoptr(GError) error = NULL;
    char digest[DIGEST_LENGTH + 1];
    guint64 size;
    if (file_digest(path, digest, &size, &error)) {
        if (strcmp(digest, file->digest) != 0)
            findings_add(findings, kind_of(file->path), run->text,
                         "%s: was changed since it was sealed", shown);
    } else if (error->code == SP_ERROR_NO_INPUT) {
        findings_add(findings, kind_of(file->path), run->text, "%s: was sealed, but is not there",
                     shown);
    } else {
        findings_add(findings, kind_of(file->path), run->text, "%s", error->message);
    }
}

void
verify_files(const Run *run, GPtrArray *findings)
{
    if (run->manifest == NULL)
        return; /* that it cannot be read is a finding of the archive */
    for (guint i = 0; i < run->manifest->files->len; i++)
        check_file(run, &g_array_index(run->manifest->files, ManifestFile, i), findings);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = tree_files(run->folder, &error);
    if (files == NULL) {
        findings_add(findings, FINDING_STRAY, run->text, "%s", error->message);
        return;
    }
    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        g_autofree char *shown = path_shown(path);
        if (strcmp(path, MANIFEST_FILE) != 0 && strcmp(path, APPROVAL_FILE) != 0 &&
            manifest_find(run->manifest, path) == NULL)
            findings_add(findings, kind_of(path), run->text,
                         "%s: is there, but was not sealed with it", shown);
    }
}

static void
keep_first(FaultClass class, const char *message, gpointer user)
{
    char **first = user;
    if (*first == NULL && fault_refuses(class))
        *first = g_strdup(message);
}

/* Adds that a run cannot be worked out again, and why: the first fault, where there are any. */
static void
add_refusal(const Run *run, FindingKind kind, Faults *faults, const GError *error,
            GPtrArray *findings)
{
    g_autofree char *first = NULL;
    faults_each(faults, keep_first, &first);
    guint count = faults_count(faults, FAULT_RULES) + faults_count(faults, FAULT_INPUT);
    g_autoptr(GString) text = g_string_new("cannot be worked out again: ");
    g_string_append(text, first == NULL ? error->message : first);
    if (count > 1)
        g_string_append_printf(text, " (and %u more)", count - 1);
    findings_add(findings, kind, run->text, "%s", text->str);
}

/* Works a run out again into a folder. False where it is refused, which is a finding, or where the
 * folder cannot be written, which is an error. */
static bool
work_out_again(const Archive *archive, const Run *run, guint threads, const char *folder,
               GPtrArray *findings, GError **error)
{
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(GError) reason = NULL;
    g_autoptr(Rework) rework = rework_new(archive, run, threads, findings, faults, &reason);
    if (rework != NULL)
        return outputs_write(rework->result, folder, NULL, NULL, error);
    g_autoptr(GPtrArray) ignored = findings_new();
    g_autoptr(Ledger) ledger = ledger_read_counted(archive, run, ignored, NULL);
    FindingKind kind = ledger == NULL                   ? FINDING_CHAIN
                       : reason->code == SP_ERROR_RULES ? FINDING_RULES
                                                        : FINDING_INPUT;
    add_refusal(run, kind, faults, reason, findings);
    return false;
}

/* Why an output may now come out otherwise than it was sealed. */
static const char *
otherwise(const Run *run, const GPtrArray *findings, FindingKind *kind)
{
    bool is_input = false, is_rules = false;
    for (guint i = 0; i < findings->len; i++) {
        is_input = is_input || findings_get(findings, i)->kind == FINDING_INPUT;
        is_rules = is_rules || findings_get(findings, i)->kind == FINDING_RULES;
    }
    *kind = FINDING_OUTPUT;
    if (is_input && is_rules)
        return "is not what is worked out now: inputs and rules changed";
    if (is_input || is_rules)
        return is_input ? "is not what is worked out now: inputs changed"
                        : "is not what is worked out now: rules changed";
    if (strcmp(run->manifest->engine, SCHEMEPAY_VERSION) == 0)
        return "is not what is worked out now from the same inputs and rules";
    *kind = FINDING_ENGINE;
    return "is not what schemepay " SCHEMEPAY_VERSION " works out";
}

/* Compares one output with what is worked out now. */
static void
compare_output(const Run *run, const char *folder, const char *name, GPtrArray *findings)
{
    g_autofree char *sealed_name = g_strconcat(OUTPUTS_FOLDER "/", name, NULL);
    g_autofree char *sealed_path = run_path(run, sealed_name);
    g_autofree char *now_path = g_build_filename(folder, name, NULL);
    g_autofree char *shown = path_shown(sealed_name);
    const ManifestFile *file = manifest_find(run->manifest, sealed_name);
    char digest[DIGEST_LENGTH + 1];
    guint64 size;
    bool is_same = false;
    FindingKind kind;
    const char *why = otherwise(run, findings, &kind);
    if (file == NULL) {
        findings_add(findings, kind, run->text,
                     "%s: is worked out now, but was not when the run was sealed", shown);
        return;
    }
    if (files_compare(sealed_path, now_path, &is_same, NULL) && is_same)
        return;
    /* If only the archived output was changed, its own check has said so. */
    if (!file_digest(now_path, digest, &size, NULL) || strcmp(digest, file->digest) != 0)
        findings_add(findings, kind, run->text, "%s: %s", shown, why);
}

/* Compares all outputs that were sealed with all that are worked out now. */
static bool
compare_outputs(const Run *run, const char *folder, GPtrArray *findings, GError **error)
{
    g_autoptr(GPtrArray) names = tree_files(folder, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++)
        compare_output(run, folder, g_ptr_array_index(names, i), findings);
    for (guint i = 0; i < run->manifest->files->len; i++) {
        const ManifestFile *file = &g_array_index(run->manifest->files, ManifestFile, i);
        if (kind_of(file->path) != FINDING_OUTPUT)
            continue;
        g_autofree char *now =
            g_build_filename(folder, file->path + strlen(OUTPUTS_FOLDER "/"), NULL);
        g_autofree char *shown = path_shown(file->path);
        if (!path_is_file(now))
            findings_add(findings, FINDING_OUTPUT, run->text,
                         "%s: was sealed, but is not worked out now", shown);
    }
    return true;
}

static void
append_change(GString *text, const char *what, Money sealed, Money now)
{
    Money change = {now.pence - sealed.pence}; /* both are below 10^14 */
    if (change.pence == 0)
        return;
    g_string_append_printf(text, "%s%s ", text->len == 0 ? "" : ", ", what);
    money_append_pounds(text, sealed);
    g_string_append(text, " as sealed and ");
    money_append_pounds(text, now);
    g_string_append(text, " now: ");
    money_append_pounds(text, (Money){ABS(change.pence)});
    g_string_append(text, change.pence > 0 ? " more" : " less");
}

/* Adds by how many pounds a contract differs. What has no such contract counts as £0.00. */
static void
compare_contract(const Run *run, const PaymentRow *sealed, const PaymentRow *now,
                 GPtrArray *findings)
{
    static const PaymentRow NOTHING = {.status = STATUS_NIL};
    const PaymentRow *named = sealed == NULL ? now : sealed;
    const PaymentRow *before = sealed == NULL ? &NOTHING : sealed;
    const PaymentRow *after = now == NULL ? &NOTHING : now;
    g_autoptr(GString) text = g_string_new(NULL);
    append_change(text, "entitlement", before->entitlement, after->entitlement);
    append_change(text, "paid to date", before->paid, after->paid);
    append_change(text, "owed", before->owed, after->owed);
    if (sealed == NULL || now == NULL)
        g_string_append_printf(text, "%s%s", text->len == 0 ? "" : ", ",
                               now == NULL ? "no such contract now" : "no such contract as sealed");
    else if (before->status != after->status)
        g_string_append_printf(text, "%smarked %s as sealed and %s now", text->len == 0 ? "" : ", ",
                               STATUS_NAMES[before->status], STATUS_NAMES[after->status]);
    if (text->len > 0)
        findings_add_pounds(findings, run->text, named->scheme, named->provider, before->owed,
                            after->owed, text->str);
}

/* Names every contract whose figures differ. */
static void
compare_pounds(const Run *run, const char *folder, GPtrArray *findings)
{
    g_autofree char *sealed_path = run_path(run, PAYMENTS_PATH);
    g_autofree char *now_path = g_build_filename(folder, "payments.csv", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) now = payment_rows_read(now_path, "payments.csv", NULL, NULL);
    g_autoptr(GArray) sealed = payment_rows_read(sealed_path, PAYMENTS_PATH, NULL, &error);
    if (sealed == NULL || now == NULL) {
        findings_add(findings, FINDING_OUTPUT, run->text, "cannot be compared in pounds: %s",
                     error == NULL ? "what is worked out now cannot be read" : error->message);
        return;
    }
    g_autoptr(GHashTable) now_rows = payment_rows_index(now);
    g_autoptr(GHashTable) sealed_rows = payment_rows_index(sealed);
    for (guint i = 0; i < sealed->len; i++) {
        const PaymentRow *row = &g_array_index(sealed, PaymentRow, i);
        compare_contract(run, row, payment_rows_find(now_rows, row->scheme, row->provider),
                         findings);
    }
    for (guint i = 0; i < now->len; i++) {
        const PaymentRow *row = &g_array_index(now, PaymentRow, i);
        if (payment_rows_find(sealed_rows, row->scheme, row->provider) == NULL)
            compare_contract(run, NULL, row, findings);
    }
}

/* Notes where another version writes other outputs, but the same pounds. */
static void
note_same_pounds(const Run *run, GPtrArray *findings)
{
    bool is_otherwise = false;
    for (guint i = 0; i < findings->len; i++) {
        FindingKind kind = findings_get(findings, i)->kind;
        if (kind != FINDING_ENGINE && kind != FINDING_NOTE)
            return;
        is_otherwise = is_otherwise || kind == FINDING_ENGINE;
    }
    if (is_otherwise)
        findings_add(findings, FINDING_NOTE, run->text,
                     "what it works out otherwise moves £0.00 for every contract");
}

/* Works the run out again beside the original and compares. */
static bool
verify_in(const Archive *archive, const Run *run, guint threads, const char *folder,
          GPtrArray *findings, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!work_out_again(archive, run, threads, folder, findings, &reason)) {
        if (reason == NULL)
            return true; /* refused: findings say why */
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (!compare_outputs(run, folder, findings, error))
        return false;
    compare_pounds(run, folder, findings);
    note_same_pounds(run, findings);
    return true;
}

bool
verify_run(const Archive *archive, const Run *run, const Signers *signers, guint threads,
           GPtrArray *findings, GError **error)
{
    if (run->manifest == NULL)
        return true; /* that it cannot be read is a finding of the archive */
    if (strcmp(run->manifest->engine, SCHEMEPAY_VERSION) != 0)
        findings_add(findings, FINDING_NOTE, run->text,
                     "was sealed by schemepay %s; this is " SCHEMEPAY_VERSION,
                     run->manifest->engine);
    verify_files(run, findings);
    if (run->approval != NULL && !signature_check(signers, run, run->approval, findings, error))
        return false;
    g_autoptr(GError) reason = NULL;
    g_autofree char *folder = g_dir_make_tmp("schemepay-XXXXXX", &reason);
    if (folder == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_CANNOT_CREATE, "%s", reason->message);
        return false;
    }
    bool is_done = verify_in(archive, run, threads, folder, findings, error);
    return tree_remove(folder, is_done ? error : NULL) && is_done;
}
