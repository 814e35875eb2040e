/* What --help says: all of it comes from the tables of commands, options and exit statuses. */
#pragma once

#include "command/command.h"

/* The overview: commands, options, an example session, exit statuses. */
void help_overview(const Command *commands, guint command_count, const ExitRow *exits,
                   guint exit_count, GString *text);
/* One command. */
void help_command(const Command *command, GString *text);
