#include "pack/outside.h"

#include "pack/rules/schemes.h"
#include "pack/rules/tariffs.h"

#include "base/poison.h"

/* "from 2024-04-01 to 2025-03-31" */
static char *
span_text(Day from, Day to)
{
    g_autoptr(GString) text = g_string_new("from ");
    day_append(text, from);
    if (to != DAY_OPEN) {
        g_string_append(text, " to ");
        day_append(text, to);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
warn_of_prices(const Rules *rules, Faults *faults)
{
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, rules->year);
    const char *name = document_name(rules_document(rules, TARIFFS_TABLE.file));
    for (guint a = 0; a < rules->activities->len; a++) {
        const Activity *activity = rules_activity(rules, a);
        for (guint p = 0; p < activity->prices->len; p++) {
            const Price *price = &g_array_index(activity->prices, Price, p);
            if (price->from <= year_last_day(rules->year) &&
                price->to >= year_first_day(rules->year))
                continue;
            g_autofree char *span = span_text(price->from, price->to);
            faults_add(faults, FAULT_WARNING, name, price->line, "from",
                       "the price of %s %s does not touch the year %s", activity->code, span,
                       year->str);
        }
    }
}

/* Whether lists of that day are none of a year's: more than twelve months before 1 April, or after
 * 31 March. */
static bool
is_outside(Day list_date, int year)
{
    return list_date != DAY_NONE &&
           (list_date < year_first_day(year - 1) || list_date > year_last_day(year));
}

/* "2024-01-01 is more than twelve months before 1 April 2025" */
static char *
outside_text(Day list_date, int year)
{
    g_autoptr(GString) text = g_string_new(NULL);
    day_append(text, list_date);
    if (list_date < year_first_day(year))
        g_string_append_printf(text, " is more than twelve months before 1 April %d", year);
    else
        g_string_append_printf(text, " is after 31 March %d", year + 1);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
warn_of_schemes(const Rules *rules, Faults *faults)
{
    const char *name = document_name(rules_document(rules, SCHEMES_TABLE.file));
    for (guint s = 0; s < rules_scheme_count(rules); s++) {
        const Scheme *scheme = rules_scheme(rules, s);
        if (!is_outside(scheme->list_date, rules->year))
            continue;
        g_autofree char *text = outside_text(scheme->list_date, rules->year);
        faults_add(faults, FAULT_WARNING, name, scheme->line, "list_date", "%s", text);
    }
}

/* A date, and the spells that have it. */
typedef struct {
    Day list_date;
    guint spells;
    RowPlaceId first;
} ListDate;

/* Counts a spell to its date. */
static void
count_date(GArray *dates, const Spell *spell)
{
    for (guint i = 0; i < dates->len; i++) {
        ListDate *date = &g_array_index(dates, ListDate, i);
        if (date->list_date != spell->list_date)
            continue;
        date->spells++;
        date->first = MIN(date->first, spell->place);
        return;
    }
    ListDate date = {spell->list_date, 1, spell->place};
    g_array_append_val(dates, date);
}

static void
warn_of_spells(const InputFiles *inputs, const Contracts *contracts, int year, Faults *faults)
{
    g_autoptr(GArray) dates = g_array_new(FALSE, FALSE, sizeof(ListDate));
    for (guint i = 0; i < contracts->spells->len; i++) {
        const Spell *spell = &g_array_index(contracts->spells, Spell, i);
        if (is_outside(spell->list_date, year) && spell->from <= year_last_day(year) &&
            spell->to >= year_first_day(year))
            count_date(dates, spell);
    }
    for (guint i = 0; i < dates->len; i++) {
        const ListDate *date = &g_array_index(dates, ListDate, i);
        g_autofree char *text = outside_text(date->list_date, year);
        g_autofree char *others = date->spells == 1
                                      ? g_strdup("")
                                      : g_strdup_printf(" (and in %u more rows)", date->spells - 1);
        faults_add(faults, FAULT_WARNING, input_file(inputs, place_file(date->first))->name,
                   input_place_line(inputs, date->first),
                   input_place_column(inputs, date->first, PARTICIPATION_LIST_DATE), "%s%s", text,
                   others);
    }
}

void
outside_warn(const Rules *rules, const InputFiles *inputs, const Contracts *contracts,
             Faults *faults)
{
    warn_of_prices(rules, faults);
    warn_of_schemes(rules, faults);
    warn_of_spells(inputs, contracts, rules->year, faults);
}
