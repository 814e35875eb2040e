#include "command/reconcile.h"

#include <string.h>

#include "archive/open.h"
#include "archive/payments.h"
#include "archive/rework.h"
#include "command/changes.h"
#include "command/console.h"
#include "pack/rules/read.h"
#include "report/screen/reconciliation.h"

#include "base/poison.h"

/* By payee; those of one in the order of payments.csv, which has its schemes together. */
static int
compare_payees(gconstpointer left, gconstpointer right)
{
    const PaymentRow *a = *(const PaymentRow *const *)left, *b = *(const PaymentRow *const *)right;
    int order = strcmp(a->payee, b->payee);
    return order != 0 ? order : (a > b) - (a < b);
}

/* Asks for what payments.csv of the run marks pay; it must be what the control file says. */
static bool
ask(Reconciliations *all, const Run *run, GError **error)
{
    PaymentControl control;
    g_autoptr(GArray) rows = payment_rows_of_run(run, run_digest(run, PAYMENTS_PATH), error);
    if (rows == NULL ||
        !payment_control_of_run(run, run_digest(run, PAYMENT_CONTROL_PATH), &control, error))
        return false;
    g_autoptr(GPtrArray) paid = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++)
        if (g_array_index(rows, PaymentRow, i).status == STATUS_PAY)
            g_ptr_array_add(paid, &g_array_index(rows, PaymentRow, i));
    g_ptr_array_sort(paid, compare_payees);
    for (guint i = 0; i < paid->len; i++) {
        const PaymentRow *row = g_ptr_array_index(paid, i);
        reconciliations_ask(all, row->scheme, row->provider, row->payee, row->owed);
    }
    ReconciledSum asked = reconciliations_asked(all);
    bool agrees =
        asked.payments == (guint64)control.rows && asked.asked.pence == control.amount.pence;
    if (!agrees)
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "%s: payments.csv is not what payment-file-control.csv says it adds up to",
                    run->text);
    return agrees;
}

/* Reads the answer by the headings of the run's own rules; says all that is wrong with either. */
static GArray *
read_answer(const Options *options, const Run *run, int year, GError **error)
{
    g_autofree char *folder = run_path(run, RULES_FOLDER);
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(Rules) rules = rules_read(folder, year, faults);
    GArray *rows =
        faults_pass(faults, error) ? response_read(options->response, rules, faults, error) : NULL;
    console_faults(faults);
    return rows;
}

/* Whether all was paid as it was asked for; SP_ERROR_DIFFERENCE says how much was not. */
static bool
conclude(const Reconciliations *all, GError **error)
{
    guint64 count = reconciliations_differing(all);
    if (count > 0)
        g_set_error(error, SP_ERROR, SP_ERROR_DIFFERENCE,
                    "%" G_GUINT64_FORMAT " payment%s not as %s asked for", count,
                    count == 1 ? " is" : "s are", all->run);
    return count == 0;
}

static bool
print_all(const Options *options, const Reconciliations *all, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        reconciliations_json(all, options->response, text);
    else if (options->quiet)
        reconciliations_csv(all, text);
    else
        reconciliations_text(all, options->response, text);
    return console_print(text->str, error);
}

/* Nothing is asked for before it is approved: a correction of it would be one of nothing. */
static bool
require_approved(const Run *run, GError **error)
{
    if (run->approval == NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                    "%s is not approved: it has asked for no payment", run->text);
    return run->approval != NULL;
}

bool
command_reconcile(const Options *options, GError **error)
{
    guint changes = 0;
    if (!options_require(options, "response", error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    if (run == NULL || !require_approved(run, error) ||
        !changes_of_run(archive, run, &changes, error))
        return false;
    Period period = rework_period(run);
    g_autofree char *name = period_text(&period);
    g_autoptr(Reconciliations) all = reconciliations_new(run->text, name, period.month);
    if (!ask(all, run, error))
        return false;
    g_autoptr(GArray) rows = read_answer(options, run, period.year, error);
    if (rows == NULL)
        return false;
    reconciliations_answer(all, rows);
    return print_all(options, all, error) && conclude(all, error) &&
           changes_conclude(changes, error);
}
