#include "command/options.h"

#include <stddef.h>
#include <string.h>

#include "base/decimal.h"
#include "base/fault.h"

#include "base/poison.h"

#define DEFAULT_RULES "rules"
#define DEFAULT_ARCHIVE "archive"
#define MAX_THREADS 1024
#define MAX_WAIT 86400
#define MAX_ROWS 1000000
#define DEFAULT_WAIT 10
#define NOT_GIVEN G_MAXUINT
#define SEVERAL_ARCHIVES "runs" /* the command that takes several */
#define MAX_NAME 32

/* Who uses options that all commands take. */
#define PREPARING_OR_APPROVING " approve month-end year-end "
#define READING_INPUTS " check month-end year-end "
#define TAKING_INPUTS " check forms month-end new-year what-if year-end "
#define READING_RULES " approve check forms month-end new-year verify what-if year-end "
#define WORKING                                                                                    \
    " approve check compare explain forecast forms month-end new-year sample verify what-if "      \
    "year-end "

const OptionRow OPTION_ROWS[] = {
    {"all", NULL, "every run of the archive, or every contract that moved",
     " compare verify what-if ", NULL, offsetof(Options, all), 0, 0},
    {"archive", "DIR", "the archive of sealed runs (default: " DEFAULT_ARCHIVE ")", NULL, NULL,
     offsetof(Options, archive), 0, 0},
    {"budget", "FILE", "budgets by scheme (default: budgets.csv of the run's rules)", " forecast ",
     NULL, offsetof(Options, budget), 0, 0},
    {"by", "NAME", "who prepares or approves (default: the login name)", NULL,
     PREPARING_OR_APPROVING, offsetof(Options, by), 0, 0},
    {"help", NULL, "explain the command, or all of them", NULL, NULL, offsetof(Options, help), 0,
     0},
    {"inputs", "DIR", "the folder of CSV files, the year to date", TAKING_INPUTS, NULL,
     offsetof(Options, inputs), 0, 0},
    {"journal", "FILE", "write the accrual as a journal: by ledger code, with its reversal",
     " forecast ", NULL, offsetof(Options, journal), 0, 0},
    {"json", NULL, "the closing figures as JSON on standard output", NULL, NULL,
     offsetof(Options, json), 0, 0},
    {"key", "FILE", "sign the approval with this private SSH key", " approve ", NULL,
     offsetof(Options, key), 0, 0},
    {"month", "MONTH", "the month the run is for, as 2025-09 or Sep-25", " check forms month-end ",
     NULL, offsetof(Options, month), 0, 0},
    {"out-of-order", NULL, "approve although an earlier month has money waiting", " approve ", NULL,
     offsetof(Options, out_of_order), 0, 0},
    {"output", "FILE", "a new folder, or a file",
     " compare forecast forms new-year verify what-if ", NULL, offsetof(Options, output), 0, 0},
    {"quiet", NULL, "no closing figures and no progress; warnings stay", NULL, WORKING "reconcile ",
     offsetof(Options, quiet), 0, 0},
    {"response", "FILE", "what was paid, as whoever pays says it", " reconcile ", NULL,
     offsetof(Options, response), 0, 0},
    {"rows", "N", "how many rows are drawn, or how many of each", " sample ", NULL,
     offsetof(Options, rows), 1, MAX_ROWS},
    {"rules", "DIR", "the rules, a folder a year (default: " DEFAULT_RULES ")", NULL, READING_RULES,
     offsetof(Options, rules), 0, 0},
    {"strict", NULL, "any rejected, held or doubtful row refuses the run", NULL, READING_INPUTS,
     offsetof(Options, strict), 0, 0},
    {"threads", "N", "how many threads take part (default: one a processor)", NULL, WORKING,
     offsetof(Options, threads), 1, MAX_THREADS},
    {"timings", NULL, "say how long each stage took", " check month-end year-end ", NULL,
     offsetof(Options, timings), 0, 0},
    {"unless-same", NULL, "seal nothing where the newest run would be the same",
     " month-end year-end ", NULL, offsetof(Options, unless_same), 0, 0},
    {"version", NULL, "say which version this is", NULL, NULL, offsetof(Options, version), 0, 0},
    {"wait", "SECONDS", "how long to wait for another run (default: 10)",
     " approve month-end year-end ", NULL, offsetof(Options, wait), 0, MAX_WAIT},
    {"year", "YEAR", "the financial year, as 2025-26", " check forms new-year year-end ", NULL,
     offsetof(Options, year), 0, 0},
    {"yes", NULL, "approve without asking", " approve ", NULL, offsetof(Options, yes), 0, 0},
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

static bool
take_number(const OptionRow *option, const char *value, guint *slot, GError **error)
{
    int64_t number;
    if (*slot != NOT_GIVEN)
        return fail_option(option, "is given twice", error);
    if (!decimal_read_whole(value, strlen(value), &number) || number < option->least ||
        number > option->most) {
        g_autofree char *expected =
            g_strdup_printf("takes a whole number from %u to %u", option->least, option->most);
        return fail_option(option, expected, error);
    }
    *slot = (guint)number;
    return true;
}

/* Takes an archive behind the first. */
static bool
take_archive(const OptionRow *option, const char *value, Options *options, GError **error)
{
    if (options->more_archive_count == G_N_ELEMENTS(options->more_archives))
        return fail_option(option, "is given too often", error);
    options->more_archives[options->more_archive_count++] = value;
    return true;
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
    if (option->most > 0)
        return take_number(option, value, option_slot(option, options), error);
    const char **slot = option_slot(option, options);
    if (*slot != NULL && option->offset == offsetof(Options, archive))
        return take_archive(option, value, options, error);
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
    Options read = {.rows = NOT_GIVEN, .threads = NOT_GIVEN, .wait = NOT_GIVEN};
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
    read.is_rules_given = read.rules != NULL;
    if (!read.is_rules_given)
        read.rules = DEFAULT_RULES;
    if (read.archive == NULL)
        read.archive = DEFAULT_ARCHIVE;
    if (read.threads == NOT_GIVEN)
        read.threads = g_get_num_processors();
    *options = read;
    return true;
}

/* Whether a command is among some, a space around each; NULL are all of them. */
static bool
is_among(const char *commands, const char *command)
{
    if (commands == NULL)
        return true;
    g_autofree char *word = g_strconcat(" ", command, " ", NULL);
    return strstr(commands, word) != NULL;
}

bool
option_is_of(const OptionRow *option, const char *command)
{
    return is_among(option->commands, command);
}

bool
option_is_used(const OptionRow *option, const char *command)
{
    return is_among(option->commands, command) && is_among(option->users, command);
}

/* Whether an option was given. */
static bool
is_given(const OptionRow *option, const Options *options)
{
    const void *slot = (const char *)options + option->offset;
    return option->value == NULL ? *(const bool *)slot
           : option->most > 0    ? *(const guint *)slot != NOT_GIVEN
                                 : *(const char *const *)slot != NULL;
}

bool
options_fit(const Options *options, const char *command, GError **error)
{
    if (options->more_archive_count > 0 && strcmp(command, SEVERAL_ARCHIVES) != 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "--archive is given twice: " SEVERAL_ARCHIVES " alone takes several");
        return false;
    }
    for (guint i = 0; i < OPTION_COUNT; i++) {
        const OptionRow *option = &OPTION_ROWS[i];
        if (option->commands == NULL || option_is_of(option, command))
            continue;
        if (is_given(option, options)) {
            g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s does not take --%s", command,
                        option->name);
            return false;
        }
    }
    return true;
}

bool
options_require(const Options *options, const char *name, GError **error)
{
    const OptionRow *option = find_option(name, strlen(name));
    return is_given(option, options) || fail_option(option, "is needed", error);
}

guint
options_wait(const Options *options)
{
    return options->wait == NOT_GIVEN ? DEFAULT_WAIT : options->wait;
}
