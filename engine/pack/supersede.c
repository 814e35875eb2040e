#include "pack/supersede.h"

#include "pack/claims_chunks.h"
#include "pack/tally.h"

#include "base/poison.h"

/* Only submissions above the lowest of all can replace any. */
typedef struct {
    Claims *claims;
    Tally *chunks; /* by chunk: (scheme, provider) and month to the highest submission above it */
    const Tally *highest; /* of all chunks */
} Superseding;

static bool
takes_part(const Claim *claim)
{
    return claim->month != CLAIM_NO_MONTH;
}

static guint64
contract_key(const Claim *claim)
{
    return (guint64)claim->scheme << 32 | claim->provider;
}

static void
raise_highest(Tally *highest, guint64 contract, guint64 month, int64_t submission)
{
    bool is_new;
    int64_t *known = tally_add(highest, contract, month, &is_new);
    *known = MAX(*known, submission);
}

static void
find_highest(gsize number, gpointer user)
{
    Superseding *superseding = user;
    guint64 first, end = claims_chunk(superseding->claims, number, &first);
    Tally *highest = &superseding->chunks[number];
    tally_init(highest);
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &superseding->claims->rows[i];
        if (takes_part(claim) && claim->submission > superseding->claims->lowest_submission)
            raise_highest(highest, contract_key(claim), claim->month, claim->submission);
    }
}

static void
mark_superseded(gsize number, gpointer user)
{
    const Superseding *superseding = user;
    guint64 first, end = claims_chunk(superseding->claims, number, &first);
    for (guint64 i = first; i < end; i++) {
        Claim *claim = &superseding->claims->rows[i];
        if (!takes_part(claim))
            continue;
        const int64_t *submission =
            tally_find(superseding->highest, contract_key(claim), claim->month);
        if (submission != NULL && *submission > claim->submission) {
            claim->state = STATE_SUPERSEDED;
            claim->reason = REASON_NONE;
        }
    }
}

void
claims_supersede(Claims *claims, guint threads)
{
    gsize chunks = claims_chunks(claims);
    g_autofree Tally *found = g_new0(Tally, MAX(chunks, 1));
    Superseding superseding = {claims, found, NULL};
    parallel_for(threads, chunks, find_highest, &superseding);
    Tally highest;
    tally_init(&highest);
    for (gsize i = 0; i < chunks; i++) {
        for (gsize e = 0; e < found[i].size; e++) {
            const TallyEntry *entry = &found[i].entries[e];
            if (entry->is_used)
                raise_highest(&highest, entry->first, entry->second, entry->value);
        }
        tally_clear(&found[i]);
    }
    superseding.highest = &highest;
    if (highest.used > 0)
        parallel_for(threads, chunks, mark_superseded, &superseding);
    tally_clear(&highest);
}
