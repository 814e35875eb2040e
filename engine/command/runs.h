/* runs: the archive at a glance. */
#pragma once

#include "command/options.h"

/* Lists all runs by period, with what they pay and whether they are approved. */
bool command_runs(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
