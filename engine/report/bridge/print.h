/* The bridge as text, JSON and CSV. */
#pragma once

#include "report/bridge/bridge.h"

/* Each appends the bridge: for people; as one JSON object; as CSV. All with a row for each
 * contract that moved; for people those whose owed changed most come first, and unless is_all is
 * set only so many of them. */
void bridge_print_text(const Bridge *bridge, bool is_all, GString *text);
void bridge_print_json(const Bridge *bridge, GString *text);
void bridge_print_csv(const Bridge *bridge, GString *text);
