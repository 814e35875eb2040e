/* The bridge as text, JSON and CSV. */
#pragma once

#include "report/bridge/bridge.h"

/* Each appends the bridge: for people; as one JSON object; as CSV. All with a row for each
 * contract that moved. */
void bridge_print_text(const Bridge *bridge, GString *text);
void bridge_print_json(const Bridge *bridge, GString *text);
void bridge_print_csv(const Bridge *bridge, GString *text);
