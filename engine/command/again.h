/* A sealed run worked out again, for the commands that read it. */
#pragma once

#include "archive/rework.h"
#include "command/options.h"

/* Works a run out again; warns of payments it counted that are no longer as they were, and says
 * every fault where it is refused. NULL with the errors of rework_new, which name the run. Free
 * with rework_free; the archive must outlive it. */
Rework *again_new(const Options *options, const Archive *archive, const Run *run,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
