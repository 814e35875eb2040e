#include "archive/pounds.h"

#include "base/poison.h"

typedef struct {
    FindingKind kind;
    const char *run;
    GPtrArray *findings;
} Holding;

static void
append_change(GString *text, const char *what, Money sealed, Money now)
{
    Money change = {now.pence - sealed.pence}; /* both are below 10^14 */
    if (change.pence == 0)
        return;
    g_string_append_printf(text, "%s%s ", text->len == 0 ? "" : ", ", what);
    money_append_pounds(text, sealed);
    g_string_append(text, " as sealed and ");
    money_append_pounds(text, now);
    g_string_append(text, " now: ");
    money_append_pounds(text, (Money){ABS(change.pence)});
    g_string_append(text, change.pence > 0 ? " more" : " less");
}

/* Adds by how many pounds a contract differs. What has no such contract counts as £0.00. */
static void
compare_contract(const Holding *holding, const PaymentRow *sealed, const PaymentRow *now)
{
    static const PaymentRow NOTHING = {.status = STATUS_NIL};
    const PaymentRow *named = sealed == NULL ? now : sealed;
    const PaymentRow *before = sealed == NULL ? &NOTHING : sealed;
    const PaymentRow *after = now == NULL ? &NOTHING : now;
    g_autoptr(GString) text = g_string_new(NULL);
    append_change(text, "entitlement", before->entitlement, after->entitlement);
    append_change(text, "paid to date", before->paid, after->paid);
    append_change(text, "owed", before->owed, after->owed);
    if (sealed == NULL || now == NULL)
        g_string_append_printf(text, "%s%s", text->len == 0 ? "" : ", ",
                               now == NULL ? "no such contract now" : "no such contract as sealed");
    else if (before->status != after->status)
        g_string_append_printf(text, "%smarked %s as sealed and %s now", text->len == 0 ? "" : ", ",
                               STATUS_NAMES[before->status], STATUS_NAMES[after->status]);
    if (text->len > 0)
        findings_add_pounds(holding->findings, holding->kind, holding->run, named->scheme,
                            named->provider, before->owed, after->owed, text->str);
}

void
pounds_compare(const GArray *sealed, const GArray *now, FindingKind kind, const char *run,
               GPtrArray *findings)
{
    Holding holding = {kind, run, findings};
    g_autoptr(GHashTable) now_rows = payment_rows_index(now);
    g_autoptr(GHashTable) sealed_rows = payment_rows_index(sealed);
    for (guint i = 0; i < sealed->len; i++) {
        const PaymentRow *row = &g_array_index(sealed, PaymentRow, i);
        compare_contract(&holding, row, payment_rows_find(now_rows, row->scheme, row->provider));
    }
    for (guint i = 0; i < now->len; i++) {
        const PaymentRow *row = &g_array_index(now, PaymentRow, i);
        if (payment_rows_find(sealed_rows, row->scheme, row->provider) == NULL)
            compare_contract(&holding, NULL, row);
    }
}
