/* explain: how the figures of a provider came about. */
#pragma once

#include "command/options.h"

/* Prints the contracts of a provider, or one of them, from a run that is worked out again. */
bool command_explain(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
