/* What was paid before, and adjustments: amounts for a contract and a month. */
#pragma once

#include "pack/contracts.h"
#include "pack/period.h"

typedef struct {
    guint32 contract;
    Month month;
    Money amount;
    char *reason;        /* adjustments: the reason; payments before: the reference, or "" */
    char *authorised_by; /* adjustments only, else NULL */
    RowPlaceId place;
} AmountRow;

/* What the approved runs paid for a contract. */
typedef struct {
    Money sum;
    bool is_paid; /* they paid it at all, even where the sum is 0 */
} LedgerSum;

/* What a contract brings forward from the year before. */
typedef struct {
    Money sum;
    bool is_brought;
} BroughtSum;

typedef struct Payments {
    GArray *before;      /* of AmountRow: payments up to the run's month, by contract, as read */
    GArray *adjustments; /* of AmountRow: up to the run's month, by contract, as read */
    GArray *ledger;      /* of LedgerSum, by contract */
    GArray *brought;     /* of BroughtSum, by contract */
    char *brought_from;  /* the run it was carried by, or NULL */
    GArray *lost;        /* of LedgerEntry: not brought forward, their scheme or provider
                            is not known any more; by scheme, then provider */
} Payments;

/* Reads payments_before and adjustments (fixtures/README.md, sections of these names). Rows of a
 * later month are later. Faults: fields that cannot be read, months outside the year, contracts
 * without a participation row. */
Payments *payments_read(InputFiles *inputs, const Rules *rules, const Register *reg,
                        const Contracts *contracts, const GArray *ledger,
                        const BroughtForward *brought, const Period *period,
                        Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void payments_free(Payments *payments);
/* The rows of a contract in an array of AmountRow: *first and *count. */
void payments_of(const GArray *amounts, guint32 contract, guint *first, guint *count);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Payments, payments_free)
