#include "command/compare.h"

#include "archive/hybrid.h"
#include "archive/open.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/temporary.h"
#include "command/again.h"
#include "command/changes.h"
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
write_workbook_in(const char *folder, const Bridge *bridge, const Run *to, const char *path,
                  GError **error)
{
    g_autofree char *made = g_build_filename(folder, "bridge.xlsx", NULL);
    g_autofree char *bytes = NULL;
    g_autoptr(GError) reason = NULL;
    gsize length;
    Period period = rework_period(to);
    if (!bridge_workbook_write(bridge, &period, made, error))
        return false;
    if (!g_file_get_contents(made, &bytes, &length, &reason)) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s", reason->message);
        return false;
    }
    g_autofree char *temporary = g_strconcat(path, ".part", NULL);
    return file_replace(path, temporary, (Span){bytes, length}, error);
}

static bool
write_workbook(const Bridge *bridge, const Run *to, const char *path, GError **error)
{
    Scratch *scratch = scratch_new(error);
    if (scratch == NULL)
        return false;
    bool is_done = write_workbook_in(scratch->path, bridge, to, path, error);
    return scratch_remove(scratch, is_done ? error : NULL) && is_done;
}

/* Writes the bridge where --output asks for it: a workbook where the name ends in .xlsx, else CSV.
 */
static bool
write_output(const Options *options, const Bridge *bridge, const Run *to, GError **error)
{
    if (options->output == NULL)
        return true;
    interrupt_while_writing();
    g_autofree char *lower = g_ascii_strdown(options->output, -1);
    return g_str_has_suffix(lower, ".xlsx") ? write_workbook(bridge, to, options->output, error)
                                            : write_csv(bridge, options->output, error);
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
    g_autoptr(Rework) before = again_new(options, archive, from, error);
    g_autoptr(Rework) after = before == NULL ? NULL : again_new(options, archive, to, error);
    if (after == NULL)
        return false;
    g_autoptr(Bridge) bridge = hybrid_bridge(from, before, to, after, options->threads, error);
    return bridge != NULL && write_output(options, bridge, to, error) &&
           print_bridge(options, bridge, error) && conclude(bridge, changes, error);
}
