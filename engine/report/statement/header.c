#include "report/statement/header.h"

#include "base/poison.h"

#define TITLE_HEIGHT 24
#define HEADLINE_HEIGHT 30

/* What the contracts of a payee come to. */
typedef struct {
    Sum owed[STATUS_COUNT]; /* by what becomes of it */
    guint held;             /* for what is missing */
    guint stopped;          /* by a person */
    bool has_reduction;     /* something is taken off what is paid */
} Outcome;

static Outcome
add_up(const Page *page)
{
    Outcome outcome = {0};
    for (guint i = 0; i < page->contracts->len; i++) {
        const Contract *contract = page_contract(page, i);
        sum_add(&outcome.owed[contract->status], contract->owed);
        if (contract->status == STATUS_HOLD)
            *(contract->held == REASON_HELD_BY_PERSON ? &outcome.stopped : &outcome.held) += 1;
        if (contract->status == STATUS_PAY && contract->owed.pence < 0)
            outcome.has_reduction = true;
    }
    return outcome;
}

/* What the payee needs to know beside the sum. */
static void
append_sentences(GString *text, const Page *page, const Outcome *outcome)
{
    Sum carried = {-outcome->owed[STATUS_CARRY].pence};
    Sum invoiced = {-outcome->owed[STATUS_INVOICE].pence};
    if (outcome->owed[STATUS_PAY].pence > 0)
        g_string_append(text, "It is made up of the schemes below.");
    else if (carried.pence == 0 && invoiced.pence == 0)
        g_string_append(text, "Nothing is due to you this time.");
    else
        g_string_append(text, "Nothing is paid to you this time.");
    if (outcome->has_reduction)
        g_string_append(text, " What was paid too much before is taken off it.");
    if (carried.pence != 0)
        g_string_append_printf(text,
                               " %s more than is due was paid to you before. You need not do "
                               "anything: it is carried forward, and taken off what is due to you "
                               "next.",
                               words_sum(carried).text);
    if (invoiced.pence != 0)
        g_string_append_printf(text,
                               " We will send you an invoice for %s, which was paid to you before "
                               "and is more than was earned.",
                               words_sum(invoiced).text);
    if (outcome->held == 1)
        g_string_append(text, " One scheme is on hold until information that is missing comes in.");
    else if (outcome->held > 1)
        g_string_append_printf(
            text, " %u schemes are on hold until information that is missing comes in.",
            outcome->held);
    if (outcome->stopped > 0)
        g_string_append_printf(text, " Payments of %u scheme%s are stopped for now: see below.",
                               outcome->stopped, text_plural(outcome->stopped));
    guint count = page->payee->exception_count;
    if (count > 0)
        g_string_append_printf(
            text, " Not all was paid as claimed (%s): see below what you can do.",
            words_new_and_known(
                count, count - payee_new_exceptions(page->payees, page->result, page->payee))
                .text);
}

static void
write_label(Page *page, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_MUTED, "%s", label);
    page_text(page, COLUMN_B, COLUMN_F, STYLE_WRAP, "%s", text);
    page_next(page);
}

char *
header_reply_by(const Rules *rules)
{
    const Office *office = rules->office;
    if (office == NULL)
        return g_strdup("");
    return g_strdup(office->reply_day == DAY_NONE ? office->reply_by
                                                  : words_day(office->reply_day).text);
}

/* Whom to ask, where the rules say so. */
static void
write_office(Page *page)
{
    const Office *office = page->result->pack->rules->office;
    if (office == NULL)
        return;
    const char *const parts[] = {office->name, office->email, office->telephone};
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        g_string_append_printf(text, "%s%s", text->len > 0 && parts[i][0] != '\0' ? ", " : "",
                               parts[i]);
    write_label(page, "Whom to ask", text->str);
    g_autofree char *reply_by = header_reply_by(page->result->pack->rules);
    write_label(page, "Please reply by", reply_by);
}

static void
write_title(Page *page, const Period *period)
{
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_TITLE, "Payment statement, %s",
              words_period(period).text);
    page_next_high(page, TITLE_HEIGHT);
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_NOTE,
              "Financial year %s, with all that is known up to %s", words_year(period->year).text,
              words_day(period->date).text);
    page_next(page);
    page_next(page);
}

/* The sum that is paid, larger than all else. */
static void
write_headline(Page *page, Sum paid)
{
    page_next(page);
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_HEADLINE, "%s to you for %s",
              page->is_approved ? "Paid" : "To be paid",
              words_period(&page->result->pack->period).text);
    page_fill(page, COLUMN_B, COLUMN_E, STYLE_HEADLINE);
    page_figure(page, COLUMN_F, figure_sum(paid), STYLE_HEADLINE_MONEY);
    page_next_high(page, HEADLINE_HEIGHT);
}

void
header_write(Page *page)
{
    const Period *period = &page->result->pack->period;
    const Payee *payee = page->payee;
    Outcome outcome = add_up(page);
    g_autofree char *to = g_strdup_printf("%s (%s)", payee->name, payee->code);
    g_autofree char *run = period_text(period);
    g_autofree char *reference = g_strdup_printf("%s/%s, run %s", run, payee->code, page->run);
    g_autoptr(GString) sentences = g_string_new(NULL);
    write_title(page, period);
    write_label(page, "To", payee->name[0] == '\0' ? payee->code : to);
    write_label(page, "Reference", reference);
    write_office(page);
    write_headline(page, payee_to_pay(page->payees, page->result, payee));
    append_sentences(sentences, page, &outcome);
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_WRAP, "%s", sentences->str);
    page_next(page);
}
