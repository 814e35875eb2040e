#include "archive/recheck.h"

#include <string.h>

#include "archive/columns.h"
#include "archive/outputs.h"
#include "archive/parts.h"
#include "archive/payments.h"
#include "archive/pounds.h"
#include "archive/rework.h"
#include "base/files.h"

#include "base/poison.h"

#define OTHERWISE "as it was sealed; schemepay " SCHEMEPAY_VERSION " works it out otherwise"

/* A run, being worked out again. */
typedef struct {
    const Archive *archive;
    const Run *run;
    guint threads;
    const char *folder; /* what is worked out now */
    GPtrArray *findings;
    bool is_of_other; /* sealed by another version, with inputs and rules that are as they were */
    GPtrArray *repacked; /* names of workbooks that are packed otherwise, with the same content */
} Recheck;

static bool
has_finding(const GPtrArray *findings, FindingKind kind)
{
    for (guint i = 0; i < findings->len; i++)
        if (findings_get(findings, i)->kind == kind)
            return true;
    return false;
}

static void
keep_first(FaultClass class, const char *message, gpointer user)
{
    char **first = user;
    if (*first == NULL && fault_refuses(class))
        *first = g_strdup(message);
}

/* A run that it counted and that is not there any more; NULL where there is none. */
static const char *
missing_of(const Recheck *check)
{
    const GArray *counted = check->run->manifest->counted;
    for (guint i = 0; i < counted->len; i++) {
        const char *name = g_array_index(counted, ManifestCounted, i).run;
        const Run *run = archive_named(check->archive, name);
        if (run == NULL || !run->is_there)
            return name;
    }
    return NULL;
}

/* Adds that a run cannot be worked out again, and why: the first fault, where there are any. */
static void
add_refusal(const Recheck *check, FindingKind kind, Faults *faults, const GError *error)
{
    g_autofree char *first = NULL;
    faults_each(faults, keep_first, &first);
    guint count = faults_count(faults, FAULT_RULES) + faults_count(faults, FAULT_INPUT);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append(text, check->is_of_other ? OTHERWISE : "cannot be worked out again");
    g_string_append_printf(text, ": %s", first == NULL ? error->message : first);
    if (count > 1)
        g_string_append_printf(text, " (and %u more)", count - 1);
    findings_add_difference(check->findings, check->is_of_other ? FINDING_ENGINE : kind,
                            check->run->text, text->str);
    const char *missing = missing_of(check);
    if (missing != NULL)
        findings_name_cause(check->findings, missing);
}

/* Works the run out again into the folder. False where it is refused, which is a finding, or where
 * something cannot be read or written, which is an error. */
static bool
work_out_again(const Recheck *check, GError **error)
{
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(GError) reason = NULL;
    g_autoptr(Rework) rework =
        rework_new(check->archive, check->run, check->threads, check->findings, faults, &reason);
    if (rework != NULL) {
        Edition edition = {check->run->manifest->run, rework->earlier};
        return outputs_write(rework->result, &edition, check->folder, NULL, NULL, error);
    }
    if (reason->code == SP_ERROR_IO) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autoptr(GPtrArray) ignored = findings_new();
    g_autoptr(Ledger) ledger = ledger_read_counted(check->archive, check->run, ignored, NULL);
    FindingKind kind = ledger == NULL                   ? FINDING_CHAIN
                       : reason->code == SP_ERROR_RULES ? FINDING_RULES
                                                        : FINDING_INPUT;
    add_refusal(check, kind, faults, reason);
    return false;
}

/* Adds that an output comes out otherwise than it was sealed, and why it may. */
static void
add_otherwise(const Recheck *check, const char *name)
{
    bool is_input = has_finding(check->findings, FINDING_INPUT);
    bool is_rules = has_finding(check->findings, FINDING_RULES);
    const char *why = "is not what is worked out now from the same inputs and rules";
    if (check->is_of_other)
        why = "is not what schemepay " SCHEMEPAY_VERSION " works out";
    else if (is_input && is_rules)
        why = "is not what is worked out now: inputs and rules changed";
    else if (is_input || is_rules)
        why = is_input ? "is not what is worked out now: inputs changed"
                       : "is not what is worked out now: rules changed";
    findings_add(check->findings, check->is_of_other ? FINDING_ENGINE : FINDING_OUTPUT,
                 check->run->text, "%s: %s", name, why);
}

/* Whether a CSV file of another version says the same in the columns it has. */
static bool
agrees_in_columns(const char *sealed_path, const char *now_path)
{
    g_autofree char *sealed = NULL, *now = NULL;
    gsize sealed_length, now_length;
    return g_str_has_suffix(sealed_path, ".csv") &&
           file_read(sealed_path, &sealed, &sealed_length, NULL) &&
           file_read(now_path, &now, &now_length, NULL) &&
           columns_agree((Span){sealed, sealed_length}, (Span){now, now_length});
}

/* Whether a sealed workbook is what is worked out now, packed by another zlib: by its parts. Where
 * it was changed since, its own check has said so. */
static bool
agrees_in_parts(const Recheck *check, const char *name, const char *sealed_path,
                const char *now_path, bool *agrees, GError **error)
{
    g_autoptr(GError) reason = NULL;
    *agrees = false;
    if (!parts_has_workbook_name(name))
        return true;
    if (!parts_agree(sealed_path, now_path, agrees, &reason)) {
        /* What is not there, or is no regular file, its own check has said. */
        if (reason->code == SP_ERROR_NO_INPUT || reason->code == SP_ERROR_INPUT)
            return true;
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (*agrees)
        g_ptr_array_add(check->repacked, g_strdup(name));
    return true;
}

/* Says of workbooks that are packed otherwise that this is no difference. */
static void
note_repacked(const Recheck *check)
{
    const GPtrArray *names = check->repacked;
    if (names->len == 0)
        return;
    const char *first = g_ptr_array_index(names, 0);
    g_autofree char *more =
        names->len == 1 ? g_strdup("") : g_strdup_printf(" and %u more", names->len - 1);
    findings_add(check->findings, FINDING_NOTE, check->run->text,
                 "%s%s: packed otherwise, the same content", first, more);
}

/* Compares one output with what is worked out now. */
static bool
compare_output(const Recheck *check, const char *name, GError **error)
{
    g_autofree char *sealed_name = g_strconcat(OUTPUTS_FOLDER "/", name, NULL);
    g_autofree char *sealed_path = run_path(check->run, sealed_name);
    g_autofree char *now_path = g_build_filename(check->folder, name, NULL);
    const ManifestFile *file = manifest_find(check->run->manifest, sealed_name);
    char digest[DIGEST_LENGTH + 1];
    guint64 size;
    if (file == NULL) {
        findings_add(check->findings, check->is_of_other ? FINDING_ENGINE : FINDING_OUTPUT,
                     check->run->text, "%s: is worked out now, but was not when the run was sealed",
                     sealed_name);
        return true;
    }
    if (!file_digest(now_path, digest, &size, error))
        return false;
    /* If only the archived output was changed, its own check has said so. */
    bool agrees = strcmp(digest, file->digest) == 0 ||
                  (check->is_of_other && agrees_in_columns(sealed_path, now_path));
    if (!agrees && !agrees_in_parts(check, sealed_name, sealed_path, now_path, &agrees, error))
        return false;
    if (!agrees)
        add_otherwise(check, sealed_name);
    return true;
}

/* Compares all outputs that were sealed with all that are worked out now. */
static bool
compare_outputs(const Recheck *check, GError **error)
{
    g_autoptr(GPtrArray) names = tree_files(check->folder, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++)
        if (!compare_output(check, g_ptr_array_index(names, i), error))
            return false;
    const Manifest *manifest = check->run->manifest;
    for (guint i = 0; i < manifest->files->len; i++) {
        const char *path = g_array_index(manifest->files, ManifestFile, i).path;
        if (!g_str_has_prefix(path, OUTPUTS_FOLDER "/"))
            continue;
        g_autofree char *now =
            g_build_filename(check->folder, path + strlen(OUTPUTS_FOLDER "/"), NULL);
        if (!path_is_file(now))
            findings_add(check->findings, check->is_of_other ? FINDING_ENGINE : FINDING_OUTPUT,
                         check->run->text, "%s: was sealed, but is not worked out now", path);
    }
    note_repacked(check);
    return true;
}

/* Names every contract whose figures differ. */
static bool
compare_pounds(const Recheck *check, GError **error)
{
    g_autofree char *sealed_path = run_path(check->run, PAYMENTS_PATH);
    g_autofree char *now_path = g_build_filename(check->folder, "payments.csv", NULL);
    g_autoptr(GError) reason = NULL;
    g_autoptr(GArray) now = payment_rows_read(now_path, "payments.csv", NULL, error);
    if (now == NULL)
        return false;
    g_autoptr(GArray) sealed = payment_rows_read(sealed_path, PAYMENTS_PATH, NULL, &reason);
    if (sealed == NULL && reason->code == SP_ERROR_IO) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (sealed == NULL) {
        findings_add(check->findings, FINDING_OUTPUT, check->run->text,
                     "cannot be compared in pounds: %s", reason->message);
        return true;
    }
    pounds_compare(sealed, now, check->is_of_other ? FINDING_ENGINE : FINDING_POUNDS,
                   check->run->text, check->findings);
    return true;
}

/* Says of a run of another version whether what comes out otherwise moves pounds. */
static void
conclude_of_other(const Recheck *check, guint differences)
{
    const char *run = check->run->text;
    if (findings_differences(check->findings) > differences)
        findings_add(check->findings, FINDING_ENGINE, run, OTHERWISE);
    else if (has_finding(check->findings, FINDING_ENGINE))
        findings_add(check->findings, FINDING_NOTE, run,
                     "worked out otherwise by schemepay " SCHEMEPAY_VERSION
                     ", £0.00 for every contract");
}

bool
recheck(const Archive *archive, const Run *run, guint threads, const char *folder,
        GPtrArray *findings, GError **error)
{
    bool is_of_other = strcmp(run->manifest->engine, SCHEMEPAY_VERSION) != 0;
    bool is_changed = has_finding(findings, FINDING_INPUT) || has_finding(findings, FINDING_RULES);
    g_autoptr(GPtrArray) repacked = g_ptr_array_new_with_free_func(g_free);
    Recheck check = {archive, run, threads, folder, findings, is_of_other && !is_changed, repacked};
    guint differences = findings_differences(findings);
    if (is_of_other)
        findings_add(findings, FINDING_NOTE, run->text,
                     "was sealed by schemepay %s; this is " SCHEMEPAY_VERSION,
                     run->manifest->engine);
    g_autoptr(GError) reason = NULL;
    if (!work_out_again(&check, &reason)) {
        if (reason == NULL)
            return true; /* refused: findings say why */
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (!compare_outputs(&check, error) || !compare_pounds(&check, error))
        return false;
    if (check.is_of_other)
        conclude_of_other(&check, differences);
    return true;
}
