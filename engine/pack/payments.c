#include "pack/payments.h"

#include <string.h>

#include "base/poison.h"

/* The columns that payments before and adjustments share, by their own numbers. */
typedef struct {
    guint scheme, provider, month, amount, reason;
    int authorised_by; /* -1: none */
} AmountColumns;

typedef struct {
    const Rules *rules;
    const Register *reg;
    const Contracts *contracts;
    const Period *period;
    AmountColumns columns;
    GArray *rows; /* of AmountRow */
} Gathering;

static void
amount_row_clear(gpointer pointer)
{
    AmountRow *row = pointer;
    g_free(row->reason);
    g_free(row->authorised_by);
}

void
payments_free(Payments *payments)
{
    if (payments == NULL)
        return;
    g_array_unref(payments->before);
    g_array_unref(payments->adjustments);
    g_array_unref(payments->ledger);
    g_array_unref(payments->brought);
    g_array_unref(payments->lost);
    g_free(payments->brought_from);
    g_free(payments);
}

static void
gather_row(const InputRow *row, gpointer user)
{
    Gathering *gathering = user;
    const AmountColumns *columns = &gathering->columns;
    const Value *values = row->values;
    Month month = (Month)values[columns->month].number;
    bool is_good = true;
    if (month_financial_year(month) != gathering->period->year) {
        g_autoptr(GString) year = g_string_new(NULL);
        year_append(year, gathering->period->year);
        g_autoptr(GString) month_text = g_string_new(NULL);
        text_append_quoted(month_text, values[columns->month].text);
        input_row_fault(row, columns->month, "%s is not a month of the financial year %s",
                        month_text->str, year->str);
        is_good = false;
    }
    guint32 contract = contracts_of_row(gathering->contracts, gathering->rules, gathering->reg, row,
                                        columns->scheme, columns->provider);
    if (!is_good || contract == CODE_NONE)
        return;
    bool is_later = month > gathering->period->month;
    row->file->states[is_later ? STATE_LATER : STATE_ACCEPTED]++;
    if (is_later)
        return;
    AmountRow added = {contract,
                       month,
                       {values[columns->amount].number},
                       value_text(&values[columns->reason]),
                       columns->authorised_by < 0 ? NULL
                                                  : value_text(&values[columns->authorised_by]),
                       row->place};
    g_array_append_val(gathering->rows, added);
}

static int
compare_amounts(gconstpointer left, gconstpointer right)
{
    const AmountRow *a = left, *b = right;
    if (a->contract != b->contract)
        return a->contract < b->contract ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* What approved runs paid, by contract. */
static GArray *
sum_ledger(const GArray *ledger, const Rules *rules, const Register *reg,
           const Contracts *contracts, Faults *faults)
{
    GArray *paid = g_array_new(FALSE, TRUE, sizeof(LedgerSum));
    g_array_set_size(paid, contracts_count(contracts));
    for (guint i = 0; ledger != NULL && i < ledger->len; i++) {
        const LedgerEntry *entry = &g_array_index(ledger, LedgerEntry, i);
        guint32 scheme =
            codes_find(rules->scheme_codes, (Span){entry->scheme, strlen(entry->scheme)});
        guint32 provider = codes_find(reg->codes, (Span){entry->provider, strlen(entry->provider)});
        if (scheme == CODE_NONE || provider == CODE_NONE)
            continue; /* a fault already */
        guint32 contract = contracts_find(contracts, scheme, provider);
        g_assert(contract != CODE_NONE);
        LedgerSum *known = &g_array_index(paid, LedgerSum, contract);
        known->is_paid = true;
        if (!money_add(known->sum, entry->paid, &known->sum))
            faults_add(faults, FAULT_INPUT, NULL, 0, NULL,
                       "the payments of the contract %s/%s are out of range", entry->scheme,
                       entry->provider);
    }
    return paid;
}

static void
clear_lost(gpointer pointer)
{
    LedgerEntry *entry = pointer;
    g_free(entry->scheme);
    g_free(entry->provider);
}

/* What the year before carried, by contract; what has none any more is lost. */
static void
sum_brought(Payments *payments, const BroughtForward *brought, const Rules *rules,
            const Register *reg, const Contracts *contracts)
{
    payments->brought = g_array_new(FALSE, TRUE, sizeof(BroughtSum));
    payments->lost = g_array_new(FALSE, FALSE, sizeof(LedgerEntry));
    g_array_set_clear_func(payments->lost, clear_lost);
    g_array_set_size(payments->brought, contracts_count(contracts));
    if (brought == NULL || brought->run == NULL)
        return;
    payments->brought_from = g_strdup(brought->run);
    for (guint i = 0; i < brought->entries->len; i++) {
        const LedgerEntry *entry = &g_array_index(brought->entries, LedgerEntry, i);
        guint32 scheme =
            codes_find(rules->scheme_codes, (Span){entry->scheme, strlen(entry->scheme)});
        guint32 provider = codes_find(reg->codes, (Span){entry->provider, strlen(entry->provider)});
        guint32 contract = scheme == CODE_NONE || provider == CODE_NONE
                               ? CODE_NONE
                               : contracts_find(contracts, scheme, provider);
        LedgerEntry lost = {g_strdup(entry->scheme), g_strdup(entry->provider), entry->paid};
        if (contract != CODE_NONE) {
            g_array_index(payments->brought, BroughtSum, contract) =
                (BroughtSum){entry->paid, true};
            clear_lost(&lost);
        } else {
            g_array_append_val(payments->lost, lost);
        }
    }
}

Payments *
payments_read(InputFiles *inputs, const Rules *rules, const Register *reg,
              const Contracts *contracts, const GArray *ledger, const BroughtForward *brought,
              const Period *period, Faults *faults)
{
    Payments *payments = g_new0(Payments, 1);
    payments->before = g_array_new(FALSE, FALSE, sizeof(AmountRow));
    payments->adjustments = g_array_new(FALSE, FALSE, sizeof(AmountRow));
    g_array_set_clear_func(payments->before, amount_row_clear);
    g_array_set_clear_func(payments->adjustments, amount_row_clear);
    Gathering before = {
        rules,
        reg,
        contracts,
        period,
        {BEFORE_SCHEME, BEFORE_PROVIDER, BEFORE_MONTH, BEFORE_AMOUNT, BEFORE_REFERENCE, -1},
        payments->before};
    Gathering adjustments = {rules,
                             reg,
                             contracts,
                             period,
                             {ADJUSTMENT_SCHEME, ADJUSTMENT_PROVIDER, ADJUSTMENT_MONTH,
                              ADJUSTMENT_AMOUNT, ADJUSTMENT_REASON, ADJUSTMENT_AUTHORISED_BY},
                             payments->adjustments};
    input_rows_each(inputs, INPUT_PAYMENTS_BEFORE, faults, gather_row, &before);
    input_rows_each(inputs, INPUT_ADJUSTMENTS, faults, gather_row, &adjustments);
    g_array_sort(payments->before, compare_amounts);
    g_array_sort(payments->adjustments, compare_amounts);
    payments->ledger = sum_ledger(ledger, rules, reg, contracts, faults);
    sum_brought(payments, brought, rules, reg, contracts);
    return payments;
}

void
payments_of(const GArray *amounts, guint32 contract, guint *first, guint *count)
{
    guint low = 0, high = amounts->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(amounts, AmountRow, middle).contract < contract)
            low = middle + 1;
        else
            high = middle;
    }
    guint end = low;
    while (end < amounts->len && g_array_index(amounts, AmountRow, end).contract == contract)
        end++;
    *first = low;
    *count = end - low;
}
