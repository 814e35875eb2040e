/* Decisions of a person about a contract: that its payments are held, or that what it owes is paid
 * back in parts. */
#pragma once

#include "pack/contracts.h"

typedef struct {
    guint32 contract;
    Month from, to; /* inclusive; to: MONTH_OPEN where it has no end */
    Money monthly;  /* recoveries: paid back in a run, at most */
    char *reason;   /* for people: see nhs_number_mask */
    char *authorised_by;
    RowPlaceId place;
} Decision;

#define MONTH_OPEN INT32_MAX

/* Both of Decision, by contract, then from; the months of one contract do not overlap. */
typedef struct Decisions {
    GArray *holds;
    GArray *recoveries;
} Decisions;

/* Reads holds and recoveries (fixtures/README.md, sections of these names). Their rows are
 * accepted, whatever their months. Faults: fields that cannot be read, contracts without a
 * participation row, to before from, rows of one contract that overlap. */
Decisions *decisions_read(InputFiles *inputs, const Rules *rules, const Register *reg,
                          const Contracts *contracts, Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void decisions_free(Decisions *decisions);
/* The decision about a contract that covers a month, or NULL. */
const Decision *decisions_in(const GArray *decisions, guint32 contract, Month month);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decisions, decisions_free)
