#include "command/bridged.h"

#include "base/interrupt.h"
#include "command/console.h"
#include "command/output.h"
#include "report/bridge/print.h"
#include "report/bridge/workbook.h"

#include "base/poison.h"

/* What a workbook of the bridge is made of. */
typedef struct {
    const Bridge *bridge;
    const Period *period;
} BridgeBookPlan;

static bool
make_workbook(const char *path, gconstpointer user, GError **error)
{
    const BridgeBookPlan *plan = user;
    return bridge_workbook_write(plan->bridge, plan->period, path, error);
}

/* Writes the bridge where --output asks for it: a workbook where the name ends in .xlsx, else CSV.
 */
static bool
write_output(const Options *options, const Bridge *bridge, const Period *period, GError **error)
{
    if (options->output == NULL)
        return true;
    interrupt_while_writing();
    if (output_is_workbook(options->output)) {
        BridgeBookPlan plan = {bridge, period};
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
        bridge_print_text(bridge, options->all, text);
    return console_print(text->str, error);
}

bool
bridged_show(const Options *options, const Bridge *bridge, const Period *period, GError **error)
{
    return write_output(options, bridge, period, error) && print_bridge(options, bridge, error);
}
