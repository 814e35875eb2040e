#include "pay/work_out.h"

#include "pay/achievement.h"
#include "pay/activity.h"
#include "pay/clauses.h"
#include "pay/exceptions.h"
#include "pay/settle.h"
#include "pay/unbuilt.h"

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

/* A contract on its way to the result: its lines are the last ones there. */
typedef struct {
    Contract contract;
    guint number; /* in Result.contracts */
    Money before; /* what the lines come to by the end of the month before the run's */
    guint stop;   /* where a person stopped it: its exception in Working.lacks, from 1; else 0 */
} Draft;

static void
add_line(Working *working, Draft *draft, const Line *line, bool is_before, const char *figure)
{
    if (is_before && !money_add(draft->before, line->amount, &draft->before))
        working_refuse_contract(working, &draft->contract, figure);
    g_array_append_val(working->result->lines, *line);
}

static void
add_adjustments(Working *working, Draft *draft)
{
    const Payments *payments = working->pack->payments;
    guint first, count;
    payments_of(payments->adjustments, draft->contract.key, &first, &count);
    for (guint i = 0; i < count; i++) {
        const AmountRow *row = &g_array_index(payments->adjustments, AmountRow, first + i);
        Line line = {.contract = draft->number,
                     .kind = LINE_ADJUSTMENT,
                     .item = row->reason,
                     .month = row->month,
                     .amount = row->amount,
                     .rule = CODE_NONE,
                     .place = row->place};
        add_line(working, draft, &line, row->month < working->pack->period.month,
                 "the adjustments");
    }
}

/* What the last year-end carried is part of this year's entitlement, in April (rules/README.md,
 * Brought forward). */
static void
add_brought(Working *working, Draft *draft)
{
    const Payments *payments = working->pack->payments;
    const BroughtSum *brought = &g_array_index(payments->brought, BroughtSum, draft->contract.key);
    Month april = year_first_month(working->pack->period.year);
    if (!brought->is_brought)
        return;
    Line line = {.contract = draft->number,
                 .kind = LINE_BROUGHT_FORWARD,
                 .item = payments->brought_from,
                 .month = april,
                 .amount = brought->sum,
                 .rule = CODE_NONE,
                 .place = PLACE_NONE};
    add_line(working, draft, &line, april < working->pack->period.month, "what is brought forward");
}

/* A held contract is for now entitled to what it was paid, in one line (rules/README.md, Contracts
 * that are held). */
static void
add_held(Working *working, const Draft *draft)
{
    Line line = {.contract = draft->number,
                 .kind = LINE_HELD,
                 .item = REASONS[draft->contract.held].name,
                 .month = MONTH_NONE,
                 .amount = draft->contract.paid,
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
sum_up(const Working *working, Draft *draft)
{
    Contract *contract = &draft->contract;
    bool fits = true, is_within = true;
    contract->entitlement = contract->owed = contract->prior = contract->current = (Money){0};
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
        fits = fits && money_subtract(draft->before, contract->paid, &contract->prior);
    fits = fits && money_subtract(contract->owed, contract->prior, &contract->current);
    if (!fits) {
        working_refuse_contract(working, contract, "the entitlement");
        return;
    }
    check_figures(working, contract);
}

/* Where it is agreed that a debt is paid back in parts, what is above the part of this run is left
 * for later ones (rules/README.md, What is owed). */
static void
defer(Working *working, Draft *draft)
{
    const Contract *contract = &draft->contract;
    Month month = working->pack->period.month;
    const Decision *recovery =
        decisions_in(working->pack->decisions->recoveries, contract->key, month);
    Money above; /* what is owed, and the part of this run: below 0 where more is owed back */
    if (recovery == NULL || !money_add(contract->owed, recovery->monthly, &above) ||
        above.pence >= 0)
        return;
    Line line = {.contract = draft->number,
                 .kind = LINE_DEFERRED,
                 .item = recovery->reason,
                 .month = month,
                 .amount = {-above.pence},
                 .rule = CODE_NONE,
                 .place = recovery->place};
    g_array_append_val(working->result->lines, line);
    sum_up(working, draft);
}

/* What the lines of a contract from first on earn, by month; of an achievement scheme all in April.
 */
static bool
gather(const Working *working, const Draft *draft, guint first, Earned *earned)
{
    Month april = year_first_month(working->pack->period.year);
    for (guint i = first; i < working->result->lines->len; i++) {
        const Line *line = result_line(working->result, i);
        Money *into = &earned->months[line->kind == LINE_ACTIVITY ? line->month - april : 0];
        if (line->kind == LINE_ACTIVITY && line->month > earned->by)
            continue;
        if (!working_check(working, &draft->contract, line->amount, "a line") ||
            !money_add(*into, line->amount, into))
            return false;
    }
    return true;
}

/* Applies the clauses to what the lines from first on earn; *before is what they earn by the month
 * before, and is brought up to what the clauses leave of it. */
static void
apply_clauses(Working *working, Draft *draft, guint first, Money *before)
{
    Contract *contract = &draft->contract;
    Standing *standing = &working->standings[contract->key];
    Month month = working->pack->period.month;
    Earned now = {.by = month}, earlier = {.by = month - 1, .is_before = true};
    bool is_activity = contract->scheme->payment == PAYMENT_ACTIVITY;
    bool fits = gather(working, draft, first, &now);
    if (is_activity)
        fits = fits && gather(working, draft, first, &earlier);
    else
        earlier.months[0] = *before;
    fits = fits && clauses_apply(working, contract, draft->number, &now, working->result->lines);
    if (!working->pack->period.is_year_end)
        fits = fits && clauses_apply(working, contract, draft->number, &earlier, NULL) &&
               earned_sum(&earlier, before);
    if (!fits || !earned_sum(&now, &standing->now))
        working_refuse_contract(working, contract, "what a clause leaves");
    standing->before = *before;
}

/* Begins a contract: its lines up to the clauses, and why it is held. False where it is not part of
 * the run. */
static bool
begin_contract(Working *working, guint32 key, Draft *draft)
{
    const Pack *pack = working->pack;
    const ContractKey *parties = contracts_key(pack->contracts, key);
    int year = pack->period.year;
    *draft = (Draft){.contract = {.key = key,
                                  .parties = parties,
                                  .scheme = rules_scheme(pack->rules, parties->scheme),
                                  .provider = register_provider(pack->reg, parties->provider),
                                  .first_line = working->result->lines->len},
                     .number = working->result->contracts->len};
    Contract *contract = &draft->contract;
    bool is_paid = sum_paid(working, contract);
    bool is_active = contract_touches(pack->contracts, key, year_first_day(year),
                                      month_last_day(pack->period.month));
    bool is_brought = g_array_index(pack->payments->brought, BroughtSum, key).is_brought;
    if (!is_paid && !is_active && !is_brought)
        return false;
    contract->touches_year =
        contract_touches(pack->contracts, key, year_first_day(year), year_last_day(year));
    Money before = {0};
    add_brought(working, draft);
    guint first = working->result->lines->len;
    METHODS[contract->scheme->payment]->add_lines(working, contract, &before);
    clauses_list_lacks(working, contract);
    if (contract->held == REASON_NONE && pack->rules->clauses->len > 0)
        apply_clauses(working, draft, first, &before);
    if (!money_add(draft->before, before, &draft->before))
        working_refuse_contract(working, contract, "the entitlement");
    if (contract->touches_year &&
        decisions_in(pack->decisions->holds, key, pack->period.month) != NULL) {
        Money risk = {0}; /* until it is known: see end_contract */
        working_lack(working, contract, REASON_HELD_BY_PERSON, ITEM_INDICATOR, CODE_NONE, &risk,
                     false);
        draft->stop = working->lacks->len;
    }
    return true;
}

/* Ends a contract: what is left to add, and what is owed. One that a person stopped is first worked
 * out as if it were not, so that it is known what is at risk. */
static void
end_contract(Working *working, Draft *draft)
{
    Contract *contract = &draft->contract;
    if (contract->held == REASON_NONE) {
        add_adjustments(working, draft);
        sum_up(working, draft);
        defer(working, draft);
    }
    if (draft->stop > 0) {
        if (contract->held == REASON_NONE)
            g_array_index(working->lacks, ExceptionEntry, draft->stop - 1).at_risk = contract->owed;
        contract->held = REASON_HELD_BY_PERSON;
    }
    if (contract->held == REASON_NONE)
        return;
    /* What was brought forward waits like the adjustments: the held line stands alone. */
    g_array_set_size(working->result->lines, contract->first_line);
    working->standings[contract->key] = (Standing){contract->paid, contract->paid};
    add_held(working, draft);
    sum_up(working, draft);
}

static void
add_contract(Working *working, guint32 key)
{
    Draft draft;
    if (!begin_contract(working, key, &draft))
        return;
    end_contract(working, &draft);
    g_array_append_val(working->result->contracts, draft.contract);
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
    g_autofree Standing *standings = g_new0(Standing, contracts_count(pack->contracts));
    g_autoptr(GArray) lacks = g_array_new(FALSE, FALSE, sizeof(ExceptionEntry));
    Working working = {
        .pack = pack, .result = result, .faults = faults, .lacks = lacks, .standings = standings};
    for (guint i = 0; i < G_N_ELEMENTS(METHODS); i++)
        if (METHODS[i]->prepare != NULL)
            METHODS[i]->prepare(&working);
    for (guint32 key = 0; key < contracts_count(pack->contracts); key++)
        add_contract(&working, key);
    settle_contracts(&working);
    exceptions_list(&working);
    g_clear_pointer(&working.counted, g_array_unref);
    return faults_pass(faults, error) ? g_steal_pointer(&result) : NULL;
}
