#include "command/changes.h"

#include "archive/payments.h"
#include "archive/verify.h"
#include "command/console.h"

#include "base/poison.h"

/* Adds what the archive's own findings say of a run, and warns of all that differs. */
static void
warn_of(const Archive *archive, const Run *run, GPtrArray *findings, guint *changes)
{
    for (guint i = 0; i < archive->findings->len; i++) {
        const Finding *finding = findings_get(archive->findings, i);
        if (g_strcmp0(finding->run, run->text) == 0)
            findings_add(findings, finding->kind, run->text, "%s %s", FINDING_NAMES[finding->kind],
                         finding->text);
    }
    for (guint i = 0; i < findings->len; i++) {
        const Finding *finding = findings_get(findings, i);
        g_autofree char *warning = g_strdup_printf("%s: %s", run->text, finding->text);
        if (finding->is_difference)
            console_warn(warning);
    }
    *changes += findings_differences(findings);
}

bool
changes_of_run(const Archive *archive, const Run *run, guint *changes, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    if (!verify_files(run, findings, error))
        return false;
    warn_of(archive, run, findings, changes);
    return true;
}

bool
changes_of_file(const Archive *archive, const Run *run, const char *path, guint *changes,
                GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    if (!verify_file(run, path, findings, error))
        return false;
    warn_of(archive, run, findings, changes);
    return true;
}

bool
changes_of_counted(const Archive *archive, const Run *run, guint *changes, GError **error)
{
    if (!changes_of_run(archive, run, changes, error))
        return false;
    for (guint i = 0; run->manifest != NULL && i < run->manifest->counted->len; i++) {
        const Run *counted =
            archive_named(archive, g_array_index(run->manifest->counted, ManifestCounted, i).run);
        if (counted != NULL && counted->is_there &&
            !changes_of_file(archive, counted, PAYMENTS_PATH, changes, error))
            return false;
    }
    return true;
}

bool
changes_conclude(guint changes, GError **error)
{
    if (changes > 0)
        g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE,
                    "found %u difference%s from what was sealed: these figures may not be those "
                    "of the run",
                    changes, changes == 1 ? "" : "s");
    return changes == 0;
}
