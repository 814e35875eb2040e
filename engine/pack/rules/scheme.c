#include "pack/rules/scheme.h"

#include "base/codes.h"

#include "base/poison.h"

const char *const PROVIDER_TYPES[TYPE_COUNT] = {"practice", "pcn", "federation", "other"};

ProviderType
provider_type_read(Span name)
{
    guint type = 0;
    while (type < TYPE_COUNT && !span_is(name, PROVIDER_TYPES[type]))
        type++;
    return (ProviderType)type;
}

void
scheme_free(gpointer pointer)
{
    Scheme *scheme = pointer;
    g_free(scheme->code);
    g_free(scheme->title);
    g_free(scheme->source);
    g_free(scheme->commissioned);
    g_free(scheme->measured_by);
    g_free(scheme->ledger_code);
    g_free(scheme->paycode);
    g_array_unref(scheme->exclusive);
    g_array_unref(scheme->indicators);
    g_array_unref(scheme->activities);
    g_array_unref(scheme->clauses);
    g_free(scheme);
}

void
indicator_free(gpointer pointer)
{
    Indicator *indicator = pointer;
    g_free(indicator->code);
    g_free(indicator->title);
    g_free(indicator->source);
    g_free(indicator->group);
    g_array_unref(indicator->steps);
    g_free(indicator);
}

void
activity_free(gpointer pointer)
{
    Activity *activity = pointer;
    for (guint i = 0; i < activity->prices->len; i++) {
        Price *price = &g_array_index(activity->prices, Price, i);
        g_free(price->title);
        g_free(price->source);
    }
    g_free(activity->code);
    g_free(activity->group);
    g_array_unref(activity->prices);
    g_free(activity);
}

bool
indicator_is_lower_better(const Indicator *indicator)
{
    return indicator->has_floor && indicator->floor > indicator->target;
}

bool
indicator_steps_descend(const Indicator *indicator)
{
    const GArray *steps = indicator->steps;
    return steps->len > 1 && g_array_index(steps, Step, 0).reached >
                                 g_array_index(steps, Step, steps->len - 1).reached;
}

bool
activity_is_claimed(const Activity *activity)
{
    return activity->count == COUNT_QUANTITY || activity->count == COUNT_PATIENTS;
}

bool
activity_is_capped(const Activity *activity)
{
    return activity->cap >= 0 || activity->cap_of != CODE_NONE;
}

guint
span_months(PatientSpan per)
{
    static const guint MONTHS[] = {[PER_NONE] = 1,      [PER_MONTH] = 1, [PER_QUARTER] = 3,
                                   [PER_HALF_YEAR] = 6, [PER_YEAR] = 12, [PER_EPISODE] = 12};
    return MONTHS[per];
}

const Price *
activity_price_on(const Activity *activity, Day day)
{
    for (guint i = 0; i < activity->prices->len; i++) {
        const Price *price = &g_array_index(activity->prices, Price, i);
        if (price->from <= day && day <= price->to)
            return price;
    }
    return NULL;
}

bool
scheme_needs_list(const Scheme *scheme)
{
    return scheme->basis == BASIS_PER_REGISTERED_PATIENT ||
           scheme->basis == BASIS_PER_WEIGHTED_PATIENT ||
           (scheme->basis == BASIS_PER_POINT && scheme->average_list > 0);
}

bool
scheme_needs_weighted(const Scheme *scheme)
{
    return scheme->basis == BASIS_PER_WEIGHTED_PATIENT;
}

bool
scheme_pays_in(const Scheme *scheme, Month month)
{
    if (scheme->instalment_months == 0)
        return false;
    /* rules/README.md, schemes.csv: counted from April as 1 to 12, instalments fall on multiples of
     * 12 ÷ their number. */
    guint of_year = (guint)((month_number(month) + 8) % 12) + 1;
    return of_year % (12 / scheme->instalment_months) == 0;
}
