/* The reasons in the words of whoever runs a practice: what each means, and what to do about it. */
#pragma once

#include "pack/reason.h"

typedef struct {
    const char *name, *meaning, *remedy;
} ReasonWords;
extern const ReasonWords REASON_WORDS[REASON_COUNT];
