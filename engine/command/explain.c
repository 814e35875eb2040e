#include "command/explain.h"

#include <string.h>

#include "archive/open.h"
#include "archive/payments.h"
#include "archive/rework.h"
#include "command/changes.h"
#include "command/console.h"
#include "report/screen/explanation.h"

#include "base/poison.h"

static void
paid_clear(gpointer pointer)
{
    PaidByRun *paid = pointer;
    g_free(paid->run);
    g_free(paid->scheme);
}

/* What each of the runs that were counted paid to a provider: of PaidByRun. */
static GArray *
find_paid(const Ledger *ledger, const char *provider, GError **error)
{
    g_autoptr(GArray) paid = g_array_new(FALSE, FALSE, sizeof(PaidByRun));
    g_array_set_clear_func(paid, paid_clear);
    for (guint i = 0; i < ledger->counted->len; i++) {
        const Run *run = g_ptr_array_index(ledger->counted, i);
        if (run->text == ledger->brought.run)
            continue; /* of the year before */
        g_autoptr(GArray) rows = payment_rows_of_run(run, NULL, error);
        if (rows == NULL)
            return NULL;
        for (guint r = 0; r < rows->len; r++) {
            const PaymentRow *row = &g_array_index(rows, PaymentRow, r);
            if (!status_is_settled(row->status) || strcmp(row->provider, provider) != 0)
                continue;
            PaidByRun by_run = {g_strdup(run->text), g_strdup(row->scheme), row->owed};
            g_array_append_val(paid, by_run);
        }
    }
    return g_steal_pointer(&paid);
}

/* Explains the contracts of a result that was worked out again. */
static bool
print_explanation(const Options *options, const Result *result, const Run *run,
                  const Ledger *ledger, GError **error)
{
    const char *provider = options->arguments[1];
    const char *scheme = options->argument_count > 2 ? options->arguments[2] : NULL;
    g_autoptr(GArray) paid = find_paid(ledger, provider, error);
    g_autoptr(GPtrArray) contracts =
        paid == NULL ? NULL : explained_new(result, provider, scheme, paid, error);
    if (contracts == NULL)
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        explanation_json(result, contracts, run->text, text);
    else
        explanation_text(result, contracts, run->text, text);
    return console_print(text->str, error);
}

bool
command_explain(const Options *options, GError **error)
{
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    if (run == NULL)
        return false;
    guint changes = 0;
    if (!changes_of_counted(archive, run, &changes, error))
        return false;
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Faults) faults = faults_new();
    console_progress(options, "working the run out again");
    g_autoptr(Rework) rework = rework_new(archive, run, options->threads, findings, faults, error);
    if (rework == NULL) {
        console_faults(faults);
        return false;
    }
    return print_explanation(options, rework->result, run, rework->ledger, error) &&
           changes_conclude(changes, error);
}
