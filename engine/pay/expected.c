#include "pay/expected.h"

#include "pack/claims/cap.h"

#include "base/poison.h"

/* A contract while its counts are found. */
typedef struct {
    const Result *result;
    const Contract *contract;
    guint number;
    guint32 activity;
    int64_t counts[MONTHS_OF_YEAR]; /* of the activity */
    Fraction used[MONTHS_OF_YEAR];  /* counted and expected, by the first month of the cap */
    GArray *found;                  /* of Expected */
    bool fits;
} Finding;

/* The counts of an activity by month, from the lines of the contract. False where there is none
 * above 0. */
static bool
read_counts(Finding *finding)
{
    Month april = year_first_month(finding->result->pack->period.year);
    const Contract *contract = finding->contract;
    bool is_any = false;
    for (guint m = 0; m < MONTHS_OF_YEAR; m++)
        finding->counts[m] = 0;
    for (guint i = 0; i < contract->line_count; i++) {
        const Line *line = result_line(finding->result, contract->first_line + i);
        if (line->kind != LINE_ACTIVITY || line->rule != finding->activity)
            continue;
        finding->counts[line->month - april] += line->count / MICROS_PER_UNIT;
        is_any = true;
    }
    return is_any;
}

/* Adds what is counted up by the spans of the cap. */
static void
begin_cap(Finding *finding, const Activity *activity)
{
    guint months = span_months(activity->cap_per);
    for (guint m = 0; m < MONTHS_OF_YEAR; m++) {
        if (m % months == 0)
            finding->used[m] = fraction_whole(0);
        Fraction *used = &finding->used[m - m % months];
        *used = fraction_add(*used, fraction_whole(finding->counts[m]));
    }
}

/* The months that a month's count is expected from. */
static void
take_basis(const Finding *finding, guint month, Expected *expected)
{
    Month april = year_first_month(finding->result->pack->period.year);
    guint first = month; /* of the months that are taken */
    guint wanted = EXPECTED_BASIS;
    while (first > 0 && wanted > 0)
        wanted -= finding->counts[--first] > 0 ? 1 : 0;
    for (guint m = first; m < month; m++)
        if (finding->counts[m] > 0)
            expected->basis[expected->basis_count++] =
                (BasisMonth){april + (Month)m, finding->counts[m]};
    expected->is_after = expected->basis_count == 0;
    for (guint m = month + 1; m < MONTHS_OF_YEAR && expected->basis_count == 0; m++)
        if (finding->counts[m] > 0)
            expected->basis[expected->basis_count++] =
                (BasisMonth){april + (Month)m, finding->counts[m]};
}

/* Brings a count down to what the cap leaves, and takes it off. False where that is out of range.
 */
static bool
take_from_cap(Finding *finding, const Activity *activity, guint month, Expected *expected)
{
    const Pack *pack = finding->result->pack;
    guint span = month - month % span_months(activity->cap_per);
    int64_t allowed = cap_allows(activity, finding->contract->scheme, pack->facts,
                                 finding->contract->parties->provider,
                                 year_first_month(pack->period.year) + (Month)span);
    Fraction left = fraction_subtract(fraction_whole(MAX(allowed, 0)), finding->used[span]);
    int order;
    if (!fraction_is_valid(left) || !fraction_is_valid(expected->mean))
        return false;
    expected->left = left.num < 0 ? fraction_whole(0) : left;
    if (!fraction_compare(expected->mean, expected->left, &order))
        return false;
    expected->is_capped = order > 0;
    if (expected->is_capped)
        expected->count = expected->left;
    finding->used[span] = fraction_add(finding->used[span], expected->count);
    return true;
}

static void
add_month(Finding *finding, const Activity *activity, guint month, const Price *price)
{
    const Period *period = &finding->result->pack->period;
    Expected expected = {.contract = finding->number,
                         .activity = finding->activity,
                         .month = year_first_month(period->year) + (Month)month,
                         .price = price};
    int64_t sum = 0;
    expected.is_to_come = expected.month > period->month;
    take_basis(finding, month, &expected);
    for (guint b = 0; b < expected.basis_count; b++)
        sum += expected.basis[b].count; /* counts of lines, which fit 64 bits as millionths */
    expected.count = expected.mean = fraction_of(sum, expected.basis_count);
    if (activity_is_capped(activity) && !take_from_cap(finding, activity, month, &expected))
        finding->fits = false;
    if (expected.count.num > INT64_MAX || expected.count.den > INT64_MAX)
        finding->fits = false;
    Fraction pounds = fraction_multiply(expected.count, fraction_micros(price->price));
    if (!fraction_to_money(pounds, finding->contract->scheme->rounding, &expected.amount))
        finding->fits = false;
    g_array_append_val(finding->found, expected);
}

/* Whether a month without a count is to be expected. */
static bool
is_open(const Finding *finding, guint month)
{
    const Pack *pack = finding->result->pack;
    int claim_months = finding->contract->scheme->claim_months;
    Month at = year_first_month(pack->period.year) + (Month)month;
    if (claim_months < 0)
        claim_months = EXPECTED_CLAIM_MONTHS;
    return finding->counts[month] == 0 && at + claim_months >= pack->period.month &&
           contract_touches(pack->contracts, finding->contract->key, month_first_day(at),
                            month_last_day(at));
}

static void
add_activity(Finding *finding)
{
    const Pack *pack = finding->result->pack;
    const Activity *activity = rules_activity(pack->rules, finding->activity);
    if (!activity_is_claimed(activity) || !read_counts(finding))
        return;
    if (activity_is_capped(activity))
        begin_cap(finding, activity);
    for (guint month = 0; month < MONTHS_OF_YEAR; month++) {
        Day first = month_first_day(year_first_month(pack->period.year) + (Month)month);
        const Price *price = activity_price_on(activity, first);
        if (price != NULL && is_open(finding, month))
            add_month(finding, activity, month, price);
    }
}

GArray *
expected_find(const Result *result, Faults *faults, GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Expected));
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        const GArray *activities = contract->scheme->activities;
        Finding finding = {
            .result = result, .contract = contract, .number = i, .found = found, .fits = true};
        for (guint a = 0; contract->held == REASON_NONE && a < activities->len; a++) {
            finding.activity = g_array_index(activities, guint32, a);
            add_activity(&finding);
        }
        if (!finding.fits)
            faults_add(faults, FAULT_INPUT, NULL, 0, NULL,
                       "the contract %s/%s: what is expected of it is out of range",
                       contract->scheme->code, contract->provider->code);
    }
    return faults_pass(faults, error) ? g_steal_pointer(&found) : NULL;
}
