#include "command/forecast.h"

#include "archive/open.h"
#include "archive/rework.h"
#include "base/interrupt.h"
#include "command/changes.h"
#include "command/console.h"
#include "command/output.h"
#include "pack/rules/read.h"
#include "report/forecast/journal.h"
#include "report/forecast/print.h"
#include "report/forecast/workbook.h"

#include "base/poison.h"

/* Works the run out again, reads the budgets, and forecasts; says every fault. */
static Forecast *
forecast(const Options *options, const Archive *archive, const Run *run, Rework **rework,
         GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Faults) faults = faults_new(), budget = faults_new(), ahead = faults_new();
    console_progress(options, "working the run out again");
    *rework = rework_new(archive, run, options->threads, findings, faults, error);
    if (*rework == NULL) {
        console_faults(faults);
        return NULL;
    }
    if (options->budget != NULL &&
        !rules_read_budgets((*rework)->pack->rules, options->budget, budget, error)) {
        console_faults(budget);
        return NULL;
    }
    console_progress(options, "working the year out");
    Forecast *made = forecast_new((*rework)->result, ahead, error);
    if (made == NULL)
        console_faults(ahead);
    return made;
}

/* An accrual without a ledger code is in the journal all the same: it is warned about. */
static void
warn_of_codes(const Forecast *made)
{
    for (guint32 s = 0; s < made->schemes->len; s++) {
        const Scheme *scheme = rules_scheme(made->run->pack->rules, s);
        if (scheme->ledger_code[0] != '\0' || forecast_scheme(made, s)->lines == 0)
            continue;
        g_autofree char *warning = g_strdup_printf(
            "the scheme %s has no ledger_code: its rows of the journal have none", scheme->code);
        console_warn(warning);
    }
}

/* What the workbook is made of. */
typedef struct {
    const Forecast *made;
    const char *run;
} BookOf;

static bool
make_workbook(const char *path, gconstpointer user, GError **error)
{
    const BookOf *of = user;
    return forecast_workbook_write(of->made, of->run, path, error);
}

/* Writes the rows where --output asks for them: a workbook where the name ends in .xlsx, else CSV.
 */
static bool
write_output(const char *path, const BookOf *of, GError **error)
{
    if (output_is_workbook(path))
        return output_workbook(path, make_workbook, of, error);
    g_autoptr(GString) text = g_string_new(NULL);
    forecast_print_csv(of->made, text);
    return output_text(path, text, error);
}

static bool
write_outputs(const Options *options, const Forecast *made, const char *run, GError **error)
{
    g_autoptr(GString) journal = g_string_new(NULL);
    BookOf of = {made, run};
    if (options->output == NULL && options->journal == NULL)
        return true;
    interrupt_while_writing();
    if (options->output != NULL && !write_output(options->output, &of, error))
        return false;
    if (options->journal == NULL)
        return true;
    warn_of_codes(made);
    journal_print_csv(made, journal);
    return output_text(options->journal, journal, error);
}

static bool
print_forecast(const Options *options, const Forecast *made, const char *run, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        forecast_print_json(made, run, text);
    else if (!options->quiet)
        forecast_print_text(made, run, text);
    return console_print(text->str, error);
}

bool
command_forecast(const Options *options, GError **error)
{
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    guint changes = 0;
    if (run == NULL || !changes_of_counted(archive, run, &changes, error))
        return false;
    g_autoptr(Rework) rework = NULL;
    g_autoptr(Forecast) made = forecast(options, archive, run, &rework, error);
    return made != NULL && write_outputs(options, made, run->text, error) &&
           print_forecast(options, made, run->text, error) && changes_conclude(changes, error);
}
