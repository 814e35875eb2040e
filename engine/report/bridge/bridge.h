/* The bridge between two runs: what each contract is owed in one and in the other, and which cause
 * the difference comes from.
 *
 * A bridge is walked stage by stage: what was sealed in the first run; the first run with one part
 * after the other taken from the second; what was sealed in the second. Each step from one stage to
 * the next belongs to a cause.
 *
 * Invariants
 * - For every contract, and in total, owed before + Σ causes = owed after, to the penny: a cause
 *   is never anything but the difference between two stages.
 */
#pragma once

#include "report/figures/causes.h"
#include "base/figure.h"

/* In the order in which the parts are taken over. */
typedef enum {
    CAUSE_PERIOD, /* the runs are for different periods */
    CAUSE_REGISTER,
    CAUSE_PARTICIPATION,
    CAUSE_LISTS,
    CAUSE_FACTS,
    CAUSE_PAYMENTS, /* paid to date and adjustments */
    CAUSE_HOLDS,    /* holds and recoveries */
    CAUSE_CLAIMS,
    CAUSE_ACHIEVEMENT,
    CAUSE_RULES,
    CAUSE_ENGINE, /* what was sealed is not what is worked out now */
    CAUSE_COUNT
} Cause;

/* A contract's figures as they were sealed; status is STATUS_COUNT where it was not in the run. */
typedef struct {
    Money entitlement, paid, owed;
    Status status;
} BridgeFigures;

typedef struct {
    char *scheme, *provider;
    BridgeFigures before, after;
    Money causes[CAUSE_COUNT];
    Money period[OWED_CAUSES]; /* what the cause period is made of */
    Money at, next;            /* owed at the present stage, and at the next */
} BridgeRow;

/* The fields of a row. The first of them, up to BRIDGE_RECORDED, are what files hold of it; each
 * cause is one, named and explained there. */
enum {
    BRIDGE_SCHEME,
    BRIDGE_PROVIDER,
    BRIDGE_STATUS_BEFORE,
    BRIDGE_STATUS_AFTER,
    BRIDGE_ENTITLEMENT_BEFORE,
    BRIDGE_ENTITLEMENT_AFTER,
    BRIDGE_PAID_BEFORE,
    BRIDGE_PAID_AFTER,
    BRIDGE_OWED_BEFORE,
    BRIDGE_CAUSES,
    BRIDGE_OWED_AFTER = BRIDGE_CAUSES + CAUSE_COUNT,
    BRIDGE_DIFFERENCE,
    BRIDGE_PERIOD, /* what the cause period is made of */
    BRIDGE_RECORDED = BRIDGE_PERIOD + OWED_CAUSES,
    BRIDGE_MOVED = BRIDGE_RECORDED,
    BRIDGE_UNEXPLAINED,
    BRIDGE_FIELD_COUNT
};
extern const Field BRIDGE_FIELDS[BRIDGE_FIELD_COUNT];
/* "register", "claims" */
const char *cause_name(Cause cause);

typedef struct {
    char *from, *to;   /* the runs: "2025-09/001" */
    GPtrArray *rows;   /* of BridgeRow */
    GPtrArray *notes;  /* of char *: causes that could not be told apart */
    GHashTable *index; /* "scheme/provider" -> BridgeRow */
    Codes *schemes;    /* in the order of the reports */
} Bridge;

/* An empty bridge between two runs. Free with bridge_free. */
Bridge *bridge_new(const char *from, const char *to) G_GNUC_WARN_UNUSED_RESULT;
void bridge_free(Bridge *bridge);
/* Schemes stand in the order in which they are named here first. */
void bridge_add_schemes(Bridge *bridge, const Rules *rules);

/* A stage: what each contract is owed, contracts that are not added being owed nothing. The first
 * stage is what was sealed before, the last what was sealed after. */
void bridge_begin_stage(Bridge *bridge);
void bridge_add_result(Bridge *bridge, const Result *result);
/* Says what the cause period is made of: the results of two stages that have other periods and all
 * else alike. */
void bridge_explain_period(Bridge *bridge, const Result *from, const Result *to);
/* Ends a stage whose step belongs to a cause. The first stage is not ended: it has none. */
void bridge_end_stage(Bridge *bridge, Cause cause);
/* Adds a contract of the first stage with all its figures, or of the last. */
void bridge_add_sealed(Bridge *bridge, const char *scheme, const char *provider,
                       const BridgeFigures *figures, bool is_last);
/* Puts the rows in their order. */
void bridge_finish(Bridge *bridge);

const BridgeRow *bridge_row(const Bridge *bridge, guint row);
/* Whether any figure, or the status, of a contract differs, or any cause is not nil. */
bool bridge_row_is_moved(const BridgeRow *row);
guint bridge_moved(const Bridge *bridge);
/* How many contracts a cause moves, and its sum. */
guint bridge_cause(const Bridge *bridge, Cause cause, Sum *sum);
/* The same of what the cause period is made of. */
guint bridge_period(const Bridge *bridge, OwedCause cause, Sum *sum);
/* The rows that moved: of const BridgeRow *, those whose owed changed most first, of equal ones in
 * the order of the reports. Free with g_ptr_array_unref; the rows are the bridge's. */
GPtrArray *bridge_largest(const Bridge *bridge) G_GNUC_WARN_UNUSED_RESULT;
/* Sums of what is owed before and after. */
void bridge_totals(const Bridge *bridge, Sum *before, Sum *after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bridge, bridge_free)
