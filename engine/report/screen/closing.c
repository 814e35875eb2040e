#include "report/screen/closing.h"

#include "report/figures/risk.h"
#include "report/figures/textgrid.h"
#include "report/screen/attention.h"
#include "report/screen/listing.h"

#include "base/poison.h"

/* The figures of a scheme, or of all. */
#define GETTER(name, expression) FIELD_GETTER(SchemeTotals, name, expression)

GETTER(contracts, figure_whole(at->contracts))
GETTER(clauses, figure_sum(at->clauses))
GETTER(entitlement, figure_sum(at->entitlement))
GETTER(paid, figure_sum(at->paid))
GETTER(owed, figure_sum(at->owed))
GETTER(current, figure_sum(at->current))
GETTER(prior, figure_sum(at->prior))
GETTER(pay, figure_sum(at->status_owed[STATUS_PAY]))
GETTER(invoice, figure_sum(at->status_owed[STATUS_INVOICE]))
GETTER(carry, figure_sum(at->status_owed[STATUS_CARRY]))
GETTER(held, figure_whole(at->status_contracts[STATUS_HOLD]))
GETTER(nil, figure_whole(at->status_contracts[STATUS_NIL]))

static const Field FIGURES[] = {
    {"contracts", "contracts", NULL, contracts},
    {"entitlement_to_date", "entitlement to date", NULL, entitlement},
    {"paid_to_date", "paid to date", NULL, paid},
    {"owed", "owed", NULL, owed},
    {"of_which_current", "of which current", NULL, current},
    {"of_which_prior", "of which prior", NULL, prior},
};
/* What the text has of them. */
#define FIGURES_SHOWN 4

/* The same in the text, where the rules have clauses; narrower, since there is one more. */
static const Field WITH_CLAUSES[] = {
    {"contracts", "contracts", NULL, contracts},
    {"clauses", "clauses", NULL, clauses},
    {"entitlement_to_date", "entitlement", NULL, entitlement},
    {"paid_to_date", "paid", NULL, paid},
    {"owed", "owed", NULL, owed},
};
/* The one that JSON then has as well. */
#define CLAUSES_FIELD 1

/* Whether any scheme has clauses: without them nothing is said of any. */
static bool
has_clauses(const Result *result)
{
    return result->pack->rules->clauses->len > 0;
}

/* What becomes of the owed, in the text: a held or nil contract is owed nothing, so it is counted
 * instead. */
static const Field MARKS[] = {
    {"pay", "pay", NULL, pay},           {"invoice", "invoice", NULL, invoice},
    {"carry", "carry", NULL, carry},     {"held", "held contracts", NULL, held},
    {"nil", "nil contracts", NULL, nil},
};

/* A heading of the section: "September 2025" and what it is about. */
static void
append_title(const Result *result, const char *what, GString *text)
{
    Words period = words_period(&result->pack->period);
    period.text[0] = g_ascii_toupper(period.text[0]);
    g_string_append_printf(text, "%s: %s\n\n", period.text, what);
}

static void
add_totals(TextGrid *grid, const char *name, const Field *fields, guint count,
           const SchemeTotals *totals)
{
    text_grid_add(grid, name);
    for (guint f = 0; f < count; f++)
        text_grid_figure(grid, fields[f].get(totals));
}

/* Some fields, scheme by scheme, and their totals. */
static void
append_schemes(const Result *result, const Totals *totals, const char *title, const Field *fields,
               guint count, GString *text)
{
    const char *headings[1 + G_N_ELEMENTS(MARKS)] = {title};
    static const bool IS_NUMBER[1 + G_N_ELEMENTS(MARKS)] = {false, true, true, true, true, true};
    for (guint f = 0; f < count; f++)
        headings[1 + f] = fields[f].heading;
    g_autoptr(TextGrid) grid = text_grid_new(headings, IS_NUMBER, 1 + count);
    for (guint s = 0; s < totals->schemes->len; s++)
        add_totals(grid, rules_scheme(result->pack->rules, s)->code, fields, count,
                   totals_scheme(totals, s));
    text_grid_rule(grid);
    add_totals(grid, "total", fields, count, &totals->all);
    if (has_clauses(result))
        text_grid_append_blocks(grid, text);
    else
        text_grid_append(grid, text);
    g_string_append_c(text, '\n');
}

static void
add_reason_row(TextGrid *grid, const char *name, const char *outcome, const char *meaning,
               const ExceptionTotals *totals, bool with_money)
{
    text_grid_add(grid, name);
    text_grid_add(grid, outcome);
    text_grid_figure(grid, figure_whole(totals->count));
    if (with_money)
        text_grid_add(grid, risk_words(totals).text);
    else
        text_grid_add(grid, meaning);
}

static void
append_reasons(const Totals *totals, bool with_money, GString *text)
{
    static const char *const HEADINGS[] = {"exceptions", "outcome", "count", "money at risk"};
    static const char *const BARE_HEADINGS[] = {"exceptions", "outcome", "count", "meaning"};
    static const bool IS_NUMBER[] = {false, false, true, true};
    static const bool BARE_IS_NUMBER[] = {false, false, true, false};
    g_autoptr(TextGrid) grid =
        text_grid_new(with_money ? HEADINGS : BARE_HEADINGS,
                      with_money ? IS_NUMBER : BARE_IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    for (guint r = REASON_NONE + 1; r < REASON_COUNT; r++) {
        if (totals->reasons[r].count > 0)
            add_reason_row(grid, REASONS[r].name, STATE_NAMES[REASONS[r].state], REASONS[r].meaning,
                           &totals->reasons[r], with_money);
    }
    text_grid_rule(grid);
    add_reason_row(grid, "total", "", "", &totals->all.exceptions, with_money);
    text_grid_append(grid, text);
    const ExceptionTotals *all = &totals->all.exceptions;
    if (all->count > 0)
        g_string_append_printf(text, "%s\n", words_new_and_known(all->count, all->known).text);
    if (totals->parts > 0) {
        g_string_append(text, "of over-cap ");
        whole_append_commas(text, totals->parts);
        g_string_append(text, " accepted for the part that fits\n");
    }
    g_string_append_c(text, '\n');
}

static void
append_controls(const Totals *totals, GString *text)
{
    whole_append_commas(text, totals->rows);
    g_string_append(text, totals->rows == 1 ? " row read of " : " rows read of ");
    whole_append_commas(text, totals->files);
    g_string_append(text, totals->files == 1 ? " file" : " files");
    for (guint state = 0; state < STATE_COUNT; state++) {
        g_string_append(text, state == 0 ? " = " : " + ");
        whole_append_commas(text, totals->states[state]);
        g_string_append_printf(text, " %s", STATE_NAMES[state]);
    }
    g_string_append_c(text, '\n');
}

/* The last line: the one formula. */
static void
append_close(const Totals *totals, GString *text)
{
    g_string_append(text, "entitlement ");
    sum_append_pounds(text, totals->all.entitlement);
    g_string_append(text, " − paid ");
    sum_append_pounds(text, totals->all.paid);
    g_string_append(text, " = owed ");
    sum_append_pounds(text, totals->all.owed);
    g_string_append(text, "; to pay now ");
    sum_append_pounds(text, totals->all.status_owed[STATUS_PAY]);
    g_string_append_c(text, '\n');
}

void
closing_text(const Result *result, GString *text)
{
    g_autoptr(Totals) totals = totals_new(result);
    append_title(result, "closing figures", text);
    if (has_clauses(result))
        append_schemes(result, totals, "scheme", WITH_CLAUSES, G_N_ELEMENTS(WITH_CLAUSES), text);
    else
        append_schemes(result, totals, "scheme", FIGURES, FIGURES_SHOWN, text);
    append_schemes(result, totals, "marked", MARKS, G_N_ELEMENTS(MARKS), text);
    append_reasons(totals, true, text);
    attention_text(result, text);
    append_controls(totals, text);
    append_close(totals, text);
}

void
closing_check_text(const Result *result, GString *text)
{
    g_autoptr(Totals) totals = totals_new(result);
    append_title(result, "check of the inputs", text);
    append_reasons(totals, false, text);
    listing_text(result, text);
    attention_text(result, text);
    append_controls(totals, text);
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
write_scheme_figures(Json *json, const SchemeTotals *totals, bool with_clauses)
{
    json_fields(json, FIGURES, G_N_ELEMENTS(FIGURES), totals);
    if (with_clauses)
        json_fields(json, &WITH_CLAUSES[CLAUSES_FIELD], 1, totals);
    json_open_object(json, "marked");
    for (guint status = 0; status < STATUS_COUNT; status++) {
        json_open_object(json, STATUS_NAMES[status]);
        json_whole(json, "contracts", totals->status_contracts[status]);
        json_figure(json, "owed", figure_sum(totals->status_owed[status]));
        json_close_object(json);
    }
    json_close_object(json);
    json_open_object(json, "exceptions");
    json_whole(json, "count", totals->exceptions.count);
    json_whole(json, "new", totals->exceptions.count - totals->exceptions.known);
    risk_json(json, &totals->exceptions);
    json_close_object(json);
}

static void
write_schemes(Json *json, const Result *result, const Totals *totals)
{
    const Rules *rules = result->pack->rules;
    json_open_array(json, "schemes");
    for (guint s = 0; s < totals->schemes->len; s++) {
        json_open_object(json, NULL);
        json_text(json, "scheme", rules_scheme(rules, s)->code);
        json_text(json, "title", rules_scheme(rules, s)->title);
        write_scheme_figures(json, totals_scheme(totals, s), has_clauses(result));
        json_close_object(json);
    }
    json_close_array(json);
    json_open_object(json, "total");
    write_scheme_figures(json, &totals->all, has_clauses(result));
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
        json_whole(json, "new", totals->reasons[r].count - totals->reasons[r].known);
        if (with_money) {
            json_whole(json, "with_price", totals->reasons[r].priced);
            risk_json(json, &totals->reasons[r]);
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
    write_schemes(&json, result, totals);
    write_reasons(&json, totals, true);
    write_controls(&json, totals);
    attention_json(result, &json);
    json_close_object(&json);
}

void
closing_check_json(const Result *result, GString *text)
{
    g_autoptr(Totals) totals = totals_new(result);
    Json json = {text, 0, false};
    json_begin(&json);
    write_period(&json, &result->pack->period);
    write_reasons(&json, totals, false);
    listing_json(result, &json);
    write_controls(&json, totals);
    attention_json(result, &json);
    json_close_object(&json);
}
