/* The command line: options anywhere, before or behind the command, as --name value or
 * --name=value; "--" ends them. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define MAX_ARGUMENTS 3
#define MAX_ARCHIVES 512

/* What was given; texts are those of argv, NULL where an option is not given. */
typedef struct {
    const char *archive, *budget, *by, *inputs, *journal, *key, *month, *output, *query, *reply;
    const char *response, *rules, *year;
    guint threads;
    guint rows; /* of a sample */
    guint wait; /* see options_wait */
    bool all, out_of_order, timings, unless_same, xlsx, yes;
    bool is_rules_given;                         /* or rules is the default */
    const char *more_archives[MAX_ARCHIVES - 1]; /* those that runs is given behind the first */
    guint more_archive_count;
    bool help, json, quiet, strict, version;
    const char *command;
    const char *arguments[MAX_ARGUMENTS + 1];
    guint argument_count;
} Options;

/* One option. */
typedef struct {
    const char *name;     /* without the dashes */
    const char *value;    /* what its value is called, or NULL: it has none */
    const char *meaning;  /* in words */
    const char *commands; /* the commands that take it, a space around each; NULL: all of them */
    const char *users;    /* of those, the ones that use it; NULL: all of those */
    gsize offset;         /* in Options: const char *, bool, or guint for a number */
    guint least, most;    /* of a number; 0, 0: it is none */
} OptionRow;
extern const OptionRow OPTION_ROWS[]; /* sorted by name */
extern const guint OPTION_COUNT;

/* Reads a command line. False, with SP_ERROR_USAGE and a hint of the nearest name, where an option
 * is not known, lacks its value, or is given twice. */
bool options_read(int argc, char *const *argv, Options *options,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether every option that was given is one of the command; SP_ERROR_USAGE else. */
bool options_fit(const Options *options, const char *command,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether an option was given that the command cannot do without; SP_ERROR_USAGE else. */
bool options_require(const Options *options, const char *name,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* How many seconds to wait for the archive. */
guint options_wait(const Options *options);
/* Whether a command takes an option; whether it uses it, too. */
bool option_is_of(const OptionRow *option, const char *command);
bool option_is_used(const OptionRow *option, const char *command);

/* How many letters must be changed, added, dropped or swapped to make one name of another. */
guint options_distance(const char *a, const char *b);
