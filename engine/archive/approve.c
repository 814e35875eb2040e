#include "archive/approve.h"

#include <string.h>

#include "archive/payments.h"

#include "base/poison.h"

/* A name without regard to letter case and blanks. */
static char *
person_key(const char *name)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);
    g_autofree char *normal = g_utf8_normalize(folded, -1, G_NORMALIZE_ALL_COMPOSE);
    GString *key = g_string_new(NULL);
    for (const char *at = normal == NULL ? folded : normal; *at != '\0';
         at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (!g_unichar_isspace(character))
            g_string_append_unichar(key, character);
        else if (key->len > 0 && key->str[key->len - 1] != ' ')
            g_string_append_c(key, ' ');
    }
    g_strchomp(key->str);
    return g_string_free(key, FALSE);
}

/* Whether two names are one person's: capitals and the number of blanks make no difference.
 */
static bool
persons_are_same(const char *a, const char *b)
{
    g_autofree char *left = person_key(a);
    g_autofree char *right = person_key(b);
    return strcmp(left, right) == 0;
}

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
approve_is_allowed(const Archive *archive, const Run *run, const char *person, bool is_out_of_order,
                   GPtrArray **waiting, GError **error)
{
    if (!archive_require_whole(archive, SP_ERROR_NOT_ALLOWED, error) ||
        !ledger_allows(archive, &run->name.period, error) ||
        !check_person_and_place(archive, run, person, error) || !check_ledger(archive, run, error))
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
