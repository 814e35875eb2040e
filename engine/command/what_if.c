#include "command/what_if.h"

#include "archive/hybrid.h"
#include "archive/open.h"
#include "command/again.h"
#include "command/bridged.h"
#include "command/changes.h"
#include "command/console.h"
#include "command/work.h"

#include "base/poison.h"

/* Works the run out with what is named in place of what was sealed; says every fault and warning,
 * as a run does. */
static Rework *
rework_named(const Options *options, const Archive *archive, const Run *run, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new(); /* what the run itself was warned about */
    g_autoptr(Faults) faults = faults_new();
    GError *refusal = NULL;
    console_progress(options, WHAT_IF);
    g_autoptr(Rework) named =
        rework_if(archive, run, options->is_rules_given ? options->rules : NULL, options->inputs,
                  options->threads, findings, faults, &refusal);
    return work_say_faults(options, faults, refusal, error) ? g_steal_pointer(&named) : NULL;
}

static bool
require_named(const Options *options, GError **error)
{
    bool is_named = options->is_rules_given || options->inputs != NULL;
    if (!is_named)
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "--rules or --inputs is needed: what is to be otherwise");
    return is_named;
}

bool
command_what_if(const Options *options, GError **error)
{
    guint changes = 0;
    if (!require_named(options, error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    if (run == NULL || !changes_of_run(archive, run, &changes, error))
        return false;
    g_autoptr(Rework) before = again_new(options, archive, run, error);
    g_autoptr(Rework) after = before == NULL ? NULL : rework_named(options, archive, run, error);
    if (after == NULL)
        return false;
    g_autoptr(Bridge) bridge = hybrid_bridge(run, before, NULL, after, options->threads, error);
    Period period = rework_period(run);
    return bridge != NULL && bridged_show(options, bridge, &period, error) &&
           changes_conclude(changes, error);
}
