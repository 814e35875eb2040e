/* approve: releases a run's payments (engine/archive/README.md, Approval). */
#pragma once

#include "command/options.h"

/* Shows what a run pays, asks, and writes its approval. SP_ERROR_NOT_ALLOWED where the rules of
 * approval refuse it, or nobody says yes. */
bool command_approve(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
