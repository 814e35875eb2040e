/* statements: what is sent to the payees of a sealed run. */
#pragma once

#include "command/options.h"

/* Writes them and the list of them into the folder --output. */
bool command_statements(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
