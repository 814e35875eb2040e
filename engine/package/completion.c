#include "package/completion.h"

#include <string.h>

#include "base/poison.h"

/* ------------------------------------------------------------------------------------------- bash
 */

static const char BASH_HEAD[] =
    "# bash completion for schemepay. Made from the program's own tables of commands and options.\n"
    "\n"
    "# The runs of an archive. Names of other forms are none, and are not handed to the shell.\n"
    "_schemepay_runs()\n"
    "{\n"
    "    local folder run\n"
    "    for folder in \"$1\"/*/*/*/; do\n"
    "        folder=${folder%/}\n"
    "        run=${folder#\"$1\"/*/}\n"
    "        [[ $run =~ ^[0-9]{4}-[0-9]{2}(-YE)?/[0-9]+$ ]] && printf '%s\\n' \"$run\"\n"
    "    done\n"
    "}\n"
    "\n"
    "_schemepay()\n"
    "{\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} command='' archive=archive option='' choices='' "
    "item\n"
    "    local -i given=0 runs=0\n"
    "    COMPREPLY=()\n"
    "    [[ $word != '=' ]] || word=''\n"
    "    for item in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
    "        if [[ $item == '=' ]]; then\n"
    "            continue # \"--name=value\" comes as three words\n"
    "        elif [[ $option ]]; then\n"
    "            [[ $option != --archive ]] || archive=${item/#\\~/$HOME}\n"
    "            option=''\n"
    "            continue\n"
    "        fi\n"
    "        case $item in\n";

static const char BASH_MIDDLE[] = "        -*) ;;\n"
                                  "        *)\n"
                                  "            if [[ $command ]]; then\n"
                                  "                given+=1\n"
                                  "            else\n"
                                  "                command=$item\n"
                                  "            fi\n"
                                  "            ;;\n"
                                  "        esac\n"
                                  "    done\n"
                                  "    case \"$command $option\" in\n";

static const char BASH_COMMANDS[] = "    *' --'*) return ;;\n"
                                    "    esac\n"
                                    "    [[ $option ]] || case $command in\n";

static const char BASH_TAIL[] =
    "    esac\n"
    "    [[ $option || $word == -* || $given -ge $runs ]] ||\n"
    "        choices+=\" $(_schemepay_runs \"$archive\")\"\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$choices\" -- \"$word\")\n"
    "}\n"
    "complete -F _schemepay schemepay\n";

/* Appends the options whose value is of a kind, as patterns of a case: " --archive | --inputs". */
static guint
append_patterns(GString *script, guint kinds, const char *before)
{
    guint count = 0;
    for (guint i = 0; i < OPTION_COUNT; i++) {
        const OptionRow *option = &OPTION_ROWS[i];
        if (option->value == NULL || (kinds & 1U << tables_value_kind(option)) == 0)
            continue;
        g_string_append_printf(script, "%s%s--%s", count++ == 0 ? "" : " | ", before, option->name);
    }
    return count;
}

/* Appends the words that an option of some command is given one of. */
static void
append_bash_choices(GString *script, const Tables *tables)
{
    for (guint c = 0; c < tables->command_count; c++)
        for (guint o = 0; o < OPTION_COUNT; o++) {
            g_autofree char *choices = tables_choices(&tables->commands[c], &OPTION_ROWS[o]);
            if (choices != NULL)
                g_string_append_printf(script, "    '%s --%s') choices='%s' ;;\n",
                                       tables->commands[c].name, OPTION_ROWS[o].name, choices);
        }
}

/* Appends values that are files or folders. */
static void
append_bash_paths(GString *script)
{
    static const char ACTIONS[VALUE_KINDS] = {[VALUE_FOLDER] = 'd', [VALUE_FILE] = 'f'};
    for (guint kind = VALUE_FOLDER; kind < VALUE_KINDS; kind++) {
        g_string_append(script, "    ");
        append_patterns(script, 1U << kind, "*' '");
        g_string_append_printf(script,
                               ")\n"
                               "        compopt -o filenames 2>/dev/null\n"
                               "        mapfile -t COMPREPLY < <(compgen -%c -- \"$word\")\n"
                               "        return\n"
                               "        ;;\n",
                               ACTIONS[kind]);
    }
}

/* Appends the options of a command; NULL: those of all of them. */
static void
append_options(GString *script, const Command *command)
{
    for (guint i = 0; i < OPTION_COUNT; i++)
        if (tables_is_listed(&OPTION_ROWS[i], command))
            g_string_append_printf(script, " --%s", OPTION_ROWS[i].name);
}

void
completion_bash(const Tables *tables, GString *script)
{
    g_string_append(script, BASH_HEAD);
    g_string_append(script, "        ");
    append_patterns(script, ~0U, "");
    g_string_append(script, ") option=$item ;;\n");
    g_string_append(script, BASH_MIDDLE);
    append_bash_choices(script, tables);
    append_bash_paths(script);
    g_string_append(script, BASH_COMMANDS);
    g_string_append(script, "    '') choices='");
    for (guint c = 0; c < tables->command_count; c++)
        g_string_append_printf(script, "%s%s", c == 0 ? "" : " ", tables->commands[c].name);
    append_options(script, NULL);
    g_string_append(script, "' ;;\n");
    for (guint c = 0; c < tables->command_count; c++) {
        const Command *command = &tables->commands[c];
        g_string_append_printf(script, "    %s) runs=%u choices='", command->name,
                               tables_runs(command));
        append_options(script, command);
        g_string_append(script, "' ;;\n");
    }
    g_string_append(script, BASH_TAIL);
}

/* -------------------------------------------------------------------------------------------- zsh
 */

static const char ZSH_HEAD[] =
    "#compdef schemepay\n"
    "# zsh completion for schemepay. Made from the program's own tables of commands and options.\n"
    "\n"
    "# The runs of the archive.\n"
    "_schemepay_runs() {\n"
    "    local folder\n"
    "    local -a runs\n"
    "    for folder in ${~${opt_args[--archive]:-$archive}}/*/[0-9][0-9][0-9][0-9]-*/<->(N/); do\n"
    "        runs+=(\"${folder:h:t}/${folder:t}\")\n"
    "    done\n"
    "    (( $#runs )) && compadd -a runs || _message 'run: there is none in the archive'\n"
    "}\n"
    "\n"
    "_schemepay() {\n"
    "    local curcontext=$curcontext context state state_descr line\n"
    "    local -a commands\n"
    "    typeset -A opt_args\n";

static const char ZSH_COMMANDS[] =
    "        '1:command:->command' '*::argument:->argument'\n"
    "    local archive=${opt_args[--archive]:-archive} # as it stands before the command\n"
    "    case $state in\n"
    "    command) _describe -t commands command commands ;;\n"
    "    argument)\n"
    "        case $words[1] in\n";

static const char ZSH_TAIL[] = "        esac\n"
                               "        ;;\n"
                               "    esac\n"
                               "}\n"
                               "\n"
                               "_schemepay \"$@\"\n";

/* Appends words within apostrophes, with a backslash before what _arguments and _describe read. */
static void
append_zsh_words(GString *script, const char *words)
{
    for (const char *at = words; *at != '\0'; at++)
        if (*at == '\'')
            g_string_append(script, "'\\''");
        else
            g_string_append_printf(script, "%s%c", strchr("[]:\\", *at) == NULL ? "" : "\\", *at);
}

/* Appends the rows of an option for _arguments: '--name=[meaning]:VALUE:action'. */
static void
append_zsh_option(GString *script, const Command *command, const OptionRow *option)
{
    static const char *const ACTIONS[VALUE_KINDS] = {
        [VALUE_OTHER] = "", [VALUE_FOLDER] = "_files -/", [VALUE_FILE] = "_files"};
    bool is_repeated = command != NULL && tables_is_repeated(command, option);
    g_string_append_printf(script, " \\\n                '%s--%s%s[", is_repeated ? "*" : "",
                           option->name, option->value == NULL ? "" : "=");
    g_autofree char *choices = command == NULL ? NULL : tables_choices(command, option);
    if (choices == NULL) {
        append_zsh_words(script, option->meaning);
    } else {
        g_auto(GStrv) words = g_strsplit(choices, " ", -1);
        g_autofree char *meaning = g_strjoinv(" or ", words);
        append_zsh_words(script, meaning);
    }
    g_string_append_c(script, ']');
    if (choices != NULL)
        g_string_append_printf(script, ":%s:(%s)", option->value, choices);
    else if (option->value != NULL)
        g_string_append_printf(script, ":%s:%s", option->value, ACTIONS[tables_value_kind(option)]);
    g_string_append_c(script, '\'');
}

static void
append_zsh_options(GString *script, const Command *command)
{
    for (guint i = 0; i < OPTION_COUNT; i++)
        if (tables_is_listed(&OPTION_ROWS[i], command))
            append_zsh_option(script, command, &OPTION_ROWS[i]);
}

void
completion_zsh(const Tables *tables, GString *script)
{
    g_string_append(script, ZSH_HEAD);
    g_string_append(script, "    commands=(\n");
    for (guint c = 0; c < tables->command_count; c++) {
        g_string_append_printf(script, "        '%s:", tables->commands[c].name);
        append_zsh_words(script, tables->commands[c].summary);
        g_string_append(script, "'\n");
    }
    g_string_append(script, "    )\n    _arguments -C -A '-*'");
    append_zsh_options(script, NULL);
    g_string_append(script, " \\\n");
    g_string_append(script, ZSH_COMMANDS);
    for (guint c = 0; c < tables->command_count; c++) {
        const Command *command = &tables->commands[c];
        g_string_append_printf(script, "        %s)\n            _arguments", command->name);
        append_zsh_options(script, command);
        for (guint r = 0; r < tables_runs(command); r++)
            g_string_append_printf(script, " \\\n                '%u:run:_schemepay_runs'", r + 1);
        g_string_append(script, "\n            ;;\n");
    }
    g_string_append(script, ZSH_TAIL);
}
