/* Approving a run: who may, which run, and the amounts that are shown (engine/archive/README.md,
 * Approval).
 *
 * What an approved run marks "pay" or "invoice" is paid: it is the ledger of all later runs. */
#pragma once

#include "archive/ledger.h"

/* Whether a person may approve a run at a time: the archive is whole, the run is not prepared by
 * the same person and the newest of its period, worked out by this version, and prepared before
 * that time, as is the run sealed before it; its period is neither approved nor closed by a later
 * one, what it took as paid to date is what the ledger says, and no earlier month of the year has
 * money waiting (unless that is allowed by is_out_of_order). SP_ERROR_NOT_ALLOWED says which else.
 * *waiting receives the earlier drafts that have money waiting, as ledger_payable_drafts. Whether
 * the run still verifies, verify.h checks. */
bool approve_is_allowed(const Archive *archive, const Run *run, const char *person, const char *at,
                        bool is_out_of_order, GPtrArray **waiting,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a run pays. */
typedef struct {
    Amounts payees[BAND_COUNT];    /* payees' totals, by band */
    Amounts contracts[BAND_COUNT]; /* the payments they are made of, by band */
    Money to_pay, to_invoice;      /* what is marked pay, and what is marked invoice */
    guint held;                    /* contracts that are held */
} Releases;

/* Adds up what a run pays, from its sealed payments.csv. False with SP_ERROR_NOT_ALLOWED where that
 * is not as it was sealed. */
bool releases_read(const Run *run, Releases *releases, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes the approval of a run; at is "2025-10-06T10:00:00Z". Free with approval_free. */
Approval *approve_run(const Run *run, const Releases *releases, const char *person, const char *at,
                      bool is_out_of_order) G_GNUC_WARN_UNUSED_RESULT;
