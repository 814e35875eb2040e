/* The tables that the pages beside the program are made from, and what they say about the words of
 * a command line: for the manual page and for completion. No part of the program itself. */
#pragma once

#include "command/command.h"

typedef struct {
    const Command *commands;
    guint command_count;
    const ExitRow *exits;
    guint exit_count;
} Tables;

/* What an option's value is, as far as a shell can help with it. */
typedef enum { VALUE_OTHER, VALUE_FOLDER, VALUE_FILE, VALUE_KINDS } ValueKind;
ValueKind tables_value_kind(const OptionRow *option);

/* Whether the help of a command lists an option or names it in the usage; NULL: whether the help of
 * all of them lists it. */
bool tables_is_listed(const OptionRow *option, const Command *command);
/* The words that a command's usage gives for an option, a blank between them: "provider scheme" of
 * "[--by provider|scheme]". NULL where it gives none. Free with g_free. */
char *tables_choices(const Command *command, const OptionRow *option) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a command's usage repeats an option: "[--archive DIR]...". */
bool tables_is_repeated(const Command *command, const OptionRow *option);
/* How many sealed runs a command is given, before all other arguments: 2 of "RUN RUN [--all]". */
guint tables_runs(const Command *command);
