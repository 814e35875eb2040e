/* What the providers of a network achieved together, of schemes whose achieved_by is network
 * (rules/README.md, Whose achievement counts). */
#pragma once

#include "pack/achievement.h"

/* What counts for a contract and an indicator: one row, or the sums of a network's. */
typedef struct {
    Micros numerator, denominator, exceptions;
    Day as_at;                /* of a network the latest */
    bool is_in_range;         /* false: the sums do not fit, and must not be used */
    const RowPlaceId *places; /* of the rows, in the order of file and line; not owned */
    guint row_count;
} Achieved;

typedef struct Networks Networks;

/* Adds up the rows that count, by scheme, network and indicator. Those of contracts that are merged
 * into another one are left out. Achievements, rules and register must outlive the result; free
 * with networks_free. */
Networks *networks_sum(const Achievements *achievements, const Rules *rules, const Register *reg,
                       const Contracts *contracts) G_GNUC_WARN_UNUSED_RESULT;
void networks_free(Networks *networks);
/* Whether a provider is of any network now. */
bool provider_has_network(const Provider *provider);
/* What the network of a provider achieved of an indicator. False where nobody of it has anything;
 * the provider must have a network. */
bool networks_find(const Networks *networks, guint32 scheme, const Provider *provider,
                   guint32 indicator, Achieved *achieved);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Networks, networks_free)
