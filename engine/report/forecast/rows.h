/* The rows of a forecast: by contract, activity and month, each with the method it comes from; and
 * a summary by scheme.
 *
 * Invariants
 * - The amounts of a contract's rows add up to its outturn as reported, but for those of highest
 *   and lowest, which stand in place of the year-end's. */
#pragma once

#include "base/figure.h"
#include "pay/forecast.h"

typedef enum {
    FORECAST_TO_DATE,
    FORECAST_ACCRUAL,
    FORECAST_TO_COME,
    FORECAST_BY_RULE,
    FORECAST_YEAR_END,
    FORECAST_HIGHEST,
    FORECAST_LOWEST,
    FORECAST_HELD,
    FORECAST_KINDS
} ForecastKind;

/* A kind of row, and the method behind it in words. */
typedef struct {
    const char *name, *method;
} ForecastMethod;
extern const ForecastMethod FORECAST_METHODS[FORECAST_KINDS];

typedef struct {
    ForecastKind kind;
    const Pack *pack;
    const ForecastContract *contract;
    const Expected *expected; /* of accrual and to-come, else NULL */
    Money amount;
    char *how; /* what the amount rests on; "" where the kind says all */
} ForecastRow;

enum {
    FORECAST_ROW_SCHEME,
    FORECAST_ROW_PROVIDER,
    FORECAST_ROW_KIND,
    FORECAST_ROW_ITEM,
    FORECAST_ROW_MONTH,
    FORECAST_ROW_COUNT,
    FORECAST_ROW_PRICE,
    FORECAST_ROW_AMOUNT,
    FORECAST_ROW_HOW,
    FORECAST_ROW_FIELDS
};
extern const Field FORECAST_FIELDS[FORECAST_ROW_FIELDS];

/* All rows: of ForecastRow, by contract. Free with g_array_unref. */
GArray *forecast_rows(const Forecast *forecast) G_GNUC_WARN_UNUSED_RESULT;
const ForecastRow *forecast_row(const GArray *rows, guint row);

/* A scheme, or all of them. */
typedef struct {
    const char *scheme; /* its code, or "total" */
    const ForecastScheme *figures;
    bool has_budget;
    Sum budget, budget_to_date;
    Sum variance; /* the outturn of schemes with a budget, less that */
} ForecastSummary;

enum {
    SUMMARY_SCHEME,
    SUMMARY_TO_DATE,
    SUMMARY_ACCRUED,
    SUMMARY_TO_COME,
    SUMMARY_BY_RULE,
    SUMMARY_MARCH,
    SUMMARY_YEAR_END,
    SUMMARY_OUTTURN,
    SUMMARY_HIGHEST,
    SUMMARY_LOWEST,
    SUMMARY_BUDGET,
    SUMMARY_BUDGET_TO_DATE,
    SUMMARY_VARIANCE,
    SUMMARY_FIELDS
};
extern const Field FORECAST_SUMMARY_FIELDS[SUMMARY_FIELDS];

/* One for each scheme, and the total behind them: of ForecastSummary. Free with g_array_unref. */
GArray *forecast_summaries(const Forecast *forecast) G_GNUC_WARN_UNUSED_RESULT;
/* What of the budgets falls on a month of the year, from 0: the twelfths so far, less those before.
 * */
Money forecast_budget_month(const Rules *rules, guint month);
