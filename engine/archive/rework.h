/* A sealed run, worked out again from its archived inputs and rules, counting exactly the payments
 * it counted. Nothing in the archive is touched. */
#pragma once

#include "archive/earlier.h"
#include "pay/result.h"

typedef struct {
    char *rules_dir; /* where its rules were read from */
    Ledger *ledger;
    Pack *pack;
    Result *result;
    Earlier *earlier; /* the run before it, NULL where it counted none of the year */
} Rework;

/* Works a run out again. Payments it counted that are no longer as they were then are added to
 * findings, and what is wrong with inputs or rules to faults. NULL, with the errors of
 * ledger_read_counted, pack_read and work_out_pack, where it cannot be worked out. The archive must
 * outlive it; free with rework_free. */
Rework *rework_new(const Archive *archive, const Run *run, guint threads, GPtrArray *findings,
                   Faults *faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same with the rules of a folder, or a folder of inputs, or both, in place of those that were
 * sealed; NULL: those. Period and ledger are the run's. */
Rework *rework_if(const Archive *archive, const Run *run, const char *rules_dir,
                  const char *inputs_dir, guint threads, GPtrArray *findings, Faults *faults,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void rework_free(Rework *rework);

/* The period a run was sealed for: the one its manifest names, even if its folder was moved. */
Period rework_period(const Run *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rework, rework_free)
