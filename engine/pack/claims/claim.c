#include "pack/claims/claim.h"

#include "base/poison.h"

Day
claim_day(const Claim *claim, int year)
{
    if (claim->day != CLAIM_NO_DAY)
        return year_first_day(year) + claim->day;
    return month_first_day(claim_month(claim, year));
}

Month
claim_month(const Claim *claim, int year)
{
    return year_first_month(year) + claim->month;
}

bool
claim_is_later(const RowContext *context, const Value *values)
{
    Month month = (Month)values[ACTIVITY_MONTH].number;
    return values[ACTIVITY_MONTH].fault == REASON_NONE && month > context->period->month &&
           month_financial_year(month) == context->period->year;
}

/* Whether a claim was received after the last day for it (fixtures/README.md, Why a row is not
 * paid: late-claim). */
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
claim_test(const RowContext *context, const Value *values, const Parties *parties, guint *column)
{
    Reason reason = values_first_fault(values, ACTIVITY_COLUMNS, column);
    if (reason != REASON_NONE)
        return reason;
    const Value *date = &values[ACTIVITY_DATE];
    Month month = (Month)values[ACTIVITY_MONTH].number;
    Day of_spell = date->is_given ? (Day)date->number : month_last_day(month);
    reason = parties_test(context, parties, of_spell, of_spell, column);
    if (reason != REASON_NONE)
        return reason;
    const Scheme *scheme = rules_scheme(context->rules, parties->scheme);
    const Activity *activity = rules_activity(context->rules, parties->item);
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
