#include "pay/forecast.h"

#include "pay/indicator.h"
#include "pay/value.h"
#include "pay/work_out.h"

#include "base/poison.h"

/* The results of the views: by March, and at the year-end in each case. */
typedef struct {
    Result *march, *year_end[YEAR_END_CASES];
} Views;

static void
views_clear(Views *views)
{
    result_free(views->march);
    for (guint c = 0; c < YEAR_END_CASES; c++)
        result_free(views->year_end[c]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Views, views_clear)

/* What the views take as given; counts and held are the caller's. */
static void
assume(const Forecast *forecast, GArray *counts, Reason *held)
{
    Month april = year_first_month(forecast->run->pack->period.year);
    for (guint i = 0; i < forecast->expected->len; i++) {
        const Expected *expected = forecast_expected(forecast, i);
        ExpectedCount count = {result_contract(forecast->run, expected->contract)->key,
                               expected->activity, (guint8)(expected->month - april),
                               expected->count, expected->price};
        if (count.count.num > 0)
            g_array_append_val(counts, count);
    }
    for (guint i = 0; i < forecast->run->contracts->len; i++) {
        const Contract *contract = result_contract(forecast->run, i);
        held[contract->key] = contract->held;
    }
}

/* Works a view of the run's pack out. */
static Result *
view(const Pack *pack, const Period *period, const Assumed *assumed, Faults *faults, GError **error)
{
    Pack seen = *pack;
    seen.period = *period;
    seen.assumed = assumed;
    Result *result = work_out_pack(&seen, faults, error);
    if (result != NULL)
        result->pack = pack; /* the view ends here */
    return result;
}

/* Works out all views. A run of the year-end has March behind it: its own period stands for both.
 */
static bool
work_views_out(const Forecast *forecast, Views *views, Faults *faults, GError **error)
{
    const Pack *pack = forecast->run->pack;
    Period year_end = period_of_year_end(pack->period.year, 0);
    Period march = period_of_month(year_first_month(pack->period.year) + MONTHS_OF_YEAR - 1);
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(ExpectedCount));
    g_autofree Reason *held = g_new0(Reason, MAX(contracts_count(pack->contracts), 1));
    assume(forecast, counts, held);
    Assumed assumed = {.by = pack->period.month, .counts = counts, .held = held};
    if (pack->period.is_year_end)
        march = year_end = pack->period;
    views->march = view(pack, &march, &assumed, faults, error);
    for (guint c = 0; views->march != NULL && c < YEAR_END_CASES; c++) {
        assumed.year_end = c;
        views->year_end[c] = view(pack, &year_end, &assumed, faults, error);
        if (views->year_end[c] == NULL)
            return false;
    }
    return views->march != NULL;
}

/* The month of the year, from 0, that a line belongs to, for an indicator that in which it was due.
 */
static guint
month_of_line(const Pack *pack, const Contract *contract, const Line *line, Month last)
{
    Month april = year_first_month(pack->period.year);
    Month month = line->month;
    if (line->kind == LINE_INDICATOR) {
        const Indicator *indicator = rules_indicator(pack->rules, line->rule);
        Reached reached = indicator_reached(pack, contract->key, line->rule);
        if (indicator->due == DUE_MONTH)
            month = indicator->due_month;
        else if (indicator->due == DUE_WHEN_MET && reached.kind != REACHED_NOTHING)
            month = MAX(day_month(reached.achieved.as_at), april);
    }
    return (guint)((month == MONTH_NONE ? last : MIN(month, last)) - april);
}

/* The months of a scheme or of all, while the lines of a result are added to them. */
typedef struct {
    const Result *result;
    Month last; /* that a line can belong to */
    Sum *months;
} Spreading;

/* What the instalments add month by month. False where that is out of range. */
static bool
spread_instalments(const Spreading *spreading, const Contract *contract)
{
    const Pack *pack = spreading->result->pack;
    Month april = year_first_month(pack->period.year);
    for (Month month = april; month <= spreading->last; month++) {
        Money added;
        if (!instalments_added(pack, contract, month, &added))
            return false;
        sum_add(&spreading->months[month - april], added);
    }
    return true;
}

/* Adds the lines of a contract to the months they belong to. */
static bool
spread_contract(const Spreading *spreading, const Contract *contract)
{
    const Pack *pack = spreading->result->pack;
    for (guint i = 0; i < contract->line_count; i++) {
        const Line *line = result_line(spreading->result, contract->first_line + i);
        if (line->kind == LINE_INSTALMENT) {
            if (!spread_instalments(spreading, contract))
                return false;
            continue;
        }
        sum_add(&spreading->months[month_of_line(pack, contract, line, spreading->last)],
                line->amount);
    }
    return true;
}

/* The next contract of a result, where it is that of the number in the pack; moves behind it. */
static const Contract *
take_contract(const Result *result, guint *at, guint32 key)
{
    if (*at >= result->contracts->len || result_contract(result, *at)->key != key)
        return NULL;
    return result_contract(result, (*at)++);
}

/* The contracts one after the other, as they stand in the run and in each view. */
typedef struct {
    Forecast *forecast;
    const Views *views;
    guint at_run, at_march, at_year_end[YEAR_END_CASES], at_expected;
    Sum actual[MONTHS_OF_YEAR], march[MONTHS_OF_YEAR]; /* of the scheme at hand */
    bool fits;
} Joining;

static void
note_held(ForecastContract *row, const Contract *contract)
{
    if (row->held == REASON_NONE && contract != NULL)
        row->held = contract->held;
}

/* Adds the lines that are expected of a contract to its row, and to the months of its scheme. */
static void
join_expected(Joining *joining, ForecastContract *row, ForecastScheme *scheme)
{
    const Forecast *forecast = joining->forecast;
    Month april = year_first_month(forecast->run->pack->period.year);
    for (; joining->at_expected < forecast->expected->len; joining->at_expected++) {
        const Expected *expected = forecast_expected(forecast, joining->at_expected);
        if (expected->contract != joining->at_run - 1)
            break;
        Money *into = expected->is_to_come ? &row->to_come : &row->accrued;
        joining->fits = joining->fits && money_add(*into, expected->amount, into);
        if (expected->is_to_come)
            continue;
        scheme->lines++;
        sum_add(&scheme->months[expected->month - april].accrued, expected->amount);
    }
}

static void
join_contract(Joining *joining, const Contract *march)
{
    Forecast *forecast = joining->forecast;
    const Pack *pack = forecast->run->pack;
    ForecastContract row = {
        .key = march->key, .scheme = march->scheme, .provider = march->provider};
    ForecastScheme *scheme =
        &g_array_index(forecast->schemes, ForecastScheme, march->parties->scheme);
    Month last = year_first_month(pack->period.year) + MONTHS_OF_YEAR - 1;
    Spreading actual = {forecast->run, pack->period.month, joining->actual};
    Spreading by_march = {joining->views->march, last, joining->march};
    const Contract *run = take_contract(forecast->run, &joining->at_run, march->key);
    note_held(&row, run);
    row.is_held_now = row.held != REASON_NONE;
    note_held(&row, march);
    row.march = march->entitlement;
    if (run != NULL) {
        row.to_date = run->entitlement;
        join_expected(joining, &row, scheme);
    }
    for (guint c = 0; c < YEAR_END_CASES; c++) {
        const Contract *year_end =
            take_contract(joining->views->year_end[c], &joining->at_year_end[c], march->key);
        note_held(&row, year_end);
        row.outturn[c] = year_end != NULL ? year_end->entitlement : row.march;
        sum_add(&scheme->outturn[c], row.outturn[c]);
    }
    joining->fits = joining->fits && (run == NULL || spread_contract(&actual, run)) &&
                    spread_contract(&by_march, march);
    sum_add(&scheme->to_date, row.to_date);
    sum_add(&scheme->accrued, row.accrued);
    sum_add(&scheme->to_come, row.to_come);
    sum_add(&scheme->march, row.march);
    g_array_append_val(forecast->contracts, row);
}

/* What is to come in each month: what March says of it, less what is known and what is accrued. The
 * year-end's is what the outturn adds. */
static void
finish_months(Joining *joining, ForecastScheme *scheme)
{
    for (guint m = 0; m < MONTHS_OF_YEAR; m++) {
        ForecastMonth *month = &scheme->months[m];
        month->actual = joining->actual[m];
        month->to_come.pence = joining->march[m].pence - month->actual.pence - month->accrued.pence;
        joining->actual[m] = joining->march[m] = (Sum){0};
    }
    scheme->months[MONTHS_OF_YEAR].to_come.pence =
        scheme->outturn[YEAR_END_REPORTED].pence - scheme->march.pence;
}

static void
add_scheme(ForecastScheme *all, const ForecastScheme *scheme)
{
    for (guint m = 0; m < FORECAST_MONTHS; m++) {
        all->months[m].actual.pence += scheme->months[m].actual.pence;
        all->months[m].accrued.pence += scheme->months[m].accrued.pence;
        all->months[m].to_come.pence += scheme->months[m].to_come.pence;
    }
    all->to_date.pence += scheme->to_date.pence;
    all->accrued.pence += scheme->accrued.pence;
    all->to_come.pence += scheme->to_come.pence;
    all->march.pence += scheme->march.pence;
    for (guint c = 0; c < YEAR_END_CASES; c++)
        all->outturn[c].pence += scheme->outturn[c].pence;
    all->lines += scheme->lines;
}

/* Joins the views contract by contract; all of the run's are in the one of March. */
static bool
join_views(Forecast *forecast, const Views *views)
{
    Joining joining = {.forecast = forecast, .views = views, .fits = true};
    guint at = 0;
    for (guint32 s = 0; s < forecast->schemes->len; s++) {
        ForecastScheme *scheme = &g_array_index(forecast->schemes, ForecastScheme, s);
        for (; at < views->march->contracts->len; at++) {
            const Contract *march = result_contract(views->march, at);
            if (march->parties->scheme != s)
                break;
            join_contract(&joining, march);
        }
        finish_months(&joining, scheme);
        add_scheme(&forecast->all, scheme);
    }
    return joining.fits;
}

Forecast *
forecast_new(const Result *run, Faults *faults, GError **error)
{
    g_auto(Views) views = {0};
    g_autoptr(Forecast) forecast = g_new0(Forecast, 1);
    forecast->run = run;
    forecast->contracts = g_array_new(FALSE, FALSE, sizeof(ForecastContract));
    forecast->schemes = g_array_new(FALSE, TRUE, sizeof(ForecastScheme));
    g_array_set_size(forecast->schemes, rules_scheme_count(run->pack->rules));
    forecast->expected = expected_find(run, faults, error);
    if (forecast->expected == NULL || !work_views_out(forecast, &views, faults, error))
        return NULL;
    if (!join_views(forecast, &views)) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "a figure of the forecast is out of range");
        return NULL;
    }
    return g_steal_pointer(&forecast);
}

void
forecast_free(Forecast *forecast)
{
    if (forecast == NULL)
        return;
    if (forecast->expected != NULL)
        g_array_unref(forecast->expected);
    g_array_unref(forecast->contracts);
    g_array_unref(forecast->schemes);
    g_free(forecast);
}

const Expected *
forecast_expected(const Forecast *forecast, guint expected)
{
    return &g_array_index(forecast->expected, Expected, expected);
}

const ForecastContract *
forecast_contract(const Forecast *forecast, guint contract)
{
    return &g_array_index(forecast->contracts, ForecastContract, contract);
}

const ForecastScheme *
forecast_scheme(const Forecast *forecast, guint32 scheme)
{
    return &g_array_index(forecast->schemes, ForecastScheme, scheme);
}
