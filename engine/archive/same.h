/* Whether a run that is sealed would be the same if it were made now: of equal rules and inputs,
 * name by name and byte by byte, of the approved runs that it counted, by this version. Nothing is
 * worked out for that: what a version works out of the same is the same. */
#pragma once

#include "archive/archive.h"

/* Where rules and inputs lie now. */
typedef struct {
    const char *rules_dir; /* a folder a year */
    const char *inputs_dir;
    guint threads;
} SameSource;

/* Whether a run would be the same. What cannot be read, and is changed meanwhile, is not: the run
 * that is made then says why. */
bool run_is_same(const Archive *archive, const Run *run, const SameSource *source);
