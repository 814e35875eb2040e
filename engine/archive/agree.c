#include "archive/agree.h"

#include <string.h>

#include "archive/pounds.h"

#include "base/poison.h"

#define EXCEPTIONS_PATH OUTPUTS_FOLDER "/exceptions.csv"

/* NULL: that side has no such payee. */
static void
add_payee(const Run *run, const PayeeRow *sealed, const PayeeRow *now, GPtrArray *findings)
{
    const PayeeRow *named = sealed != NULL ? sealed : now;
    g_assert(named != NULL);
    if (sealed != NULL && now != NULL && sealed->to_pay.pence == now->to_pay.pence)
        return;
    g_autoptr(GString) text = g_string_new(named->payee);
    g_string_append(text, ": was sealed with ");
    if (sealed == NULL)
        g_string_append(text, "nothing");
    else
        money_append_pounds(text, sealed->to_pay);
    g_string_append(text, " to be paid, and would be told ");
    if (now == NULL)
        g_string_append(text, "nothing");
    else
        money_append_pounds(text, now->to_pay);
    findings_add(findings, FINDING_POUNDS, run->text, "%s", text->str);
}

/* Both lists are in the order of payees. */
static void
compare_payees(const Run *run, const GArray *sealed, const GArray *now, GPtrArray *findings)
{
    for (guint s = 0, n = 0; s < sealed->len || n < now->len;) {
        const PayeeRow *left = s < sealed->len ? &g_array_index(sealed, PayeeRow, s) : NULL;
        const PayeeRow *right = n < now->len ? &g_array_index(now, PayeeRow, n) : NULL;
        int order = left == NULL ? 1 : right == NULL ? -1 : strcmp(left->payee, right->payee);
        add_payee(run, order <= 0 ? left : NULL, order >= 0 ? right : NULL, findings);
        s += order <= 0 ? 1 : 0;
        n += order >= 0 ? 1 : 0;
    }
}

/* The part of the month and that of earlier ones, where both come to what was sealed. */
static void
compare_parts(const Run *run, const GArray *sealed, const GArray *now, GPtrArray *findings)
{
    g_autoptr(GHashTable) rows = payment_rows_index(now);
    for (guint i = 0; i < sealed->len; i++) {
        const PaymentRow *before = &g_array_index(sealed, PaymentRow, i);
        const PaymentRow *after = payment_rows_find(rows, before->scheme, before->provider);
        if (after == NULL || !before->has_current || after->owed.pence != before->owed.pence ||
            after->current.pence == before->current.pence)
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        money_append_pounds(text, before->current);
        g_string_append(text, " of it for the month as sealed, and ");
        money_append_pounds(text, after->current);
        g_string_append(text, " now");
        findings_add(findings, FINDING_POUNDS, run->text, "%s/%s: %s", before->scheme,
                     before->provider, text->str);
    }
}

static bool
compare_exceptions(const Run *run, const Result *result, GPtrArray *findings, GError **error)
{
    g_autofree char *path = run_path(run, EXCEPTIONS_PATH);
    g_autofree char *name = g_strdup_printf("%s/%s", run->text, EXCEPTIONS_PATH);
    guint64 sealed = 0;
    Money sealed_risk = {0}, risk = {0};
    Sum sum = {0};
    if (!exception_rows_count(path, name, run_digest(run, EXCEPTIONS_PATH), &sealed, &sealed_risk,
                              error))
        return false;
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        if (entry->has_risk)
            sum_add(&sum, entry->at_risk);
    }
    bool is_in_range = sum_money(sum, &risk);
    if (is_in_range && sealed == result->exceptions->len && risk.pence == sealed_risk.pence)
        return true;
    g_autoptr(GString) text = g_string_new("exceptions.csv: ");
    g_string_append_printf(text, "%" G_GUINT64_FORMAT " rows with ", sealed);
    money_append_pounds(text, sealed_risk);
    g_string_append_printf(text, " at risk as sealed, %u with ", result->exceptions->len);
    if (is_in_range)
        money_append_pounds(text, risk);
    else
        g_string_append(text, SUM_OUT_OF_RANGE);
    findings_add(findings, FINDING_POUNDS, run->text, "%s now", text->str);
    return true;
}

bool
agree_check(const Run *run, const GArray *sealed, const Result *result, GPtrArray *findings,
            GError **error)
{
    g_autoptr(GArray) now = payment_rows_of_result(result);
    g_autoptr(GArray) sealed_payees = payment_rows_by_payee(sealed, error);
    g_autoptr(GArray) payees = sealed_payees == NULL ? NULL : payment_rows_by_payee(now, error);
    if (payees == NULL)
        return false;
    compare_payees(run, sealed_payees, payees, findings);
    pounds_compare(sealed, now, FINDING_POUNDS, run->text, findings);
    compare_parts(run, sealed, now, findings);
    return compare_exceptions(run, result, findings, error);
}
