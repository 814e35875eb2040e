/* The part of a statement that shows how each amount comes about.
 *
 * The run's month stands there activity by activity. Earlier months that are still worth what was
 * paid for them are one row; where they are not, each of them has a row. */
#include "report/statement/page.h"
#include "report/statement/words.h"
#include "report/figures/wording.h"

#include "base/poison.h"

typedef struct {
    Statement *statement;
    const Pack *pack;
    const Contract *contract;
    bool has_news; /* earlier months (at year-end: all) are worth something else than was paid */
} Working;

static const Line *
line_of(const Working *working, guint i)
{
    return result_line(working->statement->result, working->contract->first_line + i);
}

static void
write_row(const Working *working, const char *what, const char *earned, const char *how,
          Money amount)
{
    Statement *statement = working->statement;
    page_text(statement, COLUMN_WHAT, COLUMN_WHAT, what, STYLE_WRAP);
    page_text(statement, COLUMN_B, COLUMN_B, earned, STYLE_WRAP);
    page_text(statement, COLUMN_C, COLUMN_E, how, STYLE_WRAP);
    page_money(statement, COLUMN_F, amount, STYLE_MONEY);
    page_end_row(statement);
}

static char *
month_text(Month month)
{
    GString *text = g_string_new(NULL);
    wording_append_month(text, month);
    return g_string_free(text, FALSE);
}

static char *
year_text(const Working *working)
{
    GString *text = g_string_new(NULL);
    year_append(text, working->pack->period.year);
    return g_string_free(text, FALSE);
}

static void
write_value(const Working *working)
{
    Statement *statement = working->statement;
    g_autofree char *year = year_text(working);
    g_autoptr(GString) how = g_string_new(NULL);
    append_value(how, working->pack, working->contract);
    page_text(statement, COLUMN_WHAT, COLUMN_WHAT, "Value for the year", STYLE_TEXT);
    page_text(statement, COLUMN_B, COLUMN_B, year, STYLE_TEXT);
    page_text(statement, COLUMN_C, COLUMN_F, how->str, STYLE_WRAP);
    page_end_row(statement);
}

static void
write_instalments(const Working *working, const Line *line)
{
    Month april = year_first_month(working->pack->period.year);
    g_autoptr(GString) earned = g_string_new(NULL);
    g_autoptr(GString) how = g_string_new(NULL);
    append_months(earned, april, line->month);
    append_instalments(how, working->pack, working->contract, line);
    write_row(working, "In-year payments so far", earned->str, how->str, line->amount);
}

static void
write_indicator(const Working *working, const Line *line)
{
    const Indicator *indicator = rules_indicator(working->pack->rules, line->rule);
    g_autofree char *what = g_strdup_printf("%s: %s", indicator->code, indicator->title);
    g_autofree char *year = year_text(working);
    g_autoptr(GString) how = g_string_new(NULL);
    append_achievement(how, working->pack, working->contract, line);
    write_row(working, what, year, how->str, line->amount);
}

static void
write_activity(const Working *working, const Line *line)
{
    g_autofree char *month = month_text(line->month);
    g_autoptr(GString) how = g_string_new(NULL);
    append_activity(how, working->pack, line);
    g_string_append(how, " = ");
    money_append_pounds(how, line->amount);
    write_row(working, line->price != NULL ? line->price->title : line->item, month, how->str,
              line->amount);
}

static void
write_adjustment(const Working *working, const Line *line)
{
    g_autofree char *month = month_text(line->month);
    write_row(working, "Adjustment", month, line->item, line->amount);
}

static void
write_held(const Working *working, const Line *line)
{
    g_autoptr(GString) how = g_string_new(REASON_WORDS[working->contract->held].meaning);
    g_string_append(how, ". Until then what was paid before stands.");
    write_row(working, "On hold", "", how->str, line->amount);
}

/* Whether a line belongs to the months that are told in short. */
static bool
is_earlier(const Working *working, const Line *line)
{
    const Period *period = &working->pack->period;
    if (line->kind != LINE_ACTIVITY && line->kind != LINE_ADJUSTMENT)
        return false;
    return period->is_year_end || line->month < period->month;
}

/* One row for all earlier months: they are worth what was paid for them. */
static void
write_unchanged(const Working *working)
{
    const Period *period = &working->pack->period;
    g_autofree char *months = period->is_year_end ? year_text(working) : prior_months(period);
    Money sum = {0};
    bool is_there = false;
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (!is_earlier(working, line))
            continue;
        is_there = true;
        sum.pence += line->amount.pence; /* below 10^14 each; closing has added them up before */
    }
    if (is_there)
        write_row(working, period->is_year_end ? "All months" : "Earlier months", months,
                  "as paid before", sum);
}

/* One row for an earlier month: "SPIRO-DIAG 12 × £48.00 + SPIRO-BASE 3 × £34.50". */
static void
write_earlier_month(const Working *working, Month month)
{
    g_autofree char *earned = month_text(month);
    g_autoptr(GString) how = g_string_new(NULL);
    Money sum = {0};
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (line->kind != LINE_ACTIVITY || line->month != month)
            continue;
        g_string_append(how, how->len > 0 ? " + " : "");
        g_string_append_printf(how, "%s ", line->item);
        append_activity(how, working->pack, line);
        sum.pence += line->amount.pence;
    }
    if (how->len == 0)
        return;
    g_string_append(how, " = ");
    money_append_pounds(how, sum);
    write_row(working, "Claims, as they stand now", earned, how->str, sum);
}

static void
write_earlier(const Working *working)
{
    const Period *period = &working->pack->period;
    Month last = period->is_year_end ? period->month : period->month - 1;
    if (!working->has_news) {
        write_unchanged(working);
        return;
    }
    for (Month month = year_first_month(period->year); month <= last; month++)
        write_earlier_month(working, month);
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (line->kind == LINE_ADJUSTMENT && is_earlier(working, line))
            write_adjustment(working, line);
    }
}

static void
write_lines(const Working *working)
{
    static void (*const WRITE[LINE_KINDS])(const Working *working, const Line *line) = {
        [LINE_INSTALMENT] = write_instalments,
        [LINE_INDICATOR] = write_indicator,
        [LINE_ACTIVITY] = write_activity,
        [LINE_ADJUSTMENT] = write_adjustment,
        [LINE_HELD] = write_held,
    };
    bool is_earlier_written = false;
    for (guint i = 0; i < working->contract->line_count; i++) {
        const Line *line = line_of(working, i);
        if (!is_earlier_written && line->kind != LINE_INSTALMENT && line->kind != LINE_INDICATOR) {
            write_earlier(working);
            is_earlier_written = true;
        }
        if (!is_earlier(working, line))
            WRITE[line->kind](working, line);
    }
}

static void
append_difference(GString *how, const Contract *contract)
{
    money_append_pounds(how, contract->entitlement);
    g_string_append(how, " earned so far − ");
    money_append_pounds(how, contract->paid);
    g_string_append(how, " paid before");
}

/* The row that closes a contract. */
static void
write_owed(const Working *working)
{
    Statement *statement = working->statement;
    const Contract *contract = working->contract;
    g_autoptr(GString) how = g_string_new(NULL);
    append_difference(how, contract);
    page_text(statement, COLUMN_WHAT, COLUMN_WHAT,
              contract->owed.pence < 0 ? "To come back" : "Due now", STYLE_TOTAL);
    page_text(statement, COLUMN_B, COLUMN_E, how->str, STYLE_TOTAL); /* room for large amounts */
    page_money(statement, COLUMN_F, contract->owed, STYLE_TOTAL_MONEY);
    page_end_row(statement);
}

/* Where nothing is due there is nothing new to show: one row says so. */
static void
write_nil(const Working *working, const char *name)
{
    const Contract *contract = working->contract;
    g_autoptr(GString) how = g_string_new(NULL);
    if (contract->line_count > 0 || contract->paid.pence != 0)
        append_difference(how, contract);
    else
        g_string_append(how, "no claims so far");
    write_row(working, name, "", how->str, contract->owed);
}

static void
write_contract(Statement *statement, const Contract *contract)
{
    const Period *period = &statement->result->pack->period;
    Working working = {statement, statement->result->pack, contract,
                       period->is_year_end ? contract->owed.pence != 0
                                           : contract->prior.pence != 0};
    g_autofree char *name =
        g_strdup_printf("%s (%s)", contract->scheme->title, contract->scheme->code);
    if (contract->status == STATUS_NIL) {
        write_nil(&working, name);
        return;
    }
    page_section(statement, name);
    if (contract->has_value && contract->held == REASON_NONE)
        write_value(&working);
    write_lines(&working);
    write_owed(&working);
}

void
statement_workings(Statement *statement)
{
    static const char *const HEADINGS[PAGE_COLUMNS] = {
        "How it was worked out", "Earned in", "Inputs and formula", NULL, NULL, "Amount"};
    page_gap(statement);
    page_headings(statement, HEADINGS, COLUMN_F);
    for (guint i = 0; i < statement->contracts->len; i++) {
        page_provider(statement, i);
        write_contract(statement, statement_contract(statement, i));
    }
}
