#include "pay/clauses.h"

#include "pay/condition.h"
#include "pay/indicator.h"
#include "pay/value.h"

#include "base/poison.h"

/* What a clause makes of what is earned. */
typedef struct {
    Money after;
    bool has_rate;
    Money rate;
    bool has_fraction;
    Fraction fraction;
} Effect;

/* A clause: what is earned before it is in effect->after. False where an amount is out of range. */
typedef bool (*ClauseFunc)(const ClauseSpan *span, Effect *effect);

/* Whether a clause does nothing yet, or nothing any more, in a span. */
static bool
is_idle(const ClauseSpan *span)
{
    switch (span->clause->limit) {
    case LIMIT_ON_ACCOUNT:
        return clause_span_is_complete(span);
    case LIMIT_AT_LEAST:
        return !clause_span_is_complete(span);
    case LIMIT_KEEP_IF:
        return !span->working->pack->period.is_year_end;
    default:
        return false;
    }
}

static bool
apply_only_if(const ClauseSpan *span, Effect *effect)
{
    bool is_met;
    if (!condition_is_met(span, span->clause->test, &is_met))
        return false;
    if (!is_met)
        effect->after = (Money){0};
    return true;
}

/* Without achievement, the clause does not apply; a forecast of the year-end takes it as 0. */
static bool
apply_times(const ClauseSpan *span, Effect *effect)
{
    const Pack *pack = span->working->pack;
    Reached reached = indicator_reached(pack, span->contract->key, span->clause->indicator);
    if (reached.kind == REACHED_NOTHING && !pack_foresees_year_end(pack))
        return true;
    effect->has_fraction = true;
    effect->fraction =
        indicator_counts_as(pack, rules_indicator(pack->rules, span->clause->indicator), &reached);
    return fraction_to_money(fraction_multiply(fraction_money(effect->after), effect->fraction),
                             span->contract->scheme->rounding, &effect->after);
}

/* The amount of a clause, rounded, in effect->rate. */
static bool
read_amount(const ClauseSpan *span, Effect *effect)
{
    const Amount *amount = &span->clause->amount;
    Fraction pounds = fraction_micros(amount->pounds);
    if (amount->fact != CODE_NONE)
        pounds = fraction_multiply(pounds,
                                   fraction_micros(clause_span_fact(span, amount->fact)->number));
    effect->has_rate = true;
    return fraction_to_money(pounds, span->contract->scheme->rounding, &effect->rate);
}

/* What the same provider has earned under the earlier scheme that the clause names. */
static Money
other_earned(const ClauseSpan *span)
{
    const Working *working = span->working;
    guint32 other = contracts_find(working->pack->contracts, span->clause->other_scheme,
                                   span->contract->parties->provider);
    if (other == CODE_NONE)
        return (Money){0};
    const Standing *standing = &working->standings[other];
    return span->earned->is_before ? standing->before : standing->now;
}

static bool
apply_less(const ClauseSpan *span, Effect *effect)
{
    Money left;
    if (span->clause->other_scheme != CODE_NONE) {
        effect->rate = other_earned(span);
        effect->has_rate = true;
    } else if (!read_amount(span, effect)) {
        return false;
    }
    if (!money_subtract(effect->after, effect->rate, &left))
        return false;
    effect->after.pence = MAX(left.pence, 0);
    return true;
}

static bool
apply_on_account(const ClauseSpan *span, Effect *effect)
{
    if (clause_span_is_complete(span))
        return true;
    Fraction part = fraction_of(span->earned->by - span->from + 1, span->to - span->from + 1);
    return read_amount(span, effect) &&
           fraction_to_money(fraction_multiply(fraction_money(effect->rate), part),
                             span->contract->scheme->rounding, &effect->after);
}

static bool
apply_at_most(const ClauseSpan *span, Effect *effect)
{
    if (!read_amount(span, effect))
        return false;
    effect->after.pence = MIN(effect->after.pence, effect->rate.pence);
    return true;
}

static bool
apply_at_least(const ClauseSpan *span, Effect *effect)
{
    if (!clause_span_is_complete(span))
        return true;
    if (!read_amount(span, effect))
        return false;
    effect->after.pence = MAX(effect->after.pence, effect->rate.pence);
    return true;
}

/* Not less than the instalments of the year in full. */
static bool
apply_keep_if(const ClauseSpan *span, Effect *effect)
{
    const Pack *pack = span->working->pack;
    bool is_met;
    if (is_idle(span))
        return true;
    if (!condition_is_met(span, span->clause->test, &is_met))
        return false;
    if (!is_met)
        return true;
    effect->has_rate = true;
    if (!instalments_amount(pack, span->contract, pack->period.month, &effect->rate))
        return false;
    effect->after.pence = MAX(effect->after.pence, effect->rate.pence);
    return true;
}

/* One row a clause; NULL: a pot, which ties contracts together (pots.c). */
static const ClauseFunc CLAUSES[LIMIT_COUNT] = {
    [LIMIT_ONLY_IF] = apply_only_if, [LIMIT_TIMES] = apply_times,
    [LIMIT_LESS] = apply_less,       [LIMIT_ON_ACCOUNT] = apply_on_account,
    [LIMIT_AT_MOST] = apply_at_most, [LIMIT_AT_LEAST] = apply_at_least,
    [LIMIT_KEEP_IF] = apply_keep_if,
};

/* The next span from *month on in which the contract has a day and which has begun; *month moves
 * behind it. False where there is none. */
static bool
next_span(ClauseSpan *span, Month *month)
{
    Month end = year_first_month(span->working->pack->period.year) + 12;
    Month length = (Month)span_months(span->clause->per);
    while (*month < end && *month <= span->earned->by) {
        span->from = *month;
        span->to = *month + length - 1;
        *month += length;
        if (contract_touches(span->working->pack->contracts, span->contract->key,
                             month_first_day(span->from), month_last_day(span->to)))
            return true;
    }
    return false;
}

/* Whether a clause asks for something in one of its spans. */
typedef bool (*AskFunc)(const ClauseSpan *span, guint32 subject);

static bool
lacks_fact(const ClauseSpan *span, guint32 subject)
{
    const Clause *clause = span->clause;
    (void)subject;
    return (clause->amount.fact != CODE_NONE &&
            clause_span_fact(span, clause->amount.fact) == NULL) ||
           (clause->test != NULL && condition_lacks_fact(span, clause->test));
}

static bool
judges(const ClauseSpan *span, guint32 indicator)
{
    return clause_asks_for(span->clause, indicator);
}

/* Whether that is so where the clause acts: by the run's month, or the one before, in a span in
 * which the contract has a day. */
static bool
asks(const Working *working, const Contract *contract, const Clause *clause, AskFunc ask,
     guint32 subject)
{
    const Period *period = &working->pack->period;
    for (Month back = 0; back <= (period->is_year_end ? 0 : 1); back++) {
        Earned earned = {.by = period->month - back, .is_before = back > 0};
        ClauseSpan span = {working, contract, clause, &earned, 0, 0};
        Month month = year_first_month(period->year);
        while (next_span(&span, &month))
            if (!is_idle(&span) && ask(&span, subject))
                return true;
    }
    return false;
}

bool
clauses_judge(const Working *working, const Contract *contract, guint32 indicator)
{
    const GArray *clauses = contract->scheme->clauses;
    for (guint i = 0; i < clauses->len; i++)
        if (asks(working, contract,
                 rules_clause(working->pack->rules, g_array_index(clauses, guint32, i)), judges,
                 indicator))
            return true;
    return false;
}

void
clauses_list_lacks(Working *working, Contract *contract)
{
    const GArray *clauses = contract->scheme->clauses;
    for (guint i = 0; i < clauses->len; i++) {
        guint32 number = g_array_index(clauses, guint32, i);
        if (asks(working, contract, rules_clause(working->pack->rules, number), lacks_fact,
                 CODE_NONE))
            working_lack(working, contract, REASON_MISSING_FACT, ITEM_CLAUSE, number, NULL, true);
    }
}

/* Applies one clause in one span. */
static bool
apply_span(const ClauseSpan *span, guint32 rule, guint number, Earned *earned, GArray *lines)
{
    Month april = year_first_month(span->working->pack->period.year);
    Month month = clause_span_month(span);
    Money before = {0};
    Line line = {.contract = number,
                 .kind = LINE_LIMIT,
                 .item = span->clause->code,
                 .month = month,
                 .rule = rule,
                 .place = PLACE_NONE};
    for (Month m = span->from; m <= month; m++)
        if (!money_add(before, earned->months[m - april], &before))
            return false;
    Effect effect = {.after = before};
    if (!CLAUSES[span->clause->limit](span, &effect) ||
        !money_subtract(effect.after, before, &line.amount) ||
        !money_add(earned->months[month - april], line.amount, &earned->months[month - april]))
        return false;
    if (lines == NULL)
        return true;
    ClauseStep step = {number,
                       rule,
                       span->from,
                       span->to,
                       month,
                       before,
                       effect.after,
                       effect.has_rate,
                       effect.has_fraction,
                       effect.rate,
                       effect.fraction};
    g_array_append_val(span->working->result->steps, step);
    if (line.amount.pence == 0)
        return true;
    if (!working_check(span->working, span->contract, effect.rate, "the amount of a clause"))
        return true;
    line.has_rate = effect.has_rate;
    line.rate = effect.rate.pence * (MICROS_PER_UNIT / 100);
    line.has_fraction = effect.has_fraction;
    line.fraction = effect.fraction;
    g_array_append_val(lines, line);
    return true;
}

bool
clauses_apply(const Working *working, const Contract *contract, guint number, Earned *earned,
              GArray *lines)
{
    const GArray *clauses = contract->scheme->clauses;
    for (guint i = 0; i < clauses->len; i++) {
        guint32 rule = g_array_index(clauses, guint32, i);
        ClauseSpan span = {working, contract, rules_clause(working->pack->rules, rule),
                           earned,  0,        0};
        Month month = year_first_month(working->pack->period.year);
        if (CLAUSES[span.clause->limit] == NULL)
            continue;
        while (next_span(&span, &month))
            if (!apply_span(&span, rule, number, earned, lines))
                return false;
    }
    return true;
}

bool
earned_sum(const Earned *earned, Money *sum)
{
    *sum = (Money){0};
    for (guint i = 0; i < G_N_ELEMENTS(earned->months); i++)
        if (!money_add(*sum, earned->months[i], sum))
            return false;
    return true;
}
