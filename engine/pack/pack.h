/* The pack: all that is known in one run. This is where reading begins.
 *
 * A Pack is read-only once it is made. The files it was read from stay mapped as long as it lives,
 * since texts of rows are read again from them. */
#pragma once

#include "pack/achievement.h"
#include "pack/assumed.h"
#include "pack/claims/claims.h"
#include "pack/contracts.h"
#include "pack/decisions.h"
#include "pack/facts.h"
#include "pack/networks.h"
#include "pack/payments.h"

typedef struct {
    Period period;
    guint threads; /* how many may work on it */
    Rules *rules;
    InputFiles *inputs;
    Register *reg;
    Contracts *contracts;
    Lists *lists;
    Facts *facts;
    Payments *payments;
    Decisions *decisions;
    Claims *claims;
    Achievements *achievements;
    Networks *networks;     /* sums of achievements */
    const Assumed *assumed; /* of a forecast, not owned; NULL: nothing */
} Pack;

/* Where a pack comes from. */
typedef struct {
    const char *rules_dir; /* holds a folder a year */
    const char *inputs_dir;
    const GPtrArray *input_names, *input_paths; /* in place of inputs_dir where that is NULL */
    const GPtrArray *left_out;                  /* of a sealed run: see input.h; else NULL */
    const GArray *ledger;                       /* of LedgerEntry, or NULL */
    const BroughtForward *brought;              /* from the year before, or NULL */
    Period period;
    guint threads;
} PackSource;

/* Reads a pack and brings every row to its state. Faults and warnings are added to faults; where
 * any fault refuses the run, NULL with SP_ERROR_RULES or SP_ERROR_INPUT. Other errors as
 * input_files_find. Free with pack_free. */
Pack *pack_read(const PackSource *source, Faults *faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pack_free(Pack *pack);
/* Whether it is a forecast's view of the year-end, in which what nobody reported is 0. */
bool pack_foresees_year_end(const Pack *pack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pack, pack_free)
