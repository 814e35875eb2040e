/* What --help says: all of it comes from the tables of commands, options and exit statuses. */
#pragma once

#include "command/command.h"

/* What it is for, and commands. Lines that begin with blanks are shown as they stand. */
extern const char HELP_INTRODUCTION[], HELP_SESSION[];
/* Where documentation, and example rules and inputs, are installed. */
extern const char HELP_DOCUMENTS[], HELP_EXAMPLES[];

/* The overview: commands, options, an example session, exit statuses. */
void help_overview(const Command *commands, guint command_count, const ExitRow *exits,
                   guint exit_count, GString *text);
/* One command. */
void help_command(const Command *command, GString *text);
