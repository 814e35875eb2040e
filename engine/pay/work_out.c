#include "pay/work_out.h"

#include "pay/achievement.h"
#include "pay/activity.h"
#include "pay/exceptions.h"
#include "pay/lacks.h"
#include "pay/settle.h"
#include "pay/unbuilt.h"
#include "pay/unusual.h"

#include "base/poison.h"

/* One row a payment kind. */
static const PaymentMethod *const METHODS[] = {
    [PAYMENT_ACHIEVEMENT] = &ACHIEVEMENT_METHOD,
    [PAYMENT_ACTIVITY] = &ACTIVITY_METHOD,
};

/* Adds up what was paid for a contract. False where nothing was ever paid or adjusted. */
static bool
sum_paid(const Working *working, Contract *contract)
{
    const Payments *payments = working->pack->payments;
    const LedgerSum *ledger = &g_array_index(payments->ledger, LedgerSum, contract->key);
    guint first, count, adjustments;
    payments_of(payments->before, contract->key, &first, &count);
    contract->paid = ledger->sum;
    for (guint i = 0; i < count; i++) {
        const AmountRow *row = &g_array_index(payments->before, AmountRow, first + i);
        if (!money_add(contract->paid, row->amount, &contract->paid))
            working_refuse_contract(working, contract, "what was paid");
    }
    payments_of(payments->adjustments, contract->key, &first, &adjustments);
    return ledger->is_paid || count > 0 || adjustments > 0;
}

static void
add_adjustments(Working *working, const Contract *contract, Money *before)
{
    const Payments *payments = working->pack->payments;
    guint first, count;
    payments_of(payments->adjustments, contract->key, &first, &count);
    for (guint i = 0; i < count; i++) {
        const AmountRow *row = &g_array_index(payments->adjustments, AmountRow, first + i);
        Line line = {.contract = working->result->contracts->len,
                     .kind = LINE_ADJUSTMENT,
                     .item = row->reason,
                     .month = row->month,
                     .amount = row->amount,
                     .rule = CODE_NONE,
                     .place = row->place};
        if (row->month < working->pack->period.month && !money_add(*before, row->amount, before))
            working_refuse_contract(working, contract, "the adjustments");
        g_array_append_val(working->result->lines, line);
    }
}

/* What the last year-end carried is part of this year's entitlement, in April (rules/README.md,
 * Brought forward). */
static void
add_brought(Working *working, const Contract *contract, Money *before)
{
    const Payments *payments = working->pack->payments;
    const BroughtSum *brought = &g_array_index(payments->brought, BroughtSum, contract->key);
    Month april = year_first_month(working->pack->period.year);
    if (!brought->is_brought)
        return;
    Line line = {.contract = working->result->contracts->len,
                 .kind = LINE_BROUGHT_FORWARD,
                 .item = payments->brought_from,
                 .month = april,
                 .amount = brought->sum,
                 .rule = CODE_NONE,
                 .place = PLACE_NONE};
    if (april < working->pack->period.month)
        *before = brought->sum;
    g_array_append_val(working->result->lines, line);
}

/* A held contract is for now entitled to what it was paid, in one line (rules/README.md, Contracts
 * that are held). */
static void
add_held(Working *working, const Contract *contract)
{
    Line line = {.contract = working->result->contracts->len,
                 .kind = LINE_HELD,
                 .item = REASONS[contract->held].name,
                 .month = MONTH_NONE,
                 .amount = contract->paid,
                 .rule = CODE_NONE,
                 .place = PLACE_NONE};
    g_array_append_val(working->result->lines, line);
}

/* The first figure that is too large becomes a fault. */
static void
check_figures(const Working *working, const Contract *contract)
{
    const struct {
        Money amount;
        const char *name;
    } figures[] = {
        {contract->entitlement, "the entitlement"},
        {contract->paid, "what was paid"},
        {contract->owed, "what is owed"},
        {contract->prior, "what is owed for earlier months"},
        {contract->current, "what is owed for the month"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(figures); i++)
        if (!working_check(working, contract, figures[i].amount, figures[i].name))
            return;
}

/* Adds the lines up and takes off what was paid: owed = entitlement − paid, of which prior belongs
 * to earlier months (rules/README.md, What is owed). */
static void
close_contract(const Working *working, Contract *contract, Money before)
{
    bool fits = true, is_within = true;
    for (guint i = contract->first_line; i < working->result->lines->len; i++) {
        const Line *line = result_line(working->result, i);
        fits = fits && money_add(contract->entitlement, line->amount, &contract->entitlement);
        is_within = is_within && working_check(working, contract, line->amount, "a line");
    }
    contract->line_count = working->result->lines->len - contract->first_line;
    if (!is_within)
        return;
    fits = fits && money_subtract(contract->entitlement, contract->paid, &contract->owed);
    if (!working->pack->period.is_year_end && contract->held == REASON_NONE)
        fits = fits && money_subtract(before, contract->paid, &contract->prior);
    fits = fits && money_subtract(contract->owed, contract->prior, &contract->current);
    if (!fits) {
        working_refuse_contract(working, contract, "the entitlement");
        return;
    }
    check_figures(working, contract);
}

static void
add_contract(Working *working, guint32 key)
{
    const Pack *pack = working->pack;
    const ContractKey *parties = contracts_key(pack->contracts, key);
    int year = pack->period.year;
    Contract contract = {.key = key,
                         .parties = parties,
                         .scheme = rules_scheme(pack->rules, parties->scheme),
                         .provider = register_provider(pack->reg, parties->provider),
                         .first_line = working->result->lines->len};
    bool is_paid = sum_paid(working, &contract);
    bool is_active = contract_touches(pack->contracts, key, year_first_day(year),
                                      month_last_day(pack->period.month));
    bool is_brought = g_array_index(pack->payments->brought, BroughtSum, key).is_brought;
    if (!is_paid && !is_active && !is_brought)
        return;
    contract.touches_year =
        contract_touches(pack->contracts, key, year_first_day(year), year_last_day(year));
    Money before = {0}, brought = {0};
    add_brought(working, &contract, &brought);
    const PaymentMethod *method = METHODS[contract.scheme->payment];
    bool is_valued = method->value == NULL || method->value(working, &contract);
    if (is_valued)
        lacks_list(working, &contract);
    if (is_valued)
        method->add_lines(working, &contract, &before);
    if (contract.held != REASON_NONE) {
        /* What was brought forward waits like the adjustments: the held line stands alone. */
        g_array_set_size(working->result->lines, contract.first_line);
        add_held(working, &contract);
    } else {
        add_adjustments(working, &contract, &before);
        if (!money_add(before, brought, &before))
            working_refuse_contract(working, &contract, "what is brought forward");
    }
    close_contract(working, &contract, before);
    g_array_append_val(working->result->contracts, contract);
}

Result *
work_out_pack(const Pack *pack, Faults *faults, GError **error)
{
    unbuilt_refuse(pack, faults);
    if (!faults_pass(faults, error))
        return NULL;
    g_autoptr(Result) result = g_new0(Result, 1);
    result->pack = pack;
    result->contracts = g_array_new(FALSE, FALSE, sizeof(Contract));
    result->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    result->exceptions = g_array_new(FALSE, FALSE, sizeof(ExceptionEntry));
    result->activity_sums = g_array_new(FALSE, FALSE, sizeof(ActivitySum));
    result->submissions = g_array_new(FALSE, FALSE, sizeof(SubmissionPart));
    result->unusual = g_array_new(FALSE, FALSE, sizeof(Unusual));
    g_autoptr(GArray) earlier = g_array_new(FALSE, FALSE, sizeof(Line));
    g_autoptr(GArray) lacks = g_array_new(FALSE, FALSE, sizeof(ExceptionEntry));
    Working working = {
        .pack = pack, .result = result, .faults = faults, .earlier = earlier, .lacks = lacks};
    for (guint i = 0; i < G_N_ELEMENTS(METHODS); i++)
        if (METHODS[i]->prepare != NULL)
            METHODS[i]->prepare(&working);
    for (guint32 key = 0; key < contracts_count(pack->contracts); key++)
        add_contract(&working, key);
    settle_contracts(&working);
    unusual_find(result);
    exceptions_list(&working);
    g_clear_pointer(&working.counted, g_array_unref);
    return faults_pass(faults, error) ? g_steal_pointer(&result) : NULL;
}
