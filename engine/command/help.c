#include "command/help.h"

#include <string.h>

#include "base/poison.h"

#define NAME_WIDTH 22

const char HELP_INTRODUCTION[] =
    "schemepay works out what providers are owed for schemes, from CSV files and three tables of\n"
    "rules, and seals every run in an archive. For each contract:\n"
    "\n"
    "    owed = entitlement to date − paid to date\n";

const char HELP_SESSION[] =
    "    schemepay check --month 2025-09 --inputs 2025-26\n"
    "    schemepay month-end --month 2025-09 --inputs 2025-26 --by \"Ann Other\"\n"
    "    schemepay approve 2025-09/001 --by \"Sam Signer\"\n"
    "    schemepay verify --all\n";

const char HELP_DOCUMENTS[] = SCHEMEPAY_DOCUMENTS;
const char HELP_EXAMPLES[] = SCHEMEPAY_DOCUMENTS "/examples";

static void
append_options(const char *command, GString *text)
{
    for (guint i = 0; i < OPTION_COUNT; i++) {
        const OptionRow *option = &OPTION_ROWS[i];
        bool is_listed =
            command == NULL ? option->commands == NULL : option_is_used(option, command);
        if (!is_listed)
            continue;
        g_autofree char *name =
            g_strdup_printf("--%s%s%s", option->name, option->value == NULL ? "" : " ",
                            option->value == NULL ? "" : option->value);
        g_string_append_printf(text, "    %-*s%s\n", NAME_WIDTH, name, option->meaning);
    }
}

void
help_overview(const Command *commands, guint command_count, const ExitRow *exits, guint exit_count,
              GString *text)
{
    g_string_append(text, HELP_INTRODUCTION);
    g_string_append(text, "\nUsage: schemepay COMMAND [OPTION…]\n\nCommands:\n");
    for (guint i = 0; i < command_count; i++)
        g_string_append_printf(text, "    %-*s%s\n", NAME_WIDTH, commands[i].name,
                               commands[i].summary);
    g_string_append(text,
                    "    schemepay COMMAND --help explains one.\n\nOptions of all commands:\n");
    append_options(NULL, text);
    g_string_append_printf(text, "\nAn example session:\n%s\n", HELP_SESSION);
    g_string_append_printf(text,
                           "Example rules and inputs, to try it on and not to pay by:\n"
                           "    %-*s%s\n    %-*s%s\n\nExit status:\n",
                           NAME_WIDTH, "installed", HELP_EXAMPLES, NAME_WIDTH, "in its sources",
                           "rules, fixtures");
    for (guint i = 0; i < exit_count; i++)
        g_string_append_printf(text, "    %-4d%s\n", exits[i].status, exits[i].meaning);
}

void
help_command(const Command *command, GString *text)
{
    g_string_append_printf(text, "Usage: schemepay %s%s%s\n\n%s\nOptions:\n", command->name,
                           command->usage[0] == '\0' ? "" : " ", command->usage, command->help);
    append_options(command->name, text);
}
