#include "command/again.h"

#include "command/console.h"

#include "base/poison.h"

Rework *
again_new(const Options *options, const Archive *archive, const Run *run, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Faults) faults = faults_new();
    console_progress(options, run->text);
    Rework *again = rework_new(archive, run, options->threads, findings, faults, error);
    for (guint i = 0; i < findings->len; i++)
        console_warn(findings_get(findings, i)->text);
    if (again == NULL) {
        console_faults(faults);
        g_prefix_error(error, "%s cannot be worked out again: ", run->text);
    }
    return again;
}
