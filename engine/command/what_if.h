/* what-if: a sealed run with other rules, other inputs or both. */
#pragma once

#include "command/options.h"

/* Works a run out again with what --rules or --inputs name in place of what was sealed, and prints
 * what that moves. Seals nothing. */
bool command_what_if(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
