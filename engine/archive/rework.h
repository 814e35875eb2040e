/* A sealed run, worked out again from its archived inputs and rules, counting exactly the payments
 * it counted. Nothing in the archive is touched. */
#pragma once

#include "archive/ledger.h"
#include "pay/result.h"

typedef struct {
    Ledger *ledger;
    Pack *pack;
    Result *result;
} Rework;

/* Works a run out again. What it counted and is no longer as it was then is added to findings; what
 * refuses the inputs or rules, to faults. NULL, with the error of what refuses it, where it cannot
 * be worked out. The archive must outlive it; free with rework_free. */
Rework *rework_new(const Archive *archive, const Run *run, guint threads, GPtrArray *findings,
                   Faults *faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void rework_free(Rework *rework);

/* The period a run was sealed for, as its manifest says; wherever its folder stands now. */
Period rework_period(const Run *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rework, rework_free)
