#include "command/options.h"

#include <stddef.h>
#include <string.h>

#include "base/decimal.h"
#include "base/fault.h"

#include "base/poison.h"

#define DEFAULT_RULES "rules"
#define DEFAULT_ARCHIVE "archive"
#define MAX_THREADS 1024
#define MAX_NAME 32

const OptionRow OPTION_ROWS[] = {
    {"all", NULL, "every run of the archive", " verify ", offsetof(Options, all), false},
    {"archive", "DIR", "the archive of sealed runs (default: " DEFAULT_ARCHIVE ")", NULL,
     offsetof(Options, archive), false},
    {"by", "NAME", "who prepares or approves (default: the login name)", NULL,
     offsetof(Options, by), false},
    {"help", NULL, "explain the command, or all of them", NULL, offsetof(Options, help), false},
    {"inputs", "DIR", "the folder of CSV files, the year to date", " check month-end year-end ",
     offsetof(Options, inputs), false},
    {"json", NULL, "the closing figures as JSON on standard output", NULL, offsetof(Options, json),
     false},
    {"key", "FILE", "sign the approval with this private SSH key", " approve ",
     offsetof(Options, key), false},
    {"month", "MONTH", "the month the run is for, as 2025-09", " check month-end ",
     offsetof(Options, month), false},
    {"out-of-order", NULL, "approve although an earlier month has money waiting", " approve ",
     offsetof(Options, out_of_order), false},
    {"output", "FILE", "write the bridge, too: .xlsx a workbook, else CSV", " compare ",
     offsetof(Options, output), false},
    {"quiet", NULL, "no closing figures and no progress; warnings stay", NULL,
     offsetof(Options, quiet), false},
    {"rules", "DIR", "the rules, a folder a year (default: " DEFAULT_RULES ")", NULL,
     offsetof(Options, rules), false},
    {"strict", NULL, "any rejected or held row refuses the run", NULL, offsetof(Options, strict),
     false},
    {"threads", "N", "how many threads take part (default: one a processor)", NULL,
     offsetof(Options, threads), true},
    {"timings", NULL, "say how long each stage took", " check month-end year-end ",
     offsetof(Options, timings), false},
    {"version", NULL, "say which version this is", NULL, offsetof(Options, version), false},
    {"year", "YEAR", "the financial year the run closes, as 2025-26", " check year-end ",
     offsetof(Options, year), false},
    {"yes", NULL, "approve without asking", " approve ", offsetof(Options, yes), false},
};
const guint OPTION_COUNT = G_N_ELEMENTS(OPTION_ROWS);

guint
options_distance(const char *a, const char *b)
{
    guint rows[3][MAX_NAME + 1]; /* the row before last, the last, the present one */
    gsize m = strlen(a), n = strlen(b);
    if (m > MAX_NAME || n > MAX_NAME)
        return G_MAXUINT;
    for (guint j = 0; j <= n; j++)
        rows[0][j] = rows[1][j] = j;
    for (guint i = 1; i <= m; i++) {
        guint *present = rows[2], *last = rows[1];
        present[0] = i;
        for (guint j = 1; j <= n; j++) {
            guint change = last[j - 1] + (a[i - 1] != b[j - 1]);
            present[j] = MIN(change, MIN(last[j], present[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                present[j] = MIN(present[j], rows[0][j - 2] + 1);
        }
        memcpy(rows[0], rows[1], sizeof rows[0]);
        memcpy(rows[1], rows[2], sizeof rows[1]);
    }
    return rows[1][n];
}

static const OptionRow *
find_option(const char *name, gsize length)
{
    for (guint i = 0; i < OPTION_COUNT; i++)
        if (strlen(OPTION_ROWS[i].name) == length &&
            strncmp(OPTION_ROWS[i].name, name, length) == 0)
            return &OPTION_ROWS[i];
    return NULL;
}

static bool
fail_unknown(const char *argument, GError **error)
{
    const char *name = argument + strspn(argument, "-");
    g_autofree char *bare = g_strndup(name, strcspn(name, "="));
    const OptionRow *nearest = NULL;
    guint distance = 4;
    for (guint i = 0; i < OPTION_COUNT; i++) {
        guint here = options_distance(bare, OPTION_ROWS[i].name);
        if (here < distance && here < strlen(OPTION_ROWS[i].name)) {
            distance = here;
            nearest = &OPTION_ROWS[i];
        }
    }
    g_autoptr(GString) quoted = g_string_new(NULL);
    text_append_quoted(quoted, (Span){argument, strcspn(argument, "=")});
    if (nearest != NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "%s is not an option\nhint: the nearest is --%s", quoted->str, nearest->name);
    else
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "%s is not an option\nhint: schemepay --help lists them", quoted->str);
    return false;
}

/* Where an option's value goes. */
static void *
option_slot(const OptionRow *option, Options *options)
{
    return (char *)options + option->offset;
}

static bool
fail_option(const OptionRow *option, const char *what, GError **error)
{
    g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--%s %s", option->name, what);
    return false;
}

/* Takes an option with its value; value is NULL where it has none. */
static bool
take_option(const OptionRow *option, const char *value, Options *options, GError **error)
{
    if (option->value == NULL) {
        *(bool *)option_slot(option, options) = true;
        return true;
    }
    if (value[0] == '\0')
        return fail_option(option, "has an empty value", error);
    if (option->is_number) {
        int64_t number;
        guint *slot = option_slot(option, options);
        if (*slot != 0)
            return fail_option(option, "is given twice", error);
        if (!decimal_read_whole(value, strlen(value), &number) || number < 1 ||
            number > MAX_THREADS)
            return fail_option(option, "takes a whole number from 1 to 1024", error);
        *slot = (guint)number;
        return true;
    }
    const char **slot = option_slot(option, options);
    if (*slot != NULL)
        return fail_option(option, "is given twice", error);
    *slot = value;
    return true;
}

/* Takes the command, or one of its arguments. */
static bool
take_argument(const char *argument, Options *options, GError **error)
{
    if (options->command == NULL) {
        options->command = argument;
        return true;
    }
    if (options->argument_count == MAX_ARGUMENTS) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "there are too many arguments");
        return false;
    }
    options->arguments[options->argument_count++] = argument;
    return true;
}

/* Takes the option at argv[*at], and its value behind it. */
static bool
take_from(int argc, char *const *argv, int *at, Options *options, GError **error)
{
    const char *argument = argv[*at], *name = argument + 2;
    gsize length = strcspn(name, "=");
    const OptionRow *option = argument[1] == '-' ? find_option(name, length) : NULL;
    if (strcmp(argument, "-h") == 0)
        option = find_option("help", strlen("help"));
    if (option == NULL)
        return fail_unknown(argument, error);
    bool has_value = argument[1] == '-' && name[length] == '=';
    if (has_value && option->value == NULL)
        return fail_option(option, "takes no value", error);
    if (has_value || option->value == NULL)
        return take_option(option, has_value ? name + length + 1 : NULL, options, error);
    if (*at + 1 >= argc || strncmp(argv[*at + 1], "--", 2) == 0)
        return fail_option(option, "needs a value", error);
    return take_option(option, argv[++*at], options, error);
}

bool
options_read(int argc, char *const *argv, Options *options, GError **error)
{
    Options read = {0};
    bool is_ended = false;
    for (int at = 1; at < argc; at++) {
        const char *argument = argv[at];
        if (!is_ended && strcmp(argument, "--") == 0) {
            is_ended = true;
        } else if (is_ended || argument[0] != '-' || argument[1] == '\0') {
            if (!take_argument(argument, &read, error))
                return false;
        } else if (!take_from(argc, argv, &at, &read, error)) {
            return false;
        }
    }
    if (read.rules == NULL)
        read.rules = DEFAULT_RULES;
    if (read.archive == NULL)
        read.archive = DEFAULT_ARCHIVE;
    if (read.threads == 0)
        read.threads = g_get_num_processors();
    *options = read;
    return true;
}

bool
option_is_of(const OptionRow *option, const char *command)
{
    if (option->commands == NULL)
        return true;
    g_autofree char *word = g_strconcat(" ", command, " ", NULL);
    return strstr(option->commands, word) != NULL;
}

bool
options_fit(const Options *options, const char *command, GError **error)
{
    for (guint i = 0; i < OPTION_COUNT; i++) {
        const OptionRow *option = &OPTION_ROWS[i];
        if (option->commands == NULL || option_is_of(option, command))
            continue;
        const void *slot = (const char *)options + option->offset;
        bool is_given =
            option->value == NULL ? *(const bool *)slot : *(const char *const *)slot != NULL;
        if (is_given) {
            g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s does not take --%s", command,
                        option->name);
            return false;
        }
    }
    return true;
}
