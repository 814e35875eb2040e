/* How each line of an entitlement came about. */
#include "pay/trace.h"
#include "report/screen/explained.h"
#include "report/figures/wording.h"

#include "base/poison.h"

/* " = 97.83 %", rounded for the reader: comparisons are made with the exact fraction. */
static void
append_percent(GString *how, Fraction a)
{
    Money hundredths;
    if (!fraction_to_money(fraction_multiply(a, fraction_whole(100)), ROUND_HALF_UP, &hundredths))
        return;
    g_string_append(how, " = ");
    money_append(how, hundredths);
    g_string_append(how, " %");
}

/* "sliding from 0.40 to 0.90", "1 at 0.80 or above", "steps" */
static void
append_method(GString *how, const Indicator *indicator)
{
    g_autofree char *floor = count_text(indicator->floor);
    g_autofree char *target = count_text(indicator->target);
    bool lower_is_better = indicator_is_lower_better(indicator);
    switch (indicator->method) {
    case METHOD_SLIDING:
        g_string_append_printf(how, "sliding from %s to %s", floor, target);
        break;
    case METHOD_ALL_OR_NOTHING:
        g_string_append_printf(how, "all at %s or %s, else nothing", target,
                               lower_is_better ? "below" : "above");
        break;
    case METHOD_STEPS:
        g_string_append(how, "steps");
        for (guint i = 0; i < indicator->steps->len; i++) {
            const Step *step = &g_array_index(indicator->steps, Step, i);
            g_autofree char *reached = count_text(step->reached);
            g_autofree char *pays = count_text(step->pays);
            g_string_append_printf(how, "%s %s from %s", i == 0 ? "" : ",", pays, reached);
        }
        break;
    }
}

static void
explain_indicator(const Explaining *explaining, const Line *line, GPtrArray *steps)
{
    const Pack *pack = explaining->result->pack;
    const Contract *contract = result_contract(explaining->result, line->contract);
    const ContractKey *key = contract->parties;
    const Indicator *indicator = rules_indicator(pack->rules, line->rule);
    const AchievementRow *achieved =
        achievements_find(pack->achievements, key->scheme, key->provider, line->rule);
    g_autofree char *numerator = count_text(achieved->numerator);
    g_autofree char *denominator = count_text(achieved->denominator);
    g_autofree char *exceptions = count_text(achieved->exceptions);
    g_autofree char *share = price_text(line->rate);
    GString *how = g_string_new(NULL);
    g_string_append_printf(how, "achievement %s ÷ (%s − %s)", numerator, denominator, exceptions);
    Micros patients = achieved->denominator - achieved->exceptions;
    if (patients == 0)
        g_string_append_printf(how, ": nobody left, which pays %s",
                               indicator->pays_without_patients ? "in full" : "nothing");
    else
        append_percent(how, fraction_of(achieved->numerator, patients));
    g_string_append(how, "; ");
    append_method(how, indicator);
    g_string_append(how, " gives ");
    fraction_append(how, line->fraction);
    g_string_append_printf(how, "; of its share %s", share);
    ExplainedStep *step =
        step_add(steps, g_strdup_printf("indicator %s, %s", indicator->code, indicator->title),
                 g_string_free(how, FALSE));
    step_amount(step, line->amount);
    step_rule(step, "indicators.csv", indicator->line, indicator->source);
    step_row(explaining, step, achieved->place);
}

static void
explain_instalment(const Contract *contract, const Line *line, GPtrArray *steps)
{
    g_autofree char *value = pounds_text(contract->value);
    g_autoptr(GString) share = g_string_new(NULL);
    micros_append_rate(share, contract->scheme->in_year_share);
    g_autofree char *due = count_text(line->count);
    GString *how = g_string_new(NULL);
    g_string_append_printf(how, "%s × %s paid in the year, %s instalment%s due: × ", value,
                           share->str, due, line->count == MICROS_PER_UNIT ? "" : "s");
    fraction_append(how, line->fraction);
    ExplainedStep *step =
        step_add(steps, g_strdup("in-year instalments"), g_string_free(how, FALSE));
    step_amount(step, line->amount);
    step_rule(step, "schemes.csv", contract->scheme->line, contract->scheme->source);
}

static void
explain_activity(const Explaining *explaining, guint number, GPtrArray *steps)
{
    const Line *line = result_line(explaining->result, number);
    const Activity *activity = rules_activity(explaining->result->pack->rules, line->rule);
    g_autofree char *count = count_text(line->count);
    g_autofree char *price = price_text(line->rate);
    GString *what = g_string_new(line->item);
    g_string_append(what, ", ");
    wording_append_month(what, line->month);
    char *how = g_strdup_printf("%s %s× %s", count,
                                activity->count == COUNT_PATIENTS ? "patients " : "", price);
    ExplainedStep *step = step_add(steps, g_string_free(what, FALSE), how);
    step_amount(step, line->amount);
    if (line->price != NULL)
        step_rule(step, "tariffs.csv", line->price->line, line->price->source);
    g_autoptr(GArray) places = trace_places(explaining->result, number);
    step_rows(explaining, step, places);
}

static void
explain_adjustment(const Explaining *explaining, const Line *line, GPtrArray *steps)
{
    const Value *values = row_lookup_values(explaining->lookup, line->place);
    g_autofree char *by = span_copy(values[ADJUSTMENT_AUTHORISED_BY].text);
    GString *what = g_string_new("adjustment, ");
    wording_append_month(what, line->month);
    ExplainedStep *step = step_add(steps, g_string_free(what, FALSE),
                                   g_strdup_printf("%s; authorised by %s", line->item, by));
    step_amount(step, line->amount);
    step_row(explaining, step, line->place);
}

void
explain_lines(const Explaining *explaining, const Contract *contract, GPtrArray *steps)
{
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(explaining->result, i);
        switch (line->kind) {
        case LINE_INSTALMENT:
            explain_instalment(contract, line, steps);
            break;
        case LINE_INDICATOR:
            explain_indicator(explaining, line, steps);
            break;
        case LINE_ACTIVITY:
            explain_activity(explaining, i, steps);
            break;
        case LINE_ADJUSTMENT:
            explain_adjustment(explaining, line, steps);
            break;
        case LINE_HELD:
        case LINE_KINDS:
            step_amount(step_add(steps, g_strdup("held"),
                                 g_strdup_printf("for now what was paid: %s",
                                                 REASONS[contract->held].meaning)),
                        line->amount);
            break;
        }
    }
}
