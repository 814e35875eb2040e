#include "pack/supersede.h"

#include "pack/claims_chunks.h"
#include "pack/tally.h"

#include "base/poison.h"

/* What one chunk has to say. */
typedef struct {
    guint32 lowest;
    Tally highest; /* (scheme, provider) and month to the highest submission above the lowest */
} ChunkSubmissions;

typedef struct {
    Claims *claims;
    ChunkSubmissions *chunks;
    guint32 lowest;       /* of all: only higher ones can replace any */
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
find_lowest(gsize number, gpointer user)
{
    Superseding *superseding = user;
    guint64 first, end = claims_chunk(superseding->claims, number, &first);
    guint32 lowest = G_MAXUINT32;
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &superseding->claims->rows[i];
        if (takes_part(claim))
            lowest = MIN(lowest, claim->submission);
    }
    superseding->chunks[number].lowest = lowest;
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
    Tally *highest = &superseding->chunks[number].highest;
    tally_init(highest);
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &superseding->claims->rows[i];
        if (takes_part(claim) && claim->submission > superseding->lowest)
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
    g_autofree ChunkSubmissions *found = g_new0(ChunkSubmissions, MAX(chunks, 1));
    Superseding superseding = {claims, found, G_MAXUINT32, NULL};
    parallel_for(threads, chunks, find_lowest, &superseding);
    for (gsize i = 0; i < chunks; i++)
        superseding.lowest = MIN(superseding.lowest, found[i].lowest);
    parallel_for(threads, chunks, find_highest, &superseding);
    Tally highest;
    tally_init(&highest);
    for (gsize i = 0; i < chunks; i++) {
        for (gsize e = 0; e < found[i].highest.size; e++) {
            const TallyEntry *entry = &found[i].highest.entries[e];
            if (entry->is_used)
                raise_highest(&highest, entry->first, entry->second, entry->value);
        }
        tally_clear(&found[i].highest);
    }
    superseding.highest = &highest;
    if (highest.used > 0)
        parallel_for(threads, chunks, mark_superseded, &superseding);
    tally_clear(&highest);
}
