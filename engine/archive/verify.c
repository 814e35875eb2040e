#include "archive/verify.h"

#include <string.h>

#include "archive/litter.h"
#include "archive/recheck.h"
#include "archive/witness.h"
#include "base/files.h"
#include "base/temporary.h"

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

/* Compares a file with the manifest. One that may not be read is an error: nothing is known of it.
 */
static bool
check_file(const Run *run, const ManifestFile *file, GPtrArray *findings, GError **error)
{
    g_autofree char *path = run_path(run, file->path);
    g_autoptr(GError) reason = NULL;
    char digest[DIGEST_LENGTH + 1];
    guint64 size;
    if (file_digest(path, digest, &size, &reason)) {
        if (strcmp(digest, file->digest) != 0)
            findings_add(findings, kind_of(file->path), run->text,
                         "%s: was changed since it was sealed", file->path);
    } else if (reason->code == SP_ERROR_NO_INPUT) {
        findings_add(findings, kind_of(file->path), run->text, "%s: was sealed, but is not there",
                     file->path);
    } else if (reason->code == SP_ERROR_INPUT) {
        findings_add(findings, kind_of(file->path), run->text,
                     "%s: was sealed, but is not a regular file now", file->path);
    } else {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

bool
verify_file(const Run *run, const char *path, GPtrArray *findings, GError **error)
{
    const ManifestFile *file = run->manifest == NULL ? NULL : manifest_find(run->manifest, path);
    if (run->manifest == NULL)
        return true; /* that it cannot be read is a finding of the archive */
    if (file != NULL)
        return check_file(run, file, findings, error);
    findings_add(findings, kind_of(path), run->text, "%s: is there, but was not sealed with it",
                 path);
    return true;
}

/* Adds that something is there that was not sealed: a difference, unless it is litter. */
static void
add_stray(const Run *run, const char *path, GPtrArray *findings)
{
    g_autofree char *whole = run_path(run, path);
    if (litter_has_name(path) && path_is_file(whole))
        findings_add(findings, FINDING_NOTE, run->text,
                     "%s: left by an office program or a desktop, not looked at", path);
    else
        findings_add(findings, kind_of(path), run->text, "%s: is there, but was not sealed with it",
                     path);
}

/* Whether a path is that of a file which no manifest names: the archive's findings are about it. */
static bool
is_beside_files(const char *path)
{
    static const char *const NAMES[] = {MANIFEST_FILE, APPROVAL_FILE, TIMESTAMP_FILE};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strcmp(path, NAMES[i]) == 0)
            return true;
    return false;
}

bool
verify_files(const Run *run, GPtrArray *findings, GError **error)
{
    if (run->manifest == NULL)
        return true; /* that it cannot be read is a finding of the archive */
    for (guint i = 0; i < run->manifest->files->len; i++)
        if (!check_file(run, &g_array_index(run->manifest->files, ManifestFile, i), findings,
                        error))
            return false;
    g_autoptr(GPtrArray) files = tree_files(run->folder, error);
    if (files == NULL)
        return false;
    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        if (!is_beside_files(path) && manifest_find(run->manifest, path) == NULL)
            add_stray(run, path, findings);
    }
    return true;
}

/* Works a run out again in a temporary folder. */
static bool
recheck_elsewhere(const Archive *archive, const Run *run, guint threads, GPtrArray *findings,
                  GError **error)
{
    Scratch *scratch = scratch_new(error);
    if (scratch == NULL)
        return false;
    bool is_done = recheck(archive, run, threads, scratch->path, findings, error);
    return scratch_remove(scratch, is_done ? error : NULL) && is_done;
}

bool
verify_run(const Archive *archive, const Run *run, const Signers *signers, guint threads,
           const char *folder, GPtrArray *findings, GError **error)
{
    if (run->manifest == NULL)
        return true; /* that it cannot be read is a finding of the archive */
    if (!verify_files(run, findings, error) ||
        (run->approval != NULL && !signature_check(signers, run, run->approval, findings, error)) ||
        !witness_check(signers->rules, run, run->timestamp, findings, error))
        return false;
    guint known = findings->len;
    bool is_done = folder == NULL ? recheck_elsewhere(archive, run, threads, findings, error)
                                  : recheck(archive, run, threads, folder, findings, error);
    findings_mark_worked_out(findings, known);
    return is_done;
}
