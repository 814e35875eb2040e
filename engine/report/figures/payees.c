#include "report/figures/payees.h"

#include <string.h>

#include "report/figures/totals.h"

#include "base/poison.h"

const Payee *
payees_get(const Payees *payees, guint payee)
{
    return &g_array_index(payees->payees, Payee, payee);
}

const Contract *
payee_contract(const Payees *payees, const Result *result, const Payee *payee, guint i)
{
    return result_contract(result,
                           g_array_index(payees->contracts, guint, payee->first_contract + i));
}

const ExceptionEntry *
payee_exception(const Payees *payees, const Result *result, const Payee *payee, guint i)
{
    return result_exception(result,
                            g_array_index(payees->exceptions, guint, payee->first_exception + i));
}

static const char *
payee_of(const Contract *contract)
{
    return contract->provider->in_force->payee;
}

/* The row in force of the provider that has a payee's code, or NULL. */
static const ProviderRow *
row_of(const Register *reg, const char *payee)
{
    guint32 provider = codes_find(reg->codes, (Span){payee, strlen(payee)});
    return provider == CODE_NONE ? NULL : register_provider(reg, provider)->in_force;
}

static int
compare_payees(gconstpointer left, gconstpointer right)
{
    return strcmp(((const Payee *)left)->code, ((const Payee *)right)->code);
}

/* Lists the payees and numbers them: number = place in their order. */
static Codes *
number_payees(Payees *payees, const Result *result)
{
    Codes *seen = codes_new(), *numbers = codes_new();
    for (guint i = 0; i < result->contracts->len; i++) {
        const char *code = payee_of(result_contract(result, i));
        const ProviderRow *row = row_of(result->pack->reg, code);
        Payee payee = {.code = code,
                       .name = row == NULL ? "" : row->name,
                       .email = row == NULL ? "" : row->email};
        if (codes_add(seen, (Span){code, strlen(code)}) == payees->payees->len)
            g_array_append_val(payees->payees, payee);
    }
    codes_free(seen);
    g_array_sort(payees->payees, compare_payees);
    for (guint i = 0; i < payees->payees->len; i++) {
        const char *code = payees_get(payees, i)->code;
        (void)codes_add(numbers, (Span){code, strlen(code)});
    }
    return numbers;
}

/* The payee of each provider of the register, as a number, or CODE_NONE. */
static guint32 *
number_providers(const Result *result, const Codes *numbers)
{
    guint count = register_count(result->pack->reg);
    guint32 *of_provider = g_new(guint32, MAX(count, 1));
    for (guint i = 0; i < count; i++) {
        const char *code = register_provider(result->pack->reg, i)->in_force->payee;
        of_provider[i] = codes_find(numbers, (Span){code, strlen(code)});
    }
    return of_provider;
}

/* Sorts numbered things by their payee, in their own order: payee_of[i] is that of i, or
 * CODE_NONE. firsts[p] receives where those of p begin, firsts[payees] the end. */
static GArray *
group(const guint32 *payee_of, guint count, guint payees, guint *firsts)
{
    memset(firsts, 0, (payees + 1) * sizeof *firsts);
    for (guint i = 0; i < count; i++)
        if (payee_of[i] != CODE_NONE)
            firsts[payee_of[i] + 1]++;
    for (guint p = 0; p < payees; p++)
        firsts[p + 1] += firsts[p];
    GArray *grouped = g_array_sized_new(FALSE, FALSE, sizeof(guint), firsts[payees]);
    g_array_set_size(grouped, firsts[payees]);
    g_autofree guint *next = g_memdup2(firsts, (payees + 1) * sizeof *firsts);
    for (guint i = 0; i < count; i++)
        if (payee_of[i] != CODE_NONE)
            g_array_index(grouped, guint, next[payee_of[i]]++) = i;
    return grouped;
}

Payees *
payees_new(const Result *result)
{
    Payees *payees = g_new0(Payees, 1);
    payees->payees = g_array_new(FALSE, FALSE, sizeof(Payee));
    Codes *numbers = number_payees(payees, result);
    g_autofree guint32 *of_provider = number_providers(result, numbers);
    codes_free(numbers);
    guint count = payees->payees->len, providers = register_count(result->pack->reg);
    guint contracts = result->contracts->len, exceptions = result->exceptions->len;
    g_autofree guint32 *of = g_new(guint32, MAX(MAX(contracts, exceptions), 1));
    g_autofree guint *firsts = g_new(guint, count + 1);
    for (guint i = 0; i < contracts; i++)
        of[i] = of_provider[result_contract(result, i)->parties->provider];
    payees->contracts = group(of, contracts, count, firsts);
    for (guint p = 0; p < count; p++) {
        Payee *payee = &g_array_index(payees->payees, Payee, p);
        payee->first_contract = firsts[p];
        payee->contract_count = firsts[p + 1] - firsts[p];
    }
    for (guint i = 0; i < exceptions; i++) {
        guint32 provider = exception_parties(result, result_exception(result, i)).provider;
        of[i] = provider < providers ? of_provider[provider] : CODE_NONE;
    }
    payees->exceptions = group(of, exceptions, count, firsts);
    for (guint p = 0; p < count; p++) {
        Payee *payee = &g_array_index(payees->payees, Payee, p);
        payee->first_exception = firsts[p];
        payee->exception_count = firsts[p + 1] - firsts[p];
    }
    return payees;
}

void
payees_free(Payees *payees)
{
    if (payees == NULL)
        return;
    g_array_unref(payees->payees);
    g_array_unref(payees->contracts);
    g_array_unref(payees->exceptions);
    g_free(payees);
}

Sum
payee_to_pay(const Payees *payees, const Result *result, const Payee *payee)
{
    Sum sum = {0};
    for (guint i = 0; i < payee->contract_count; i++) {
        const Contract *contract = payee_contract(payees, result, payee, i);
        if (contract->status == STATUS_PAY)
            sum_add(&sum, contract->owed);
    }
    return sum;
}

guint
payee_new_exceptions(const Payees *payees, const Result *result, const Payee *payee)
{
    guint count = 0;
    for (guint i = 0; i < payee->exception_count; i++)
        if (payee_exception(payees, result, payee, i)->since == NULL)
            count++;
    return count;
}

const char *
payees_name(const Register *reg, const char *payee)
{
    const ProviderRow *row = row_of(reg, payee);
    return row == NULL ? "" : row->name;
}

void
payee_append_payment_id(GString *text, const char *period, const char *payee, const char *scheme)
{
    g_string_append_printf(text, "%s/%s/%s", period, payee, scheme);
}

static ProviderType
type_of_payee(const Result *result, const Contract *contract)
{
    const ProviderRow *row = row_of(result->pack->reg, payee_of(contract));
    return row == NULL ? contract->provider->in_force->type : row->type;
}

Sum *
payees_to_pay(const Result *result)
{
    guint schemes = rules_scheme_count(result->pack->rules);
    Sum *sums = g_new0(Sum, (schemes + 1) * PAYEE_SUMS);
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        if (contract->status != STATUS_PAY)
            continue;
        const guint types[] = {type_of_payee(result, contract), TYPE_COUNT};
        for (guint t = 0; t < G_N_ELEMENTS(types); t++) {
            sum_add(&sums[contract->parties->scheme * PAYEE_SUMS + types[t]], contract->owed);
            sum_add(&sums[schemes * PAYEE_SUMS + types[t]], contract->owed);
        }
    }
    return sums;
}
