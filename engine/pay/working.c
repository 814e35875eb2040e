#include "pay/working.h"

#include "base/poison.h"

void
working_refuse(const Working *working, const char *scheme, const char *provider, const char *figure)
{
    faults_add(working->faults, FAULT_INPUT, NULL, 0, NULL,
               "the contract %s/%s: %s is out of range (amounts must stay below "
               "£1,000,000,000,000)",
               scheme, provider, figure);
}

void
working_refuse_contract(const Working *working, const Contract *contract, const char *figure)
{
    working_refuse(working, contract->scheme->code, contract->provider->code, figure);
}

bool
working_check(const Working *working, const Contract *contract, Money amount, const char *figure)
{
    if (amount.pence > -AMOUNT_LIMIT_PENCE && amount.pence < AMOUNT_LIMIT_PENCE)
        return true;
    working_refuse_contract(working, contract, figure);
    return false;
}

void
working_lack(Working *working, Contract *contract, Reason reason, ItemKind kind, guint32 item,
             const Money *risk, bool is_held)
{
    ExceptionEntry entry = {.kind = EXCEPTION_CONTRACT,
                            .index = working->number,
                            .reason = reason,
                            .item_kind = kind,
                            .item = item,
                            .has_risk = risk != NULL,
                            .at_risk = risk != NULL ? *risk : (Money){0}};
    g_array_append_val(working->lacks, entry);
    if (is_held && (contract->held == REASON_NONE || reason < contract->held))
        contract->held = reason;
}
