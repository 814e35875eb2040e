/* forms: claim workbooks for providers to fill in. */
#pragma once

#include "command/options.h"

/* Writes a claim form for each provider and scheme that is paid for claims, for --year or --month,
 * to the new folder --output. */
bool command_forms(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
