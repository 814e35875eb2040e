#include "pay/clauses.h"

#include "base/poison.h"

/* A clause at work for a contract in one of its spans. */
typedef struct {
    const Working *working;
    const Contract *contract;
    const Clause *clause;
    const Earned *earned;
    Month from, to; /* of the span */
} ClauseSpan;

/* What a clause makes of what is earned. */
typedef struct {
    Money after;
    bool has_rate;
    Money rate;
} Effect;

/* A clause: what is earned before it is in effect->after. False where an amount is out of range. */
typedef bool (*ClauseFunc)(const ClauseSpan *span, Effect *effect);

/* Whether the last month of the span has come. */
static bool
is_complete(const ClauseSpan *span)
{
    return span->earned->by >= span->to;
}

/* Whether a clause does nothing yet, or nothing any more, in a span. */
static bool
is_idle(const ClauseSpan *span)
{
    if (span->clause->limit == LIMIT_ON_ACCOUNT)
        return is_complete(span);
    return span->clause->limit == LIMIT_AT_LEAST && !is_complete(span);
}

/* The fact in force for a span, or NULL: on the scheme's list_date, else on the span's first day.
 */
static const Fact *
span_fact(const ClauseSpan *span, guint32 fact)
{
    Day day = span->contract->scheme->list_date;
    return facts_in_force(span->working->pack->facts, span->contract->parties->provider, fact,
                          day != DAY_NONE ? day : month_first_day(span->from));
}

/* The amount of a clause, rounded, in effect->rate. */
static bool
read_amount(const ClauseSpan *span, Effect *effect)
{
    const Amount *amount = &span->clause->amount;
    Fraction pounds = fraction_micros(amount->pounds);
    if (amount->fact != CODE_NONE)
        pounds = fraction_multiply(pounds, fraction_micros(span_fact(span, amount->fact)->number));
    effect->has_rate = true;
    return fraction_to_money(pounds, span->contract->scheme->rounding, &effect->rate) &&
           working_check(span->working, span->contract, effect->rate, "the amount of a clause");
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
    if (is_complete(span))
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
    if (!is_complete(span))
        return true;
    if (!read_amount(span, effect))
        return false;
    effect->after.pence = MAX(effect->after.pence, effect->rate.pence);
    return true;
}

/* One row a clause; NULL: not applied here, see unbuilt.c. */
static const ClauseFunc CLAUSES[LIMIT_COUNT] = {
    [LIMIT_LESS] = apply_less,
    [LIMIT_ON_ACCOUNT] = apply_on_account,
    [LIMIT_AT_MOST] = apply_at_most,
    [LIMIT_AT_LEAST] = apply_at_least,
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

static bool
lacks_fact(const ClauseSpan *span)
{
    guint32 fact = span->clause->amount.fact;
    return fact != CODE_NONE && !is_idle(span) && span_fact(span, fact) == NULL;
}

void
clauses_list_lacks(Working *working, Contract *contract)
{
    const Period *period = &working->pack->period;
    const GArray *clauses = contract->scheme->clauses;
    for (guint i = 0; contract->touches_year && i < clauses->len; i++) {
        guint32 number = g_array_index(clauses, guint32, i);
        bool lacks = false;
        for (Month back = 0; back <= (period->is_year_end ? 0 : 1); back++) {
            Earned earned = {.by = period->month - back, .is_before = back > 0};
            ClauseSpan span = {working, contract, rules_clause(working->pack->rules, number),
                               &earned, 0,        0};
            Month month = year_first_month(period->year);
            while (!lacks && next_span(&span, &month))
                lacks = lacks_fact(&span);
        }
        if (lacks)
            working_lack(working, contract, REASON_MISSING_FACT, ITEM_CLAUSE, number, NULL, true);
    }
}

/* Applies one clause in one span. */
static bool
apply_span(const ClauseSpan *span, guint32 rule, guint number, Earned *earned, GArray *lines)
{
    Month april = year_first_month(span->working->pack->period.year);
    Month month = MIN(span->to, earned->by);
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
    line.has_rate = effect.has_rate;
    line.rate = effect.rate.pence * (MICROS_PER_UNIT / 100);
    if (lines != NULL && line.amount.pence != 0)
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
