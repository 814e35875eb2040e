/* How the value of an achievement contract came about. */
#include "report/screen/explained.h"

#include "pay/value.h"

#include "base/poison.h"

static const char *const ROUNDING_WORDS[] = {
    [ROUND_HALF_UP] = "rounded to the penny, halves away from zero",
    [ROUND_HALF_EVEN] = "rounded to the penny, halves to the even one",
    [ROUND_DOWN] = "rounded down to the penny",
};

/* "200 points × £187.63 × 8,020 registered ÷ 7,985 on average" */
static void
append_basis(GString *how, const Scheme *scheme, const ListSize *list)
{
    g_autofree char *value = price_text(scheme->value);
    if (scheme->basis == BASIS_PER_POINT) {
        g_autofree char *average = count_text(scheme->average_list);
        Fraction points = scheme->points;
        if (points.den == 1)
            g_string_append_printf(how, "%" G_GINT64_FORMAT " points", (gint64)points.num);
        else
            g_string_append(how, "all points");
        g_string_append_printf(how, " × %s", value);
        if (list != NULL)
            g_string_append_printf(how, " × %" G_GINT64_FORMAT " registered ÷ %s on average",
                                   list->registered, average);
    } else if (list != NULL && scheme->basis == BASIS_PER_WEIGHTED_PATIENT) {
        g_autofree char *weighted = count_text(list->weighted);
        g_string_append_printf(how, "%s × %s weighted patients", value, weighted);
    } else if (list != NULL) {
        g_string_append_printf(how, "%s × %" G_GINT64_FORMAT " registered patients", value,
                               list->registered);
    }
    if (list != NULL) {
        g_string_append(how, " (list as at ");
        day_append(how, list->as_at);
        g_string_append(how, ", in force on ");
        day_append(how, scheme->list_date);
        g_string_append_c(how, ')');
    }
}

/* ", 183 of 365 days" for one spell. */
static void
append_part(GString *how, const Pack *pack, const Scheme *scheme, const Spell *spell)
{
    YearPart part = spell_part_of_year(spell, scheme->pro_rata, pack->period.year);
    if (scheme->pro_rata != PRO_RATA_NONE)
        g_string_append_printf(how, ", %d of %d %s", part.counted, part.whole,
                               scheme->pro_rata == PRO_RATA_DAYS ? "days" : "months");
}

/* The spells that touch the year, with their annual values and parts of it. */
static void
append_spells(GString *how, const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    const Scheme *scheme = contract->scheme;
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        g_string_append(how, how->len > 0 ? "; from " : "from ");
        day_append(how, spell->from);
        if (spell->to != DAY_OPEN) {
            g_string_append(how, " to ");
            day_append(how, spell->to);
        }
        if (scheme->basis == BASIS_ANNUAL_VALUE) {
            g_autofree char *annual = price_text(spell->annual_value);
            g_string_append_printf(how, ", %s a year", annual);
        }
        append_part(how, pack, scheme, spell);
    }
}

void
explain_value(const Explaining *explaining, const Contract *contract, GPtrArray *steps)
{
    const Pack *pack = explaining->result->pack;
    const Scheme *scheme = contract->scheme;
    if (scheme->payment != PAYMENT_ACHIEVEMENT)
        return;
    const ContractKey *key = contract->parties;
    GString *spells = g_string_new(NULL);
    append_spells(spells, pack, contract);
    if (spells->len == 0)
        g_string_append(spells, "none of the financial year");
    ExplainedStep *part = step_add(steps, g_strdup("participation"), g_string_free(spells, FALSE));
    for (guint i = 0; i < key->spell_count; i++)
        step_row(explaining, part, contracts_spell(pack->contracts, key, i)->place);
    const ListSize *list = contract_list(pack, contract);
    GString *how = g_string_new(NULL);
    if (!contract->has_value)
        g_string_append(how, "not known: the list size it needs is missing");
    else
        append_basis(how, scheme, list);
    if (contract->has_value) {
        g_string_append(how, how->len > 0 ? ", for " : "for ");
        g_string_append_printf(how, "the participation above; %s",
                               ROUNDING_WORDS[scheme->rounding]);
    }
    ExplainedStep *value = step_add(steps, g_strdup("contract value"), g_string_free(how, FALSE));
    step_rule(value, "schemes.csv", scheme->line, scheme->source);
    if (contract->has_value)
        step_amount(value, contract->value);
    if (list != NULL)
        step_row(explaining, value, list->place);
}
