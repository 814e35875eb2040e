#include "pay/risk.h"

#include "pay/working.h"

#include "base/poison.h"

/* The day of a claim that failed a test of its own, which is read from its row. */
static Day
day_of_row(RowLookup *lookup, const Claim *claim)
{
    const Value *values = row_lookup_values(lookup, claim->place);
    return values[ACTIVITY_DATE].is_given ? (Day)values[ACTIVITY_DATE].number
                                          : month_first_day((Month)values[ACTIVITY_MONTH].number);
}

bool
claim_risk(const Pack *pack, RowLookup *lookup, const Claim *claim, guint32 paid, Money *risk)
{
    bool has_failed = claim->reason > REASON_NONE && claim->reason < REASON_DUPLICATE;
    bool is_priced = claim->reason > REASON_TOO_LONG && claim->reason != REASON_NOT_CLAIMED;
    if (claim->activity == CODE_NONE || (has_failed && !is_priced))
        return false;
    const Activity *activity = rules_activity(pack->rules, claim->activity);
    Day day = has_failed ? day_of_row(lookup, claim) : claim_day(claim, pack->period.year);
    const Price *price = activity_price_on(activity, day);
    if (price == NULL)
        return false;
    bool is_one = activity->count == COUNT_PATIENTS && claim->quantity > 0;
    int64_t count = (int64_t)(is_one ? 1 : claim->quantity) - paid;
    const Scheme *scheme = rules_scheme(pack->rules, activity->scheme);
    Fraction pounds = fraction_multiply(fraction_whole(count), fraction_micros(price->price));
    if (!fraction_to_money(pounds, scheme->rounding, risk) || risk->pence >= AMOUNT_LIMIT_PENCE)
        risk->pence = INT64_MAX;
    return true;
}
