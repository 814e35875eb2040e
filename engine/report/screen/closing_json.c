#include "report/screen/closing.h"

#include "report/figures/json.h"
#include "report/figures/totals.h"

#include "base/poison.h"

static void
write_sum(Json *json, const char *key, Sum sum)
{
    g_autoptr(GString) text = g_string_new(NULL);
    sum_append(text, sum);
    json_text(json, key, text->str);
}

static void
write_period(Json *json, const Period *period)
{
    g_autofree char *name = period_text(period);
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, period->year);
    json_text(json, "period", name);
    json_text(json, "financial_year", year->str);
    json_bool(json, "is_year_end", period->is_year_end);
}

/* The figures of a scheme, or of all, inside an object. */
static void
write_scheme_figures(Json *json, const SchemeTotals *totals)
{
    json_whole(json, "contracts", totals->contracts);
    write_sum(json, "entitlement_to_date", totals->entitlement);
    write_sum(json, "paid_to_date", totals->paid);
    write_sum(json, "owed", totals->owed);
    write_sum(json, "of_which_current", totals->current);
    write_sum(json, "of_which_prior", totals->prior);
    json_open_object(json, "marked");
    for (guint status = 0; status < STATUS_COUNT; status++) {
        json_open_object(json, STATUS_NAMES[status]);
        json_whole(json, "contracts", totals->status_contracts[status]);
        write_sum(json, "owed", totals->status_owed[status]);
        json_close_object(json);
    }
    json_close_object(json);
    json_open_object(json, "exceptions");
    json_whole(json, "count", totals->exceptions.count);
    write_sum(json, "at_risk", totals->exceptions.at_risk);
    json_close_object(json);
}

static void
write_schemes(Json *json, const Rules *rules, const Totals *totals)
{
    json_open_array(json, "schemes");
    for (guint s = 0; s < totals->schemes->len; s++) {
        json_open_object(json, NULL);
        json_text(json, "scheme", rules_scheme(rules, s)->code);
        json_text(json, "title", rules_scheme(rules, s)->title);
        write_scheme_figures(json, totals_scheme(totals, s));
        json_close_object(json);
    }
    json_close_array(json);
    json_open_object(json, "total");
    write_scheme_figures(json, &totals->all);
    json_close_object(json);
}

/* Only reasons that occur; in the order of the reasons. */
static void
write_reasons(Json *json, const Totals *totals, bool with_money)
{
    json_open_array(json, "exceptions");
    for (guint r = REASON_NONE + 1; r < REASON_COUNT; r++) {
        if (totals->reasons[r].count == 0)
            continue;
        json_open_object(json, NULL);
        json_text(json, "reason", REASONS[r].name);
        json_text(json, "outcome", STATE_NAMES[REASONS[r].state]);
        json_whole(json, "count", totals->reasons[r].count);
        if (with_money) {
            json_whole(json, "with_price", totals->reasons[r].priced);
            write_sum(json, "at_risk", totals->reasons[r].at_risk);
        }
        json_close_object(json);
    }
    json_close_array(json);
    json_whole(json, "accepted_in_part", totals->parts);
}

static void
write_controls(Json *json, const Totals *totals)
{
    json_open_object(json, "controls");
    json_whole(json, "files", totals->files);
    json_whole(json, "rows", totals->rows);
    for (guint state = 0; state < STATE_COUNT; state++)
        json_whole(json, STATE_NAMES[state], totals->states[state]);
    json_close_object(json);
}

void
closing_json(const Result *result, GString *text)
{
    g_autoptr(Totals) totals = totals_new(result);
    Json json = {text, 0, false};
    json_open_object(&json, NULL);
    write_period(&json, &result->pack->period);
    write_schemes(&json, result->pack->rules, totals);
    write_reasons(&json, totals, true);
    write_controls(&json, totals);
    json_close_object(&json);
}

void
closing_check_json(const Result *result, GString *text)
{
    g_autoptr(Totals) totals = totals_new(result);
    Json json = {text, 0, false};
    json_open_object(&json, NULL);
    write_period(&json, &result->pack->period);
    write_reasons(&json, totals, false);
    write_controls(&json, totals);
    json_close_object(&json);
}
