/* schemepay: what providers are owed, month by month, to the penny. See README.md.
 *
 * The table of commands, and the only place that turns an error into an exit status. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/libraries.h"
#include "command/approve.h"
#include "command/check.h"
#include "command/compare.h"
#include "command/console.h"
#include "command/explain.h"
#include "command/forecast.h"
#include "command/forms.h"
#include "command/help.h"
#include "command/month_end.h"
#include "command/new_year.h"
#include "command/process.h"
#include "command/reconcile.h"
#include "command/runs.h"
#include "command/sample.h"
#include "command/statements.h"
#include "command/verify.h"
#include "command/what_if.h"
#include "command/witness.h"

#include "base/poison.h"

static const Command COMMANDS[] = {
    {"approve", "RUN --by NAME [--key FILE] [--yes] [--out-of-order]", "release a run's payments",
     "Shows what a run pays, by band of amount, and asks whether to approve it. What an approved\n"
     "run pays is paid: later runs count it. A run is approved by someone other than who prepared\n"
     "it, while it is the newest of its period, still verifies, and what it took as paid to date\n"
     "is what the approved runs paid. A period is approved once, and not before an earlier one of\n"
     "the year that has money waiting, unless --out-of-order says so. --key signs the run's\n"
     "manifest by OpenSSH's ssh-keygen; where the rules have a file of approvers, it must.\n",
     1, 1, command_approve},
    {"check", "--inputs DIR (--month MONTH | --year YEAR)", "read and validate only",
     "Reads the inputs and the rules as month-end or year-end would, says all that is wrong with\n"
     "them, and writes nothing.\n",
     0, 0, command_check},
    {"compare", "RUN RUN [--output FILE] [--all]", "what moved between two runs, and why",
     "Bridges what is owed in one run to what is owed in another, contract by contract and in\n"
     "total: the first run is worked out again with register, participation, lists, payments,\n"
     "claims, achievement and rules taken from the second, one after the other, and each step's\n"
     "pounds are its cause's. They add up to the penny. What another period moves is told by its\n"
     "own causes. The twenty contracts that moved most are listed, with --all every one. --output\n"
     "writes the bridge as CSV, or, where FILE ends in .xlsx, as a workbook with a picture of the\n"
     "causes. Exit status 1 where anything moved, or a run is not as it was sealed.\n",
     2, 2, command_compare},
    {"explain", "RUN PROVIDER [SCHEME]", "how the figures of a provider came about",
     "Says for every contract of the provider, or for the one in the scheme named, how its "
     "figures\n"
     "came about: each line with its rule and the paper it comes from, the arithmetic with the\n"
     "numbers in it, and the input rows by file and line; what was paid when; what is owed, and\n"
     "why it is marked as it is. Exit status 1 where what it reads is not as it was sealed.\n",
     2, 3, command_explain},
    {"forecast", "RUN [--output FILE] [--budget FILE] [--journal FILE]",
     "what is not claimed yet, and what the year costs",
     "Works a sealed run out again and says what is earned up to its month and not claimed yet, "
     "by\n"
     "contract, activity and month; and what the year will come to by scheme: with what is "
     "expected\n"
     "of the months to come, and the year-end as last reported, at its highest and at its lowest.\n"
     "Budgets by scheme (--budget, else budgets.csv of the run's rules) are set against it. "
     "--output\n"
     "writes every figure as CSV, or, where FILE ends in .xlsx, as a workbook of formulas; "
     "--journal\n"
     "writes the accrual by ledger code with its reversal. Nothing is sealed and nobody is paid.\n"
     "Exit status 1 where the run is not as it was sealed.\n",
     1, 1, command_forecast},
    {"forms", "--inputs DIR --output DIR (--year YEAR | --month MONTH)",
     "claim forms for providers to fill in",
     "Writes a workbook for each provider and each scheme that is paid for claims and that it "
     "takes\n"
     "part in, for the year or for a month. Its sheet Claim has lists of the months and "
     "activities\n"
     "that are open, takes no NHS number, and is saved as a CSV file of activity, which the next\n"
     "run reads as it is. Other sheets say what is missing in a row, show the prices, add up what\n"
     "the claim is worth, and tell how it is saved. The new folder appears when all forms are in\n"
     "it. Neither the inputs nor the archive are touched.\n",
     0, 0, command_forms},
    {"month-end", "--month MONTH --inputs DIR [--unless-same]",
     "work out and seal the run of a month",
     "Reads the folder of inputs, the year to date; works out what every contract is owed to the\n"
     "end of the month, less what approved runs paid; and seals inputs, rules and outputs as a "
     "new\n"
     "run in the archive. It pays nobody until it is approved. It may be repeated until then. "
     "With\n"
     "--unless-same nothing is sealed where the newest run of the month, approved or not, would "
     "be\n"
     "the same in inputs, rules, payments counted and version: that run is named, and the exit\n"
     "status is 0.\n",
     0, 0, command_month_end},
    {"new-year", "--year YEAR --inputs DIR --output DIR", "begin a year from the one before",
     "Carries the rules and the inputs of the year before over to a new year: the rules to a "
     "folder\n"
     "of that year beside them, and register and participation, with the headers of the other\n"
     "files, to a new folder of inputs. Dates are moved by a year; of each activity the price of "
     "31\n"
     "March goes on. Lists what is to be confirmed, by file and line, what will be brought "
     "forward\n"
     "and what is on hold. Overwrites nothing, and changes nothing of the year before.\n",
     0, 0, command_new_year},
    {"reconcile", "RUN --response FILE", "what was paid of what a run asked for",
     "Compares an approved run's payment file with FILE, a CSV file of what whoever pays says was\n"
     "paid, by payment_id: each payment is paid, paid differently, rejected or missing, and what\n"
     "nobody asked for is unknown. The first four add up to the control total. For what was "
     "rejected\n"
     "or paid differently it prints the rows to add to payments_before, so that the next run pays\n"
     "the rest; with --quiet those rows alone. It writes nothing. The rules' response-file.csv "
     "says\n"
     "how FILE calls its columns. Exit status 1 where anything is not paid as it was asked for.\n",
     1, 1, command_reconcile},
    {"runs", "[--archive DIR]...", "the archive at a glance",
     "Lists all runs by period: who prepared and approved them and when, what they pay, how many\n"
     "exceptions they have, and whether each is a draft, superseded, or approved. Of several\n"
     "archives, each given by --archive, it adds up each period: the approved run of each, or "
     "else\n"
     "its newest.\n",
     0, 0, command_runs},
    {"sample", "RUN --rows N [--by provider|scheme]",
     "rows to verify after payment, drawn by a rule",
     "Draws so many of the accepted rows of activity that a run pays, or so many of each provider "
     "or\n"
     "scheme, and prints them as CSV, with file and line. Anyone who has the run draws the same: "
     "a\n"
     "row's number is the SHA-256 of three texts with a line feed between them, the SHA-256 of "
     "the\n"
     "run's manifest, the file and the line, and the rows with the least numbers are drawn. Never "
     "a\n"
     "patient reference. Exit status 1 where the run is not as it was sealed.\n",
     1, 1, command_sample},
    {"statements", "RUN --output DIR [--xlsx]",
     "a mailing: a PDF for each payee, and the list of them",
     "Writes the statement of each payee of a sealed run as PDF into a new folder, with the rows\n"
     "and figures of the sealed workbooks, and beside them mailing.csv, a row a payee for a mail\n"
     "merge: name, e-mail address (email of providers), file, amount, new exceptions, and until\n"
     "when to reply. What an approved run pays is called paid, else to be paid. The run must be "
     "as\n"
     "it was sealed. Where this version would tell a payee another amount than was sealed, "
     "nothing\n"
     "is written and both are named; --xlsx copies the sealed workbooks as they are, whatever "
     "this\n"
     "version works out. Nothing is overwritten. Exit status 1 where the run is not as it was\n"
     "sealed, or would be told otherwise.\n",
     1, 1, command_statements},
    {"verify", "(RUN [--output DIR] | --all)", "work sealed runs out again and compare every byte",
     "Works a run out again from its archived inputs and rules, counting exactly the payments it\n"
     "counted, beside the original, which it does not touch; compares every byte, checks every\n"
     "file against the manifest, the chain of runs and approvals and, where the rules have a file\n"
     "of approvers, the signatures of approvals. Says what changed, and by how many pounds for\n"
     "which contract; --all says first where it began, and how many later runs follow from it.\n"
     "--output leaves the files of the run, as they are worked out now, in a new folder. Exit\n"
     "status 1 where something did.\n",
     0, 1, command_verify},
    {"what-if", "RUN (--rules DIR | --inputs DIR) [--output FILE] [--all]",
     "what a run would have come to otherwise",
     "Works a sealed run out again with other rules, other inputs or both: what is not named stays "
     "as\n"
     "it was sealed, and so do the period and what counts as paid. Prints what that moves, "
     "contract\n"
     "by contract and by cause, as compare does. Any run can be asked, an approved one as well.\n"
     "Seals nothing. Exit status 1 where the run is not as it was sealed.\n",
     1, 1, command_what_if},
    {"witness", "RUN (--query FILE | --reply FILE)",
     "an outside authority's timestamp of an approved run",
     "Lets an authority that has nothing to do with the archive say since when an approved run is\n"
     "what it is (RFC 3161). --query writes what the authority is sent: the SHA-256 of the run's\n"
     "manifest, and nothing else. --reply checks its answer and keeps it beside the approval. Who\n"
     "counts as an authority, a file timestamp-authorities.pem of the rules says: verify checks\n"
     "each timestamp by it, with the certificates as they were at its time, and needs no network.\n"
     "A run has one timestamp. Nothing is sent by this program:\n"
     "  curl --data-binary @FILE -H 'Content-Type: application/timestamp-query' URL >REPLY\n",
     1, 1, command_witness},
    {"year-end", "--year YEAR --inputs DIR [--unless-same]",
     "work out and seal the balance of a year",
     "The same as month-end for the balance of a financial year, from its final achievement. Once\n"
     "it is approved the year is closed.\n",
     0, 0, command_year_end},
};

/* Exit statuses by error; those of sysexits.h, and 1. */
static const ExitRow EXITS[] = {
    {0, "done"},
    {1, "a difference was found, or a run is not as it was sealed"},
    {64, "the command line is not understood"},
    {65, "the inputs refuse the run"},
    {66, "no such file or run"},
    {70, "a bug in schemepay"},
    {73, "an output cannot be created"},
    {74, "reading or writing failed"},
    {75, "another run holds the archive, or its file system does not lock"},
    {77, "not allowed, by the rules of approval"},
    {78, "the rules are at fault"},
};

static const int STATUSES[] = {
    [SP_ERROR_USAGE] = 64,     [SP_ERROR_INPUT] = 65, [SP_ERROR_NO_INPUT] = 66,
    [SP_ERROR_BUG] = 70,       [SP_ERROR_IO] = 74,    [SP_ERROR_CANNOT_CREATE] = 73,
    [SP_ERROR_BUSY] = 75,      [SP_ERROR_RULES] = 78, [SP_ERROR_NOT_ALLOWED] = 77,
    [SP_ERROR_DIFFERENCE] = 1,
};

static int
exit_status(const GError *error)
{
    bool is_ours =
        error->domain == SP_ERROR && error->code >= 0 && error->code < (int)G_N_ELEMENTS(STATUSES);
    return is_ours ? STATUSES[error->code] : STATUSES[SP_ERROR_BUG];
}

static const Command *
find_command(const char *name, GError **error)
{
    const Command *nearest = NULL;
    guint distance = 4;
    for (guint i = 0; i < G_N_ELEMENTS(COMMANDS); i++) {
        guint here = options_distance(name, COMMANDS[i].name);
        if (here == 0)
            return &COMMANDS[i];
        if (here < distance) {
            distance = here;
            nearest = &COMMANDS[i];
        }
    }
    g_autoptr(GString) quoted = g_string_new(NULL);
    text_append_quoted(quoted, (Span){name, strlen(name)});
    g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s is not a command\nhint: %s%s", quoted->str,
                nearest == NULL ? "schemepay --help lists them" : "the nearest is ",
                nearest == NULL ? "" : nearest->name);
    return NULL;
}

/* Prints the help asked for. */
static bool
print_help(const Command *command, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (command == NULL)
        help_overview(COMMANDS, G_N_ELEMENTS(COMMANDS), EXITS, G_N_ELEMENTS(EXITS), text);
    else
        help_command(command, text);
    return console_print(text->str, error);
}

/* Prints the versions of program and libraries. */
static bool
print_version(GError **error)
{
    g_autoptr(GString) text = g_string_new("schemepay " SCHEMEPAY_VERSION "\n");
    for (guint i = 0; i < LIBRARY_COUNT; i++) {
        g_autofree char *version = LIBRARIES[i].version();
        g_string_append_printf(text, "%s%s %s", i == 0 ? "with " : ", ", LIBRARIES[i].name,
                               version);
    }
    g_string_append_c(text, '\n');
    return console_print(text->str, error);
}

static bool
run_command(const Command *command, const Options *options, GError **error)
{
    if (!options_fit(options, command->name, error))
        return false;
    if (options->argument_count < command->min_arguments ||
        options->argument_count > command->max_arguments) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "%s takes other arguments\nhint: schemepay %s%s%s", command->name,
                    command->name, command->usage[0] == '\0' ? "" : " ", command->usage);
        return false;
    }
    return command->run(options, error);
}

static bool
carry_out(int argc, char *const *argv, GError **error)
{
    Options options;
    const Command *command = NULL;
    if (!options_read(argc, argv, &options, error))
        return false;
    if (options.command != NULL && (command = find_command(options.command, error)) == NULL)
        return false;
    if (options.help)
        return print_help(command, error);
    if (options.version)
        return print_version(error);
    if (command == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "a command is needed\nhint: schemepay --help lists them");
        return false;
    }
    return run_command(command, &options, error);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* Memory. Every allocation of the process comes through here, those of the libraries too: some of
 * them go on without what they did not get, or abort. Where there is none left, the process ends.
 * What was being sealed is not, and is cleared by the next run. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static void *
require_memory(void *block, size_t size)
{
    static const char MESSAGE[] = "schemepay: there is not enough memory: nothing is sealed\n";
    if (block != NULL || size == 0)
        return block;
    ssize_t ignored = write(STDERR_FILENO, MESSAGE, sizeof MESSAGE - 1);
    (void)ignored;
    _exit(STATUSES[SP_ERROR_IO]);
}

void *
malloc(size_t size)
{
    return require_memory(__libc_malloc(size), size);
}

void *
calloc(size_t nmemb, size_t size)
{
    return require_memory(__libc_calloc(nmemb, size), nmemb == 0 ? 0 : size);
}

void *
realloc(void *ptr, size_t size)
{
    return require_memory(__libc_realloc(ptr, size), size);
}
#endif

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    process_prepare();
    if (carry_out(argc, argv, &error))
        return 0;
    if (error == NULL)
        g_set_error(&error, SP_ERROR, SP_ERROR_BUG, "a command failed without saying why");
    console_complain(error->message);
    return exit_status(error);
}
