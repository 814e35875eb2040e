#include "pay/draft.h"

#include "pay/achievement.h"
#include "pay/activity.h"
#include "pay/clauses.h"
#include "pay/lacks.h"

#include "base/poison.h"

/* One row a payment kind. */
static const PaymentMethod *const METHODS[] = {
    [PAYMENT_ACHIEVEMENT] = &ACHIEVEMENT_METHOD,
    [PAYMENT_ACTIVITY] = &ACTIVITY_METHOD,
};

void
draft_prepare(Working *working)
{
    for (guint i = 0; i < G_N_ELEMENTS(METHODS); i++)
        if (METHODS[i]->prepare != NULL)
            METHODS[i]->prepare(working);
}

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
    if (working->pack->assumed != NULL)
        return;  /* a forecast asks what the year costs, not when it is paid back */
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

/* What lines of a contract from first on earn, by month; of an achievement scheme all in April. */
static bool
gather(const Working *working, const Draft *draft, Earned *earned)
{
    Month april = year_first_month(working->pack->period.year);
    for (guint i = earned->first; i < earned->lines->len; i++) {
        const Line *line = &g_array_index(earned->lines, Line, i);
        Money *into = &earned->months[line->kind == LINE_ACTIVITY ? line->month - april : 0];
        if (!working_check(working, &draft->contract, line->amount, "a line") ||
            !money_add(*into, line->amount, into))
            return false;
    }
    return true;
}

/* Applies the clauses to what the lines of a contract earn; *before is what they earn by the month
 * before, and is brought up to what the clauses leave of it. */
static void
apply_clauses(Working *working, const Draft *draft, Money *before)
{
    const Contract *contract = &draft->contract;
    Standing *standing = &working->standings[contract->key];
    Month month = working->pack->period.month;
    Earned now = {.by = month, .lines = working->lines, .first = draft->first};
    Earned earlier = {.by = month - 1, .is_before = true, .lines = working->earlier};
    bool fits = gather(working, draft, &now);
    if (contract->scheme->payment == PAYMENT_ACTIVITY)
        fits = fits && gather(working, draft, &earlier);
    else
        earlier.months[0] = *before;
    fits = fits && clauses_apply(working, contract, draft->number, &now, working->lines);
    if (!working->pack->period.is_year_end)
        fits = fits && clauses_apply(working, contract, draft->number, &earlier, NULL) &&
               earned_sum(&earlier, before);
    if (!fits || !earned_sum(&now, &standing->now))
        working_refuse_contract(working, contract, "what a clause leaves");
    standing->before = *before;
}

/* Adds the lines up to the clauses. */
static void
add_earned(Working *working, Draft *draft)
{
    Contract *contract = &draft->contract;
    const PaymentMethod *method = METHODS[contract->scheme->payment];
    Money before = {0};
    bool is_valued = method->value == NULL || method->value(working, contract);
    if (is_valued)
        lacks_list(working, contract);
    if (is_valued)
        method->add_lines(working, contract, &before);
    if (contract->held == REASON_NONE && working->pack->rules->clauses->len > 0)
        apply_clauses(working, draft, &before);
    if (!money_add(draft->before, before, &draft->before))
        working_refuse_contract(working, contract, "the entitlement");
}

bool
draft_begin(Working *working, guint32 key, Draft *draft)
{
    const Pack *pack = working->pack;
    const ContractKey *parties = contracts_key(pack->contracts, key);
    int year = pack->period.year;
    *draft = (Draft){.contract = {.key = key,
                                  .parties = parties,
                                  .scheme = rules_scheme(pack->rules, parties->scheme),
                                  .provider = register_provider(pack->reg, parties->provider)},
                     .number = working->number,
                     .first = working->lines->len};
    Contract *contract = &draft->contract;
    bool is_paid = sum_paid(working, contract);
    bool is_active = contract_touches(pack->contracts, key, year_first_day(year),
                                      month_last_day(pack->period.month));
    bool is_brought = g_array_index(pack->payments->brought, BroughtSum, key).is_brought;
    if (!is_paid && !is_active && !is_brought)
        return false;
    contract->touches_year =
        contract_touches(pack->contracts, key, year_first_day(year), year_last_day(year));
    if (pack->assumed != NULL)
        contract->held = pack->assumed->held[key];
    add_earned(working, draft);
    draft->count = working->lines->len - draft->first;
    if (contract->touches_year &&
        decisions_in(pack->decisions->holds, key, pack->period.month) != NULL) {
        Money risk = {0}; /* until it is known: see draft_end */
        working_lack(working, contract, REASON_HELD_BY_PERSON, ITEM_INDICATOR, CODE_NONE, &risk,
                     false);
        draft->stop = working->lacks->len;
    }
    return true;
}

bool
draft_is_held(const Draft *draft)
{
    return draft->contract.held != REASON_NONE || draft->stop > 0;
}

void
draft_end(Working *working, Draft *draft)
{
    Contract *contract = &draft->contract;
    GArray *lines = working->result->lines;
    contract->first_line = lines->len;
    if (contract->held == REASON_NONE) {
        add_brought(working, draft);
        if (draft->count > 0)
            g_array_append_vals(lines, &g_array_index(working->lines, Line, draft->first),
                                draft->count);
        if (draft->pot.amount.pence != 0)
            g_array_append_val(lines, draft->pot);
        add_adjustments(working, draft);
        sum_up(working, draft);
        defer(working, draft);
    }
    if (draft->stop > 0) {
        if (contract->held == REASON_NONE)
            g_array_index(working->lacks, ExceptionEntry, draft->stop - 1).at_risk = contract->owed;
        contract->held = REASON_HELD_BY_PERSON;
    }
    if (contract->held != REASON_NONE) {
        /* What was brought forward waits like the adjustments: the held line stands alone. */
        g_array_set_size(lines, contract->first_line);
        working->standings[contract->key] = (Standing){contract->paid, contract->paid};
        add_held(working, draft);
        sum_up(working, draft);
    }
    g_array_append_val(working->result->contracts, *contract);
}
