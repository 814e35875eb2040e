/* Pots of limits.csv: what all contracts of a scheme have earned is brought to an amount together
 * (rules/README.md, limits.csv). */
#pragma once

#include "pay/result.h"

/* What one contract of the scheme has to do with the pot. */
typedef enum {
    POT_APART, /* nothing: its participation does not touch the year */
    POT_KEEPS, /* it is held, and keeps what it was paid */
    POT_SHARES
} PotPart;

typedef struct {
    PotPart part;
    Money amount; /* what it was paid, or what it has earned before the pot */
    Money effect; /* what the pot adds to that, or takes; 0 unless it shares */
} PotShare;

/* The pot of a scheme, or NULL; *rule receives its number. */
const Clause *pot_of(const Rules *rules, const Scheme *scheme, guint32 *rule);
/* The pounds of a pot, rounded. False where they are out of range. */
bool pot_amount(const Clause *pot, const Scheme *scheme, Money *amount) G_GNUC_WARN_UNUSED_RESULT;
/* Works out the effect of a pot on the contracts of its scheme, in their order. False where the
 * arithmetic leaves 128 bits. */
bool pot_share(const Clause *pot, Money amount, bool is_year_end, PotShare *shares,
               guint count) G_GNUC_WARN_UNUSED_RESULT;
