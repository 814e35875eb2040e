#include "pay/value.h"

#include "base/poison.h"

/* Days of a spell within a financial year. */
static int
days_of(const Spell *spell, int year)
{
    Day from = MAX(spell->from, year_first_day(year)), to = MIN(spell->to, year_last_day(year));
    return MAX(to - from + 1, 0);
}

/* Months of a financial year whose first day a spell covers. */
static int
months_of(const Spell *spell, int year)
{
    int months = 0;
    for (Month month = year_first_month(year); month < year_first_month(year) + 12; month++) {
        Day first = month_first_day(month);
        months += spell->from <= first && first <= spell->to ? 1 : 0;
    }
    return months;
}

int
pro_rata_whole(ProRata pro_rata, int year)
{
    if (pro_rata == PRO_RATA_DAYS)
        return year_days(year);
    return pro_rata == PRO_RATA_MONTHS ? 12 : 1;
}

bool
spell_touches_year(const Spell *spell, int year)
{
    return days_of(spell, year) > 0;
}

YearPart
spell_part_of_year(const Spell *spell, ProRata pro_rata, int year)
{
    int counted = pro_rata == PRO_RATA_DAYS     ? days_of(spell, year)
                  : pro_rata == PRO_RATA_MONTHS ? months_of(spell, year)
                  : days_of(spell, year) > 0    ? 1
                                                : 0;
    return (YearPart){counted, pro_rata_whole(pro_rata, year)};
}

YearPart
contract_part_of_year(const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    ProRata pro_rata = contract->scheme->pro_rata;
    int year = pack->period.year;
    YearPart all = {0, pro_rata_whole(pro_rata, year)};
    for (guint i = 0; i < key->spell_count; i++)
        all.counted +=
            spell_part_of_year(contracts_spell(pack->contracts, key, i), pro_rata, year).counted;
    return pro_rata == PRO_RATA_NONE ? (YearPart){1, 1} : all;
}

/* Each spell's own annual value for its part of the year; without pro-rata, that of the last spell
 * that touches it. */
static Fraction
annual_value(const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    ProRata pro_rata = contract->scheme->pro_rata;
    Fraction sum = fraction_whole(0);
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        YearPart part = spell_part_of_year(spell, pro_rata, pack->period.year);
        if (part.counted == 0)
            continue;
        Fraction value = fraction_multiply(fraction_micros(spell->annual_value),
                                           fraction_of(part.counted, part.whole));
        sum = pro_rata == PRO_RATA_NONE ? value : fraction_add(sum, value);
    }
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
contract_list(const Pack *pack, const Contract *contract)
{
    if (!scheme_needs_list(contract->scheme))
        return NULL;
    return lists_in_force(pack->lists, contract->parties->provider, contract->scheme->list_date);
}

ValueOutcome
contract_value(const Pack *pack, const Contract *contract, Money *value)
{
    const Scheme *scheme = contract->scheme;
    Fraction pounds;
    if (!contract->touches_year) {
        pounds = fraction_whole(0);
    } else if (scheme->basis == BASIS_ANNUAL_VALUE) {
        pounds = annual_value(pack, contract);
    } else {
        const ListSize *list = contract_list(pack, contract);
        if (scheme_needs_list(scheme) &&
            (list == NULL || (scheme_needs_weighted(scheme) && !list->has_weighted)))
            return VALUE_NO_LIST;
        YearPart part = contract_part_of_year(pack, contract);
        pounds = fraction_multiply(full_basis(scheme, list), fraction_of(part.counted, part.whole));
    }
    return fraction_to_money(pounds, scheme->rounding, value) ? VALUE_KNOWN : VALUE_OUT_OF_RANGE;
}

Instalments
contract_instalments(const Pack *pack, const Contract *contract, Month by)
{
    Instalments instalments = {0, 0};
    Month april = year_first_month(pack->period.year), march = april + 11;
    for (Month month = april; month <= march; month++) {
        if (!scheme_pays_in(contract->scheme, month) ||
            !contract_touches(pack->contracts, contract->key, month_first_day(month),
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
instalments_amount(const Pack *pack, const Contract *contract, Month by, Money *amount)
{
    const Scheme *scheme = contract->scheme;
    Instalments instalments = contract_instalments(pack, contract, by);
    Fraction share = fraction_multiply(fraction_micros(scheme->in_year_share),
                                       fraction_of(instalments.due, instalments.all));
    return fraction_to_money(fraction_multiply(fraction_money(contract->value), share),
                             scheme->rounding, amount);
}

bool
instalments_added(const Pack *pack, const Contract *contract, Month month, Money *added)
{
    Money now, before;
    return instalments_amount(pack, contract, month, &now) &&
           instalments_amount(pack, contract, month - 1, &before) &&
           money_subtract(now, before, added);
}
