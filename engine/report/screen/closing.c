#include "report/screen/closing.h"

#include "report/figures/textgrid.h"
#include "report/figures/totals.h"
#include "report/figures/wording.h"

#include "base/poison.h"

static void
add_sum(TextGrid *grid, Sum sum)
{
    g_autoptr(GString) text = g_string_new(NULL);
    sum_append_pounds(text, sum);
    text_grid_add(grid, text->str);
}

/* A heading of the section: "September 2025" and what it is about. */
static void
append_title(const Result *result, const char *what, GString *text)
{
    g_autoptr(GString) period = g_string_new(NULL);
    wording_append_period(period, &result->pack->period);
    period->str[0] = g_ascii_toupper(period->str[0]);
    g_string_append_printf(text, "%s: %s\n\n", period->str, what);
}

static void
add_scheme_row(TextGrid *grid, const char *name, const SchemeTotals *totals)
{
    text_grid_add(grid, name);
    text_grid_add_whole(grid, totals->contracts);
    add_sum(grid, totals->entitlement);
    add_sum(grid, totals->paid);
    add_sum(grid, totals->owed);
}

static void
append_schemes(const Result *result, const Totals *totals, GString *text)
{
    static const char *const HEADINGS[] = {"scheme", "contracts", "entitlement to date",
                                           "paid to date", "owed"};
    static const bool IS_NUMBER[] = {false, true, true, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    for (guint s = 0; s < totals->schemes->len; s++)
        add_scheme_row(grid, rules_scheme(result->pack->rules, s)->code, totals_scheme(totals, s));
    text_grid_rule(grid);
    add_scheme_row(grid, "total", &totals->all);
    text_grid_append(grid, text);
    g_string_append_c(text, '\n');
}

static void
add_mark_row(TextGrid *grid, const char *name, const SchemeTotals *totals)
{
    text_grid_add(grid, name);
    add_sum(grid, totals->status_owed[STATUS_PAY]);
    add_sum(grid, totals->status_owed[STATUS_INVOICE]);
    add_sum(grid, totals->status_owed[STATUS_CARRY]);
    text_grid_add_whole(grid, totals->status_contracts[STATUS_HOLD]);
    text_grid_add_whole(grid, totals->status_contracts[STATUS_NIL]);
}

/* What becomes of the owed: a held or nil contract is owed nothing, so it is counted instead. */
static void
append_marks(const Result *result, const Totals *totals, GString *text)
{
    static const char *const HEADINGS[] = {"marked",         "pay",          "invoice", "carry",
                                           "held contracts", "nil contracts"};
    static const bool IS_NUMBER[] = {false, true, true, true, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    for (guint s = 0; s < totals->schemes->len; s++)
        add_mark_row(grid, rules_scheme(result->pack->rules, s)->code, totals_scheme(totals, s));
    text_grid_rule(grid);
    add_mark_row(grid, "total", &totals->all);
    text_grid_append(grid, text);
    g_string_append_c(text, '\n');
}

static void
add_reason_row(TextGrid *grid, const char *name, const char *outcome, const char *meaning,
               const ExceptionTotals *totals, bool with_money)
{
    text_grid_add(grid, name);
    text_grid_add(grid, outcome);
    text_grid_add_whole(grid, totals->count);
    if (with_money && totals->priced > 0)
        add_sum(grid, totals->at_risk);
    else
        text_grid_add(grid, with_money ? "-" : meaning);
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
    append_schemes(result, totals, text);
    append_marks(result, totals, text);
    append_reasons(totals, true, text);
    append_controls(totals, text);
    append_close(totals, text);
}

void
closing_check_text(const Result *result, GString *text)
{
    g_autoptr(Totals) totals = totals_new(result);
    append_title(result, "check of the inputs", text);
    append_reasons(totals, false, text);
    append_controls(totals, text);
}
