/* witness: an outside authority's timestamp of an approved run. */
#pragma once

#include "command/options.h"

/* Writes the query for a timestamp of a run's manifest (--query), or checks and keeps the answer of
 * the authority (--reply). */
bool command_witness(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
