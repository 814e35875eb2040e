#include "report/forecast/rows.h"

#include "pack/rules/budgets.h"

#include "base/poison.h"

const ForecastMethod FORECAST_METHODS[FORECAST_KINDS] = {
    [FORECAST_TO_DATE] = {"to-date", "the entitlement to date, as the run has it"},
    [FORECAST_ACCRUAL] = {"accrual",
                          "earned up to the run's month and not claimed yet: the mean of the last "
                          "three months with a count, else the first month after it; at the price "
                          "on the month's first day; never more than a cap leaves"},
    [FORECAST_TO_COME] = {"to-come", "the same for the months after the run's"},
    [FORECAST_BY_RULE] = {"by-rule",
                          "what the rules add by March: instalments, what is paid without claims, "
                          "due indicators, clauses and pots over the whole"},
    [FORECAST_YEAR_END] = {"year-end",
                           "the year-end with each indicator as last reported; nothing reported: "
                           "0"},
    [FORECAST_HIGHEST] = {"highest", "the year-end with each indicator at the highest that its "
                                     "method can pay, in place of year-end"},
    [FORECAST_LOWEST] = {"lowest", "the year-end with each indicator at 0 but for those already "
                                   "due, in place of year-end"},
    [FORECAST_HELD] = {"held", "a contract that is held: what it was paid"},
};

#define GETTER(name, expression) FIELD_GETTER(ForecastRow, name, expression)

/* A whole number where it is one, else n/d. */
static Figure
count_figure(Fraction count)
{
    return count.den == 1 && count.num >= 0 ? figure_whole((guint64)count.num)
                                            : figure_fraction(count);
}

GETTER(row_scheme, figure_text(at->contract->scheme->code))
GETTER(row_provider, figure_text(at->contract->provider->code))
GETTER(row_kind, figure_text(FORECAST_METHODS[at->kind].name))
GETTER(row_item, at->expected == NULL
                     ? figure_empty()
                     : figure_text(rules_activity(at->pack->rules, at->expected->activity)->code))
GETTER(row_month, at->expected == NULL ? figure_empty() : figure_month(at->expected->month))
GETTER(row_count, at->expected == NULL ? figure_empty() : count_figure(at->expected->count))
GETTER(row_price, at->expected == NULL ? figure_empty() : figure_rate(at->expected->price->price))
GETTER(row_amount, figure_money(at->amount))
GETTER(row_how, figure_text(at->how))

const Field FORECAST_FIELDS[FORECAST_ROW_FIELDS] = {
    [FORECAST_ROW_SCHEME] = {"scheme", "Scheme", "code of the scheme", row_scheme},
    [FORECAST_ROW_PROVIDER] = {"provider", "Provider", "code of the provider", row_provider},
    [FORECAST_ROW_KIND] = {"kind", "Kind", "the method, in one of the words below", row_kind},
    [FORECAST_ROW_ITEM] = {"item", "Activity", "the activity that is expected", row_item},
    [FORECAST_ROW_MONTH] = {"month", "Month", "the month it is expected in", row_month},
    [FORECAST_ROW_COUNT] = {"count", "Count",
                            "how many are expected, exactly: a whole number or n/d", row_count},
    [FORECAST_ROW_PRICE] = {"price", "Price", "on the month's first day", row_price},
    [FORECAST_ROW_AMOUNT] = {"amount", "Amount", "in pounds, rounded once as the scheme says",
                             row_amount},
    [FORECAST_ROW_HOW] = {"how", "How",
                          "the months and counts it rests on, and what the cap leaves; "
                          "why a contract is held",
                          row_how},
};

/* "mean of 2025-05 (12), 2025-06 (14), 2025-07 (13); the cap leaves 5" */
static char *
describe(const Expected *expected)
{
    GString *text = g_string_new(expected->basis_count > 1 ? "mean of "
                                 : expected->is_after      ? "as in the first month after it, "
                                                           : "as in ");
    for (guint b = 0; b < expected->basis_count; b++) {
        g_string_append(text, b > 0 ? ", " : "");
        month_append(text, expected->basis[b].month);
        g_string_append_printf(text, " (%" G_GINT64_FORMAT ")", expected->basis[b].count);
    }
    if (expected->is_capped) {
        g_string_append(text, "; the cap leaves ");
        if (expected->left.den == 1)
            g_string_append_printf(text, "%" G_GINT64_FORMAT, (gint64)expected->left.num);
        else
            fraction_append(text, expected->left);
    }
    return g_string_free(text, FALSE);
}

static void
row_clear(gpointer pointer)
{
    ForecastRow *row = pointer;
    g_free(row->how);
}

/* Appends a row; how is taken over, NULL: "". */
static void
add_row(GArray *rows, const ForecastRow *like, ForecastKind kind, int64_t pence, char *how)
{
    ForecastRow row = *like;
    row.kind = kind;
    row.amount = (Money){pence};
    row.how = how != NULL ? how : g_strdup("");
    g_array_append_val(rows, row);
}

static char *
say_held(const ForecastContract *contract)
{
    if (contract->held == REASON_NONE)
        return NULL;
    return g_strconcat(
        contract->is_held_now ? "" : "held from then on: ", REASONS[contract->held].name, NULL);
}

/* Behind what is expected of it: what the rules add by March, and the year-end in its cases. */
static void
add_rules(GArray *rows, const ForecastRow *like)
{
    const ForecastContract *contract = like->contract;
    int64_t by_rule = contract->march.pence - contract->to_date.pence - contract->accrued.pence -
                      contract->to_come.pence;
    const struct {
        ForecastKind kind;
        YearEndCase year_end;
    } CASES[] = {{FORECAST_YEAR_END, YEAR_END_REPORTED},
                 {FORECAST_HIGHEST, YEAR_END_HIGHEST},
                 {FORECAST_LOWEST, YEAR_END_LOWEST}};
    bool is_moved = false;
    if (by_rule != 0)
        add_row(rows, like, FORECAST_BY_RULE, by_rule, say_held(contract));
    for (guint c = 0; c < G_N_ELEMENTS(CASES); c++)
        is_moved = is_moved || contract->outturn[c].pence != contract->march.pence;
    for (guint c = 0; is_moved && c < G_N_ELEMENTS(CASES); c++)
        add_row(rows, like, CASES[c].kind,
                contract->outturn[CASES[c].year_end].pence - contract->march.pence,
                say_held(contract));
}

GArray *
forecast_rows(const Forecast *forecast)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(ForecastRow));
    g_array_set_clear_func(rows, row_clear);
    guint at = 0;
    for (guint i = 0; i < forecast->contracts->len; i++) {
        ForecastRow like = {.pack = forecast->run->pack,
                            .contract = forecast_contract(forecast, i)};
        if (like.contract->is_held_now) {
            add_row(rows, &like, FORECAST_HELD, like.contract->to_date.pence,
                    say_held(like.contract));
            continue;
        }
        add_row(rows, &like, FORECAST_TO_DATE, like.contract->to_date.pence, NULL);
        for (; at < forecast->expected->len; at++) {
            like.expected = forecast_expected(forecast, at);
            if (result_contract(forecast->run, like.expected->contract)->key != like.contract->key)
                break;
            add_row(rows, &like, like.expected->is_to_come ? FORECAST_TO_COME : FORECAST_ACCRUAL,
                    like.expected->amount.pence, describe(like.expected));
        }
        like.expected = NULL;
        add_rules(rows, &like);
    }
    return rows;
}

const ForecastRow *
forecast_row(const GArray *rows, guint row)
{
    return &g_array_index(rows, ForecastRow, row);
}

#define SUMMARY(name, expression) FIELD_GETTER(ForecastSummary, name, expression)

static Figure
less(Sum sum, Sum other)
{
    return figure_sum((Sum){sum.pence - other.pence});
}

static Figure
of_budget(const ForecastSummary *summary, Sum sum)
{
    return summary->has_budget ? figure_sum(sum) : figure_empty();
}

static Figure
summary_by_rule(gconstpointer record)
{
    const ForecastScheme *scheme = ((const ForecastSummary *)record)->figures;
    return figure_sum((Sum){scheme->march.pence - scheme->to_date.pence - scheme->accrued.pence -
                            scheme->to_come.pence});
}

SUMMARY(summary_scheme, figure_text(at->scheme))
SUMMARY(summary_to_date, figure_sum(at->figures->to_date))
SUMMARY(summary_accrued, figure_sum(at->figures->accrued))
SUMMARY(summary_to_come, figure_sum(at->figures->to_come))
SUMMARY(summary_march, figure_sum(at->figures->march))
SUMMARY(summary_year_end, less(at->figures->outturn[YEAR_END_REPORTED], at->figures->march))
SUMMARY(summary_outturn, figure_sum(at->figures->outturn[YEAR_END_REPORTED]))
SUMMARY(summary_highest, figure_sum(at->figures->outturn[YEAR_END_HIGHEST]))
SUMMARY(summary_lowest, figure_sum(at->figures->outturn[YEAR_END_LOWEST]))
SUMMARY(summary_budget, of_budget(at, at->budget))
SUMMARY(summary_budget_to_date, of_budget(at, at->budget_to_date))
SUMMARY(summary_variance, of_budget(at, at->variance))

const Field FORECAST_SUMMARY_FIELDS[SUMMARY_FIELDS] = {
    [SUMMARY_SCHEME] = {"scheme", "Scheme", "code of the scheme, or `total`", summary_scheme},
    [SUMMARY_TO_DATE] = {"to_date", "To date", "entitlement to date in the run", summary_to_date},
    [SUMMARY_ACCRUED] = {"accrued", "Accrued", "earned and not claimed yet", summary_accrued},
    [SUMMARY_TO_COME] = {"to_come", "To come", "expected of the months to come", summary_to_come},
    [SUMMARY_BY_RULE] = {"by_rule", "By rule",
                         "what the rules add by March, clauses and pots included", summary_by_rule},
    [SUMMARY_MARCH] = {"by_march", "By March", "the entitlement by March: the four before",
                       summary_march},
    [SUMMARY_YEAR_END] = {"year_end", "Year-end",
                          "what the year-end adds, each indicator as last reported",
                          summary_year_end},
    [SUMMARY_OUTTURN] = {"outturn", "Outturn", "by March and year-end together", summary_outturn},
    [SUMMARY_HIGHEST] = {"highest", "At the\nhighest",
                         "the outturn if each indicator reaches the highest it can pay",
                         summary_highest},
    [SUMMARY_LOWEST] = {"lowest", "At the\nlowest",
                        "the outturn if none reaches anything but those already due",
                        summary_lowest},
    [SUMMARY_BUDGET] = {"budget", "Budget", "of the year, from `budgets.csv`; empty without",
                        summary_budget},
    [SUMMARY_BUDGET_TO_DATE] = {"budget_to_date", "Budget\nto date",
                                "a twelfth of it for each month up to the run's",
                                summary_budget_to_date},
    [SUMMARY_VARIANCE] = {"variance", "Variance",
                          "outturn less budget; in the total of schemes with a budget",
                          summary_variance},
};

GArray *
forecast_summaries(const Forecast *forecast)
{
    const Pack *pack = forecast->run->pack;
    guint months = (guint)(pack->period.month - year_first_month(pack->period.year)) + 1;
    GArray *summaries = g_array_new(FALSE, FALSE, sizeof(ForecastSummary));
    ForecastSummary all = {.scheme = "total", .figures = &forecast->all};
    for (guint32 s = 0; s < forecast->schemes->len; s++) {
        ForecastSummary summary = {.scheme = rules_scheme(pack->rules, s)->code,
                                   .figures = forecast_scheme(forecast, s)};
        const Budget *budget = budget_of(pack->rules, s);
        if (budget != NULL) {
            summary.has_budget = all.has_budget = true;
            sum_add(&summary.budget, budget->amount);
            sum_add(&summary.budget_to_date, budget_to_date(budget, months));
            summary.variance.pence =
                summary.figures->outturn[YEAR_END_REPORTED].pence - budget->amount.pence;
            all.budget.pence += summary.budget.pence;
            all.budget_to_date.pence += summary.budget_to_date.pence;
            all.variance.pence += summary.variance.pence;
        }
        g_array_append_val(summaries, summary);
    }
    g_array_append_val(summaries, all);
    return summaries;
}

Money
forecast_budget_month(const Rules *rules, guint month)
{
    Money sum = {0};
    for (guint i = 0; i < rules->budgets->len; i++) {
        const Budget *budget = &g_array_index(rules->budgets, Budget, i);
        sum.pence += budget_to_date(budget, month + 1).pence - budget_to_date(budget, month).pence;
    }
    return sum;
}
