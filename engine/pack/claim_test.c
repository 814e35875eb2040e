/* The tests of one claim that need no other row, in their order. */
#include "pack/claims.h"

#include "base/poison.h"

ClaimParties
claim_parties(const ClaimContext *context, const Value *values)
{
    ClaimParties parties = {CODE_NONE, CODE_NONE, CODE_NONE, CODE_NONE};
    if (values[ACTIVITY_SCHEME].fault == REASON_NONE)
        parties.scheme = codes_find(context->rules->scheme_codes, values[ACTIVITY_SCHEME].text);
    if (values[ACTIVITY_PROVIDER].fault == REASON_NONE)
        parties.provider = codes_find(context->reg->codes, values[ACTIVITY_PROVIDER].text);
    if (parties.scheme == CODE_NONE)
        return parties;
    const Scheme *scheme = rules_scheme(context->rules, parties.scheme);
    if (scheme->payment == PAYMENT_ACTIVITY && values[ACTIVITY_ACTIVITY].fault == REASON_NONE)
        parties.activity =
            rules_find_item(context->rules, parties.scheme, values[ACTIVITY_ACTIVITY].text);
    if (parties.provider != CODE_NONE)
        parties.contract = contracts_find(context->contracts, parties.scheme, parties.provider);
    return parties;
}

bool
claim_is_later(const ClaimContext *context, const Value *values)
{
    Month month = (Month)values[ACTIVITY_MONTH].number;
    return values[ACTIVITY_MONTH].fault == REASON_NONE && month > context->period->month &&
           month_financial_year(month) == context->period->year;
}

/* The tests by scheme, provider, activity and participation. */
static Reason
test_parties(const ClaimContext *context, const Value *values, const ClaimParties *parties,
             guint *column)
{
    *column = ACTIVITY_SCHEME;
    if (parties->scheme == CODE_NONE)
        return REASON_UNKNOWN_SCHEME;
    *column = ACTIVITY_PROVIDER;
    if (parties->provider == CODE_NONE)
        return REASON_UNKNOWN_PROVIDER;
    *column = ACTIVITY_ACTIVITY;
    if (parties->activity == CODE_NONE)
        return REASON_UNKNOWN_ACTIVITY;
    *column = ACTIVITY_PROVIDER;
    ProviderType type = register_provider(context->reg, parties->provider)->in_force->type;
    if ((rules_scheme(context->rules, parties->scheme)->delivered_by & 1u << type) == 0)
        return REASON_WRONG_LEVEL;
    Day day = values[ACTIVITY_DATE].is_given ? (Day)values[ACTIVITY_DATE].number
                                             : month_last_day((Month)values[ACTIVITY_MONTH].number);
    if (parties->contract == CODE_NONE ||
        !contract_covers(context->contracts, parties->contract, day))
        return REASON_NOT_PARTICIPATING;
    return REASON_NONE;
}

/* Whether a claim was received after the last day for it. */
static bool
is_late(const Scheme *scheme, Month month, const Value *received)
{
    if (scheme->claim_months < 0 || !received->is_given)
        return false;
    const Month last_month = month_of(9999, 12);
    if (scheme->claim_months > last_month - month)
        return false;
    return received->number > month_last_day(month + scheme->claim_months);
}

Reason
claim_test(const ClaimContext *context, const Value *values, const ClaimParties *parties,
           guint *column)
{
    Reason reason = row_first_fault(values, ACTIVITY_COLUMNS, column);
    if (reason == REASON_NONE)
        reason = test_parties(context, values, parties, column);
    if (reason != REASON_NONE)
        return reason;
    const Scheme *scheme = rules_scheme(context->rules, parties->scheme);
    const Activity *activity = rules_activity(context->rules, parties->activity);
    const Value *date = &values[ACTIVITY_DATE];
    Month month = (Month)values[ACTIVITY_MONTH].number;
    *column = ACTIVITY_MONTH;
    if (month_financial_year(month) != context->period->year)
        return REASON_OUTSIDE_YEAR;
    *column = ACTIVITY_DATE;
    if (date->is_given &&
        (date->number < month_first_day(month) || date->number > month_last_day(month)))
        return REASON_MONTH_MISMATCH;
    *column = ACTIVITY_RECEIVED;
    if (is_late(scheme, month, &values[ACTIVITY_RECEIVED]))
        return REASON_LATE_CLAIM;
    *column = ACTIVITY_PATIENT_REF;
    if (activity->count == COUNT_PATIENTS && !values[ACTIVITY_PATIENT_REF].is_given)
        return REASON_MISSING_PATIENT;
    *column = date->is_given ? ACTIVITY_DATE : ACTIVITY_MONTH;
    Day day = date->is_given ? (Day)date->number : month_first_day(month);
    return activity_price_on(activity, day) == NULL ? REASON_NO_PRICE : REASON_NONE;
}
