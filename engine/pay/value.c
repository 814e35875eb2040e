#include "pay/value.h"

#include "pay/share.h"

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

const ListSize *
spell_list(const Pack *pack, const Contract *contract, const Spell *spell)
{
    const Scheme *scheme = contract->scheme;
    if (!scheme_needs_list(scheme))
        return NULL;
    const ListSize *list = lists_in_force(pack->lists, contract->parties->provider,
                                          spell_day(spell, scheme, pack->period.year));
    return list != NULL && scheme_needs_weighted(scheme) && !list->has_weighted ? NULL : list;
}

/* The spells of a contract whose basis counts: those that touch the year, or without pro-rata the
 * last of them. Calls back for each. */
typedef void (*SpellFunc)(const Pack *pack, const Contract *contract, const Spell *spell,
                          gpointer user);

static void
each_spell(const Pack *pack, const Contract *contract, SpellFunc each, gpointer user)
{
    const ContractKey *key = contract->parties;
    const Spell *last = NULL;
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        if (last != NULL && contract->scheme->pro_rata != PRO_RATA_NONE)
            each(pack, contract, last, user);
        last = spell;
    }
    if (last != NULL)
        each(pack, contract, last, user);
}

static void
note_list(const Pack *pack, const Contract *contract, const Spell *spell, gpointer user)
{
    const ListSize **list = user;
    *list = spell_list(pack, contract, spell);
}

const ListSize *
contract_list(const Pack *pack, const Contract *contract)
{
    const ListSize *list = NULL;
    each_spell(pack, contract, note_list, &list);
    return list;
}

bool
contract_has_own_days(const Pack *pack, const Contract *contract)
{
    for (guint i = 0; i < contract->parties->spell_count; i++)
        if (contracts_spell(pack->contracts, contract->parties, i)->list_date != DAY_NONE)
            return true;
    return false;
}

static void
note_lack(const Pack *pack, const Contract *contract, const Spell *spell, gpointer user)
{
    bool *is_lacking = user;
    *is_lacking = *is_lacking || spell_list(pack, contract, spell) == NULL;
}

bool
contract_lacks_list(const Pack *pack, const Contract *contract)
{
    bool is_lacking = false;
    if (scheme_needs_list(contract->scheme))
        each_spell(pack, contract, note_lack, &is_lacking);
    return is_lacking;
}

/* A fact on the day that counts for the contract as such. */
static const Fact *
contract_fact(const Pack *pack, const Contract *contract, guint32 fact)
{
    return facts_in_force(
        pack->facts, contract->parties->provider, fact,
        contract_day(pack->contracts, contract->key, contract->scheme, pack->period.year));
}

const Fact *
contract_factor(const Pack *pack, const Contract *contract, const Indicator *indicator)
{
    return indicator->factor == CODE_NONE ? NULL : contract_fact(pack, contract, indicator->factor);
}

bool
contract_weights(const Pack *pack, const Contract *contract, Fraction *weights)
{
    const GArray *indicators = contract->scheme->indicators;
    for (guint i = 0; i < indicators->len; i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        const Indicator *indicator = rules_indicator(pack->rules, number);
        const Fact *factor = contract_factor(pack, contract, indicator);
        if (factor == NULL && indicator->factor != CODE_NONE)
            return false;
        weights[i] = indicator->group_head == number ? fraction_micros(indicator->points)
                                                     : fraction_whole(0);
        if (factor != NULL)
            weights[i] = fraction_multiply(weights[i], fraction_micros(factor->number));
    }
    return true;
}

Fraction
contract_points(const Pack *pack, const Contract *contract)
{
    guint count = contract->scheme->indicators->len;
    g_autofree Fraction *weights = g_new0(Fraction, count);
    Fraction points = fraction_whole(0);
    if (!contract_weights(pack, contract, weights))
        return (Fraction){0, 0};
    for (guint i = 0; i < count; i++)
        points = fraction_add(points, weights[i]);
    return points;
}

/* What a whole year is worth by a spell, in pounds; its list is in force. */
static Fraction
spell_basis(const Pack *pack, const Contract *contract, const Spell *spell, Fraction points)
{
    const Scheme *scheme = contract->scheme;
    const ListSize *list = spell_list(pack, contract, spell);
    Fraction value = fraction_micros(scheme->value);
    switch (scheme->basis) {
    case BASIS_ANNUAL_VALUE:
        return fraction_micros(spell->annual_value);
    case BASIS_PER_REGISTERED_PATIENT:
        return fraction_multiply(value, fraction_whole(list->registered));
    case BASIS_PER_WEIGHTED_PATIENT:
        return fraction_multiply(value, fraction_micros(list->weighted));
    case BASIS_PER_POINT:
    case BASIS_NONE:
        break;
    }
    value = fraction_multiply(points, value);
    if (list == NULL)
        return value; /* by points alone */
    Fraction size =
        fraction_divide(fraction_whole(list->registered), fraction_micros(scheme->average_list));
    return fraction_multiply(value, size);
}

/* The value while it is added up over the spells. */
typedef struct {
    Fraction points, pounds;
} Adding;

static void
add_spell(const Pack *pack, const Contract *contract, const Spell *spell, gpointer user)
{
    Adding *adding = user;
    YearPart part = spell_part_of_year(spell, contract->scheme->pro_rata, pack->period.year);
    Fraction basis = spell_basis(pack, contract, spell, adding->points);
    adding->pounds = fraction_add(adding->pounds,
                                  fraction_multiply(basis, fraction_of(part.counted, part.whole)));
}

ValueOutcome
contract_value(const Pack *pack, const Contract *contract, Money *value)
{
    const Scheme *scheme = contract->scheme;
    Adding adding = {fraction_whole(0), fraction_whole(0)};
    if (contract->touches_year) {
        g_autofree Fraction *weights = g_new0(Fraction, scheme->indicators->len);
        if (contract_lacks_list(pack, contract))
            return VALUE_NO_LIST;
        if (!contract_weights(pack, contract, weights))
            return VALUE_NO_FACTOR;
        if (scheme->basis == BASIS_PER_POINT)
            adding.points = contract_points(pack, contract);
        each_spell(pack, contract, add_spell, &adding);
    }
    return fraction_to_money(adding.pounds, scheme->rounding, value) ? VALUE_KNOWN
                                                                     : VALUE_OUT_OF_RANGE;
}

bool
contract_shares(const Pack *pack, const Contract *contract, Money *shares)
{
    guint count = contract->scheme->indicators->len;
    g_autofree Fraction *weights = g_new0(Fraction, count);
    for (guint i = 0; i < count; i++)
        weights[i] = fraction_whole(0); /* of a contract outside the year, which is worth nothing */
    if (contract->touches_year && !contract_weights(pack, contract, weights))
        return false;
    return share_out(contract->value, weights, count, shares);
}

const Fact *
contract_in_year_fact(const Pack *pack, const Contract *contract)
{
    guint32 fact = contract->scheme->in_year_of;
    return fact == CODE_NONE ? NULL : contract_fact(pack, contract, fact);
}

bool
contract_base(const Pack *pack, const Contract *contract, Micros *base)
{
    const GArray *indicators = contract->scheme->indicators;
    g_autofree Money *shares = g_new0(Money, indicators->len);
    if (contract->touches_year && contract->scheme->in_year_of != CODE_NONE) {
        const Fact *fact = contract_in_year_fact(pack, contract);
        *base = fact != NULL ? fact->number : 0;
        return fact != NULL;
    }
    if (!contract->has_value || !contract_shares(pack, contract, shares))
        return false;
    int64_t pence = contract->value.pence;
    for (guint i = 0; i < indicators->len; i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        if (rules_indicator(pack->rules, number)->due != DUE_YEAR_END)
            pence -= shares[i].pence;
    }
    *base = pence * (MICROS_PER_UNIT / 100);
    return true;
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
    return fraction_to_money(fraction_multiply(fraction_micros(contract->base), share),
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

static void
add_list(const Pack *pack, const Contract *contract, const Spell *spell, gpointer user)
{
    const ListSize *list = spell_list(pack, contract, spell);
    if (list != NULL)
        place_add(user, list->place);
}

GArray *
contract_rows(const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    GArray *places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    for (guint i = 0; i < key->spell_count; i++)
        place_add(places, contracts_spell(pack->contracts, key, i)->place);
    each_spell(pack, contract, add_list, places);
    for (guint i = 0; contract->touches_year && i < contract->scheme->indicators->len; i++) {
        guint32 number = g_array_index(contract->scheme->indicators, guint32, i);
        const Fact *factor = contract_factor(pack, contract, rules_indicator(pack->rules, number));
        if (factor != NULL)
            place_add(places, factor->place);
    }
    const Fact *base = contract_in_year_fact(pack, contract);
    if (contract->touches_year && !pack->period.is_year_end && base != NULL)
        place_add(places, base->place);
    return places;
}
