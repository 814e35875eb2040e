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
    return ledger;
}

void
ledger_free(Ledger *ledger)
{
    if (ledger == NULL)
        return;
    g_array_unref(ledger->entries);
    g_ptr_array_unref(ledger->counted);
    g_free(ledger);
}

static const LedgerEntry *
entry_at(const Ledger *ledger, guint entry)
{
    return &g_array_index(ledger->entries, LedgerEntry, entry);
}

static int
compare_entries(gconstpointer left, gconstpointer right)
{
    const LedgerEntry *a = left, *b = right;
    int order = strcmp(a->scheme, b->scheme);
    return order != 0 ? order : strcmp(a->provider, b->provider);
}

/* Adds a run's payments. Without a digest, the file is taken as it is. */
static bool
add_run(Ledger *ledger, const Run *run, const char *digest, GError **error)
{
    g_autoptr(GArray) rows = payment_rows_of_run(run, digest, error);
    if (rows == NULL)
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        if (!status_is_settled(row->status))
            continue;
        LedgerEntry entry = {g_strdup(row->scheme), g_strdup(row->provider), row->owed};
        g_array_append_val(ledger->entries, entry);
    }
    g_ptr_array_add(ledger->counted, (gpointer)run);
    return true;
}

/* Sorts the entries and adds up those of each contract. */
static bool
merge_entries(Ledger *ledger, GError **error)
{
    g_array_sort(ledger->entries, compare_entries);
    guint kept = 0; /* where the entry stands that others are being added to */
    for (guint i = 1; i < ledger->entries->len; i++) {
        LedgerEntry *last = &g_array_index(ledger->entries, LedgerEntry, kept);
        LedgerEntry *here = &g_array_index(ledger->entries, LedgerEntry, i);
        if (compare_entries(last, here) != 0) {
            LedgerEntry *next = &g_array_index(ledger->entries, LedgerEntry, ++kept);
            LedgerEntry swap = *next;
            *next = *here;
            *here = swap;
        } else if (!money_add(last->paid, here->paid, &last->paid)) {
            g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                        "%s/%s: what was paid to date is out of range", here->scheme,
                        here->provider);
            return false;
        }
    }
    if (ledger->entries->len > 0)
        g_array_set_size(ledger->entries, kept + 1);
    return true;
}

/* Whether a run is of the same financial year and of a period before one. */
static bool
is_before(const Run *run, const Period *period)
{
    return run->name.period.year == period->year && period_compare(&run->name.period, period) < 0;
}

/* The approved runs before a period, in the order of periods. */
static GPtrArray *
approved_before(const Archive *archive, const Period *period)
{
    GPtrArray *runs = g_ptr_array_new();
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
    g_autoptr(GPtrArray) runs = approved_before(archive, period);
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = g_ptr_array_index(runs, i);
        const char *digest = run_digest(run, PAYMENTS_PATH);
        if (digest[0] == '\0') {
            g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s: its manifest names no %s", run->text,
                        PAYMENTS_PATH);
            return NULL;
        }
        if (!add_run(ledger, run, digest, error)) {
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
        if (digest[0] != '\0' && add_run(ledger, paid, digest, &reason))
            continue;
        findings_add(findings, FINDING_CHAIN, run->text, "counted the payments of %s, %s",
                     counted->run,
                     digest[0] == '\0' ? "whose manifest cannot vouch for them any more"
                                       : "which are no longer as they were");
        if (!add_run(ledger, paid, NULL, error))
            return NULL;
    }
    return merge_entries(ledger, error) ? g_steal_pointer(&ledger) : NULL;
}

/* Moves past entries of £0.00, which say the same as no entry. */
static guint
skip_nil(const Ledger *ledger, guint entry)
{
    while (entry < ledger->entries->len && entry_at(ledger, entry)->paid.pence == 0)
        entry++;
    return entry;
}

bool
ledgers_agree(const Ledger *a, const Ledger *b)
{
    guint i = skip_nil(a, 0), j = skip_nil(b, 0);
    while (i < a->entries->len && j < b->entries->len) {
        const LedgerEntry *left = entry_at(a, i), *right = entry_at(b, j);
        if (compare_entries(left, right) != 0 || left->paid.pence != right->paid.pence)
            return false;
        i = skip_nil(a, i + 1);
        j = skip_nil(b, j + 1);
    }
    return i == a->entries->len && j == b->entries->len;
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

bool
ledger_is_closed(const Archive *archive, const Period *period)
{
    g_autoptr(GError) reason = NULL;
    return !ledger_allows(archive, period, &reason);
}
