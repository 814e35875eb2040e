/* The parties of a row of claims or achievement: the scheme, the provider, the item (activity or
 * indicator), and the contract of scheme and provider.
 *
 * The tests that both kinds of row have in common need nothing but the parties and the days the row
 * is for: they are here, too. */
#pragma once

#include "pack/contracts.h"
#include "pack/period.h"

/* What rows are tested against. */
typedef struct {
    const Rules *rules;
    const Register *reg;
    const Contracts *contracts;
    const Period *period;
} RowContext;

typedef struct {
    guint32 scheme, provider, item, contract; /* CODE_NONE where not known */
    guint8 reason; /* Reason: the first test by scheme, provider and item that fails, or none */
    guint8 column; /* the column that decided */
} Parties;

/* Looks up the parties of a row of INPUT_ACTIVITY or INPUT_ACHIEVEMENT. */
Parties parties_find(const RowContext *context, InputKind kind, const Value *values);
/* The first five tests after those of the fields, in their order (fixtures/README.md, Why a row is
 * not paid): unknown scheme, provider, activity or indicator, wrong level, and not participating on
 * any day of from … to. *column receives the column that decided. */
Reason parties_test(const RowContext *context, const Parties *parties, Day from, Day to,
                    guint *column);

/* The parties of claims, looked up once for many rows; for one thread. */
typedef struct PartiesCache PartiesCache;

PartiesCache *parties_cache_new(const RowContext *context) G_GNUC_WARN_UNUSED_RESULT;
void parties_cache_free(PartiesCache *cache);
/* The same as parties_find of a row of INPUT_ACTIVITY; valid until the next call. */
const Parties *parties_cache_find(PartiesCache *cache, const Value *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PartiesCache, parties_cache_free)
