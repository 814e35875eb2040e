/* The first and the last table of a statement: what is paid, and the year so far. */
#include <string.h>

#include "sheet/cell.h"
#include "report/statement/page.h"
#include "report/figures/wording.h"

#include "sheet/layout.h"

#include "base/poison.h"

#define TITLE_HEIGHT 24
#define HEADLINE_HEIGHT 30

/* What the contracts of a payee come to. */
typedef struct {
    Sum paid, carried, invoiced;
    guint held;
    bool has_reduction; /* something is taken off what is paid */
} Outcome;

static Outcome
add_up(const Statement *statement)
{
    Outcome outcome = {0};
    for (guint i = 0; i < statement->contracts->len; i++) {
        const Contract *contract = statement_contract(statement, i);
        switch (contract->status) {
        case STATUS_PAY:
            sum_add(&outcome.paid, contract->owed);
            outcome.has_reduction = outcome.has_reduction || contract->owed.pence < 0;
            break;
        case STATUS_CARRY:
            sum_add(&outcome.carried, contract->owed);
            break;
        case STATUS_INVOICE:
            sum_add(&outcome.invoiced, contract->owed);
            break;
        case STATUS_HOLD:
            outcome.held++;
            break;
        case STATUS_NIL:
        case STATUS_COUNT:
            break;
        }
    }
    return outcome;
}

/* Appends minus a sum, as pounds: what is to come back. */
static void
append_back(GString *text, Sum sum)
{
    sum.pence = -sum.pence;
    sum_append_pounds(text, sum);
}

/* What the payee needs to know beside the sum. */
static void
append_sentences(GString *text, const Statement *statement, const Outcome *outcome)
{
    if (outcome->paid.pence > 0)
        g_string_append(text, "It is made up of the schemes below.");
    else if (outcome->carried.pence == 0 && outcome->invoiced.pence == 0)
        g_string_append(text, "Nothing is due to you this time.");
    else
        g_string_append(text, "Nothing is paid to you this time.");
    if (outcome->has_reduction)
        g_string_append(text, " What was paid too much before is taken off it.");
    if (outcome->carried.pence != 0) {
        g_string_append_c(text, ' ');
        append_back(text, outcome->carried);
        g_string_append(text, " more than is due was paid to you before. You need not do anything: "
                              "it is carried forward, and taken off what is due to you next.");
    }
    if (outcome->invoiced.pence != 0) {
        g_string_append(text, " We will send you an invoice for ");
        append_back(text, outcome->invoiced);
        g_string_append(text, ", which was paid to you before and is more than was earned.");
    }
    if (outcome->held == 1)
        g_string_append(text, " One scheme is on hold until information that is missing comes in.");
    else if (outcome->held > 1)
        g_string_append_printf(
            text, " %u schemes are on hold until information that is missing comes in.",
            outcome->held);
    if (statement->payee->exception_count > 0)
        g_string_append(text, " Not all was paid as claimed: see below what you can do.");
}

static void
write_label(Statement *statement, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    page_text(statement, COLUMN_WHAT, COLUMN_WHAT, label, STYLE_MUTED);
    page_text(statement, COLUMN_B, COLUMN_F, text, STYLE_WRAP);
    page_end_row(statement);
}

/* Whom to ask, where the rules say so. */
static void
write_office(Statement *statement)
{
    const Office *office = statement->result->pack->rules->office;
    if (office == NULL)
        return;
    const char *const parts[] = {office->name, office->email, office->telephone};
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (text->len > 0 && parts[i][0] != '\0')
            g_string_append(text, ", ");
        g_string_append(text, parts[i]);
    }
    g_autoptr(GString) reply = g_string_new(NULL);
    if (office->reply_day == DAY_NONE)
        g_string_append(reply, office->reply_by);
    else
        wording_append_day(reply, office->reply_day);
    write_label(statement, "Whom to ask", text->str);
    write_label(statement, "Please reply by", reply->str);
}

/* The sum that is paid, larger than all else. */
static void
write_headline(Statement *statement, const Outcome *outcome)
{
    g_autoptr(GString) label = g_string_new("Paid to you for ");
    wording_append_period(label, &statement->result->pack->period);
    page_gap(statement);
    Cell paid = cell_of(figure_sum(outcome->paid), STYLE_HEADLINE_MONEY);
    cell_text(statement->book, statement->sheet, statement->row, COLUMN_WHAT, label->str,
              STYLE_HEADLINE);
    for (guint c = COLUMN_B; c < COLUMN_F; c++)
        cell_text(statement->book, statement->sheet, statement->row, c, "", STYLE_HEADLINE);
    cell_write(statement->book, statement->sheet, statement->row, COLUMN_F, &paid);
    layout_height(statement->book, statement->sheet, statement->row, HEADLINE_HEIGHT);
    statement->row++;
    statement->lines += 2;
}

void
statement_header(Statement *statement)
{
    const Pack *pack = statement->result->pack;
    const Payee *payee = statement->payee;
    Outcome outcome = add_up(statement);
    g_autoptr(GString) title = g_string_new("Payment statement, ");
    wording_append_period(title, &pack->period);
    page_text(statement, COLUMN_WHAT, COLUMN_F, title->str, STYLE_TITLE);
    layout_height(statement->book, statement->sheet, statement->row, TITLE_HEIGHT);
    statement->row_lines = 1;
    page_end_row(statement);
    g_autoptr(GString) note = g_string_new("Financial year ");
    year_append(note, pack->period.year);
    g_string_append(note, ", with all that is known up to ");
    wording_append_day(note, pack->period.date);
    page_text(statement, COLUMN_WHAT, COLUMN_F, note->str, STYLE_NOTE);
    page_end_row(statement);
    page_gap(statement);
    g_autofree char *to = payee->name[0] == '\0'
                              ? g_strdup(payee->code)
                              : g_strdup_printf("%s (%s)", payee->name, payee->code);
    g_autofree char *period = period_text(&pack->period);
    g_autofree char *reference = g_strdup_printf("%s/%s", period, payee->code);
    write_label(statement, "To", to);
    write_label(statement, "Reference", reference);
    write_office(statement);
    write_headline(statement, &outcome);
    g_autoptr(GString) sentences = g_string_new(NULL);
    append_sentences(sentences, statement, &outcome);
    page_text(statement, COLUMN_WHAT, COLUMN_F, sentences->str, STYLE_WRAP);
    page_end_row(statement);
}

/* What becomes of what is owed for a contract, in words. */
static char *
status_words(const Contract *contract, Money part, StyleId *style)
{
    GString *text = g_string_new(NULL);
    *style = STYLE_TEXT;
    switch (contract->status) {
    case STATUS_PAY:
        g_string_append(text, part.pence < 0 ? "taken off: was too much" : "paid");
        break;
    case STATUS_HOLD:
        *style = STYLE_HOLD;
        g_string_append(text, "on hold: see below");
        break;
    case STATUS_CARRY:
        *style = STYLE_RECOVER;
        g_string_append(text, "carried forward ");
        money_append_pounds(text, part);
        break;
    case STATUS_INVOICE:
        *style = STYLE_RECOVER;
        g_string_append(text, "invoice for ");
        money_append_pounds(text, (Money){-part.pence});
        break;
    case STATUS_NIL:
    case STATUS_COUNT:
        *style = STYLE_MUTED;
        g_string_append(text, "nothing due this time");
        break;
    }
    return g_string_free(text, FALSE);
}

static char *
scheme_name(const Scheme *scheme)
{
    return g_strdup_printf("%s (%s)", scheme->title, scheme->code);
}

static void
write_part(Statement *statement, const Contract *contract, const char *earned, Money part)
{
    const Period *period = &statement->result->pack->period;
    bool is_paid = contract->status == STATUS_PAY;
    StyleId style;
    g_autofree char *name = scheme_name(contract->scheme);
    g_autofree char *words = status_words(contract, part, &style);
    g_autoptr(GString) paid_in = g_string_new(NULL);
    if (is_paid && period->is_year_end)
        wording_append_period(paid_in, period);
    else if (is_paid)
        wording_append_month(paid_in, period->month);
    page_text(statement, COLUMN_WHAT, COLUMN_WHAT, name, STYLE_WRAP);
    page_text(statement, COLUMN_B, COLUMN_B, earned, STYLE_TEXT);
    page_text(statement, COLUMN_C, COLUMN_C, paid_in->str, STYLE_TEXT);
    page_text(statement, COLUMN_D, COLUMN_E, words, style);
    page_money(statement, COLUMN_F, is_paid ? part : (Money){0}, STYLE_MONEY);
    page_end_row(statement);
}

void
statement_paid(Statement *statement)
{
    static const char *const HEADINGS[PAGE_COLUMNS] = {"Scheme",       "Earned in", "Paid in",
                                                       "What happens", NULL,        "Amount"};
    const Period *period = &statement->result->pack->period;
    g_autofree char *current = current_months(period), *prior = prior_months(period);
    Outcome outcome = add_up(statement);
    page_section(statement, "What is paid");
    page_headings(statement, HEADINGS, COLUMN_F);
    guint from = statement->row;
    for (guint i = 0; i < statement->contracts->len; i++) {
        const Contract *contract = statement_contract(statement, i);
        page_provider(statement, i);
        if (contract->current.pence != 0 || contract->prior.pence == 0)
            write_part(statement, contract, current, contract->current);
        if (contract->prior.pence != 0)
            write_part(statement, contract, prior, contract->prior);
    }
    page_text(statement, COLUMN_WHAT, COLUMN_E, "Paid to you", STYLE_TOTAL);
    page_sum(statement, COLUMN_F, from, outcome.paid);
    page_end_row(statement);
}

void
statement_year(Statement *statement)
{
    static const char *const HEADINGS[PAGE_COLUMNS] = {"Scheme",   "Earned so far", "Paid before",
                                                       "Paid now", "Paid in all",   "Still open"};
    Sum sums[PAGE_COLUMNS] = {{0}};
    g_autoptr(GString) name = g_string_new("The year ");
    year_append(name, statement->result->pack->period.year);
    g_string_append(name, " so far");
    page_section(statement, name->str);
    page_headings(statement, HEADINGS, COLUMN_B);
    guint from = statement->row;
    for (guint i = 0; i < statement->contracts->len; i++) {
        const Contract *contract = statement_contract(statement, i);
        int64_t now = contract->status == STATUS_PAY ? contract->owed.pence : 0;
        /* None of them leaves 64 bits: entitlement and paid are below 10^14 either way. */
        const Money cells[PAGE_COLUMNS] = {
            {0},   contract->entitlement,        contract->paid,
            {now}, {contract->paid.pence + now}, {contract->owed.pence - now}};
        g_autofree char *scheme = scheme_name(contract->scheme);
        page_provider(statement, i);
        page_text(statement, COLUMN_WHAT, COLUMN_WHAT, scheme, STYLE_WRAP);
        for (guint c = COLUMN_B; c <= COLUMN_F; c++) {
            page_money(statement, c, cells[c], STYLE_MONEY);
            sum_add(&sums[c], cells[c]);
        }
        page_end_row(statement);
    }
    page_text(statement, COLUMN_WHAT, COLUMN_WHAT, "All schemes", STYLE_TOTAL);
    for (guint c = COLUMN_B; c <= COLUMN_F; c++)
        page_sum(statement, c, from, sums[c]);
    page_end_row(statement);
    page_text(
        statement, COLUMN_WHAT, COLUMN_F,
        "Payment follows once this run is approved. If something looks wrong, please tell us.",
        STYLE_NOTE);
    page_end_row(statement);
}
