/* What refused a run, for programs. */
#pragma once

#include "base/fault.h"

/* Appends one JSON object: refused, the sentence that refuses the run; faults, all faults and
 * warnings in the order of their files, each with kind (rules, input, doubtful or warning), file,
 * line, column and message. file and column are "" and line is 0 where there is none. */
void refusal_json(Faults *faults, const char *sentence, GString *text);
