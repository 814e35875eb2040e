#include "pay/exceptions.h"

#include "pack/claims_chunks.h"
#include "pack/row_lookup.h"
#include "pay/indicator.h"
#include "pay/risk.h"
#include "pay/unclaimed.h"

#include "base/poison.h"

typedef struct {
    const Pack *pack;
    RowLookup *lookup;
    GArray *entries; /* of ExceptionEntry: what was found */
} Listing;

/* The exceptions of claims, which several threads list. */
typedef struct {
    const Pack *pack;
    GArray **chunks; /* by chunk of claims: its exceptions, of ExceptionEntry */
} ClaimListing;

static void
list_claim(const Listing *listing, guint64 index)
{
    const Claim *claim = &listing->pack->claims->rows[index];
    ExceptionEntry entry = {.kind = EXCEPTION_CLAIM,
                            .index = index,
                            .line = row_lookup_line(listing->lookup, claim->place),
                            .reason = (Reason)claim->reason,
                            .is_part = claim->state == STATE_ACCEPTED,
                            .indicator = CODE_NONE};
    entry.has_risk =
        claim_risk(listing->pack, listing->lookup, claim, claim->counted, &entry.at_risk);
    g_array_append_val(listing->entries, entry);
}

static void
list_chunk(gsize chunk, gpointer user)
{
    const ClaimListing *claims = user;
    Listing listing = {claims->pack, row_lookup_new(claims->pack->inputs),
                       g_array_new(FALSE, FALSE, sizeof(ExceptionEntry))};
    guint64 first, end = claims_chunk(claims->pack->claims, chunk, &first);
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &claims->pack->claims->rows[i];
        if (claim->reason != REASON_NONE && claim->state != STATE_SUPERSEDED)
            list_claim(&listing, i);
    }
    row_lookup_free(listing.lookup);
    claims->chunks[chunk] = listing.entries;
}

/* Adds the fault for a risk that is out of range. */
static void
refuse_range(const Working *working, const Claim *claim)
{
    RowLookup *lookup = row_lookup_new(working->pack->inputs);
    const Value *values = row_lookup_values(lookup, claim->place);
    g_autofree char *scheme = span_copy(values[ACTIVITY_SCHEME].text);
    g_autofree char *provider = span_copy(values[ACTIVITY_PROVIDER].text);
    working_refuse(working, scheme, provider, "the money at risk in a row");
    row_lookup_free(lookup);
}

/* Adds the achievements from *next on whose rows stand before a place. */
static void
list_achievements(const Working *working, guint *next, RowPlaceId place)
{
    const GArray *rows = working->pack->achievements->rows;
    for (; *next < rows->len; ++*next) {
        const AchievementRow *row = &g_array_index(rows, AchievementRow, *next);
        if (row->place > place)
            break;
        ExceptionEntry entry = {.kind = EXCEPTION_ACHIEVEMENT,
                                .index = *next,
                                .line = input_place_line(working->pack->inputs, row->place),
                                .reason = row->reason,
                                .indicator = CODE_NONE};
        if (row->reason != REASON_NONE)
            g_array_append_val(working->result->exceptions, entry);
    }
}

/* Lists rows by file and line, which is the order of claims and of achievements already. */
static void
list_rows(Working *working)
{
    const Pack *pack = working->pack;
    gsize chunks = claims_chunks(pack->claims);
    g_autofree GArray **found = g_new0(GArray *, MAX(chunks, 1));
    ClaimListing listing = {pack, found};
    guint next = 0;
    parallel_for(pack->threads, chunks, list_chunk, &listing);
    for (gsize chunk = 0; chunk < chunks; chunk++) {
        for (guint i = 0; i < found[chunk]->len; i++) {
            const ExceptionEntry *entry = &g_array_index(found[chunk], ExceptionEntry, i);
            const Claim *claim = &pack->claims->rows[entry->index];
            if (entry->at_risk.pence == INT64_MAX)
                refuse_range(working, claim);
            list_achievements(working, &next, claim->place);
            g_array_append_val(working->result->exceptions, *entry);
        }
        g_array_unref(found[chunk]);
    }
    list_achievements(working, &next, PLACE_NONE);
}

/* The indicators of a held contract that have no achievement. */
static void
list_missing(const Working *working, guint index)
{
    const Contract *contract = result_contract(working->result, index);
    const ContractKey *key = contract->parties;
    const GArray *indicators = contract->scheme->indicators;
    g_autofree Money *shares = g_new0(Money, indicators->len);
    bool has_shares =
        contract->has_value &&
        indicator_shares(working->pack->rules, contract->scheme, contract->value, shares);
    for (guint i = 0; i < indicators->len; i++) {
        guint32 indicator = g_array_index(indicators, guint32, i);
        if (achievements_find(working->pack->achievements, key->scheme, key->provider, indicator) !=
            NULL)
            continue;
        ExceptionEntry entry = {.kind = EXCEPTION_CONTRACT,
                                .index = index,
                                .reason = REASON_MISSING_ACHIEVEMENT,
                                .indicator = indicator,
                                .has_risk = has_shares,
                                .at_risk = shares[i]};
        g_array_append_val(working->result->exceptions, entry);
    }
}

/* The activities of a held contract that count a fact which is not in force. */
static void
list_missing_facts(const Working *working, guint index)
{
    const Pack *pack = working->pack;
    const Contract *contract = result_contract(working->result, index);
    const GArray *activities = contract->scheme->activities;
    for (guint i = 0; i < activities->len; i++) {
        guint32 number = g_array_index(activities, guint32, i);
        const Activity *activity = rules_activity(pack->rules, number);
        ExceptionEntry entry = {.kind = EXCEPTION_CONTRACT,
                                .index = index,
                                .reason = REASON_MISSING_FACT,
                                .indicator = CODE_NONE,
                                .item = activity->code};
        if (activity->count == COUNT_FACT &&
            unclaimed_lacks_fact(pack, contract->key, number, pack->period.month))
            g_array_append_val(working->result->exceptions, entry);
    }
}

void
exceptions_list(Working *working)
{
    list_rows(working);
    for (guint i = 0; i < working->result->contracts->len; i++) {
        const Contract *contract = result_contract(working->result, i);
        ExceptionEntry entry = {.kind = EXCEPTION_CONTRACT,
                                .index = i,
                                .reason = REASON_NO_LIST_SIZE,
                                .indicator = CODE_NONE};
        if (contract->held != REASON_NONE)
            list_missing_facts(working, i);
        if (contract->held == REASON_NO_LIST_SIZE)
            g_array_append_val(working->result->exceptions, entry);
        if (contract->held != REASON_NONE && working->pack->period.is_year_end)
            list_missing(working, i);
    }
    for (guint i = 0; i < working->pack->payments->lost->len; i++) {
        ExceptionEntry entry = {
            .kind = EXCEPTION_LOST,
            .index = i,
            .reason = REASON_NOT_BROUGHT_FORWARD,
            .indicator = CODE_NONE,
            .has_risk = true,
            .at_risk = g_array_index(working->pack->payments->lost, LedgerEntry, i).paid};
        g_array_append_val(working->result->exceptions, entry);
    }
}
