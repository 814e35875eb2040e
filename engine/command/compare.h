/* compare: what moved between two runs, and why. */
#pragma once

#include "command/options.h"

/* Bridges what is owed in one run to what is owed in the other. SP_ERROR_DIFFERENCE where
 * anything moved, or a run is not as it was sealed. */
bool command_compare(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
