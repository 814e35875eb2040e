/* Why something is owed: what each contract is owed, divided by cause, from the lines of the last
 * approved run of the year that was counted beside this run's (engine/report/README.md, Why it is
 * owed).
 *
 * Invariants
 * - For every contract the causes add up to what is owed, to the penny.
 * - A held contract is owed nothing, and has no cause.
 * - Pure: nothing is read here. */
#pragma once

#include "base/sum.h"
#include "pay/result.h"

typedef enum {
    OWED_INSTALMENTS,
    OWED_THIS_MONTH, /* claims of the run's month */
    OWED_LATE,       /* claims of other months: a line that is new */
    OWED_CORRECTED,  /* a line that has changed, or is gone */
    OWED_PRICE,      /* a line at another price */
    OWED_FACTS,      /* what is paid by a fact, and the fact is another one */
    OWED_ACHIEVEMENT,
    OWED_VALUE,   /* another contract value, or list: what was due is worth something else */
    OWED_CLAUSES, /* what clauses add or take */
    OWED_ADJUSTMENTS,
    OWED_BROUGHT_FORWARD,
    OWED_DEFERRED, /* what recoveries leave for later runs */
    OWED_BEFORE,   /* held or carried by the run before */
    OWED_REST,
    OWED_CAUSES
} OwedCause;

/* One row a cause: its name, what it is in words, and whether each month has some of it. */
typedef struct {
    const char *name, *meaning;
    bool is_usual;
} OwedCauseRow;
extern const OwedCauseRow OWED_CAUSE[OWED_CAUSES];

/* A line of the run before. */
typedef struct {
    LineKind kind; /* LINE_KINDS: one that is not known */
    char *item;
    Month month;
    Micros rate;
    Fraction fraction; /* of no value where there is none */
    Money amount;
} EarlierLine;

/* A contract of the run before. */
typedef struct {
    Money entitlement, paid, owed;
    Status status;
    GArray *lines; /* of EarlierLine */
} EarlierContract;

/* The run before. */
typedef struct {
    const char *run;       /* "2025-08/001"; not owned */
    Month month;           /* its last month */
    GHashTable *contracts; /* "scheme/provider" to EarlierContract */
} Earlier;

/* One without contracts; free with earlier_free. */
Earlier *earlier_new(const char *run, Month month);
void earlier_free(Earlier *earlier);
/* The contract of two codes, made where there is none yet; or NULL where there is none. */
EarlierContract *earlier_add(Earlier *earlier, const char *scheme, const char *provider);
const EarlierContract *earlier_find(const Earlier *earlier, const char *scheme,
                                    const char *provider);

typedef struct {
    Money owed[OWED_CAUSES];
} ContractCauses;

typedef struct {
    GArray *contracts; /* of ContractCauses, as in the result */
    Sum all[OWED_CAUSES];
    guint count[OWED_CAUSES]; /* contracts that have some of it */
} Causes;

/* Divides what a result owes. earlier is NULL where no run of the year was counted. Free with
 * causes_free. */
Causes *causes_new(const Result *result, const Earlier *earlier);
/* Divides what is owed more, or less, in one result than in another of the same inputs, rules and
 * ledger for a period before it. What either holds is held or carried; claims of all months
 * between are the month's. Free with causes_free. */
Causes *causes_between(const Result *before, const Result *after) G_GNUC_WARN_UNUSED_RESULT;
void causes_free(Causes *causes);
const ContractCauses *causes_of(const Causes *causes, guint contract);
/* What a contract is owed beside what each month brings, and the largest part of it. */
Money causes_unusual(const ContractCauses *causes, OwedCause *largest);
/* The contracts with the most of it either way, the largest first, up to so many: an array of
 * guint, to be freed with g_array_unref. */
GArray *causes_movers(const Causes *causes, guint most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Earlier, earlier_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Causes, causes_free)
