#include "pay/settle.h"

#include <string.h>

#include "base/poison.h"

/* What a payee's contracts add up to in this run. */
typedef struct {
    Money all;      /* every contract */
    Money invoiced; /* the part of it that an invoice asks back */
} PayeeTotal;

static const char *
payee_of(const Contract *contract)
{
    return contract->provider->in_force->payee;
}

/* Whether this contract is asked back by an invoice, where its payee's total is negative. */
static bool
is_invoiced(const Contract *contract)
{
    return contract->scheme->recovery == RECOVERY_INVOICE && contract->owed.pence < 0;
}

static void
add_up(Working *working, const Contract *contract, PayeeTotal *total)
{
    bool fits = money_add(total->all, contract->owed, &total->all);
    if (fits && is_invoiced(contract))
        fits = money_add(total->invoiced, contract->owed, &total->invoiced);
    if (!fits)
        working_refuse_contract(working, contract, "the payee's total");
}

static Status
status_of(const Contract *contract, const PayeeTotal *total)
{
    if (contract->held != REASON_NONE)
        return STATUS_HOLD;
    if (contract->owed.pence == 0)
        return STATUS_NIL;
    if (total->all.pence >= 0)
        return STATUS_PAY;
    if (is_invoiced(contract))
        return STATUS_INVOICE;
    Money others; /* what is left of the payee's total without invoices */
    bool is_short = money_subtract(total->all, total->invoiced, &others) && others.pence < 0;
    return is_short ? STATUS_CARRY : STATUS_PAY;
}

void
settle_contracts(Working *working)
{
    GArray *contracts = working->result->contracts;
    g_autoptr(Codes) payees = codes_new();
    g_autoptr(GArray) totals = g_array_new(FALSE, TRUE, sizeof(PayeeTotal));
    g_autofree guint32 *numbers = g_new(guint32, MAX(contracts->len, 1));
    for (guint i = 0; i < contracts->len; i++) {
        const Contract *contract = &g_array_index(contracts, Contract, i);
        const char *payee = payee_of(contract);
        numbers[i] = codes_add(payees, (Span){payee, strlen(payee)});
        if (numbers[i] == totals->len)
            g_array_set_size(totals, totals->len + 1);
        add_up(working, contract, &g_array_index(totals, PayeeTotal, numbers[i]));
    }
    for (guint i = 0; i < contracts->len; i++) {
        Contract *contract = &g_array_index(contracts, Contract, i);
        contract->status = status_of(contract, &g_array_index(totals, PayeeTotal, numbers[i]));
    }
}
