#include "pay/unbuilt.h"

#include "base/poison.h"

/* Whether a scheme or an activity has what is not worked out yet. */
typedef struct {
    const char *what;
    bool (*is_of_scheme)(const Scheme *scheme);
    bool (*is_of_activity)(const Activity *activity);
} Unbuilt;

static bool
has_clauses(const Scheme *scheme)
{
    return scheme->clauses->len > 0;
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
    {"clauses of limits.csv", has_clauses, NULL},
    {"a tariff that counts each or a fact", NULL, is_unclaimed},
    {"per half-year or episode", NULL, has_new_span},
    {"cap_of or cap_per", NULL, has_new_cap},
    {"a group of activities", NULL, is_in_group},
};

static bool
scheme_has(const Rules *rules, const Scheme *scheme, const Unbuilt *unbuilt)
{
    if (unbuilt->is_of_scheme != NULL && unbuilt->is_of_scheme(scheme))
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
refuse_decisions(const Pack *pack, const GArray *decisions, const char *what, Faults *faults)
{
    for (guint i = 0; i < decisions->len; i++)
        refuse_row(pack, g_array_index(decisions, Decision, i).place, NULL, what, faults);
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
    refuse_decisions(pack, pack->decisions->holds, "holds", faults);
    refuse_decisions(pack, pack->decisions->recoveries, "recoveries", faults);
}
