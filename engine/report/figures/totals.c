#include "report/figures/totals.h"

#include <string.h>

#include "base/poison.h"

ExceptionParties
exception_parties(const Result *result, const ExceptionEntry *entry)
{
    const Pack *pack = result->pack;
    if (entry->kind == EXCEPTION_CLAIM) {
        const Claim *claim = &pack->claims->rows[entry->index];
        return (ExceptionParties){claim->scheme, claim->provider};
    }
    if (entry->kind == EXCEPTION_ACHIEVEMENT) {
        const AchievementRow *row =
            &g_array_index(pack->achievements->rows, AchievementRow, entry->index);
        return (ExceptionParties){row->scheme, row->provider};
    }
    if (entry->kind == EXCEPTION_LOST) {
        const LedgerEntry *lost = &g_array_index(pack->payments->lost, LedgerEntry, entry->index);
        return (ExceptionParties){
            codes_find(pack->rules->scheme_codes, (Span){lost->scheme, strlen(lost->scheme)}),
            codes_find(pack->reg->codes, (Span){lost->provider, strlen(lost->provider)})};
    }
    const Contract *contract = result_contract(result, (guint)entry->index);
    const ContractKey *key = contract->parties;
    return (ExceptionParties){key->scheme, key->provider};
}

static void
add_contract(SchemeTotals *totals, const Contract *contract)
{
    totals->contracts++;
    sum_add(&totals->entitlement, contract->entitlement);
    sum_add(&totals->paid, contract->paid);
    sum_add(&totals->owed, contract->owed);
    sum_add(&totals->current, contract->current);
    sum_add(&totals->prior, contract->prior);
    totals->status_contracts[contract->status]++;
    sum_add(&totals->status_owed[contract->status], contract->owed);
}

void
totals_add_exception(ExceptionTotals *totals, const ExceptionEntry *entry)
{
    totals->count++;
    totals->known += entry->since != NULL ? 1 : 0;
    if (!entry->has_risk)
        return;
    totals->priced++;
    sum_add(&totals->at_risk, entry->at_risk);
}

static void
add_exceptions(Totals *totals, const Result *result)
{
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        guint32 scheme = exception_parties(result, entry).scheme;
        totals_add_exception(&totals->all.exceptions, entry);
        totals_add_exception(&totals->reasons[entry->reason], entry);
        totals_add_exception(scheme < totals->schemes->len
                                 ? &g_array_index(totals->schemes, SchemeTotals, scheme).exceptions
                                 : &totals->elsewhere,
                             entry);
        if (entry->is_part)
            totals->parts++;
    }
}

/* Adds up what clauses added or took. */
static void
add_clauses(Totals *totals, const Result *result)
{
    if (result->pack->rules->clauses->len == 0)
        return;
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        if (line->kind != LINE_LIMIT)
            continue;
        guint32 scheme = result_contract(result, line->contract)->parties->scheme;
        sum_add(&totals->all.clauses, line->amount);
        sum_add(&g_array_index(totals->schemes, SchemeTotals, scheme).clauses, line->amount);
    }
}

Totals *
totals_new(const Result *result)
{
    Totals *totals = g_new0(Totals, 1);
    totals->schemes = g_array_new(FALSE, TRUE, sizeof(SchemeTotals));
    g_array_set_size(totals->schemes, rules_scheme_count(result->pack->rules));
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        guint32 scheme = contract->parties->scheme;
        add_contract(&totals->all, contract);
        add_contract(&g_array_index(totals->schemes, SchemeTotals, scheme), contract);
    }
    add_clauses(totals, result);
    add_exceptions(totals, result);
    totals->files = result->pack->inputs->files->len;
    for (guint i = 0; i < totals->files; i++) {
        const InputFile *file = input_file(result->pack->inputs, i);
        totals->rows += file->rows;
        for (guint state = 0; state < STATE_COUNT; state++)
            totals->states[state] += file->states[state];
    }
    return totals;
}

void
totals_free(Totals *totals)
{
    if (totals == NULL)
        return;
    g_array_unref(totals->schemes);
    g_free(totals);
}

const SchemeTotals *
totals_scheme(const Totals *totals, guint scheme)
{
    return &g_array_index(totals->schemes, SchemeTotals, scheme);
}
