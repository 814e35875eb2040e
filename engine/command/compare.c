#include "command/compare.h"

#include "archive/hybrid.h"
#include "archive/open.h"
#include "command/again.h"
#include "command/bridged.h"
#include "command/changes.h"

#include "base/poison.h"

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
    Period period = rework_period(to);
    return bridge != NULL && bridged_show(options, bridge, &period, error) &&
           conclude(bridge, changes, error);
}
