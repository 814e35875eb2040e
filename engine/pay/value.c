#include "pay/value.h"

#include "base/poison.h"

int
spell_days(const Spell *spell, int year)
{
    Day from = MAX(spell->from, year_first_day(year)), to = MIN(spell->to, year_last_day(year));
    return MAX(to - from + 1, 0);
}

int
spell_months(const Spell *spell, int year)
{
    int months = 0;
    for (Month month = year_first_month(year); month < year_first_month(year) + 12; month++) {
        Day first = month_first_day(month);
        months += spell->from <= first && first <= spell->to ? 1 : 0;
    }
    return months;
}

/* The part of the year that a spell stands for; with none, all of it. */
static Fraction
spell_part(const Spell *spell, const Scheme *scheme, int year)
{
    if (scheme->pro_rata == PRO_RATA_DAYS)
        return fraction_of(spell_days(spell, year), year_days(year));
    if (scheme->pro_rata == PRO_RATA_MONTHS)
        return fraction_of(spell_months(spell, year), 12);
    return fraction_whole(1);
}

/* Each spell's own annual value for its part of the year; without pro-rata, that of the last spell
 * that touches it. */
static Fraction
annual_value(const Contracts *contracts, const ContractKey *key, const Scheme *scheme, int year)
{
    Fraction sum = fraction_whole(0);
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(contracts, key, i);
        if (spell_days(spell, year) == 0)
            continue;
        Fraction part = fraction_multiply(fraction_micros(spell->annual_value),
                                          spell_part(spell, scheme, year));
        sum = scheme->pro_rata == PRO_RATA_NONE ? part : fraction_add(sum, part);
    }
    return sum;
}

/* The part of the year that all spells together stand for. */
static Fraction
participation_part(const Contracts *contracts, const ContractKey *key, const Scheme *scheme,
                   int year)
{
    Fraction sum = fraction_whole(0);
    if (scheme->pro_rata == PRO_RATA_NONE)
        return fraction_whole(1);
    for (guint i = 0; i < key->spell_count; i++)
        sum = fraction_add(sum, spell_part(contracts_spell(contracts, key, i), scheme, year));
    return sum;
}

/* The basis in full, of a scheme that is not paid by annual value. */
static Fraction
full_basis(const Scheme *scheme, const ListSize *list)
{
    Fraction value = fraction_micros(scheme->value);
    if (list == NULL)
        return fraction_multiply(scheme->points, value); /* by points alone */
    if (scheme->basis == BASIS_PER_REGISTERED_PATIENT)
        return fraction_multiply(value, fraction_whole(list->registered));
    if (scheme->basis == BASIS_PER_WEIGHTED_PATIENT)
        return fraction_multiply(value, fraction_micros(list->weighted));
    Fraction factor =
        fraction_divide(fraction_whole(list->registered), fraction_micros(scheme->average_list));
    return fraction_multiply(fraction_multiply(scheme->points, value), factor);
}

const ListSize *
contract_list(const Pack *pack, const ContractKey *parties)
{
    const Scheme *scheme = rules_scheme(pack->rules, parties->scheme);
    if (!scheme_needs_list(scheme))
        return NULL;
    return lists_in_force(pack->lists, parties->provider, scheme->list_date);
}

ValueOutcome
contract_value(const Pack *pack, guint32 contract, Money *value)
{
    int year = pack->period.year;
    const ContractKey *key = contracts_key(pack->contracts, contract);
    const Scheme *scheme = rules_scheme(pack->rules, key->scheme);
    Fraction pounds;
    if (!contract_touches(pack->contracts, contract, year_first_day(year), year_last_day(year))) {
        pounds = fraction_whole(0);
    } else if (scheme->basis == BASIS_ANNUAL_VALUE) {
        pounds = annual_value(pack->contracts, key, scheme, year);
    } else {
        const ListSize *list = contract_list(pack, key);
        if (scheme_needs_list(scheme) &&
            (list == NULL || (scheme_needs_weighted(scheme) && !list->has_weighted)))
            return VALUE_NO_LIST;
        pounds = fraction_multiply(full_basis(scheme, list),
                                   participation_part(pack->contracts, key, scheme, year));
    }
    return fraction_to_money(pounds, scheme->rounding, value) ? VALUE_KNOWN : VALUE_OUT_OF_RANGE;
}

Instalments
contract_instalments(const Pack *pack, guint32 contract, Month by)
{
    const Scheme *scheme =
        rules_scheme(pack->rules, contracts_key(pack->contracts, contract)->scheme);
    Instalments instalments = {0, 0};
    Month april = year_first_month(pack->period.year), march = april + 11;
    for (Month month = april; month <= march; month++) {
        if (!scheme_pays_in(scheme, month) ||
            !contract_touches(pack->contracts, contract, month_first_day(month),
                              month_last_day(month)))
            continue;
        instalments.all++;
        instalments.due += month <= by ? 1 : 0;
    }
    if (instalments.all == 0)
        instalments = (Instalments){by >= march ? 1 : 0, 1};
    return instalments;
}

bool
instalments_amount(const Scheme *scheme, Money value, Instalments instalments, Money *amount)
{
    Fraction share = fraction_multiply(fraction_micros(scheme->in_year_share),
                                       fraction_of(instalments.due, instalments.all));
    return fraction_to_money(fraction_multiply(fraction_money(value), share), scheme->rounding,
                             amount);
}
