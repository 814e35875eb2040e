#include "pay/reached.h"

#include "base/poison.h"

Micros
achieved_people(const Achieved *achieved)
{
    return achieved->denominator - achieved->exceptions;
}

bool
achieved_find(const Pack *pack, guint32 contract, guint32 indicator, Achieved *achieved)
{
    const ContractKey *key = contracts_key(pack->contracts, contract);
    if (key->merged_into != CODE_NONE)
        key = contracts_key(pack->contracts, key->merged_into);
    const Provider *provider = register_provider(pack->reg, key->provider);
    const Scheme *scheme = rules_scheme(pack->rules, key->scheme);
    if (scheme->achieved_by == ACHIEVED_BY_NETWORK && provider_has_network(provider))
        return networks_find(pack->networks, key->scheme, provider, indicator, achieved);
    const AchievementRow *row =
        achievements_find(pack->achievements, key->scheme, key->provider, indicator);
    if (row == NULL)
        return false;
    *achieved = (Achieved){
        row->numerator, row->denominator, row->exceptions, row->as_at, true, &row->place, 1};
    return true;
}

Reached
indicator_reached(const Pack *pack, guint32 contract, guint32 indicator)
{
    const Indicator *rule = rules_indicator(pack->rules, indicator);
    Reached reached = {.kind = REACHED_NOTHING};
    if (!achieved_find(pack, contract, indicator, &reached.achieved))
        return reached;
    reached.kind = REACHED_KNOWN;
    if (!reached.achieved.is_in_range)
        return reached; /* a is 0/0: out of range */
    Micros people = achieved_people(&reached.achieved);
    if (people == 0 || people < rule->min_patients * MICROS_PER_UNIT) {
        reached.kind = REACHED_NOBODY;
        return reached;
    }
    reached.a = fraction_of(reached.achieved.numerator, people);
    if (rule->against == CODE_NONE)
        return reached;
    const ContractKey *key = contracts_key(pack->contracts, contract);
    Day day = contract_day(pack->contracts, contract, rules_scheme(pack->rules, key->scheme),
                           pack->period.year);
    reached.baseline = facts_in_force(pack->facts, key->provider, rule->against, day);
    if (reached.baseline == NULL)
        reached.kind = REACHED_NO_BASELINE;
    else
        reached.a = fraction_subtract(reached.a, fraction_micros(reached.baseline->number));
    return reached;
}
