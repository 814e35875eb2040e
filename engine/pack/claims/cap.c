#include "pack/claims/cap.h"

#include "base/poison.h"

int64_t
cap_allows(const Activity *activity, const Scheme *scheme, const Facts *facts, guint32 provider,
           Month first)
{
    if (activity->cap_of == CODE_NONE)
        return activity->cap;
    Day day = scheme->list_date != DAY_NONE ? scheme->list_date : month_first_day(first);
    const Fact *fact = facts_in_force(facts, provider, activity->cap_of, day);
    if (fact == NULL)
        return CAP_MISSING;
    const Int128 millionths = (Int128)MICROS_PER_UNIT * MICROS_PER_UNIT;
    Int128 allowed = (Int128)activity->cap_share * fact->number / millionths;
    return fact->number < 0 ? 0 : (int64_t)MIN(allowed, INT64_MAX);
}
