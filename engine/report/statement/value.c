/* The words of an achievement contract's value, and of what it pays: inputs, formula, result. */
#include "pay/value.h"
#include "report/statement/words.h"
#include "report/figures/wording.h"

#include "base/poison.h"

void
append_price(GString *text, Micros price)
{
    const Micros micros_per_penny = MICROS_PER_UNIT / 100;
    if (price % micros_per_penny == 0) {
        money_append_pounds(text, (Money){price / micros_per_penny});
        return;
    }
    g_string_append(text, "£");
    micros_append_rate(text, price);
}

/* "8,020": a count for people. */
static void
append_count(GString *text, Micros count)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    micros_append_count(plain, count);
    gsize whole = 0;
    while (g_ascii_isdigit(plain->str[whole]))
        whole++;
    for (gsize i = 0; i < plain->len; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            g_string_append_c(text, ',');
        g_string_append_c(text, plain->str[i]);
    }
}

static void
append_whole(GString *text, int64_t number)
{
    append_count(text, number * MICROS_PER_UNIT);
}

/* "97.83 %": rounded for the reader; nothing is worked out from it. */
static void
append_percent(GString *text, Fraction part)
{
    Money hundredths;
    if (!fraction_to_money(fraction_multiply(part, fraction_whole(100)), ROUND_HALF_UP,
                           &hundredths))
        return;
    money_append(text, hundredths);
    if (g_str_has_suffix(text->str, ".00"))
        g_string_truncate(text, text->len - 3);
    g_string_append(text, " %");
}

/* " × 183 ÷ 365 days": the part of the year some days or months are; nothing for all of it. */
static void
append_part(GString *text, const Scheme *scheme, YearPart part)
{
    if (part.counted < part.whole)
        g_string_append_printf(text, " × %d ÷ %d %s", part.counted, part.whole,
                               scheme->pro_rata == PRO_RATA_DAYS ? "days" : "months");
}

/* "£12,000.00 × 183 ÷ 365 days + £14,000.00 × 182 ÷ 365 days", as the spells say. */
static void
append_annual(GString *text, const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    gsize before = text->len;
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        if (contract->scheme->pro_rata == PRO_RATA_NONE)
            g_string_truncate(text, before); /* the last alone counts */
        else if (text->len > before)
            g_string_append(text, " + ");
        append_price(text, spell->annual_value);
        append_part(text, contract->scheme,
                    spell_part_of_year(spell, contract->scheme->pro_rata, pack->period.year));
    }
}

/* "200 points × £187.63 × 8,020 patients ÷ 7,985 on average × 183 ÷ 365 days" */
static void
append_basis(GString *text, const Pack *pack, const Contract *contract)
{
    const Scheme *scheme = contract->scheme;
    const ListSize *list = contract_list(pack, contract);
    if (scheme->basis == BASIS_PER_POINT && scheme->points.den == 1) {
        append_whole(text, (int64_t)scheme->points.num);
        g_string_append(text, " points × ");
    } else if (scheme->basis == BASIS_PER_POINT) {
        g_string_append(text, "all points × ");
    }
    append_price(text, scheme->value);
    if (list != NULL && scheme->basis == BASIS_PER_WEIGHTED_PATIENT) {
        g_string_append(text, " × ");
        append_count(text, list->weighted);
        g_string_append(text, " weighted patients");
    } else if (list != NULL) {
        g_string_append(text, " × ");
        append_whole(text, list->registered);
        g_string_append(text, " patients");
    }
    if (list != NULL && scheme->basis == BASIS_PER_POINT) {
        g_string_append(text, " ÷ ");
        append_count(text, scheme->average_list);
        g_string_append(text, " on average");
    }
    append_part(text, scheme, contract_part_of_year(pack, contract));
}

void
append_value(GString *text, const Pack *pack, const Contract *contract)
{
    g_autoptr(GString) value = g_string_new(NULL);
    money_append_pounds(value, contract->value);
    if (contract->scheme->basis == BASIS_ANNUAL_VALUE)
        append_annual(text, pack, contract);
    else
        append_basis(text, pack, contract);
    if (g_str_equal(text->str, value->str))
        g_string_append(text, ", as agreed");
    else
        g_string_append_printf(text, "%s%s", text->len > 0 ? " = " : "", value->str);
}

void
append_instalments(GString *text, const Pack *pack, const Contract *contract, const Line *line)
{
    Instalments count = contract_instalments(pack, contract, pack->period.month);
    append_price(text, line->rate);
    g_string_append(text, " × ");
    append_percent(text, fraction_micros(contract->scheme->in_year_share));
    g_string_append_printf(text, " paid in the year × %u of %u instalment%s = ", count.due,
                           count.all, count.all == 1 ? "" : "s");
    money_append_pounds(text, line->amount);
}

/* What an indicator asks for, in words. */
static void
append_method(GString *text, const Indicator *indicator)
{
    Fraction target = fraction_micros(indicator->target), floor = fraction_micros(indicator->floor);
    bool lower_is_better = indicator_is_lower_better(indicator);
    if (indicator->method == METHOD_STEPS) {
        g_string_append(text, "steps:");
        for (guint i = 0; i < indicator->steps->len; i++) {
            const Step *step = &g_array_index(indicator->steps, Step, i);
            g_string_append(text, i == 0 ? " " : ", ");
            append_percent(text, fraction_micros(step->pays));
            g_string_append(text, " from ");
            append_percent(text, fraction_micros(step->reached));
        }
        return;
    }
    if (indicator->method == METHOD_SLIDING) {
        g_string_append(text, lower_is_better ? "nothing from " : "nothing up to ");
        append_percent(text, floor);
        g_string_append(text, ", all ");
    } else {
        g_string_append(text, "all or nothing, ");
    }
    g_string_append(text, lower_is_better ? "up to " : "from ");
    append_percent(text, target);
}

void
append_achievement(GString *text, const Pack *pack, const Contract *contract, const Line *line)
{
    const ContractKey *key = contract->parties;
    const Indicator *indicator = rules_indicator(pack->rules, line->rule);
    const AchievementRow *achieved =
        achievements_find(pack->achievements, key->scheme, key->provider, line->rule);
    Micros patients = achieved->denominator - achieved->exceptions;
    append_count(text, achieved->numerator);
    g_string_append(text, " ÷ (");
    append_count(text, achieved->denominator);
    g_string_append(text, " − ");
    append_count(text, achieved->exceptions);
    g_string_append_c(text, ')');
    if (patients == 0) {
        g_string_append_printf(text, ": no patients left, which pays %s",
                               indicator->pays_without_patients ? "in full" : "nothing");
    } else {
        g_string_append(text, " = ");
        append_percent(text, fraction_of(achieved->numerator, patients));
        g_string_append(text, " (");
        append_method(text, indicator);
        g_string_append_c(text, ')');
    }
    g_string_append(text, "; pays ");
    append_percent(text, line->fraction);
    g_string_append(text, " of ");
    append_price(text, line->rate);
    g_string_append(text, " = ");
    money_append_pounds(text, line->amount);
}

void
append_activity(GString *text, const Pack *pack, const Line *line)
{
    bool is_by_patient = rules_activity(pack->rules, line->rule)->count == COUNT_PATIENTS;
    append_count(text, line->count);
    g_string_append(text, !is_by_patient                   ? " × "
                          : line->count == MICROS_PER_UNIT ? " patient × "
                                                           : " patients × ");
    append_price(text, line->rate);
}
