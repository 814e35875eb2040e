#include "command/bridged.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/temporary.h"
#include "command/console.h"
#include "report/bridge/print.h"
#include "report/bridge/workbook.h"

#include "base/poison.h"

static bool
write_csv(const Bridge *bridge, const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    bridge_print_csv(bridge, text);
    g_autofree char *temporary = g_strconcat(path, ".part", NULL);
    return file_replace(path, temporary, (Span){text->str, text->len}, error);
}

/* Makes the workbook in a temporary folder and moves it to its place when it is complete. */
static bool
write_workbook_in(const char *folder, const Bridge *bridge, const Period *period, const char *path,
                  GError **error)
{
    g_autofree char *made = g_build_filename(folder, "bridge.xlsx", NULL);
    g_autofree char *bytes = NULL;
    g_autoptr(GError) reason = NULL;
    gsize length;
    if (!bridge_workbook_write(bridge, period, made, error))
        return false;
    if (!g_file_get_contents(made, &bytes, &length, &reason)) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s", reason->message);
        return false;
    }
    g_autofree char *temporary = g_strconcat(path, ".part", NULL);
    return file_replace(path, temporary, (Span){bytes, length}, error);
}

static bool
write_workbook(const Bridge *bridge, const Period *period, const char *path, GError **error)
{
    Scratch *scratch = scratch_new(error);
    if (scratch == NULL)
        return false;
    bool is_done = write_workbook_in(scratch->path, bridge, period, path, error);
    return scratch_remove(scratch, is_done ? error : NULL) && is_done;
}

/* Writes the bridge where --output asks for it: a workbook where the name ends in .xlsx, else CSV.
 */
static bool
write_output(const Options *options, const Bridge *bridge, const Period *period, GError **error)
{
    if (options->output == NULL)
        return true;
    interrupt_while_writing();
    g_autofree char *lower = g_ascii_strdown(options->output, -1);
    return g_str_has_suffix(lower, ".xlsx") ? write_workbook(bridge, period, options->output, error)
                                            : write_csv(bridge, options->output, error);
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
