#include "archive/hybrid.h"
#include "base/files.h"
#include "command/command.h"
#include "command/console.h"
#include "report/bridge.h"

#include "base/poison.h"

/* Works a run out again, with all said that refuses it. */
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

/* Writes the bridge where --output asks for it. */
static bool
write_csv(const Options *options, const Bridge *bridge, GError **error)
{
    if (options->output == NULL)
        return true;
    g_autoptr(GString) text = g_string_new(NULL);
    bridge_csv(bridge, text);
    g_autofree char *temporary = g_strconcat(options->output, ".part", NULL);
    return file_replace(options->output, temporary, (Span){text->str, text->len}, error);
}

static bool
print_bridge(const Options *options, const Bridge *bridge, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        bridge_json(bridge, text);
    else if (!options->quiet)
        bridge_text(bridge, text);
    return console_print(text->str, error);
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
    g_autoptr(Rework) before = rework(options, archive, from, error);
    g_autoptr(Rework) after = before == NULL ? NULL : rework(options, archive, to, error);
    if (after == NULL)
        return false;
    g_autoptr(Bridge) bridge = hybrid_bridge(from, before, to, after, options->threads, error);
    if (bridge == NULL || !write_csv(options, bridge, error) ||
        !print_bridge(options, bridge, error))
        return false;
    guint moved = bridge_moved(bridge);
    if (moved == 0)
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE, "%s and %s differ in %u contract%s",
                from->text, to->text, moved, moved == 1 ? "" : "s");
    return false;
}
