#include "pay/indicator.h"

#include "pay/value.h"

#include "base/poison.h"

/* Whether a reaches a threshold, exactly: 79.995 % is not 80 %. */
static bool
reaches(Fraction a, Micros threshold, bool lower_is_better, bool *is_valid)
{
    int order;
    if (!fraction_compare(a, fraction_micros(threshold), &order)) {
        *is_valid = false;
        return false;
    }
    return lower_is_better ? order <= 0 : order >= 0;
}

/* (a − floor) ÷ (target − floor), kept within 0 and 1. */
static Fraction
slide(const Indicator *indicator, Fraction a)
{
    Fraction from_floor = fraction_subtract(a, fraction_micros(indicator->floor));
    Fraction f = fraction_divide(
        from_floor, fraction_of(indicator->target - indicator->floor, MICROS_PER_UNIT));
    if (!fraction_is_valid(f))
        return f;
    if (f.num <= 0)
        return fraction_whole(0);
    return f.num >= f.den ? fraction_whole(1) : f;
}

/* The fraction of the last step reached; before the first, 0. Steps that descend are reached from
 * above. */
static Fraction
climb(const Indicator *indicator, Fraction a, bool *is_valid)
{
    Fraction f = fraction_whole(0);
    bool descends = indicator_steps_descend(indicator);
    for (guint i = 0; i < indicator->steps->len; i++) {
        const Step *step = &g_array_index(indicator->steps, Step, i);
        if (reaches(a, step->reached, descends, is_valid))
            f = fraction_micros(step->pays);
    }
    return f;
}

Fraction
indicator_fraction(const Indicator *indicator, const Reached *reached)
{
    if (reached->kind != REACHED_KNOWN)
        return fraction_whole(
            reached->kind == REACHED_NOBODY && indicator->pays_without_patients ? 1 : 0);
    if (!fraction_is_valid(reached->a))
        return reached->a;
    if (indicator->method == METHOD_SLIDING)
        return slide(indicator, reached->a);
    bool is_valid = true;
    bool lower_is_better = indicator_is_lower_better(indicator);
    Fraction f =
        indicator->method == METHOD_STEPS
            ? climb(indicator, reached->a, &is_valid)
            : fraction_whole(
                  reaches(reached->a, indicator->target, lower_is_better, &is_valid) ? 1 : 0);
    return is_valid ? f : (Fraction){0, 0};
}

/* Whether an indicator is due by a month of the year. */
static bool
is_due_in_year(const Indicator *indicator, const Reached *reached, Month by)
{
    if (indicator->due == DUE_WHEN_MET)
        return reached->kind != REACHED_NOTHING && day_month(reached->achieved.as_at) <= by;
    return indicator->due == DUE_MONTH && indicator->due_month <= by;
}

/* Whether it is paid by a month: at year-end all are. */
static bool
is_due_by(const Pack *pack, const Indicator *indicator, const Reached *reached, Month by)
{
    return pack->period.is_year_end || is_due_in_year(indicator, reached, by);
}

bool
indicator_is_given(const Pack *pack, const Indicator *indicator, const Reached *reached,
                   bool *is_full)
{
    const Assumed *assumed = pack->assumed;
    if (assumed == NULL || assumed->year_end == YEAR_END_REPORTED)
        return false;
    *is_full = assumed->year_end == YEAR_END_HIGHEST;
    return *is_full || !is_due_in_year(indicator, reached, assumed->by);
}

/* The highest fraction that the method of an indicator can pay. */
static Fraction
highest_fraction(const Indicator *indicator)
{
    Micros highest = 0;
    if (indicator->method != METHOD_STEPS)
        return fraction_whole(1);
    for (guint i = 0; i < indicator->steps->len; i++)
        highest = MAX(highest, g_array_index(indicator->steps, Step, i).pays);
    return fraction_micros(highest);
}

Fraction
indicator_counts_as(const Pack *pack, const Indicator *indicator, const Reached *reached)
{
    bool is_full;
    if (!indicator_is_given(pack, indicator, reached, &is_full))
        return indicator_fraction(indicator, reached);
    return is_full ? highest_fraction(indicator) : fraction_whole(0);
}

bool
indicator_is_due(const Pack *pack, const Contract *contract, guint32 indicator, Month by)
{
    Reached reached = indicator_reached(pack, contract->key, indicator);
    return is_due_by(pack, rules_indicator(pack->rules, indicator), &reached, by);
}

/* The place of the first indicator of a group among those of its scheme, for one of the group. */
static guint
head_place(const Rules *rules, const Scheme *scheme, guint place)
{
    guint32 number = g_array_index(scheme->indicators, guint32, place);
    guint32 head = rules_indicator(rules, number)->group_head;
    for (guint i = 0; head != number && i < place; i++)
        if (g_array_index(scheme->indicators, guint32, i) == head)
            return i;
    return place;
}

/* Gives the share of each group to the best of its indicators that are due; of equal ones to the
 * first. False where fractions cannot be compared. */
static bool
choose_best(const Rules *rules, const Scheme *scheme, const Money *shares,
            IndicatorEarning *earnings)
{
    guint count = scheme->indicators->len;
    g_autofree guint *best = g_new(guint, count); /* by the first of the group; count: none yet */
    for (guint i = 0; i < count; i++)
        best[i] = count;
    for (guint i = 0; i < count; i++) {
        guint head = head_place(rules, scheme, i);
        int order = 1;
        if (!earnings[i].is_due)
            continue;
        if (!fraction_is_valid(earnings[i].fraction))
            return false;
        if (best[head] < count &&
            !fraction_compare(earnings[i].fraction, earnings[best[head]].fraction, &order))
            return false;
        if (order > 0)
            best[head] = i;
    }
    for (guint head = 0; head < count; head++)
        if (best[head] < count)
            earnings[best[head]].share = shares[head];
    return true;
}

bool
indicators_earn(const Pack *pack, const Contract *contract, Month by, IndicatorEarning *earnings)
{
    const Scheme *scheme = contract->scheme;
    guint count = scheme->indicators->len;
    g_autofree Money *shares = g_new0(Money, count);
    bool is_any_due = false;
    for (guint i = 0; i < count; i++) {
        guint32 number = g_array_index(scheme->indicators, guint32, i);
        const Indicator *rule = rules_indicator(pack->rules, number);
        IndicatorEarning *earning = &earnings[i];
        *earning = (IndicatorEarning){.fraction = fraction_whole(0)};
        if (!contract->touches_year || (!pack->period.is_year_end && rule->due == DUE_YEAR_END))
            continue;
        Reached reached = indicator_reached(pack, contract->key, number);
        if (!is_due_by(pack, rule, &reached, by))
            continue;
        is_any_due = earning->is_due = true;
        earning->reached = reached;
        earning->fraction = indicator_counts_as(pack, rule, &reached);
    }
    if (!is_any_due)
        return true;
    if (!contract_shares(pack, contract, shares) ||
        !choose_best(pack->rules, scheme, shares, earnings))
        return false;
    for (guint i = 0; i < count; i++)
        if (!fraction_to_money(
                fraction_multiply(fraction_money(earnings[i].share), earnings[i].fraction),
                scheme->rounding, &earnings[i].amount))
            return false;
    return true;
}

bool
indicators_earned(const Pack *pack, const Contract *contract, Month by, Money *amount)
{
    guint count = contract->scheme->indicators->len;
    g_autofree IndicatorEarning *earnings = g_new0(IndicatorEarning, count);
    Money sum = {0};
    if (!indicators_earn(pack, contract, by, earnings))
        return false;
    for (guint i = 0; i < count; i++)
        if (!money_add(sum, earnings[i].amount, &sum))
            return false;
    *amount = sum;
    return true;
}

GArray *
indicator_rows(const Pack *pack, const Contract *contract, guint32 indicator)
{
    Reached reached = indicator_reached(pack, contract->key, indicator);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    if (reached.kind != REACHED_NOTHING)
        g_array_append_vals(places, reached.achieved.places, reached.achieved.row_count);
    if (reached.baseline != NULL)
        g_array_append_val(places, reached.baseline->place);
    return places;
}
