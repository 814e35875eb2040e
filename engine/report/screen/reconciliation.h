/* What a run's payment file asked for, beside what whoever pays says it paid
 * (engine/report/README.md, What was paid).
 *
 * Invariants
 * - Each payment that was asked for is paid, paid differently, rejected or missing; each row of the
 *   answer that nobody asked for is unknown. What was asked for adds up to the control total.
 * - A correction says how much less, or more, was paid of a contract than its run counts as paid.
 *   Those of a payment add up to the whole difference. */
#pragma once

#include "base/figure.h"
#include "pack/response.h"

typedef enum {
    RECONCILED_PAID,
    RECONCILED_DIFFERENTLY,
    RECONCILED_REJECTED,
    RECONCILED_MISSING,
    RECONCILED_UNKNOWN,
    RECONCILED_WAYS
} Reconciled;
/* "paid", "paid differently" and so on. */
extern const char *const RECONCILED_NAMES[RECONCILED_WAYS];

/* A payment: asked for, or found in the answer alone. */
typedef struct {
    char *payment_id;
    char *scheme;      /* NULL of an unknown one */
    GArray *contracts; /* of ContractAsked; empty of an unknown one */
    Money asked, paid;
    Reconciled way;
    guint64 line; /* in the answer; 0 where it is missing */
} Reconciliation;

/* A contract marked pay: a part of a payment. */
typedef struct {
    char *provider;
    Money owed;
} ContractAsked;

/* A row to add to payments_before. */
typedef struct {
    const char *scheme, *provider; /* not owned: those of the payment */
    Month month;
    Money amount;
    char *reference;
} Correction;

/* What payments of one way add up to. */
typedef struct {
    guint64 payments;
    Sum asked, paid;
} ReconciledSum;

typedef struct {
    char *run, *period;
    Month month;         /* that of its payments */
    GPtrArray *payments; /* of Reconciliation: as in the payment file, then as in the answer */
    GArray *corrections; /* of Correction */
    ReconciledSum sums[RECONCILED_WAYS];
} Reconciliations;

/* One without payments; period is "2025-09", month that of its payments. Free with
 * reconciliations_free. */
Reconciliations *reconciliations_new(const char *run, const char *period,
                                     Month month) G_GNUC_WARN_UNUSED_RESULT;
void reconciliations_free(Reconciliations *all);
/* Adds a contract marked pay to the payment of its payee and scheme. Contracts come by payee, then
 * in the order of the payment file. */
void reconciliations_ask(Reconciliations *all, const char *scheme, const char *provider,
                         const char *payee, Money owed);
/* How many payments were asked for, and what they add up to: those of 0.00 are not in the file. To
 * be called before the answer is taken. */
ReconciledSum reconciliations_asked(const Reconciliations *all);
/* Takes the answer: of ResponseRow. To be called once, when all was asked. */
void reconciliations_answer(Reconciliations *all, const GArray *response);
/* How many payments are not paid as they were asked for, or not asked for at all. */
guint64 reconciliations_differing(const Reconciliations *all);

/* The columns of a payment, and of a correction. */
#define RECONCILED_FIELD_COUNT 6
extern const Field RECONCILED_FIELDS[RECONCILED_FIELD_COUNT];
#define CORRECTION_FIELD_COUNT 5
extern const Field CORRECTION_FIELDS[CORRECTION_FIELD_COUNT];

/* Appends figures for a screen; the rows for payments_before as CSV; all as one JSON object.
 * response is the name of the answer. */
void reconciliations_text(const Reconciliations *all, const char *response, GString *text);
void reconciliations_csv(const Reconciliations *all, GString *text);
void reconciliations_json(const Reconciliations *all, const char *response, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reconciliations, reconciliations_free)
