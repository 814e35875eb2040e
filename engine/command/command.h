/* What a command is: a row in the table of main.c, and one function in a file of its own. */
#pragma once

#include "base/fault.h"
#include "command/options.h"

/* Carries a command out. Results go to standard output, all else to standard error. */
typedef bool (*CommandFunc)(const Options *options, GError **error);

typedef struct {
    const char *name;
    const char *usage;   /* what stands behind the name */
    const char *summary; /* one line */
    const char *help;    /* what it does, for someone who does not know it; ends with a newline */
    guint min_arguments, max_arguments;
    CommandFunc run;
} Command;

/* An exit status and when it is given. */
typedef struct {
    int status;
    const char *meaning;
} ExitRow;
