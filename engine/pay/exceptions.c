#include "pay/exceptions.h"

#include "pack/claims/claims_chunks.h"
#include "pack/claims/row_lookup.h"
#include "pay/risk.h"

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
                            .item = CODE_NONE};
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
                                .item = CODE_NONE};
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

/* By contract, reason, and item as in the rules; what is about no item comes first. */
static int
compare_lacks(gconstpointer left, gconstpointer right)
{
    const ExceptionEntry *a = left, *b = right;
    if (a->index != b->index)
        return a->index < b->index ? -1 : 1;
    if (a->reason != b->reason)
        return a->reason < b->reason ? -1 : 1;
    if ((a->item == CODE_NONE) != (b->item == CODE_NONE))
        return a->item == CODE_NONE ? -1 : 1;
    if (a->item_kind != b->item_kind)
        return a->item_kind < b->item_kind ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

void
exceptions_list(Working *working)
{
    list_rows(working);
    g_array_sort(working->lacks, compare_lacks);
    g_array_append_vals(working->result->exceptions, working->lacks->data, working->lacks->len);
    for (guint i = 0; i < working->pack->payments->lost->len; i++) {
        ExceptionEntry entry = {
            .kind = EXCEPTION_LOST,
            .index = i,
            .reason = REASON_NOT_BROUGHT_FORWARD,
            .item = CODE_NONE,
            .has_risk = true,
            .at_risk = g_array_index(working->pack->payments->lost, LedgerEntry, i).paid};
        g_array_append_val(working->result->exceptions, entry);
    }
}
