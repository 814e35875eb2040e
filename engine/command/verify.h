/* verify: works sealed runs out again and compares every byte (engine/archive/README.md, verify).
 */
#pragma once

#include "command/options.h"

/* Verifies one run, or all of them, and the archive as a whole. SP_ERROR_DIFFERENCE where
 * anything differs. */
bool command_verify(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
