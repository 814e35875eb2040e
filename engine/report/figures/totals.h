/* Totals of a result: what the closing figures and the workbook's summary add up.
 */
#pragma once

#include "base/sum.h"
#include "pay/result.h"

/* Exceptions of one kind: how many, how many that approved runs listed before, how many with a
 * price, and the money at risk of those. */
typedef struct {
    guint64 count, known, priced;
    Sum at_risk;
} ExceptionTotals;

/* The contracts of a scheme, or of all. */
typedef struct {
    guint64 contracts;
    Sum entitlement, paid, owed, current, prior;
    Sum clauses; /* what clauses added, or took */
    guint64 status_contracts[STATUS_COUNT];
    Sum status_owed[STATUS_COUNT];
    ExceptionTotals exceptions;
} SchemeTotals;

typedef struct {
    GArray *schemes; /* of SchemeTotals, as in the rules */
    SchemeTotals all;
    ExceptionTotals reasons[REASON_COUNT];
    ExceptionTotals elsewhere; /* of schemes that are not in the rules */
    guint files;
    guint64 rows, states[STATE_COUNT];
    guint64 parts; /* exceptions of rows that are accepted in part */
} Totals;

/* Adds a result up. Free with totals_free. */
Totals *totals_new(const Result *result) G_GNUC_WARN_UNUSED_RESULT;
void totals_free(Totals *totals);
const SchemeTotals *totals_scheme(const Totals *totals, guint scheme);
/* Adds an exception up. */
void totals_add_exception(ExceptionTotals *totals, const ExceptionEntry *entry);
/* Whom an exception is about; a scheme that is not in the rules, or a provider that is not in the
 * register, has a number beyond them. */
typedef struct {
    guint32 scheme, provider;
} ExceptionParties;
ExceptionParties exception_parties(const Result *result, const ExceptionEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Totals, totals_free)
