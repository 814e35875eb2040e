/* Two runs and what lies between them: the first worked out with one part after the other taken
 * from the second (engine/archive/README.md, Compare). The second need not be sealed. */
#pragma once

#include "archive/rework.h"
#include "report/bridge/bridge.h"

/* What the end of a bridge is called that is no sealed run. */
#define WHAT_IF "what-if"

/* Builds the bridge between two runs that were worked out again; to is NULL where the second was
 * never sealed. A part that cannot be worked out
 * without the next one (a provider who takes part, but is not in the register yet) is counted
 * under the next, and noted. NULL with SP_ERROR_INPUT where the payments of a run cannot be read,
 * and with the errors of pack_read where a file that could be read before cannot be any more. Free
 * with bridge_free. */
Bridge *hybrid_bridge(const Run *from, const Rework *before, const Run *to, const Rework *after,
                      guint threads, GError **error) G_GNUC_WARN_UNUSED_RESULT;
