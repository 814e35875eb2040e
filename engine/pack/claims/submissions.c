#include "pack/claims/submissions.h"

#include "base/poison.h"

bool
submission_is_doubtful(const Value *submission)
{
    const int64_t most = 99;
    return submission->number > most || value_is_behind_comma(submission);
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

bool
submissions_note(Tally *highest, const Claim *claim)
{
    if (claim->month == CLAIM_NO_MONTH)
        return true;
    if (claim->submission > USUAL_SUBMISSION)
        raise_highest(highest, contract_key(claim), claim->month, claim->submission);
    return claim->submission >= USUAL_SUBMISSION;
}

void
submissions_note_all(Tally *highest, const Claim *claims, guint64 count)
{
    for (guint64 i = 0; i < count; i++)
        if (claims[i].month != CLAIM_NO_MONTH)
            raise_highest(highest, contract_key(&claims[i]), claims[i].month, claims[i].submission);
}

void
submissions_join(Tally *highest, Tally *other)
{
    for (gsize e = 0; e < other->size; e++) {
        const TallyEntry *entry = &other->entries[e];
        if (entry->is_used)
            raise_highest(highest, entry->first, entry->second, entry->value);
    }
    tally_clear(other);
}

void
submissions_supersede(const Tally *highest, Claim *claim)
{
    if (highest->used == 0 || claim->month == CLAIM_NO_MONTH)
        return;
    const int64_t *submission = tally_find(highest, contract_key(claim), claim->month);
    if (submission != NULL && *submission > claim->submission)
        claim->state = STATE_SUPERSEDED;
}
