#include "package/manual.h"

#include <string.h>

#include "command/help.h"

#include "base/poison.h"

#define INDENTED "    " /* lines of the help that are shown as they stand */

/* Appends a text so that roff shows it as it is: plain apostrophes and hyphens, which can be
 * copied, and what is not ASCII by its number. */
static void
append_text(GString *page, const char *text)
{
    static const struct {
        char character;
        const char *escape;
    } ESCAPES[] = {
        {'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"}, {'"', "\\(dq"},
        {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"},
    };
    if (text[0] == '.')
        g_string_append(page, "\\&");
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        const char *escape = NULL;
        for (guint i = 0; i < G_N_ELEMENTS(ESCAPES) && escape == NULL; i++)
            if (ESCAPES[i].character == *at)
                escape = ESCAPES[i].escape;
        if (escape != NULL)
            g_string_append(page, escape);
        else if ((guchar)*at < 0x80)
            g_string_append_c(page, *at);
        else
            g_string_append_printf(page, "\\[u%04X]", g_utf8_get_char(at));
    }
}

static void
append_line(GString *page, const char *request, const char *text)
{
    g_string_append(page, request);
    append_text(page, text);
    g_string_append_c(page, '\n');
}

/* Appends lines of the help: paragraphs are filled, what is indented stands as it is. */
static void
append_prose(GString *page, const char *prose)
{
    g_auto(GStrv) lines = g_strsplit(prose, "\n", -1);
    bool is_shown = false;
    for (guint i = 0; lines[i] != NULL; i++) {
        bool is_indented = g_str_has_prefix(lines[i], INDENTED);
        if (is_indented != is_shown)
            g_string_append(page, is_indented ? ".RS 4\n.nf\n" : ".fi\n.RE\n");
        is_shown = is_indented;
        if (lines[i][0] == '\0')
            g_string_append(page, lines[i + 1] == NULL ? "" : ".PP\n");
        else
            append_line(page, "", is_indented ? lines[i] + strlen(INDENTED) : lines[i]);
    }
}

/* Appends words in a font: B bold, I italic. */
static void
append_font(GString *page, char font, const char *words)
{
    g_string_append_printf(page, "\\f%c", font);
    append_text(page, words);
    g_string_append(page, "\\fR");
}

/* Appends what stands behind a command: what is typed as it stands in bold, what stands for
 * something else, in capitals, in italics. */
static void
append_usage(GString *page, const char *usage)
{
    for (const char *at = usage; *at != '\0';) {
        gsize length = 0;
        while (g_ascii_isalnum(at[length]) || at[length] == '-')
            length++;
        g_autofree char *word = g_strndup(at, MAX(length, 1));
        if (length > 0)
            append_font(page, g_ascii_isupper(word[0]) ? 'I' : 'B', word);
        else
            g_string_append(page, word);
        at += MAX(length, 1);
    }
}

/* Appends the names of a command's options. */
static void
append_options_of(GString *page, const Command *command)
{
    const char *before = ".sp\nOptions: ";
    for (guint i = 0; i < OPTION_COUNT; i++) {
        if (!tables_is_listed(&OPTION_ROWS[i], command))
            continue;
        g_autofree char *name = g_strconcat("--", OPTION_ROWS[i].name, NULL);
        g_string_append(page, before);
        append_font(page, 'B', name);
        before = ", ";
    }
    g_string_append(page, ".\n");
}

static void
append_command(GString *page, const Command *command)
{
    g_string_append(page, ".TP\n");
    append_font(page, 'B', command->name);
    g_string_append(page, command->usage[0] == '\0' ? "" : " ");
    append_usage(page, command->usage);
    g_string_append_printf(page, "\n%c", g_ascii_toupper(command->summary[0]));
    append_text(page, command->summary + 1);
    g_string_append(page, ".\n.sp\n");
    append_prose(page, command->help);
    append_options_of(page, command);
}

/* Appends an option with the commands that use it. */
static void
append_option(GString *page, const Tables *tables, const OptionRow *option)
{
    g_autofree char *name = g_strconcat("--", option->name, NULL);
    g_string_append(page, ".TP\n");
    append_font(page, 'B', name);
    if (option->value != NULL) {
        g_string_append_c(page, ' ');
        append_font(page, 'I', option->value);
    }
    append_line(page, "\n", option->meaning);
    g_autoptr(GString) users = g_string_new(NULL);
    guint count = 0;
    for (guint c = 0; c < tables->command_count; c++)
        if (option_is_used(option, tables->commands[c].name))
            g_string_append_printf(users, "%s%s", count++ == 0 ? "" : ", ",
                                   tables->commands[c].name);
    append_line(page, ".br\nWith ", count == tables->command_count ? "all commands" : users->str);
}

static void
append_exits(GString *page, const Tables *tables)
{
    for (guint i = 0; i < tables->exit_count; i++) {
        g_string_append_printf(page, ".TP\n%d\n", tables->exits[i].status);
        append_line(page, "", tables->exits[i].meaning);
    }
}

static void
append_files(GString *page)
{
    static const struct {
        const char *path, *what;
    } FILES[] = {
        {"rules", "the rules, a folder a year, where --rules names no other folder"},
        {"archive", "the sealed runs, where --archive names no other folder"},
        {HELP_EXAMPLES, "example rules and inputs, to try it on and not to pay by"},
        {HELP_DOCUMENTS, "the documentation: README.md says where to find what"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(FILES); i++) {
        append_line(page, ".TP\n.I ", FILES[i].path);
        append_line(page, "", FILES[i].what);
    }
    g_string_append(page,
                    ".PP\nNothing is written but in the archive, where an option says and, by\n"
                    ".BR new\\-year ,\nbeside the rules.\n");
}

static void
append_examples(GString *page)
{
    static const char FIRST[] = "schemepay month-end --month 2025-09 --by \"Ann Other\" \\";
    g_autofree char *rules = g_strdup_printf("    --rules %s/rules \\", HELP_EXAMPLES);
    g_autofree char *inputs = g_strdup_printf("    --inputs %s/fixtures/2025-26", HELP_EXAMPLES);
    const char *const lines[] = {FIRST, rules, inputs, "schemepay verify --all"};
    g_string_append(page, "September 2025 of the example, sealed in the folder archive of the "
                          "folder that you are in:\n.PP\n.RS 4\n.nf\n");
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
        append_line(page, "", lines[i]);
    g_string_append(page, ".fi\n.RE\n.PP\nA month of your own:\n.PP\n");
    append_prose(page, HELP_SESSION);
}

void
manual_append(const Tables *tables, const char *date, GString *page)
{
    g_string_append(page, ".\\\" Made from the program's own tables of commands and options.\n");
    g_string_append_printf(page, ".TH SCHEMEPAY 1 \"%s\" \"schemepay %s\" \"User Commands\"\n",
                           date, SCHEMEPAY_VERSION);
    g_string_append(page, ".nh\n.ad l\n.SH NAME\nschemepay \\- what GP practices and other "
                          "providers are owed for local schemes\n"
                          ".SH SYNOPSIS\n.B schemepay\n.I COMMAND\n[\\fIOPTION\\fR]...\n"
                          ".SH DESCRIPTION\n");
    append_prose(page, HELP_INTRODUCTION);
    g_string_append(page, ".SH COMMANDS\n");
    for (guint c = 0; c < tables->command_count; c++)
        append_command(page, &tables->commands[c]);
    g_string_append(page, ".SH OPTIONS\nOptions may stand before or behind the command, as\n"
                          ".B \\-\\-name value\nor\n.BR \\-\\-name=value .\n");
    for (guint o = 0; o < OPTION_COUNT; o++)
        append_option(page, tables, &OPTION_ROWS[o]);
    g_string_append(page, ".SH EXIT STATUS\n");
    append_exits(page, tables);
    g_string_append(page, ".SH FILES\n");
    append_files(page);
    g_string_append(page, ".SH EXAMPLES\n");
    append_examples(page);
    g_string_append(page, ".SH SEE ALSO\n.BR ssh\\-keygen (1),\nwhich signs approvals\n");
}
