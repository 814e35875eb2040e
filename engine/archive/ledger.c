#include "archive/ledger.h"

#include <string.h>

#include "archive/payments.h"

#include "base/poison.h"

static void
clear_entry(gpointer pointer)
{
    LedgerEntry *entry = pointer;
    g_free(entry->scheme);
    g_free(entry->provider);
}

static Ledger *
ledger_new(void)
{
    Ledger *ledger = g_new0(Ledger, 1);
    ledger->entries = g_array_new(FALSE, TRUE, sizeof(LedgerEntry));
    g_array_set_clear_func(ledger->entries, clear_entry);
    ledger->counted = g_ptr_array_new();
    ledger->carried = g_array_new(FALSE, TRUE, sizeof(LedgerEntry));
    g_array_set_clear_func(ledger->carried, clear_entry);
    ledger->brought.entries = ledger->carried;
    return ledger;
}

void
ledger_free(Ledger *ledger)
{
    if (ledger == NULL)
        return;
    g_array_unref(ledger->entries);
    g_ptr_array_unref(ledger->counted);
    g_array_unref(ledger->carried);
    g_free(ledger);
}

static int
compare_entries(gconstpointer left, gconstpointer right)
{
    const LedgerEntry *a = left, *b = right;
    int order = strcmp(a->scheme, b->scheme);
    return order != 0 ? order : strcmp(a->provider, b->provider);
}

/* Takes off what a run deferred: that is owed still. */
static bool
add_deferred(Ledger *ledger, const Run *run, const char *digest, GError **error)
{
    g_autoptr(GArray) rows = deferred_rows_of_run(run, digest, error);
    if (rows == NULL)
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const DeferredRow *row = &g_array_index(rows, DeferredRow, i);
        LedgerEntry entry = {g_strdup(row->scheme), g_strdup(row->provider), {-row->amount.pence}};
        g_array_append_val(ledger->carried, entry);
    }
    return true;
}

/* Adds a run's payments or, of a run of the year before the one given, what it carried or deferred.
 * Without a digest, the file is taken as it is. */
static bool
add_run(Ledger *ledger, const Run *run, int year, const char *digest, GError **error)
{
    bool is_of_year = run->name.period.year == year;
    g_autoptr(GArray) rows = payment_rows_of_run(run, digest, error);
    if (rows == NULL)
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        if (is_of_year ? !status_is_settled(row->status) : row->status != STATUS_CARRY)
            continue;
        LedgerEntry entry = {g_strdup(row->scheme), g_strdup(row->provider), row->owed};
        g_array_append_val(is_of_year ? ledger->entries : ledger->carried, entry);
    }
    if (!is_of_year) {
        const char *lines = digest == NULL ? NULL : run_digest(run, LINES_PATH);
        if (!add_deferred(ledger, run, lines, error))
            return false;
        ledger->brought.run = run->text;
    }
    g_ptr_array_add(ledger->counted, (gpointer)run);
    return true;
}

/* Sorts entries and adds up those of each contract. */
static bool
merge_contracts(GArray *entries, const char *what, GError **error)
{
    g_array_sort(entries, compare_entries);
    guint kept = 0; /* where the entry stands that others are being added to */
    for (guint i = 1; i < entries->len; i++) {
        LedgerEntry *last = &g_array_index(entries, LedgerEntry, kept);
        LedgerEntry *here = &g_array_index(entries, LedgerEntry, i);
        if (compare_entries(last, here) != 0) {
            LedgerEntry *next = &g_array_index(entries, LedgerEntry, ++kept);
            LedgerEntry swap = *next;
            *next = *here;
            *here = swap;
        } else if (!money_add(last->paid, here->paid, &last->paid)) {
            g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s/%s: what was %s is out of range",
                        here->scheme, here->provider, what);
            return false;
        }
    }
    if (entries->len > 0)
        g_array_set_size(entries, kept + 1);
    return true;
}

static bool
merge_entries(Ledger *ledger, GError **error)
{
    return merge_contracts(ledger->entries, "paid to date", error) &&
           merge_contracts(ledger->carried, "carried", error);
}

/* Whether a run is of the same financial year and of a period before one. */
static bool
is_before(const Run *run, const Period *period)
{
    return run->name.period.year == period->year && period_compare(&run->name.period, period) < 0;
}

/* The last approved year-end run of a year, or NULL. */
static const Run *
last_year_end(const Archive *archive, int year)
{
    const Run *last = NULL;
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        const Period *period = &run->name.period;
        if (run->approval != NULL && period->is_year_end && period->year == year &&
            (last == NULL || period_compare(period, &last->name.period) > 0))
            last = run;
    }
    return last;
}

/* The last year-end of the year before, and the approved ones of its year before it. */
GPtrArray *
ledger_counts(const Archive *archive, const Period *period)
{
    GPtrArray *runs = g_ptr_array_new();
    const Run *year_end = last_year_end(archive, period->year - 1);
    if (year_end != NULL)
        g_ptr_array_add(runs, (gpointer)year_end);
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        if (run->approval != NULL && is_before(run, period))
            g_ptr_array_add(runs, (gpointer)run);
    }
    g_ptr_array_sort(runs, run_compare);
    return runs;
}

Ledger *
ledger_read(const Archive *archive, const Period *period, GError **error)
{
    g_autoptr(Ledger) ledger = ledger_new();
    g_autoptr(GPtrArray) runs = ledger_counts(archive, period);
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = g_ptr_array_index(runs, i);
        const char *digest = run_digest(run, PAYMENTS_PATH);
        if (digest[0] == '\0') {
            g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s: its manifest names no %s", run->text,
                        PAYMENTS_PATH);
            return NULL;
        }
        if (!add_run(ledger, run, period->year, digest, error)) {
            g_prefix_error(error, "the ledger cannot be believed: ");
            return NULL;
        }
    }
    return merge_entries(ledger, error) ? g_steal_pointer(&ledger) : NULL;
}

Ledger *
ledger_read_counted(const Archive *archive, const Run *run, GPtrArray *findings, GError **error)
{
    g_autoptr(Ledger) ledger = ledger_new();
    if (run->manifest == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "%s: its manifest cannot be read, so what it counted is not known", run->text);
        return NULL;
    }
    for (guint i = 0; i < run->manifest->counted->len; i++) {
        const ManifestCounted *counted = &g_array_index(run->manifest->counted, ManifestCounted, i);
        const Run *paid = archive_named(archive, counted->run);
        g_autoptr(GError) reason = NULL;
        if (paid == NULL || !paid->is_there) {
            g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT,
                        "the run %s, whose payments it counted, is not there", counted->run);
            return NULL;
        }
        const char *digest = run_digest(paid, PAYMENTS_PATH);
        if (digest[0] != '\0' && add_run(ledger, paid, run->name.period.year, digest, &reason))
            continue;
        findings_add(findings, FINDING_CHAIN, run->text, "counted the payments of %s, %s",
                     counted->run,
                     digest[0] == '\0' ? "whose manifest cannot vouch for them any more"
                                       : "which are no longer as they were");
        findings_name_cause(findings, counted->run);
        if (!add_run(ledger, paid, run->name.period.year, NULL, error))
            return NULL;
    }
    return merge_entries(ledger, error) ? g_steal_pointer(&ledger) : NULL;
}

/* Moves past entries of £0.00, which say the same as no entry. */
static guint
skip_nil(const GArray *entries, guint entry)
{
    while (entry < entries->len && g_array_index(entries, LedgerEntry, entry).paid.pence == 0)
        entry++;
    return entry;
}

static bool
entries_agree(const GArray *a, const GArray *b)
{
    guint i = skip_nil(a, 0), j = skip_nil(b, 0);
    while (i < a->len && j < b->len) {
        const LedgerEntry *left = &g_array_index(a, LedgerEntry, i);
        const LedgerEntry *right = &g_array_index(b, LedgerEntry, j);
        if (compare_entries(left, right) != 0 || left->paid.pence != right->paid.pence)
            return false;
        i = skip_nil(a, i + 1);
        j = skip_nil(b, j + 1);
    }
    return i == a->len && j == b->len;
}

bool
ledgers_agree(const Ledger *a, const Ledger *b)
{
    return entries_agree(a->entries, b->entries) && entries_agree(a->carried, b->carried);
}

bool
ledger_allows(const Archive *archive, const Period *period, GError **error)
{
    g_autofree char *text = period_text(period);
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        if (run->approval == NULL || run->name.period.year != period->year)
            continue;
        int order = period_compare(&run->name.period, period);
        if (order == 0)
            g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                        "%s is approved already: %s, by %s on %s", text, run->text,
                        run->approval->approved_by, run->approval->approved_at);
        else if (order > 0)
            g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                        "%s is closed: %s, which comes after it, is approved and has paid what "
                        "was owed until then",
                        text, run->text);
        if (order >= 0)
            return false;
    }
    return true;
}

/* Whether anything of a run is to be paid or invoiced. */
static bool
is_payable(const Run *run, bool *payable, GError **error)
{
    g_autoptr(GArray) rows = payment_rows_of_run(run, NULL, error);
    if (rows == NULL)
        return false;
    *payable = false;
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        *payable = *payable || (status_is_settled(row->status) && row->owed.pence != 0);
    }
    return true;
}

GPtrArray *
ledger_payable_drafts(const Archive *archive, const Period *period, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new();
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        bool payable;
        if (!run->is_there || !is_before(run, period) ||
            run != archive_newest(archive, &run->name.period) ||
            archive_approved(archive, &run->name.period) != NULL)
            continue;
        if (!is_payable(run, &payable, error))
            return NULL;
        if (payable)
            g_ptr_array_add(drafts, (gpointer)run);
    }
    g_ptr_array_sort(drafts, run_compare);
    return g_steal_pointer(&drafts);
}

Period
ledger_next_year_end(const Archive *archive, int year)
{
    const Run *last = last_year_end(archive, year);
    return period_of_year_end(year, last == NULL ? 0 : last->name.period.supplement + 1);
}

bool
ledger_is_closed(const Archive *archive, const Period *period)
{
    g_autoptr(GError) reason = NULL;
    return !ledger_allows(archive, period, &reason);
}
