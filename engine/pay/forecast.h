/* A forecast from a run: what is earned and not claimed yet, and what the year will come to
 * (engine/report/README.md, Forecast).
 *
 * Invariants
 * - What a contract earns is worked out by work_out_pack alone, in views of the run's pack: with
 *   March for its month, or the year-end for its period, and with the counts that are expected.
 * - For every contract, to date + accrued + to come + by rule = what it is entitled to by March,
 *   and that + year-end = the outturn as reported. */
#pragma once

#include "pay/expected.h"

typedef struct {
    guint32 key; /* into Pack.contracts */
    const Scheme *scheme;
    const Provider *provider;
    Reason held;      /* in the run, or by March or at the year-end: then it is what it was paid */
    bool is_held_now; /* in the run already; then nothing is expected of it */
    Money to_date;    /* its entitlement in the run; 0 where it is not part of it yet */
    Money accrued, to_come; /* what is expected: not claimed yet; of months to come */
    Money march;            /* its entitlement by March */
    Money outturn[YEAR_END_CASES];
} ForecastContract;

/* A month of the year of a scheme, and behind March the year-end, which has to_come alone. */
typedef struct {
    Sum actual, accrued, to_come;
} ForecastMonth;
#define FORECAST_MONTHS (MONTHS_OF_YEAR + 1)

typedef struct {
    ForecastMonth months[FORECAST_MONTHS];
    Sum to_date, accrued, to_come, march, outturn[YEAR_END_CASES];
    guint lines;  /* of the accrual */
} ForecastScheme; /* or of all schemes together */

typedef struct {
    const Result *run; /* not owned; must outlive the forecast */
    GArray *expected;  /* of Expected */
    GArray *contracts; /* of ForecastContract, in the order of payments.csv */
    GArray *schemes;   /* of ForecastScheme, as in the rules */
    ForecastScheme all;
} Forecast;

/* Forecasts from a run. NULL with SP_ERROR_INPUT where a figure is out of range, each of which is a
 * fault. Free with forecast_free. */
Forecast *forecast_new(const Result *run, Faults *faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void forecast_free(Forecast *forecast);
const Expected *forecast_expected(const Forecast *forecast, guint expected);
const ForecastContract *forecast_contract(const Forecast *forecast, guint contract);
const ForecastScheme *forecast_scheme(const Forecast *forecast, guint32 scheme);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Forecast, forecast_free)
