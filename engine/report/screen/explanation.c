#include "report/screen/explanation.h"

#include <string.h>

#include "pay/exception_text.h"
#include "report/screen/explained.h"

#include "base/poison.h"

static void
step_free(gpointer pointer)
{
    ExplainedStep *step = pointer;
    g_free(step->what);
    g_free(step->how);
    g_free(step->rule);
    g_free(step->source);
    g_ptr_array_unref(step->rows);
    g_free(step);
}

static void
explained_free(gpointer pointer)
{
    ExplainedContract *explained = pointer;
    g_ptr_array_unref(explained->steps);
    g_ptr_array_unref(explained->exceptions);
    g_free(explained->status);
    g_free(explained);
}

ExplainedStep *
step_add(GPtrArray *steps, char *what, char *how)
{
    ExplainedStep *step = g_new0(ExplainedStep, 1);
    step->what = what;
    step->how = how;
    step->rows = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(steps, step);
    return step;
}

void
step_amount(ExplainedStep *step, Money amount)
{
    step->has_amount = true;
    step->amount = amount;
}

void
step_rule(ExplainedStep *step, const char *table, guint64 line, const char *source)
{
    step->rule = g_strdup_printf("%s:%" G_GUINT64_FORMAT, table, line);
    step->source = g_strdup(source);
}

void
step_rows(const Explaining *explaining, ExplainedStep *step, const GArray *places)
{
    const InputFiles *inputs = explaining->result->pack->inputs;
    guint i = 0;
    while (i < places->len) {
        guint file = place_file(g_array_index(places, RowPlaceId, i));
        GString *rows = g_string_new(input_file(inputs, file)->name);
        for (const char *before = ":"; i < places->len; i++, before = ", ") {
            RowPlaceId place = g_array_index(places, RowPlaceId, i);
            if (place_file(place) != file)
                break;
            g_string_append_printf(rows, "%s%" G_GUINT64_FORMAT, before,
                                   row_lookup_line(explaining->lookup, place));
        }
        g_ptr_array_add(step->rows, g_string_free(rows, FALSE));
    }
}

void
step_row(const Explaining *explaining, ExplainedStep *step, RowPlaceId place)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    g_array_append_val(places, place);
    step_rows(explaining, step, places);
}

char *
pounds_text(Money money)
{
    GString *text = g_string_new(NULL);
    money_append_pounds(text, money);
    return g_string_free(text, FALSE);
}

char *
count_text(Micros count)
{
    GString *text = g_string_new(NULL);
    micros_append_count(text, count);
    return g_string_free(text, FALSE);
}

char *
price_text(Micros price)
{
    const Micros micros_per_penny = MICROS_PER_UNIT / 100;
    if (price % micros_per_penny == 0)
        return pounds_text((Money){price / micros_per_penny});
    GString *text = g_string_new("£");
    micros_append_rate(text, price);
    return g_string_free(text, FALSE);
}

/* What was paid when: rows of payments before, then the approved runs. */
static void
explain_paid(const Explaining *explaining, const Contract *contract, GPtrArray *steps)
{
    const Payments *payments = explaining->result->pack->payments;
    guint first, count;
    payments_of(payments->before, contract->key, &first, &count);
    for (guint i = first; i < first + count; i++) {
        const AmountRow *row = &g_array_index(payments->before, AmountRow, i);
        GString *what = g_string_new("paid before, ");
        month_append(what, row->month);
        ExplainedStep *step = step_add(steps, g_string_free(what, FALSE), g_strdup(row->reason));
        step_amount(step, row->amount);
        step_row(explaining, step, row->place);
    }
    for (guint i = 0; explaining->paid != NULL && i < explaining->paid->len; i++) {
        const PaidByRun *paid = &g_array_index(explaining->paid, PaidByRun, i);
        if (strcmp(paid->scheme, contract->scheme->code) == 0 &&
            strcmp(paid->provider, contract->provider->code) == 0)
            step_amount(
                step_add(steps, g_strdup_printf("paid by run %s", paid->run), g_strdup("approved")),
                paid->amount);
    }
    step_amount(step_add(steps, g_strdup("paid to date"), g_strdup("the payments above")),
                contract->paid);
}

static void
explain_owed(const Explaining *explaining, const Contract *contract, GPtrArray *steps)
{
    g_autofree char *entitlement = pounds_text(contract->entitlement);
    g_autofree char *paid = pounds_text(contract->paid);
    g_autofree char *current = pounds_text(contract->current);
    g_autofree char *prior = pounds_text(contract->prior);
    GString *how = g_string_new(NULL);
    g_string_append_printf(how, "%s − %s", entitlement, paid);
    if (!explaining->result->pack->period.is_year_end)
        g_string_append_printf(how, "; of which %s for this month, %s for earlier ones", current,
                               prior);
    step_amount(step_add(steps, g_strdup("owed"), g_string_free(how, FALSE)), contract->owed);
}

/* Why a contract is marked as it is. */
static char *
explain_status(const Result *result, const Contract *contract)
{
    const char *payee = contract->provider->in_force->payee;
    Money total = {0};
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *other = result_contract(result, i);
        if (strcmp(other->provider->in_force->payee, payee) == 0)
            total.pence += other->owed.pence;
    }
    g_autofree char *sum = pounds_text(total);
    switch (contract->status) {
    case STATUS_NIL:
        return g_strdup("nil: nothing is owed");
    case STATUS_HOLD:
        return g_strdup_printf("hold: %s; it is worked out when what is missing comes in",
                               REASONS[contract->held].meaning);
    case STATUS_CARRY:
        return g_strdup_printf("carry: the contracts of the payee %s add up to %s in this run; "
                               "unpaid, it comes back by itself next time",
                               payee, sum);
    case STATUS_INVOICE:
        return g_strdup_printf("invoice: the contracts of the payee %s add up to %s in this run, "
                               "and the scheme recovers by invoice",
                               payee, sum);
    case STATUS_PAY:
    case STATUS_COUNT:
        break;
    }
    return contract->owed.pence < 0
               ? g_strdup_printf("pay: it reduces what the payee %s gets", payee)
               : g_strdup_printf("pay: to the payee %s", payee);
}

/* The exceptions of a contract, in words. */
static void
explain_exceptions(const Explaining *explaining, ExplainedContract *explained)
{
    const Contract *contract = explained->contract;
    g_autoptr(ExceptionReader) reader = exception_reader_new(explaining->result);
    for (guint i = 0; i < explaining->result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(explaining->result, i);
        ExceptionText text;
        exception_reader_read(reader, entry, &text);
        if (strcmp(text.scheme, contract->scheme->code) == 0 &&
            strcmp(text.provider, contract->provider->code) == 0) {
            ExplainedStep *step =
                step_add(explained->exceptions,
                         g_strdup_printf("%s, %s%s%s", REASONS[entry->reason].name, text.outcome,
                                         text.item[0] == '\0' ? "" : ", ", text.item),
                         g_strdup(text.message));
            if (entry->has_risk)
                step_amount(step, entry->at_risk);
            if (text.line > 0)
                g_ptr_array_add(step->rows,
                                g_strdup_printf("%s:%" G_GUINT64_FORMAT, text.file, text.line));
        }
        exception_text_clear(&text);
    }
}

static ExplainedContract *
explain_contract(const Explaining *explaining, const Contract *contract)
{
    ExplainedContract *explained = g_new0(ExplainedContract, 1);
    explained->contract = contract;
    explained->steps = g_ptr_array_new_with_free_func(step_free);
    explained->exceptions = g_ptr_array_new_with_free_func(step_free);
    explain_value(explaining, contract, explained->steps);
    explain_lines(explaining, contract, explained->steps);
    step_amount(
        step_add(explained->steps, g_strdup("entitlement to date"), g_strdup("the lines above")),
        contract->entitlement);
    explain_paid(explaining, contract, explained->steps);
    explain_owed(explaining, contract, explained->steps);
    explain_exceptions(explaining, explained);
    explained->status = explain_status(explaining->result, contract);
    return explained;
}

GPtrArray *
explanation_new(const Result *result, const char *provider, const char *scheme, const GArray *paid,
                GError **error)
{
    GPtrArray *contracts = g_ptr_array_new_with_free_func(explained_free);
    Explaining explaining = {result, paid, row_lookup_new(result->pack->inputs)};
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        if (strcmp(contract->provider->code, provider) == 0 &&
            (scheme == NULL || strcmp(contract->scheme->code, scheme) == 0))
            g_ptr_array_add(contracts, explain_contract(&explaining, contract));
    }
    row_lookup_free(explaining.lookup);
    if (contracts->len > 0)
        return contracts;
    g_ptr_array_unref(contracts);
    g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT,
                "the run has no contract of the provider %s%s%s", provider,
                scheme == NULL ? "" : " in the scheme ", scheme == NULL ? "" : scheme);
    return NULL;
}
