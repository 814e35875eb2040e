#include "pack/supersede.h"

#include "pack/tally.h"

#include "base/poison.h"

static bool
takes_part(const Claim *claim)
{
    return claim->month != CLAIM_NO_MONTH;
}

/* The lowest submission there is: only higher ones can replace any. */
static guint32
lowest_submission(const Claims *claims)
{
    guint32 lowest = G_MAXUINT32;
    for (guint64 i = 0; i < claims->count; i++)
        if (takes_part(&claims->rows[i]))
            lowest = MIN(lowest, claims->rows[i].submission);
    return lowest;
}

void
claims_supersede(Claims *claims)
{
    guint32 lowest = lowest_submission(claims);
    Tally highest; /* (scheme, provider) and month to the highest submission above the lowest */
    tally_init(&highest);
    for (guint64 i = 0; i < claims->count; i++) {
        const Claim *claim = &claims->rows[i];
        if (!takes_part(claim) || claim->submission == lowest)
            continue;
        bool is_new;
        int64_t *submission = tally_add(&highest, (guint64)claim->scheme << 32 | claim->provider,
                                        claim->month, &is_new);
        *submission = MAX(*submission, claim->submission);
    }
    for (guint64 i = 0; highest.used > 0 && i < claims->count; i++) {
        Claim *claim = &claims->rows[i];
        if (!takes_part(claim))
            continue;
        const int64_t *submission =
            tally_find(&highest, (guint64)claim->scheme << 32 | claim->provider, claim->month);
        if (submission != NULL && *submission > claim->submission) {
            claim->state = STATE_SUPERSEDED;
            claim->reason = REASON_NONE;
        }
    }
    tally_clear(&highest);
}
