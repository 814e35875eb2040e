#include "report/statement/workings.h"

#include "report/figures/clause_words.h"
#include "report/figures/line_words.h"
#include "report/statement/reasons.h"

#include "base/poison.h"

typedef struct {
    Page *page;
    const Period *period;
    const Contract *contract;
    bool has_news; /* earlier months (at year-end: all) are worth something else than was paid */
} Working;

static const Line *
line_of(const Working *working, guint i)
{
    return result_line(working->page->result, working->contract->first_line + i);
}

/* Whether a line belongs to the months that are told in short. */
static bool
is_earlier(const Working *working, const Line *line)
{
    if (line->kind != LINE_ACTIVITY && line->kind != LINE_ADJUSTMENT && line->kind != LINE_LIMIT)
        return false;
    return working->period->is_year_end || line->month < working->period->month;
}

static void
write_row(const Working *working, const char *what, Words earned, const char *how, Money amount)
{
    Page *page = working->page;
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_WRAP, "%s", what);
    page_text(page, COLUMN_B, COLUMN_B, STYLE_WRAP, "%s", earned.text);
    page_text(page, COLUMN_C, COLUMN_E, STYLE_WRAP, "%s", how);
    page_money(page, COLUMN_F, amount, STYLE_MONEY);
    page_next(page);
}

static void
write_value(const Working *working)
{
    Page *page = working->page;
    const Contract *contract = working->contract;
    Words value = words_money(contract->value);
    g_autofree char *how = words_value(page->result->pack, contract);
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_TEXT, "Value for the year");
    page_text(page, COLUMN_B, COLUMN_B, STYLE_TEXT, "%s", words_year(working->period->year).text);
    if (g_str_equal(how, value.text))
        page_text(page, COLUMN_C, COLUMN_F, STYLE_WRAP, "%s, as agreed", how);
    else
        page_text(page, COLUMN_C, COLUMN_F, STYLE_WRAP, "%s%s%s", how, how[0] == '\0' ? "" : " = ",
                  value.text);
    page_next(page);
}

/* Why the contract is on hold. Free with g_free. */
static char *
held_how(const Working *working)
{
    const Pack *pack = working->page->result->pack;
    const Contract *contract = working->contract;
    const char *meaning = REASON_WORDS[contract->held].meaning;
    if (contract->held != REASON_HELD_BY_PERSON)
        return g_strdup_printf("%s. Until then what was paid before stands.", meaning);
    const Decision *hold =
        decisions_in(pack->decisions->holds, contract->key, working->period->month);
    return g_strdup_printf("%s: %s. Until then what was paid before stands.", meaning,
                           hold->reason);
}

/* Why a part of a debt is left for later. Free with g_free. */
static char *
deferred_how(const Working *working)
{
    const Pack *pack = working->page->result->pack;
    const Decision *recovery =
        decisions_in(pack->decisions->recoveries, working->contract->key, working->period->month);
    return g_strdup_printf("No more than %s comes back at a time (%s); the rest is left for later",
                           words_money(recovery->monthly).text, recovery->reason);
}

static void
write_line(const Working *working, const Line *line)
{
    const Rules *rules = working->page->result->pack->rules;
    Words year = words_year(working->period->year);
    g_autofree char *words = words_line(working->page->result, line);
    Words amount = words_money(line->amount);
    g_autofree char *how = g_str_equal(words, amount.text)
                               ? g_strdup(words)
                               : g_strdup_printf("%s = %s", words, amount.text);
    switch (line->kind) {
    case LINE_BROUGHT_FORWARD: {
        g_autofree char *from = g_strdup_printf("carried by run %s", line->item);
        write_row(working, "Brought forward", (Words){""}, from, line->amount);
        break;
    }
    case LINE_INSTALMENT:
        write_row(working, "In-year payments so far",
                  words_months(year_first_month(working->period->year), line->month), how,
                  line->amount);
        break;
    case LINE_INDICATOR: {
        const Indicator *indicator = rules_indicator(rules, line->rule);
        g_autofree char *what = g_strdup_printf("%s: %s", indicator->code, indicator->title);
        write_row(working, what,
                  indicator->due == DUE_MONTH ? words_month(indicator->due_month) : year, how,
                  line->amount);
        break;
    }
    case LINE_ACTIVITY:
        write_row(working, line->price != NULL ? line->price->title : line->item,
                  words_month(line->month), how, line->amount);
        break;
    case LINE_ADJUSTMENT:
        write_row(working, "Adjustment", words_month(line->month), words, line->amount);
        break;
    case LINE_LIMIT:
        write_row(working, rules_clause(rules, line->rule)->title,
                  clause_months(working->page->result, line), words, line->amount);
        break;
    case LINE_DEFERRED: {
        g_autofree char *why = deferred_how(working);
        write_row(working, "Left for later", (Words){""}, why, line->amount);
        break;
    }
    case LINE_HELD:
    case LINE_KINDS: {
        g_autofree char *why = held_how(working);
        write_row(working, "On hold", (Words){""}, why, line->amount);
        break;
    }
    }
}

/* Whether a clause adds or takes something: it is shown even where nothing is owed. */
static bool
is_limited(const Page *page, const Contract *contract)
{
    for (guint i = 0; i < contract->line_count; i++)
        if (result_line(page->result, contract->first_line + i)->kind == LINE_LIMIT)
            return true;
    return false;
}

/* One row for all earlier months: they are worth what was paid for them. */
static void
write_unchanged(const Working *working)
{
    bool is_year_end = working->period->is_year_end, is_there = false;
    Money sum = {0};
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (!is_earlier(working, line))
            continue;
        is_there = true;
        sum.pence += line->amount.pence; /* below 10^14 each; closing has added them up before */
    }
    if (is_there)
        write_row(
            working, is_year_end ? "All months" : "Earlier months",
            is_year_end ? words_year(working->period->year) : page_earlier_months(working->page),
            is_limited(working->page, working->contract) ? "as before" : "as paid before", sum);
}

/* One row for an earlier month: "SPIRO-DIAG 12 × £48.00 + SPIRO-BASE 3 × £34.50". */
static void
write_earlier_month(const Working *working, Month month)
{
    g_autoptr(GString) how = g_string_new(NULL);
    Money sum = {0};
    bool is_claimed = false;
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (line->kind != LINE_ACTIVITY || line->month != month)
            continue;
        g_autofree char *words = words_line(working->page->result, line);
        g_string_append_printf(how, "%s%s %s", how->len > 0 ? " + " : "", line->item, words);
        sum.pence += line->amount.pence;
        is_claimed = is_claimed || !line->has_fraction;
    }
    if (how->len == 0)
        return;
    g_string_append_printf(how, " = %s", words_money(sum).text);
    write_row(working, is_claimed ? "Claims, as they stand now" : "As it stands now",
              words_month(month), how->str, sum);
}

static void
write_earlier(const Working *working)
{
    const Period *period = working->period;
    Month last = period->is_year_end ? period->month : period->month - 1;
    if (!working->has_news) {
        write_unchanged(working);
        return;
    }
    for (Month month = year_first_month(period->year); month <= last; month++)
        write_earlier_month(working, month);
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (line->kind != LINE_ACTIVITY && is_earlier(working, line))
            write_line(working, line);
    }
}

static void
write_lines(const Working *working)
{
    bool is_earlier_written = false;
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (!is_earlier_written && line->kind != LINE_BROUGHT_FORWARD &&
            line->kind != LINE_INSTALMENT && line->kind != LINE_INDICATOR) {
            write_earlier(working);
            is_earlier_written = true;
        }
        if (!is_earlier(working, line))
            write_line(working, line);
    }
}

static void
write_contract(Page *page, const Contract *contract)
{
    const Period *period = &page->result->pack->period;
    Money news = period->is_year_end ? contract->owed : contract->prior;
    Working working = {page, period, contract, news.pence != 0};
    g_autofree char *name =
        g_strdup_printf("%s (%s)", contract->scheme->title, contract->scheme->code);
    g_autofree char *owed =
        g_strdup_printf("%s earned so far − %s paid before",
                        words_money(contract->entitlement).text, words_money(contract->paid).text);
    /* Where there is nothing new to show, one row says so. */
    if (contract->status == STATUS_NIL && !is_limited(page, contract)) {
        bool has_figures = contract->line_count > 0 || contract->paid.pence != 0;
        write_row(&working, name, (Words){""}, has_figures ? owed : "no claims so far",
                  contract->owed);
        return;
    }
    page_section(page, name);
    if (contract->has_value && contract->held == REASON_NONE)
        write_value(&working);
    write_lines(&working);
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_TOTAL,
              contract->owed.pence < 0 ? "To come back" : "Due now");
    page_text(page, COLUMN_B, COLUMN_E, STYLE_TOTAL, "%s", owed); /* room for large amounts */
    page_money(page, COLUMN_F, contract->owed, STYLE_TOTAL_MONEY);
    page_next(page);
}

void
workings_write(Page *page)
{
    static const char *const HEADINGS[PAGE_COLUMNS] = {
        "How it was worked out", "Earned in", "Inputs and formula", NULL, NULL, "Amount"};
    page_next(page);
    page_headings(page, HEADINGS, COLUMN_F);
    for (guint i = 0; i < page->contracts->len; i++) {
        page_provider(page, i);
        write_contract(page, page_contract(page, i));
    }
}
