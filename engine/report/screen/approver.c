#include "report/screen/approver.h"

#include <string.h>

#include "report/figures/payees.h"
#include "report/figures/risk.h"
#include "report/figures/textgrid.h"

#include "base/poison.h"

#define MOST_MOVERS 10

typedef struct {
    const Result *result;
    const Earlier *earlier;
    const Causes *causes;
    GString *text;
} Page;

/* What is marked pay, by scheme and type of payee. */
static void
append_to_pay(const Page *page)
{
    const char *headings[TYPE_COUNT + 2] = {"to pay now"};
    bool is_number[TYPE_COUNT + 2] = {false};
    const Rules *rules = page->result->pack->rules;
    guint schemes = rules_scheme_count(rules);
    g_autofree Sum *sums = payees_to_pay(page->result);
    for (guint column = 1; column < TYPE_COUNT + 2; column++) {
        headings[column] = column <= TYPE_COUNT ? PROVIDER_TYPES[column - 1] : "total";
        is_number[column] = true;
    }
    g_autoptr(TextGrid) grid = text_grid_new(headings, is_number, TYPE_COUNT + 2);
    for (guint row = 0; row <= schemes; row++) {
        if (row == schemes)
            text_grid_rule(grid);
        text_grid_add(grid, row < schemes ? rules_scheme(rules, row)->code : "total");
        for (guint column = 0; column <= TYPE_COUNT; column++)
            text_grid_figure(grid, figure_sum(sums[row * PAYEE_SUMS + column]));
    }
    text_grid_append(grid, page->text);
}

/* Why it is owed: causes that there are, which add up. */
static void
append_causes(const Page *page)
{
    static const char *const HEADINGS[] = {"why it is owed", "contracts", "owed"};
    static const bool IS_NUMBER[] = {false, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    Sum all = {0};
    for (guint cause = 0; cause < OWED_CAUSES; cause++) {
        all.pence += page->causes->all[cause].pence;
        if (page->causes->count[cause] == 0)
            continue;
        text_grid_add(grid, OWED_CAUSE[cause].name);
        text_grid_figure(grid, figure_whole(page->causes->count[cause]));
        text_grid_figure(grid, figure_sum(page->causes->all[cause]));
    }
    text_grid_rule(grid);
    text_grid_add(grid, "owed");
    text_grid_figure(grid, figure_whole(page->result->contracts->len));
    text_grid_figure(grid, figure_sum(all));
    text_grid_append(grid, page->text);
    if (page->earlier != NULL)
        g_string_append_printf(page->text, "beside the last approved run of the year, %s\n",
                               page->earlier->run);
}

/* The contracts with the most beside what each month brings. */
static void
append_movers(const Page *page)
{
    static const char *const HEADINGS[] = {"largest movements", "provider", "beside the usual",
                                           "most of it"};
    static const bool IS_NUMBER[] = {false, false, true, false};
    g_autoptr(GArray) movers = causes_movers(page->causes, MOST_MOVERS);
    if (movers->len == 0)
        return;
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    for (guint i = 0; i < movers->len; i++) {
        guint number = g_array_index(movers, guint, i);
        const Contract *contract = result_contract(page->result, number);
        OwedCause cause;
        Money unusual = causes_unusual(causes_of(page->causes, number), &cause);
        text_grid_add(grid, contract->scheme->code);
        text_grid_add(grid, contract->provider->code);
        text_grid_figure(grid, figure_money(unusual));
        text_grid_add(grid, OWED_CAUSE[cause].name);
    }
    g_string_append_c(page->text, '\n');
    text_grid_append(grid, page->text);
}

/* What is not paid: exceptions, and contracts that are held or carry a debt. */
static void
append_open(const Page *page)
{
    g_autoptr(Totals) totals = totals_new(page->result);
    const SchemeTotals *all = &totals->all;
    g_string_append_printf(page->text, "\nexceptions: %s, money at risk %s\n",
                           words_new_and_known(all->exceptions.count, all->exceptions.known).text,
                           risk_words(&all->exceptions).text);
    g_string_append_printf(page->text, "held contracts %" G_GUINT64_FORMAT,
                           all->status_contracts[STATUS_HOLD]);
    g_string_append_printf(page->text, ", carried %s",
                           words_sum(all->status_owed[STATUS_CARRY]).text);
    g_string_append_printf(page->text, ", to invoice %s\n",
                           words_sum((Sum){-all->status_owed[STATUS_INVOICE].pence}).text);
}

void
approver_text(const Result *result, const Earlier *earlier, GString *text)
{
    /* In this order; what else an approver should know is one more row. */
    static void (*const PARTS[])(const Page *) = {append_to_pay, append_causes, append_movers,
                                                  append_open};
    g_autoptr(Causes) causes = causes_new(result, earlier);
    Page page = {result, earlier, causes, text};
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        PARTS[i](&page);
        if (i == 0)
            g_string_append_c(text, '\n');
    }
}
