#include "pay/unbuilt.h"

#include "base/poison.h"

/* Whether a scheme, an indicator or an activity has what is not worked out yet. */
typedef struct {
    const char *what;
    bool (*is_of_scheme)(const Scheme *scheme);
    bool (*is_of_indicator)(const Indicator *indicator);
    bool (*is_of_activity)(const Activity *activity);
} Unbuilt;

/* The clauses that are worked out. */
static const bool IS_BUILT[LIMIT_COUNT] = {
    [LIMIT_LESS] = true,
    [LIMIT_ON_ACCOUNT] = true,
    [LIMIT_AT_MOST] = true,
    [LIMIT_AT_LEAST] = true,
};

static bool
has_clauses(const Rules *rules, const Scheme *scheme)
{
    for (guint i = 0; i < scheme->clauses->len; i++)
        if (!IS_BUILT[rules_clause(rules, g_array_index(scheme->clauses, guint32, i))->limit])
            return true;
    return false;
}

static bool
has_in_year_of(const Scheme *scheme)
{
    return scheme->in_year_of != CODE_NONE;
}

static bool
is_of_network(const Scheme *scheme)
{
    return scheme->achieved_by == ACHIEVED_BY_NETWORK;
}

static bool
has_min_patients(const Indicator *indicator)
{
    return indicator->min_patients > 0;
}

static bool
has_against(const Indicator *indicator)
{
    return indicator->against != CODE_NONE;
}

static bool
is_grouped(const Indicator *indicator)
{
    return indicator->group[0] != '\0';
}

static bool
is_due(const Indicator *indicator)
{
    return indicator->due != DUE_YEAR_END;
}

static bool
has_factor(const Indicator *indicator)
{
    return indicator->factor != CODE_NONE;
}

static bool
is_rate(const Indicator *indicator)
{
    return indicator->unit == UNIT_RATE;
}

static bool
has_new_steps(const Indicator *indicator)
{
    if (indicator_steps_descend(indicator))
        return true;
    for (guint i = 0; i < indicator->steps->len; i++)
        if (g_array_index(indicator->steps, Step, i).pays > MICROS_PER_UNIT)
            return true;
    return false;
}

static bool
is_unclaimed(const Activity *activity)
{
    return !activity_is_claimed(activity);
}

static bool
has_new_span(const Activity *activity)
{
    return activity->per == PER_HALF_YEAR || activity->per == PER_EPISODE;
}

static bool
has_new_cap(const Activity *activity)
{
    return activity->cap_of != CODE_NONE || activity->cap_per != PER_YEAR;
}

static bool
is_in_group(const Activity *activity)
{
    return activity->group[0] != '\0';
}

static const Unbuilt UNBUILT[] = {
    {"in_year_of", has_in_year_of, NULL, NULL},
    {"achieved_by network", is_of_network, NULL, NULL},
    {"min_patients", NULL, has_min_patients, NULL},
    {"against", NULL, has_against, NULL},
    {"a group of indicators", NULL, is_grouped, NULL},
    {"due", NULL, is_due, NULL},
    {"factor", NULL, has_factor, NULL},
    {"the unit rate", NULL, is_rate, NULL},
    {"steps that descend or pay more than 1", NULL, has_new_steps, NULL},
    {"a tariff that counts each or a fact", NULL, NULL, is_unclaimed},
    {"per half-year or episode", NULL, NULL, has_new_span},
    {"cap_of or cap_per", NULL, NULL, has_new_cap},
    {"a group of activities", NULL, NULL, is_in_group},
};

static bool
scheme_has(const Rules *rules, const Scheme *scheme, const Unbuilt *unbuilt)
{
    if (unbuilt->is_of_scheme != NULL && unbuilt->is_of_scheme(scheme))
        return true;
    for (guint i = 0; unbuilt->is_of_indicator != NULL && i < scheme->indicators->len; i++)
        if (unbuilt->is_of_indicator(
                rules_indicator(rules, g_array_index(scheme->indicators, guint32, i))))
            return true;
    for (guint i = 0; unbuilt->is_of_activity != NULL && i < scheme->activities->len; i++)
        if (unbuilt->is_of_activity(
                rules_activity(rules, g_array_index(scheme->activities, guint32, i))))
            return true;
    return false;
}

static void
refuse_row(const Pack *pack, RowPlaceId place, const char *column, const char *what, Faults *faults)
{
    faults_add(faults, FAULT_INPUT, input_file(pack->inputs, place_file(place))->name,
               input_place_line(pack->inputs, place), column,
               "this version does not work %s out yet", what);
}

static void
refuse_spells(const Pack *pack, Faults *faults)
{
    for (guint i = 0; i < pack->contracts->spells->len; i++) {
        const Spell *spell = &g_array_index(pack->contracts->spells, Spell, i);
        if (spell->list_date != DAY_NONE)
            refuse_row(pack, spell->place, "list_date", "the day of a spell", faults);
        if (spell->merged_into != CODE_NONE)
            refuse_row(pack, spell->place, "merged_into", "mergers", faults);
    }
}

void
unbuilt_refuse(const Pack *pack, Faults *faults)
{
    for (guint s = 0; s < rules_scheme_count(pack->rules); s++)
        for (guint u = 0; u < G_N_ELEMENTS(UNBUILT); u++)
            if (scheme_has(pack->rules, rules_scheme(pack->rules, s), &UNBUILT[u]))
                faults_add(faults, FAULT_RULES, NULL, 0, NULL,
                           "the scheme %s has %s, which this version does not work out yet",
                           rules_scheme(pack->rules, s)->code, UNBUILT[u].what);
    for (guint s = 0; s < rules_scheme_count(pack->rules); s++)
        if (has_clauses(pack->rules, rules_scheme(pack->rules, s)))
            faults_add(
                faults, FAULT_RULES, NULL, 0, NULL,
                "the scheme %s has clauses with tests, times or pots, which this version does "
                "not work out yet",
                rules_scheme(pack->rules, s)->code);
    refuse_spells(pack, faults);
}
