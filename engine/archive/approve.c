#include "archive/approve.h"

#include <string.h>

#include "archive/payments.h"
#include "archive/person.h"

#include "base/poison.h"

static bool
refuse(GError **error, const char *message)
{
    g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED, "%s", message);
    return false;
}

static bool
check_person_and_place(const Archive *archive, const Run *run, const char *person, GError **error)
{
    const Run *newest = archive_newest(archive, &run->name.period);
    if (newest != run) {
        g_autofree char *message = g_strdup_printf(
            "%s is superseded: only the newest run of a period can be approved, which is %s",
            run->text, newest->text);
        return refuse(error, message);
    }
    if (persons_are_same(person, run->manifest->prepared_by)) {
        g_autofree char *message =
            g_strdup_printf("%s was prepared by %s: another person must approve it", run->text,
                            run->manifest->prepared_by);
        return refuse(error, message);
    }
    return true;
}

/* Whether the run is one of this version: a draft of another may pay what this one would not. */
static bool
check_version(const Run *run, GError **error)
{
    if (strcmp(run->manifest->engine, SCHEMEPAY_VERSION) == 0)
        return true;
    g_autofree char *message =
        g_strdup_printf("%s was worked out by schemepay %s, and this is " SCHEMEPAY_VERSION
                        ": work it out again before it is approved\nhint: month-end or year-end, "
                        "with the same inputs",
                        run->text, run->manifest->engine);
    return refuse(error, message);
}

/* An approval comes after the run was prepared, and after the one sealed before it: a clock that
 * was set back could make a key good again. */
static bool
check_time(const Archive *archive, const Run *run, const char *at, GError **error)
{
    const Run *later = archive_prepared_after(archive, run, at);
    if (later == NULL)
        return true;
    g_autofree char *message = g_strdup_printf(
        "%s cannot be approved at %s: %s was prepared after that, at %s\nhint: is the "
        "clock of this machine right?",
        run->text, at, later->text, later->manifest->prepared_at);
    return refuse(error, message);
}

/* What the run took as paid must be what the ledger says now: a period before it may have been
 * approved since. */
static bool
check_ledger(const Archive *archive, const Run *run, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Ledger) now = ledger_read(archive, &run->name.period, error);
    if (now == NULL)
        return false;
    g_autoptr(Ledger) then = ledger_read_counted(archive, run, findings, error);
    if (then == NULL)
        return false;
    if (ledgers_agree(now, then))
        return true;
    g_autofree char *message = g_strdup_printf(
        "%s took as paid to date what is no longer so, since an earlier period was approved after "
        "it was worked out: work it out again",
        run->text);
    return refuse(error, message);
}

static bool
check_waiting(const Run *run, const GPtrArray *waiting, bool is_out_of_order, GError **error)
{
    if (waiting->len == 0 || is_out_of_order)
        return true;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < waiting->len; i++) {
        const Run *draft = g_ptr_array_index(waiting, i);
        g_string_append_printf(names, "%s%s", i == 0 ? "" : ", ", draft->text);
    }
    g_autofree char *message = g_strdup_printf(
        "%s comes after %s, not approved although there is something to pay\nhint: approve in the "
        "order of months, or say --out-of-order: the earlier money is in this run, and the "
        "earlier month is closed by it",
        run->text, names->str);
    return refuse(error, message);
}

bool
approve_is_allowed(const Archive *archive, const Run *run, const char *person, const char *at,
                   bool is_out_of_order, GPtrArray **waiting, GError **error)
{
    if (!archive_require_whole(archive, SP_ERROR_NOT_ALLOWED, error) ||
        !ledger_allows(archive, &run->name.period, error) ||
        !check_person_and_place(archive, run, person, error) || !check_version(run, error) ||
        !check_time(archive, run, at, error) || !check_ledger(archive, run, error))
        return false;
    g_autoptr(GPtrArray) drafts = ledger_payable_drafts(archive, &run->name.period, error);
    if (drafts == NULL)
        return false;
    for (guint i = drafts->len; i > 0; i--) {
        const Run *draft = g_ptr_array_index(drafts, i - 1);
        if (ledger_is_closed(archive, &draft->name.period))
            g_ptr_array_remove_index(drafts, i - 1); /* a later run has paid its money */
    }
    if (!check_waiting(run, drafts, is_out_of_order, error))
        return false;
    *waiting = g_steal_pointer(&drafts);
    return true;
}

static bool
add_amount(Amounts *bands, Money amount)
{
    Amounts *band = &bands[band_of(amount)];
    band->count++;
    return money_add(band->sum, amount, &band->sum);
}

/* By payee, so that the payments of one payee follow each other. */
static int
compare_payees(gconstpointer left, gconstpointer right)
{
    const PaymentRow *a = *(const PaymentRow *const *)left, *b = *(const PaymentRow *const *)right;
    return strcmp(a->payee, b->payee);
}

/* Adds up the payments of each payee, and puts the totals into their bands. */
static bool
add_payees(const GPtrArray *paid, Releases *releases)
{
    Money total = {0};
    for (guint i = 0; i < paid->len; i++) {
        const PaymentRow *row = g_ptr_array_index(paid, i);
        bool is_last = i + 1 == paid->len || compare_payees(&paid->pdata[i], &paid->pdata[i + 1]);
        if (!money_add(total, row->owed, &total))
            return false;
        if (!is_last)
            continue;
        if (!add_amount(releases->payees, total))
            return false;
        total = (Money){0};
    }
    return true;
}

static bool
add_rows(const GArray *rows, Releases *releases)
{
    g_autoptr(GPtrArray) paid = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        releases->held += row->status == STATUS_HOLD;
        if (row->status != STATUS_PAY)
            continue;
        g_ptr_array_add(paid, row);
        if (!add_amount(releases->contracts, row->owed))
            return false;
    }
    g_ptr_array_sort(paid, compare_payees);
    return add_payees(paid, releases) && payment_rows_sum(rows, STATUS_PAY, &releases->to_pay) &&
           payment_rows_sum(rows, STATUS_INVOICE, &releases->to_invoice);
}

bool
releases_read(const Run *run, Releases *releases, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GArray) rows = payment_rows_of_run(run, run_digest(run, PAYMENTS_PATH), &reason);
    if (rows == NULL)
        return refuse(error, reason->message);
    Releases read = {0};
    if (!add_rows(rows, &read))
        return refuse(error, "its payments add up to more than can be counted");
    *releases = read;
    return true;
}

Approval *
approve_run(const Run *run, const Releases *releases, const char *person, const char *at,
            bool is_out_of_order)
{
    Approval *approval = g_new0(Approval, 1);
    approval->run = g_strdup(run->text);
    g_strlcpy(approval->manifest, run->manifest_digest, sizeof approval->manifest);
    approval->approved_by = g_strdup(person);
    approval->approved_at = g_strdup(at);
    approval->is_out_of_order = is_out_of_order;
    memcpy(approval->bands, releases->payees, sizeof approval->bands);
    approval->to_pay = releases->to_pay;
    approval->to_invoice = releases->to_invoice;
    return approval;
}
