#include "report/forecast/print.h"

#include "pack/rules/budgets.h"
#include "report/figures/json.h"
#include "report/figures/textgrid.h"
#include "report/figures/words.h"

#include "base/poison.h"

/* How many lines of the accrual are named on a screen. */
#define MOST_LINES 20
#define SCREEN_WIDTH 80

/* "At the\nhighest" as a heading of one line, in lower case: the field's name without "_". */
static char *
heading_of(const Field *field)
{
    return g_strdelimit(g_strdup(field->name), "_", ' ');
}

static void
append_summary(const Forecast *forecast, GString *text)
{
    g_autoptr(GArray) summaries = forecast_summaries(forecast);
    g_autoptr(GPtrArray) headings = g_ptr_array_new_with_free_func(g_free);
    bool is_number[SUMMARY_FIELDS] = {false};
    bool has_budget = forecast->run->pack->rules->budgets->len > 0;
    guint count = has_budget ? SUMMARY_FIELDS : SUMMARY_BUDGET;
    for (guint f = 0; f < count; f++) {
        g_ptr_array_add(headings, heading_of(&FORECAST_SUMMARY_FIELDS[f]));
        is_number[f] = f > 0;
    }
    g_autoptr(TextGrid) grid =
        text_grid_new((const char *const *)headings->pdata, is_number, count);
    for (guint i = 0; i < summaries->len; i++) {
        const ForecastSummary *summary = &g_array_index(summaries, ForecastSummary, i);
        if (i + 1 == summaries->len)
            text_grid_rule(grid);
        text_grid_add(grid, summary->scheme);
        for (guint f = 1; f < count; f++)
            text_grid_figure(grid, FORECAST_SUMMARY_FIELDS[f].get(summary));
    }
    text_grid_append_blocks(grid, text);
}

/* The larger amount first; of equal ones the earlier row. */
static int
compare_rows(gconstpointer left, gconstpointer right)
{
    const ForecastRow *a = *(const ForecastRow *const *)left;
    const ForecastRow *b = *(const ForecastRow *const *)right;
    if (a->amount.pence != b->amount.pence)
        return a->amount.pence > b->amount.pence ? -1 : 1;
    return a < b ? -1 : 1;
}

static GPtrArray *
rows_of_kind(const GArray *rows, ForecastKind kind)
{
    GPtrArray *found = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++)
        if (forecast_row(rows, i)->kind == kind)
            g_ptr_array_add(found, (gpointer)forecast_row(rows, i));
    return found;
}

static void
add_contract(TextGrid *grid, const ForecastRow *row)
{
    g_autofree char *name =
        g_strconcat(row->contract->scheme->code, "/", row->contract->provider->code, NULL);
    text_grid_add(grid, name);
}

/* What is not claimed yet: the largest amounts, and how many more there are. */
static void
append_accrual(const GArray *rows, GString *text)
{
    static const char *const HEADINGS[] = {"not claimed yet", "activity", "month",
                                           "count",           "price",    "amount"};
    static const bool IS_NUMBER[] = {false, false, false, true, true, true};
    g_autoptr(GPtrArray) lines = rows_of_kind(rows, FORECAST_ACCRUAL);
    if (lines->len == 0) {
        g_string_append(text, "\nnothing is expected that is not claimed yet\n");
        return;
    }
    g_ptr_array_sort(lines, compare_rows);
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    guint shown = MIN(lines->len, MOST_LINES);
    for (guint i = 0; i < shown; i++) {
        const ForecastRow *row = g_ptr_array_index(lines, i);
        add_contract(grid, row);
        for (guint f = FORECAST_ROW_ITEM; f <= FORECAST_ROW_AMOUNT; f++)
            text_grid_figure(grid, FORECAST_FIELDS[f].get(row));
    }
    g_string_append_c(text, '\n');
    text_grid_append_blocks(grid, text);
    if (shown < lines->len)
        g_string_append_printf(text, "and %u more: --output writes every line\n",
                               lines->len - shown);
}

/* Contracts that are held, apart. */
static void
append_held(const Forecast *forecast, GString *text)
{
    static const char *const HEADINGS[] = {"held", "reason", "from", "outturn"};
    static const bool IS_NUMBER[] = {false, false, false, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    bool is_any = false;
    for (guint i = 0; i < forecast->contracts->len; i++) {
        ForecastRow row = {.contract = forecast_contract(forecast, i)};
        if (row.contract->held == REASON_NONE)
            continue;
        is_any = true;
        add_contract(grid, &row);
        text_grid_add(grid, REASONS[row.contract->held].name);
        text_grid_add(grid, row.contract->is_held_now ? "this run" : "later");
        text_grid_figure(grid, figure_money(row.contract->outturn[YEAR_END_REPORTED]));
    }
    if (!is_any)
        return;
    g_string_append_c(text, '\n');
    text_grid_append_blocks(grid, text);
}

/* A text behind a name, in lines that fit the screen. */
static void
append_wrapped(const char *name, const char *words, guint indent, GString *text)
{
    g_auto(GStrv) parts = g_strsplit(words, " ", -1);
    guint column = indent;
    g_string_append_printf(text, "%-*s", (int)indent, name);
    for (guint i = 0; parts[i] != NULL; i++) {
        guint length = (guint)g_utf8_strlen(parts[i], -1);
        if (column > indent && column + 1 + length > SCREEN_WIDTH) {
            g_string_append_printf(text, "\n%*s", (int)indent, "");
            column = indent;
        }
        g_string_append_printf(text, "%s%s", column > indent ? " " : "", parts[i]);
        column += length + (column > indent ? 1 : 0);
    }
    g_string_append_c(text, '\n');
}

static void
append_methods(GString *text)
{
    g_string_append(text, "\nhow:\n");
    for (guint k = 0; k < FORECAST_KINDS; k++) {
        g_autofree char *name = g_strconcat("  ", FORECAST_METHODS[k].name, NULL);
        append_wrapped(name, FORECAST_METHODS[k].method, 12, text);
    }
}

/* Schemes without a budget are not in the variance. */
static void
append_without_budget(const Rules *rules, GString *text)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint32 s = 0; s < rules_scheme_count(rules); s++)
        if (budget_of(rules, s) == NULL)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
                                   rules_scheme(rules, s)->code);
    if (rules->budgets->len > 0 && names->len > 0)
        append_wrapped("without a budget, and not in the variance: ", names->str, 43, text);
}

void
forecast_print_text(const Forecast *forecast, const char *run, GString *text)
{
    const Pack *pack = forecast->run->pack;
    g_autoptr(GArray) rows = forecast_rows(forecast);
    g_string_append_printf(text, "forecast from %s, %s\n\n", run, words_period(&pack->period).text);
    append_summary(forecast, text);
    append_without_budget(pack->rules, text);
    append_accrual(rows, text);
    append_held(forecast, text);
    append_methods(text);
}

static void
add_months(const Forecast *forecast, Json *json)
{
    const Pack *pack = forecast->run->pack;
    Month april = year_first_month(pack->period.year);
    json_open_array(json, "months");
    for (guint m = 0; m < FORECAST_MONTHS; m++) {
        const ForecastMonth *month = &forecast->all.months[m];
        g_autoptr(GString) name = g_string_new(NULL);
        if (m < MONTHS_OF_YEAR)
            month_append(name, april + (Month)m);
        json_open_object(json, NULL);
        json_text(json, "month", m < MONTHS_OF_YEAR ? name->str : "year-end");
        json_figure(json, "actual", figure_sum(month->actual));
        json_figure(json, "accrued", figure_sum(month->accrued));
        json_figure(json, "to_come", figure_sum(month->to_come));
        if (m < MONTHS_OF_YEAR && pack->rules->budgets->len > 0)
            json_money(json, "budget", forecast_budget_month(pack->rules, m));
        json_close_object(json);
    }
    json_close_array(json);
}

static void
add_summaries(const Forecast *forecast, Json *json)
{
    g_autoptr(GArray) summaries = forecast_summaries(forecast);
    json_open_array(json, "schemes");
    for (guint i = 0; i < summaries->len; i++) {
        bool is_total = i + 1 == summaries->len;
        if (is_total)
            json_close_array(json);
        json_open_object(json, is_total ? "total" : NULL);
        json_fields(json, FORECAST_SUMMARY_FIELDS + (is_total ? 1 : 0),
                    SUMMARY_FIELDS - (is_total ? 1 : 0),
                    &g_array_index(summaries, ForecastSummary, i));
        json_close_object(json);
    }
}

void
forecast_print_json(const Forecast *forecast, const char *run, GString *text)
{
    Json json = {text, 0, false};
    g_autoptr(GArray) rows = forecast_rows(forecast);
    g_autofree char *period = period_text(&forecast->run->pack->period);
    json_begin(&json);
    json_text(&json, "run", run);
    json_text(&json, "period", period);
    add_summaries(forecast, &json);
    add_months(forecast, &json);
    json_open_array(&json, "rows");
    for (guint i = 0; i < rows->len; i++) {
        json_open_object(&json, NULL);
        json_fields(&json, FORECAST_FIELDS, FORECAST_ROW_FIELDS, forecast_row(rows, i));
        json_close_object(&json);
    }
    json_close_array(&json);
    json_open_object(&json, "methods");
    for (guint k = 0; k < FORECAST_KINDS; k++)
        json_text(&json, FORECAST_METHODS[k].name, FORECAST_METHODS[k].method);
    json_close_object(&json);
    json_close_object(&json);
}

void
forecast_print_csv(const Forecast *forecast, GString *text)
{
    CsvOut out = {text, false};
    g_autoptr(GArray) rows = forecast_rows(forecast);
    csv_out_fields(&out, FORECAST_FIELDS, FORECAST_ROW_FIELDS, NULL);
    for (guint i = 0; i < rows->len; i++)
        csv_out_fields(&out, FORECAST_FIELDS, FORECAST_ROW_FIELDS, forecast_row(rows, i));
}
