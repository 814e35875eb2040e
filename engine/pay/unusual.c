#include "pay/unusual.h"

#include "base/poison.h"

/* So many other months of its own are enough to judge by. */
#define LEAST_MONTHS 3
#define NO_LIST (-1)

/* What a contract claims of an activity in a month. */
typedef struct {
    guint contract;
    guint32 activity;
    Month month;
    int64_t count, registered; /* registered: NO_LIST where none is in force */
    guint first_line, line_count;
    guint place; /* in Judging.by_rate */
} MonthCount;

typedef struct {
    Result *result;
    GArray *counts;  /* of MonthCount, in the order of the lines */
    GArray *by_rate; /* of guint: counts with a list, by activity, month and count by patient */
    guint *ends;     /* by place in by_rate: behind the last of its activity and month */
    guint *starts;   /* by place: the first of them */
} Judging;

static MonthCount *
count_at(const Judging *judging, guint number)
{
    return &g_array_index(judging->counts, MonthCount, number);
}

static MonthCount *
count_by_rate(const Judging *judging, guint place)
{
    return count_at(judging, g_array_index(judging->by_rate, guint, place));
}

/* Adds the lines of an activity up by contract and month: they stand together. */
static void
add_counts(const Judging *judging)
{
    const Result *result = judging->result;
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        if (line->kind != LINE_ACTIVITY)
            continue;
        int64_t units = line->count / MICROS_PER_UNIT; /* claims are counted in whole numbers */
        guint last = judging->counts->len;
        MonthCount *known = last == 0 ? NULL : count_at(judging, last - 1);
        if (known != NULL && known->contract == line->contract && known->activity == line->rule &&
            known->month == line->month) {
            known->count += units;
            known->line_count++;
            continue;
        }
        const ListSize *list = lists_in_force(
            result->pack->lists, result_contract(result, line->contract)->parties->provider,
            month_last_day(line->month));
        MonthCount count = {.contract = line->contract,
                            .activity = line->rule,
                            .month = line->month,
                            .count = units,
                            .registered = list == NULL ? NO_LIST : list->registered,
                            .first_line = i,
                            .line_count = 1};
        g_array_append_val(judging->counts, count);
    }
}

static int
compare_rates(gconstpointer left, gconstpointer right, gpointer user)
{
    const Judging *judging = user;
    guint one = *(const guint *)left, other = *(const guint *)right;
    const MonthCount *a = count_at(judging, one), *b = count_at(judging, other);
    if (a->activity != b->activity)
        return a->activity < b->activity ? -1 : 1;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    Int128 rate_a = (Int128)a->count * b->registered, rate_b = (Int128)b->count * a->registered;
    if (rate_a != rate_b)
        return rate_a < rate_b ? -1 : 1;
    return (one > other) - (one < other);
}

/* Sorts the counts of each activity and month by what they are for a registered patient. */
static void
sort_by_rate(Judging *judging)
{
    for (guint i = 0; i < judging->counts->len; i++)
        if (count_at(judging, i)->registered > 0)
            g_array_append_val(judging->by_rate, i);
    g_array_sort_with_data(judging->by_rate, compare_rates, judging);
    guint all = judging->by_rate->len, first = 0;
    judging->starts = g_new(guint, MAX(all, 1));
    judging->ends = g_new(guint, MAX(all, 1));
    for (guint place = 0; place < all; place++) {
        MonthCount *count = count_by_rate(judging, place), *begun = count_by_rate(judging, first);
        if (count->activity != begun->activity || count->month != begun->month)
            first = place;
        count->place = place;
        judging->starts[place] = first;
    }
    for (guint place = all; place > 0; place--)
        judging->ends[place - 1] =
            place == all || judging->starts[place] == place ? place : judging->ends[place];
}

static bool
is_above(Fraction a, Fraction b)
{
    int order;
    return fraction_is_valid(a) && fraction_is_valid(b) && fraction_compare(a, b, &order) &&
           order > 0;
}

/* What all of a count is worth: each part at its price. */
static Fraction
worth_of(const Result *result, const MonthCount *count)
{
    Fraction worth = fraction_whole(0);
    for (guint i = count->first_line; i < count->first_line + count->line_count; i++) {
        const Line *line = result_line(result, i);
        worth = fraction_add(
            worth, fraction_multiply(fraction_micros(line->count), fraction_micros(line->rate)));
    }
    return worth;
}

/* Adds a count that is above its limits. */
static void
judge(const Judging *judging, const MonthCount *count, Fraction median, bool is_by_list)
{
    Result *result = judging->result;
    const UnusualLimits *limits = &result->pack->rules->unusual;
    Fraction whole = fraction_whole(count->count);
    if (!is_above(whole, fraction_multiply(fraction_micros(limits->times), median)))
        return;
    Fraction price = fraction_divide(worth_of(result, count), whole);
    Fraction above = fraction_multiply(fraction_subtract(whole, median), price);
    Unusual unusual = {.contract = count->contract,
                       .activity = count->activity,
                       .month = count->month,
                       .count = count->count * MICROS_PER_UNIT,
                       .median = median,
                       .is_by_list = is_by_list};
    Rounding rounding = result_contract(result, count->contract)->scheme->rounding;
    if (is_above(above, fraction_micros(limits->pounds)) &&
        fraction_to_money(above, rounding, &unusual.above))
        g_array_append_val(result->unusual, unusual);
}

/* Whether a count is at most so many times the least that a median can be, least ÷ of × own: most
 * are, and need no fractions. */
static bool
is_usual(const Judging *judging, int64_t count, int64_t least, int64_t of, int64_t own)
{
    Int128 claimed, allowed, times = judging->result->pack->rules->unusual.times;
    return !__builtin_mul_overflow((Int128)count * of, MICROS_PER_UNIT, &claimed) &&
           !__builtin_mul_overflow(times * least, own, &allowed) && claimed <= allowed;
}

static int
compare_numbers(gconstpointer left, gconstpointer right)
{
    const int64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The median of some numbers in order is half the sum of these two places. */
static guint
lower_middle(guint count)
{
    return (count - 1) / 2;
}

static guint
upper_middle(guint count)
{
    return count / 2;
}

/* Judges a count by the contract's other months; false where they are too few. first … end − 1 are
 * the counts of its activity. */
static bool
judge_by_months(const Judging *judging, guint number, guint first, guint end)
{
    const MonthCount *own = count_at(judging, number);
    int64_t others[MONTHS_OF_YEAR];
    guint count = 0;
    for (guint i = first; i < end; i++)
        if (i != number)
            others[count++] = count_at(judging, i)->count;
    if (count < LEAST_MONTHS)
        return false;
    qsort(others, count, sizeof others[0], compare_numbers);
    int64_t low = others[lower_middle(count)], high = others[upper_middle(count)];
    if (!is_usual(judging, own->count, low, 1, 1))
        judge(judging, own, fraction_of((Int128)low + high, 2), false);
    return true;
}

/* The places of by_rate where counts of an activity and month stand: that of any provider with a
 * list. False where there is none. */
static bool
find_others(const Judging *judging, const MonthCount *own, guint *start, guint *end)
{
    guint low = 0, high = judging->by_rate->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const MonthCount *at = count_by_rate(judging, middle);
        if (at->activity < own->activity ||
            (at->activity == own->activity && at->month < own->month))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == judging->by_rate->len)
        return false;
    const MonthCount *found = count_by_rate(judging, low);
    *start = low;
    *end = judging->ends[low];
    return found->activity == own->activity && found->month == own->month;
}

/* One of the other providers, by what they claim for a patient. */
static const MonthCount *
other_at(const Judging *judging, const MonthCount *own, guint start, guint number)
{
    bool is_behind = own->registered > 0 && start + number >= own->place;
    return count_by_rate(judging, start + number + (is_behind ? 1 : 0));
}

/* Judges a count by the median of what the other providers claim for a patient, times the own
 * list. */
static void
judge_by_list(const Judging *judging, const MonthCount *own)
{
    guint start, end;
    if (own->registered == NO_LIST || !find_others(judging, own, &start, &end))
        return;
    guint count = end - start - (own->registered > 0 ? 1 : 0);
    if (count == 0)
        return;
    const MonthCount *low = other_at(judging, own, start, lower_middle(count));
    const MonthCount *high = other_at(judging, own, start, upper_middle(count));
    if (is_usual(judging, own->count, low->count, low->registered, own->registered))
        return;
    Fraction sum = fraction_add(fraction_of(low->count, low->registered),
                                fraction_of(high->count, high->registered));
    judge(judging, own, fraction_multiply(sum, fraction_of(own->registered, 2)), true);
}

/* Judges the counts of one activity of a contract: first … end − 1. */
static void
judge_activity(const Judging *judging, guint first, guint end)
{
    for (guint i = first; i < end; i++)
        if (!judge_by_months(judging, i, first, end))
            judge_by_list(judging, count_at(judging, i));
}

void
unusual_find(Result *result)
{
    Judging judging = {.result = result,
                       .counts = g_array_new(FALSE, FALSE, sizeof(MonthCount)),
                       .by_rate = g_array_new(FALSE, FALSE, sizeof(guint))};
    add_counts(&judging);
    sort_by_rate(&judging);
    for (guint first = 0, end; first < judging.counts->len; first = end) {
        const MonthCount *begun = count_at(&judging, first);
        for (end = first + 1; end < judging.counts->len; end++) {
            const MonthCount *other = count_at(&judging, end);
            if (other->contract != begun->contract || other->activity != begun->activity)
                break;
        }
        judge_activity(&judging, first, end);
    }
    g_array_unref(judging.counts);
    g_array_unref(judging.by_rate);
    g_free(judging.starts);
    g_free(judging.ends);
}
