#include "report/statement/paid.h"

#include "base/poison.h"

/* What becomes of a part of what is owed for a contract. */
static void
write_outcome(Page *page, const Contract *contract, Money part)
{
    const guint first = COLUMN_D, last = COLUMN_E;
    switch (contract->status) {
    case STATUS_PAY:
        page_text(page, first, last, STYLE_TEXT,
                  part.pence < 0      ? "taken off: was too much"
                  : page->is_approved ? "paid"
                                      : "to be paid");
        break;
    case STATUS_HOLD:
        page_text(page, first, last, STYLE_HOLD, "on hold: see below");
        break;
    case STATUS_CARRY:
        page_text(page, first, last, STYLE_RECOVER, "carried forward %s", words_money(part).text);
        break;
    case STATUS_INVOICE:
        page_text(page, first, last, STYLE_RECOVER, "invoice for %s",
                  words_money((Money){-part.pence}).text);
        break;
    case STATUS_NIL:
    case STATUS_COUNT:
        page_text(page, first, last, STYLE_MUTED, "nothing due this time");
        break;
    }
}

static void
write_scheme(Page *page, const Scheme *scheme)
{
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_WRAP, "%s (%s)", scheme->title, scheme->code);
}

static void
write_part(Page *page, const Contract *contract, Words earned, Money part)
{
    const Period *period = &page->result->pack->period;
    bool is_paid = contract->status == STATUS_PAY;
    Words paid_in = period->is_year_end ? words_period(period) : words_month(period->month);
    write_scheme(page, contract->scheme);
    page_text(page, COLUMN_B, COLUMN_B, STYLE_TEXT, "%s", earned.text);
    page_text(page, COLUMN_C, COLUMN_C, STYLE_TEXT, "%s", is_paid ? paid_in.text : "");
    write_outcome(page, contract, part);
    page_money(page, COLUMN_F, is_paid ? part : (Money){0}, STYLE_MONEY);
    page_next(page);
}

void
paid_write(Page *page)
{
    const char *const headings[PAGE_COLUMNS] = {
        "Scheme",       "Earned in", page->is_approved ? "Paid in" : "To be paid in",
        "What happens", NULL,        "Amount"};
    const Period *period = &page->result->pack->period;
    Words current = period->is_year_end ? words_year(period->year) : words_month(period->month);
    Words prior = page_earlier_months(page);
    page_section(page, page->is_approved ? "What is paid" : "What is to be paid");
    page_headings(page, headings, COLUMN_F);
    guint from = page_at(page);
    for (guint i = 0; i < page->contracts->len; i++) {
        const Contract *contract = page_contract(page, i);
        page_provider(page, i);
        if (contract->current.pence != 0 || contract->prior.pence == 0)
            write_part(page, contract, current, contract->current);
        if (contract->prior.pence != 0)
            write_part(page, contract, prior, contract->prior);
    }
    page_text(page, COLUMN_WHAT, COLUMN_E, STYLE_TOTAL, "%s to you",
              page->is_approved ? "Paid" : "To be paid");
    page_total(page, COLUMN_F, from, payee_to_pay(page->payees, page->result, page->payee));
    page_next(page);
}

void
paid_write_year(Page *page)
{
    const char *const headings[PAGE_COLUMNS] = {
        "Scheme",         "Earned so far",
        "Paid before",    page->is_approved ? "Paid now" : "To be paid now",
        "Paid with that", "Still open"};
    Sum sums[PAGE_COLUMNS] = {{0}};
    g_autofree char *name =
        g_strdup_printf("The year %s so far", words_year(page->result->pack->period.year).text);
    page_section(page, name);
    page_headings(page, headings, COLUMN_B);
    guint from = page_at(page);
    for (guint i = 0; i < page->contracts->len; i++) {
        const Contract *contract = page_contract(page, i);
        int64_t now = contract->status == STATUS_PAY ? contract->owed.pence : 0;
        /* None of them leaves 64 bits: entitlement and paid are below 10^14 either way. */
        const Money cells[PAGE_COLUMNS] = {
            {0},   contract->entitlement,        contract->paid,
            {now}, {contract->paid.pence + now}, {contract->owed.pence - now}};
        page_provider(page, i);
        write_scheme(page, contract->scheme);
        for (guint c = COLUMN_B; c <= COLUMN_F; c++) {
            page_money(page, c, cells[c], STYLE_MONEY);
            sum_add(&sums[c], cells[c]);
        }
        page_next(page);
    }
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_TOTAL, "All schemes");
    for (guint c = COLUMN_B; c <= COLUMN_F; c++)
        page_total(page, c, from, sums[c]);
    page_next(page);
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_NOTE,
              "%s If something looks wrong, please tell us.",
              page->is_approved ? "This run is approved for payment."
                                : "Payment follows once this run is approved.");
    page_next(page);
}
