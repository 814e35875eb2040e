/* The commands: one row each in a table of main.c, one function each in a file of its own. */
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

bool command_approve(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool command_check(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool command_compare(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool command_explain(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool command_month_end(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool command_runs(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool command_verify(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool command_year_end(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
