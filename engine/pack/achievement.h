/* Achievement: what providers reached of each indicator. */
#pragma once

#include "pack/parties.h"

typedef struct {
    RowPlaceId place;
    guint32 scheme; /* as in Claim, see claim.h */
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
Achievements *achievements_read(InputFiles *inputs, const RowContext *context,
                                Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void achievements_free(Achievements *achievements);
/* The accepted row of a contract's indicator, or NULL. */
const AchievementRow *achievements_find(const Achievements *achievements, guint32 scheme,
                                        guint32 provider, guint32 indicator);
/* Tests one row by all tests that need no other row, in the order of fixtures/README.md, Why a row
 * is not paid. *column receives the column that decided. */
Reason achievement_test(const RowContext *context, const Value *values, const Parties *parties,
                        guint *column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Achievements, achievements_free)
