/* Achievement: what providers reached of each indicator. */
#pragma once

#include "pack/claims.h"

typedef struct {
    RowPlaceId place;
    guint32 scheme; /* as in Claim */
    guint32 provider;
    guint32 indicator; /* of the rules; others are numbered on from there */
    Day as_at;
    guint32 submission;
    Reason reason;
    RowState state;
    bool takes_part; /* in what later submissions replace */
    Micros numerator, denominator, exceptions;
} AchievementRow;

typedef struct Achievements {
    GArray *rows;     /* of AchievementRow, in the order of file and line */
    GArray *accepted; /* of guint: the accepted rows, by scheme, provider, indicator */
} Achievements;

/* Reads the achievement files, tests each row, and decides which one of each contract and
 * indicator counts. */
Achievements *achievements_read(InputFiles *inputs, const ClaimContext *context,
                                Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void achievements_free(Achievements *achievements);
/* The accepted row of a contract's indicator, or NULL. */
const AchievementRow *achievements_find(const Achievements *achievements, guint32 scheme,
                                        guint32 provider, guint32 indicator);
/* As claim_parties, claim_is_later and claim_test. */
ClaimParties achievement_parties(const ClaimContext *context, const Value *values);
bool achievement_is_later(const ClaimContext *context, const Value *values);
Reason achievement_test(const ClaimContext *context, const Value *values,
                        const ClaimParties *parties, guint *column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Achievements, achievements_free)
