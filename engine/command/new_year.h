/* schemepay new-year: the rules and inputs that a year begins with, from those of the year before.
 */
#pragma once

#include "command/command.h"

bool command_new_year(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
