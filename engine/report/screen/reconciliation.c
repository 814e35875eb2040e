#include "report/screen/reconciliation.h"

#include <stdlib.h>
#include <string.h>

#include "pay/share.h"
#include "report/figures/json.h"
#include "report/figures/payees.h"
#include "report/figures/textgrid.h"

#include "base/poison.h"

const char *const RECONCILED_NAMES[RECONCILED_WAYS] = {"paid", "paid differently", "rejected",
                                                       "missing", "unknown"};

#define GETTER(name, expression) FIELD_GETTER(Reconciliation, name, expression)

GETTER(payment_id, figure_text(at->payment_id))
GETTER(payment_way, figure_text(RECONCILED_NAMES[at->way]))
GETTER(payment_asked, figure_money(at->asked))
GETTER(payment_paid, figure_money(at->paid))
GETTER(payment_difference, figure_money((Money){at->paid.pence - at->asked.pence}))
GETTER(payment_line, at->line == 0 ? figure_empty() : figure_whole(at->line))

const Field RECONCILED_FIELDS[RECONCILED_FIELD_COUNT] = {
    {"payment_id", "Payment", "the payment, as the payment file names it", payment_id},
    {"outcome", "Outcome", "`paid differently`, `rejected`, `missing` or `unknown`", payment_way},
    {"asked", "Asked", "what the payment file asks for", payment_asked},
    {"paid", "Paid", "what the answer says was paid", payment_paid},
    {"difference", "Difference", "paid less asked", payment_difference},
    {"line", "Line", "the line of the answer; empty where it is missing there", payment_line},
};

#define CORRECTION_GETTER(name, expression) FIELD_GETTER(Correction, name, expression)

CORRECTION_GETTER(correction_scheme, figure_text(at->scheme))
CORRECTION_GETTER(correction_provider, figure_text(at->provider))
CORRECTION_GETTER(correction_month, figure_month(at->month))
CORRECTION_GETTER(correction_amount, figure_money(at->amount))
CORRECTION_GETTER(correction_reference, figure_text(at->reference))

const Field CORRECTION_FIELDS[CORRECTION_FIELD_COUNT] = {
    {"scheme", "Scheme", "code of the scheme", correction_scheme},
    {"provider", "Provider", "code of the provider", correction_provider},
    {"month", "Month", "the run's month; March for a year-end", correction_month},
    {"amount", "Amount", "paid less what the run counts as paid", correction_amount},
    {"reference", "Reference", "what became of which payment", correction_reference},
};

static void
contract_clear(gpointer pointer)
{
    ContractAsked *contract = pointer;
    g_free(contract->provider);
}

static void
payment_free(gpointer pointer)
{
    Reconciliation *payment = pointer;
    g_free(payment->payment_id);
    g_free(payment->scheme);
    g_array_unref(payment->contracts);
    g_free(payment);
}

static void
correction_clear(gpointer pointer)
{
    Correction *correction = pointer;
    g_free(correction->reference);
}

Reconciliations *
reconciliations_new(const char *run, const char *period, Month month)
{
    Reconciliations *all = g_new0(Reconciliations, 1);
    all->run = g_strdup(run);
    all->period = g_strdup(period);
    all->month = month;
    all->payments = g_ptr_array_new_with_free_func(payment_free);
    all->corrections = g_array_new(FALSE, FALSE, sizeof(Correction));
    g_array_set_clear_func(all->corrections, correction_clear);
    return all;
}

void
reconciliations_free(Reconciliations *all)
{
    if (all == NULL)
        return;
    g_free(all->run);
    g_free(all->period);
    g_ptr_array_unref(all->payments);
    g_array_unref(all->corrections);
    g_free(all);
}

static Reconciliation *
payment_at(const Reconciliations *all, guint payment)
{
    return g_ptr_array_index(all->payments, payment);
}

static Reconciliation *
add_payment(Reconciliations *all, const char *id, const char *scheme, Reconciled way)
{
    Reconciliation *payment = g_new0(Reconciliation, 1);
    payment->payment_id = g_strdup(id);
    payment->scheme = g_strdup(scheme);
    payment->contracts = g_array_new(FALSE, FALSE, sizeof(ContractAsked));
    g_array_set_clear_func(payment->contracts, contract_clear);
    payment->way = way;
    g_ptr_array_add(all->payments, payment);
    return payment;
}

void
reconciliations_ask(Reconciliations *all, const char *scheme, const char *provider,
                    const char *payee, Money owed)
{
    g_autoptr(GString) id = g_string_new(NULL);
    payee_append_payment_id(id, all->period, payee, scheme);
    Reconciliation *payment =
        all->payments->len == 0 ? NULL : payment_at(all, all->payments->len - 1);
    if (payment == NULL || strcmp(payment->payment_id, id->str) != 0)
        payment = add_payment(all, id->str, scheme, RECONCILED_MISSING);
    ContractAsked contract = {g_strdup(provider), owed};
    g_array_append_val(payment->contracts, contract);
    payment->asked.pence += owed.pence; /* a row of the payment file: below 10^14 */
}

ReconciledSum
reconciliations_asked(const Reconciliations *all)
{
    ReconciledSum sum = {0};
    for (guint i = 0; i < all->payments->len; i++) {
        sum.payments += payment_at(all, i)->asked.pence != 0;
        sum_add(&sum.asked, payment_at(all, i)->asked);
    }
    return sum;
}

/* Shares what was paid too much or too little among the contracts of a payment: by what each is
 * owed, where that has the payment's sign. What was rejected is each contract's own. */
static void
share_difference(const Reconciliation *payment, Money *shares)
{
    guint count = payment->contracts->len;
    int64_t difference = payment->paid.pence - payment->asked.pence;
    g_autofree Fraction *weights = g_new0(Fraction, count);
    for (guint i = 0; i < count; i++) {
        Money owed = g_array_index(payment->contracts, ContractAsked, i).owed;
        bool is_alike = (owed.pence < 0) == (payment->asked.pence < 0);
        weights[i] = fraction_whole(is_alike ? llabs(owed.pence) : 0);
        shares[i] = (Money){-owed.pence};
    }
    if (payment->way == RECONCILED_REJECTED)
        return;
    /* Amounts are below 10^14 pence, so that 128 bits are enough. */
    bool fits = share_out((Money){llabs(difference)}, weights, count, shares);
    g_assert(fits);
    for (guint i = 0; i < count && difference < 0; i++)
        shares[i].pence = -shares[i].pence;
}

static void
add_corrections(Reconciliations *all, const Reconciliation *payment)
{
    g_autofree Money *shares = g_new0(Money, MAX(payment->contracts->len, 1));
    share_difference(payment, shares);
    for (guint i = 0; i < payment->contracts->len; i++) {
        const ContractAsked *contract = &g_array_index(payment->contracts, ContractAsked, i);
        if (shares[i].pence == 0)
            continue;
        Correction correction = {
            payment->scheme, contract->provider, all->month, shares[i],
            g_strconcat(payment->payment_id, " was ", RECONCILED_NAMES[payment->way], NULL)};
        g_array_append_val(all->corrections, correction);
    }
}

/* Takes a row of the answer for a payment, or as one that nobody asked for. */
static void
take_row(Reconciliations *all, GHashTable *index, const ResponseRow *row)
{
    Reconciliation *payment = g_hash_table_lookup(index, row->payment_id);
    if (payment == NULL)
        payment = add_payment(all, row->shown, NULL, RECONCILED_UNKNOWN);
    else
        payment->way = row->is_rejected                          ? RECONCILED_REJECTED
                       : row->paid.pence == payment->asked.pence ? RECONCILED_PAID
                                                                 : RECONCILED_DIFFERENTLY;
    payment->paid = row->paid;
    payment->line = row->line;
}

void
reconciliations_answer(Reconciliations *all, const GArray *response)
{
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = all->payments->len; i > 0; i--) /* what adds up to 0.00 is in no file */
        if (payment_at(all, i - 1)->asked.pence == 0)
            g_ptr_array_remove_index(all->payments, i - 1);
    for (guint i = 0; i < all->payments->len; i++)
        g_hash_table_insert(index, payment_at(all, i)->payment_id, payment_at(all, i));
    for (guint i = 0; i < response->len; i++)
        take_row(all, index, &g_array_index(response, ResponseRow, i));
    for (guint i = 0; i < all->payments->len; i++) {
        const Reconciliation *payment = payment_at(all, i);
        ReconciledSum *sum = &all->sums[payment->way];
        sum->payments++;
        sum_add(&sum->asked, payment->asked);
        sum_add(&sum->paid, payment->paid);
        if (payment->way == RECONCILED_DIFFERENTLY || payment->way == RECONCILED_REJECTED)
            add_corrections(all, payment);
    }
}

guint64
reconciliations_differing(const Reconciliations *all)
{
    guint64 count = 0;
    for (guint way = RECONCILED_PAID + 1; way < RECONCILED_WAYS; way++)
        count += all->sums[way].payments;
    return count;
}

static Sum
difference_of(const ReconciledSum *sum)
{
    return (Sum){sum->paid.pence - sum->asked.pence};
}

static void
add_sum(TextGrid *grid, const char *name, const ReconciledSum *sum)
{
    text_grid_add(grid, name);
    text_grid_figure(grid, figure_whole(sum->payments));
    text_grid_figure(grid, figure_sum(sum->asked));
    text_grid_figure(grid, figure_sum(sum->paid));
    text_grid_figure(grid, figure_sum(difference_of(sum)));
}

/* The ways in which payments ended, and what they add up to: what was asked for is the control
 * total, with what nobody asked for below it. */
static void
append_sums(const Reconciliations *all, GString *text)
{
    static const char *const HEADINGS[] = {"outcome", "payments", "asked", "paid", "difference"};
    static const bool IS_NUMBER[] = {false, true, true, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    ReconciledSum total = {0}, everything = {0};
    for (guint way = 0; way < RECONCILED_WAYS; way++) {
        const ReconciledSum *sum = &all->sums[way];
        everything.payments += sum->payments;
        everything.asked.pence += sum->asked.pence;
        everything.paid.pence += sum->paid.pence;
        if (way == RECONCILED_UNKNOWN) {
            text_grid_rule(grid);
            add_sum(grid, "control total", &total);
        }
        add_sum(grid, RECONCILED_NAMES[way], sum);
        total = everything;
    }
    add_sum(grid, "in all", &everything);
    text_grid_append(grid, text);
}

/* The payments that are not paid as they were asked for. */
static void
append_payments(const Reconciliations *all, GString *text)
{
    static const bool IS_NUMBER[] = {false, false, true, true, true, true};
    const char *headings[RECONCILED_FIELD_COUNT];
    for (guint f = 0; f < RECONCILED_FIELD_COUNT; f++)
        headings[f] = RECONCILED_FIELDS[f].name;
    g_autoptr(TextGrid) grid = text_grid_new(headings, IS_NUMBER, RECONCILED_FIELD_COUNT);
    for (guint i = 0; i < all->payments->len; i++)
        for (guint f = 0; f < RECONCILED_FIELD_COUNT && payment_at(all, i)->way != RECONCILED_PAID;
             f++)
            text_grid_figure(grid, RECONCILED_FIELDS[f].get(payment_at(all, i)));
    text_grid_append_blocks(grid, text);
}

void
reconciliations_csv(const Reconciliations *all, GString *text)
{
    CsvOut out = {text, false};
    csv_out_fields(&out, CORRECTION_FIELDS, CORRECTION_FIELD_COUNT, NULL);
    for (guint i = 0; i < all->corrections->len; i++)
        csv_out_fields(&out, CORRECTION_FIELDS, CORRECTION_FIELD_COUNT,
                       &g_array_index(all->corrections, Correction, i));
}

void
reconciliations_text(const Reconciliations *all, const char *response, GString *text)
{
    g_string_append_printf(text, "%s, and what was paid of it by ", all->run);
    text_append_shown(text, response);
    g_string_append(text, "\n\n");
    append_sums(all, text);
    if (reconciliations_differing(all) > 0) {
        g_string_append_c(text, '\n');
        append_payments(all, text);
    }
    if (all->corrections->len == 0)
        return;
    g_string_append(text, "\nrows to add to payments_before:\n\n");
    reconciliations_csv(all, text);
}

void
reconciliations_json(const Reconciliations *all, const char *response, GString *text)
{
    Json json = {text, 0, false};
    json_begin(&json);
    json_text(&json, "run", all->run);
    json_text(&json, "response", response);
    json_open_object(&json, "outcomes");
    for (guint way = 0; way < RECONCILED_WAYS; way++) {
        const ReconciledSum *sum = &all->sums[way];
        g_autofree char *name = g_strdelimit(g_strdup(RECONCILED_NAMES[way]), " ", '_');
        json_open_object(&json, name);
        json_whole(&json, "payments", sum->payments);
        json_figure(&json, "asked", figure_sum(sum->asked));
        json_figure(&json, "paid", figure_sum(sum->paid));
        json_figure(&json, "difference", figure_sum(difference_of(sum)));
        json_close_object(&json);
    }
    json_close_object(&json);
    json_open_array(&json, "payments");
    for (guint i = 0; i < all->payments->len; i++) {
        if (payment_at(all, i)->way == RECONCILED_PAID)
            continue;
        json_open_object(&json, NULL);
        json_fields(&json, RECONCILED_FIELDS, RECONCILED_FIELD_COUNT, payment_at(all, i));
        json_close_object(&json);
    }
    json_close_array(&json);
    json_open_array(&json, "payments_before");
    for (guint i = 0; i < all->corrections->len; i++) {
        json_open_object(&json, NULL);
        json_fields(&json, CORRECTION_FIELDS, CORRECTION_FIELD_COUNT,
                    &g_array_index(all->corrections, Correction, i));
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
}
