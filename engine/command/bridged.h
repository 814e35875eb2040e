/* What is done with a bridge: it is written to --output, and printed. */
#pragma once

#include "command/options.h"
#include "report/bridge/bridge.h"

/* Writes the bridge where --output asks for it (a workbook where the name ends in .xlsx, else CSV),
 * and prints it, as JSON with --json, not with --quiet. period is that of its workbook. Errors as
 * of file_replace, scratch_new, bridge_workbook_write and console_print. */
bool bridged_show(const Options *options, const Bridge *bridge, const Period *period,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
