#include "report/figures/line_words.h"

#include "pack/rules/words.h"
#include "pay/indicator.h"
#include "pay/unclaimed.h"
#include "pay/value.h"
#include "report/figures/clause_words.h"
#include "report/figures/words.h"

#include "base/poison.h"

/* "1 patient", "1.5 patients"; a noun of "" is left out. */
static void
append_counted(GString *text, Micros count, const char *noun)
{
    const char *end = noun[0] == '\0' || count == MICROS_PER_UNIT ? "" : "s";
    g_string_append_printf(text, "%s%s%s", words_count(count).text, noun, end);
}

/* " × 183 ÷ 365 days": the part of the year that some days or months are; nothing for all of it. */
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
    ProRata pro_rata = contract->scheme->pro_rata;
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        if (pro_rata == PRO_RATA_NONE)
            g_string_truncate(text, 0); /* only the last one counts */
        g_string_append_printf(text, "%s%s", text->len > 0 ? " + " : "",
                               words_price(spell->annual_value).text);
        append_part(text, contract->scheme, spell_part_of_year(spell, pro_rata, pack->period.year));
    }
}

/* The points of a contract, its factors with them; "all" where they are no plain number. */
static void
append_points(GString *text, const Pack *pack, const Contract *contract)
{
    Fraction points =
        contract->touches_year ? contract_points(pack, contract) : contract->scheme->points;
    if (fraction_is_valid(points) && MICROS_PER_UNIT % points.den == 0)
        append_counted(text, (Micros)(points.num * (MICROS_PER_UNIT / points.den)), " point");
    else
        g_string_append(text, "all points");
    g_string_append(text, " × ");
}

/* What a whole year is worth by a list. */
static void
append_basis(GString *text, const Pack *pack, const Contract *contract, const ListSize *list)
{
    const Scheme *scheme = contract->scheme;
    bool is_per_point = scheme->basis == BASIS_PER_POINT;
    bool is_weighted = scheme->basis == BASIS_PER_WEIGHTED_PATIENT;
    if (is_per_point)
        append_points(text, pack, contract);
    g_string_append(text, words_price(scheme->value).text);
    if (list != NULL) {
        g_string_append(text, " × ");
        append_counted(text, is_weighted ? list->weighted : list->registered * MICROS_PER_UNIT,
                       is_weighted ? " weighted patient" : " patient");
    }
    if (list != NULL && is_per_point)
        g_string_append_printf(text, " ÷ %s on average", words_count(scheme->average_list).text);
}

char *
words_value(const Pack *pack, const Contract *contract)
{
    const Scheme *scheme = contract->scheme;
    const ContractKey *key = contract->parties;
    GString *text = g_string_new(NULL);
    if (scheme->basis == BASIS_ANNUAL_VALUE) {
        append_annual(text, pack, contract);
        return g_string_free(text, FALSE);
    }
    if (!contract_has_own_days(pack, contract) || scheme->pro_rata == PRO_RATA_NONE) {
        append_basis(text, pack, contract, contract_list(pack, contract));
        append_part(text, scheme, contract_part_of_year(pack, contract));
        return g_string_free(text, FALSE);
    }
    for (guint i = 0; i < key->spell_count; i++) { /* each by the list of its own day */
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        g_string_append(text, text->len > 0 ? " + " : "");
        append_basis(text, pack, contract, spell_list(pack, contract, spell));
        append_part(text, scheme, spell_part_of_year(spell, scheme->pro_rata, pack->period.year));
    }
    return g_string_free(text, FALSE);
}

static void
append_instalments(GString *text, const Result *result, const Line *line)
{
    const Contract *contract = result_contract(result, line->contract);
    Instalments count = contract_instalments(result->pack, contract, result->pack->period.month);
    g_string_append_printf(text, "%s × %s paid in the year × %u of %u instalment%s",
                           words_price(line->rate).text,
                           words_percent(fraction_micros(contract->scheme->in_year_share)).text,
                           count.due, count.all, text_plural(count.all));
}

/* What an indicator asks for: "nothing up to 40 %, all from 90 %". */
static void
append_method(GString *text, const Indicator *indicator)
{
    bool lower_is_better = indicator_is_lower_better(indicator);
    const char *all_from = lower_is_better ? "up to" : "from";
    Words target = words_threshold(indicator, indicator->target);
    switch (indicator->method) {
    case METHOD_STEPS:
        for (guint i = 0; i < indicator->steps->len; i++) {
            const Step *step = &g_array_index(indicator->steps, Step, i);
            g_string_append_printf(text, "%s%s %s %s", i == 0 ? "steps: " : ", ",
                                   words_percent(fraction_micros(step->pays)).text,
                                   indicator_steps_descend(indicator) ? "up to" : "from",
                                   words_threshold(indicator, step->reached).text);
        }
        break;
    case METHOD_SLIDING:
        g_string_append_printf(text, "nothing %s %s, all %s %s", lower_is_better ? "from" : "up to",
                               words_threshold(indicator, indicator->floor).text, all_from,
                               target.text);
        break;
    case METHOD_ALL_OR_NOTHING:
        g_string_append_printf(text, "all or nothing, %s %s", all_from, target.text);
        break;
    }
}

/* "510 ÷ (1,000 − 0), of the network". */
static void
append_counts(GString *text, const Result *result, const Contract *contract,
              const Achieved *achieved)
{
    const ContractKey *key = contract->parties;
    g_string_append_printf(text, "%s ÷ (%s − %s)", words_count(achieved->numerator).text,
                           words_count(achieved->denominator).text,
                           words_count(achieved->exceptions).text);
    if (contract->scheme->achieved_by == ACHIEVED_BY_NETWORK)
        g_string_append_printf(text, " of %u of the network", achieved->row_count);
    if (key->merged_into != CODE_NONE) {
        const ContractKey *into = contracts_key(result->pack->contracts, key->merged_into);
        g_string_append_printf(text, ", as merged into %s",
                               register_provider(result->pack->reg, into->provider)->code);
    }
}

static void
append_achievement(GString *text, const Result *result, const Line *line)
{
    const Contract *contract = result_contract(result, line->contract);
    const Indicator *indicator = rules_indicator(result->pack->rules, line->rule);
    Reached reached = indicator_reached(result->pack, contract->key, line->rule);
    if (reached.kind == REACHED_NOTHING)
        g_string_append(text, "no achievement yet");
    else
        append_counts(text, result, contract, &reached.achieved);
    if (reached.kind == REACHED_NOBODY) {
        g_string_append(text, ": ");
        if (achieved_people(&reached.achieved) == 0)
            g_string_append(text, "no patients left");
        else
            g_string_append_printf(text, "less than %s patients left",
                                   words_count(indicator->min_patients * MICROS_PER_UNIT).text);
        g_string_append_printf(text, ", which pays %s",
                               indicator->pays_without_patients ? "in full" : "nothing");
    } else if (reached.kind == REACHED_KNOWN) {
        if (reached.baseline != NULL)
            g_string_append_printf(text, ", less %s before",
                                   words_threshold(indicator, reached.baseline->number).text);
        g_string_append_printf(text, " = %s (", words_reached(indicator, reached.a).text);
        append_method(text, indicator);
        g_string_append_c(text, ')');
    }
    g_string_append_printf(text, "; pays %s of %s", words_percent(line->fraction).text,
                           words_price(line->rate).text);
    if (indicator->group[0] != '\0' && line->rate == 0)
        g_string_append_printf(text, ", as another of the group %s counts", indicator->group);
}

/* "4,550 registered patients × £0.50 × 47/91 of the quarter"; each: "£985.00" */
static void
append_unclaimed(GString *text, const Result *result, const Line *line)
{
    const Rules *rules = result->pack->rules;
    const Activity *activity = rules_activity(rules, line->rule);
    if (activity->count == COUNT_FACT)
        g_string_append_printf(text, "%s %s × ", words_count(line->count).text,
                               words_fact(rules, activity->fact));
    g_string_append(text, words_price(line->rate).text);
    if (line->fraction.num == line->fraction.den)
        return;
    g_string_append(text, " × ");
    fraction_append(text, line->fraction);
    g_string_append_printf(text, " of the %s", PER_WORDS[activity->per]);
}

static void
append_activity(GString *text, const Result *result, const Line *line)
{
    if (line->has_fraction) {
        append_unclaimed(text, result, line);
        return;
    }
    bool is_by_patient = rules_activity(result->pack->rules, line->rule)->count == COUNT_PATIENTS;
    append_counted(text, line->count, is_by_patient ? " patient" : "");
    g_string_append_printf(text, " × %s", words_price(line->rate).text);
}

char *
words_line(const Result *result, const Line *line)
{
    static void (*const APPEND[LINE_KINDS])(GString *, const Result *, const Line *) = {
        [LINE_INSTALMENT] = append_instalments,
        [LINE_INDICATOR] = append_achievement,
        [LINE_ACTIVITY] = append_activity,
    };
    if (line->kind == LINE_LIMIT)
        return clause_words(result, line);
    if (APPEND[line->kind] == NULL)
        return g_strdup(line->item);
    GString *text = g_string_new(NULL);
    APPEND[line->kind](text, result, line);
    return g_string_free(text, FALSE);
}
