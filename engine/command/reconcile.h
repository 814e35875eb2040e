/* reconcile: what was paid of what a run asked for. */
#pragma once

#include "command/options.h"

/* Compares a run's payment file with the answer of --response, and prints what differs. */
bool command_reconcile(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
