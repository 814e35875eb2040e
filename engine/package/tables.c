#include "package/tables.h"

#include <string.h>

#include "base/poison.h"

#define RUN_WORD "RUN"

ValueKind
tables_value_kind(const OptionRow *option)
{
    static const char *const WORDS[VALUE_KINDS] = {
        [VALUE_FOLDER] = "DIR",
        [VALUE_FILE] = "FILE",
    };
    for (guint k = 0; k < VALUE_KINDS; k++)
        if (option->value != NULL && WORDS[k] != NULL && strcmp(option->value, WORDS[k]) == 0)
            return k;
    return VALUE_OTHER;
}

/* What stands in a command's usage behind an option and a blank, or NULL. */
static const char *
behind_option(const Command *command, const OptionRow *option)
{
    g_autofree char *name = g_strdup_printf("--%s ", option->name);
    const char *found = strstr(command->usage, name);
    return found == NULL ? NULL : found + strlen(name);
}

bool
tables_is_listed(const OptionRow *option, const Command *command)
{
    if (command == NULL)
        return option->commands == NULL;
    return option_is_used(option, command->name) || behind_option(command, option) != NULL;
}

char *
tables_choices(const Command *command, const OptionRow *option)
{
    const char *value = behind_option(command, option);
    if (value == NULL || !g_ascii_islower(value[0]))
        return NULL;
    g_autofree char *words = g_strndup(value, strcspn(value, " ])"));
    return g_strdelimit(g_steal_pointer(&words), "|", ' ');
}

bool
tables_is_repeated(const Command *command, const OptionRow *option)
{
    const char *value = behind_option(command, option);
    return value != NULL && g_str_has_prefix(value + strcspn(value, " ]"), "]...");
}

guint
tables_runs(const Command *command)
{
    guint count = 0;
    const char *at = command->usage + strspn(command->usage, "(");
    for (; g_str_has_prefix(at, RUN_WORD); at += strspn(at, " ")) {
        at += strlen(RUN_WORD);
        count++;
    }
    return count;
}
