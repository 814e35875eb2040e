/* check: reads and validates inputs and rules, and writes nothing. */
#pragma once

#include "command/options.h"

/* Says all that is wrong with them, and the figures that could be worked out. Errors as of
 * work_new. */
bool command_check(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
