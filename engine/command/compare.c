#include "command/compare.h"

#include "archive/hybrid.h"
#include "archive/open.h"
#include "base/interrupt.h"
#include "command/changes.h"
#include "command/console.h"
#include "command/output.h"
#include "report/bridge/print.h"
#include "report/bridge/workbook.h"

#include "base/poison.h"

/* Works a run out again; says every fault where it is refused. */
static Rework *
rework(const Options *options, const Archive *archive, const Run *run, GError **error)
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

/* What a workbook of the bridge is made of. */
typedef struct {
    const Bridge *bridge;
    Period period;
} BridgeBookPlan;

static bool
make_workbook(const char *path, gconstpointer user, GError **error)
{
    const BridgeBookPlan *plan = user;
    return bridge_workbook_write(plan->bridge, &plan->period, path, error);
}

/* Writes the bridge where --output asks for it: a workbook where the name ends in .xlsx, else CSV.
 */
static bool
write_output(const Options *options, const Bridge *bridge, const Run *to, GError **error)
{
    if (options->output == NULL)
        return true;
    interrupt_while_writing();
    if (output_is_workbook(options->output)) {
        BridgeBookPlan plan = {bridge, rework_period(to)};
        return output_workbook(options->output, make_workbook, &plan, error);
    }
    g_autoptr(GString) text = g_string_new(NULL);
    bridge_print_csv(bridge, text);
    return output_text(options->output, text, error);
}

static bool
print_bridge(const Options *options, const Bridge *bridge, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        bridge_print_json(bridge, text);
    else if (!options->quiet)
        bridge_print_text(bridge, text);
    return console_print(text->str, error);
}

/* Whether nothing differs; SP_ERROR_DIFFERENCE says what does. */
static bool
conclude(const Bridge *bridge, guint changes, GError **error)
{
    guint moved = bridge_moved(bridge);
    if (moved == 0 && changes == 0)
        return true;
    g_autoptr(GString) text = g_string_new(NULL);
    if (moved > 0)
        g_string_append_printf(text, "%s and %s differ in %u contract%s", bridge->from, bridge->to,
                               moved, text_plural(moved));
    if (changes > 0)
        g_string_append_printf(text, "%s%u difference%s from what was sealed",
                               moved > 0 ? ", with " : "found ", changes, text_plural(changes));
    g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE, "%s", text->str);
    return false;
}

bool
command_compare(const Options *options, GError **error)
{
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *from = archive_find(archive, options->arguments[0], error);
    const Run *to = from == NULL ? NULL : archive_find(archive, options->arguments[1], error);
    if (to == NULL)
        return false;
    guint changes = 0;
    if (!changes_of_run(archive, from, &changes, error) ||
        (to != from && !changes_of_run(archive, to, &changes, error)))
        return false;
    g_autoptr(Rework) before = rework(options, archive, from, error);
    g_autoptr(Rework) after = before == NULL ? NULL : rework(options, archive, to, error);
    if (after == NULL)
        return false;
    g_autoptr(Bridge) bridge = hybrid_bridge(from, before, to, after, options->threads, error);
    return bridge != NULL && write_output(options, bridge, to, error) &&
           print_bridge(options, bridge, error) && conclude(bridge, changes, error);
}
