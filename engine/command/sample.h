/* sample: rows that a run pays, for verification after payment. */
#pragma once

#include "command/options.h"

/* Prints --rows rows of a run that is worked out again, drawn by a rule. */
bool command_sample(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
