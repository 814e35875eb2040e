/* forecast RUN: what is earned and not claimed yet, and what the year will come to. */
#pragma once

#include "command/command.h"

bool command_forecast(const Options *options, GError **error);
