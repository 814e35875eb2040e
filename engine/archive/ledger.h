/* The ledger: what approved runs paid, and which runs may still be made.
 *
 * Invariants
 * - Paid to date is what approved runs of the same financial year and of periods before marked
 *   "pay" or "invoice" (engine/archive/README.md, What counts as paid). Nothing else is
 *   remembered anywhere.
 * - What the last approved year-end run of the year before marked "carry", or deferred, is brought
 * forward (engine/archive/README.md, From year to year).
 * - A figure is used only if the archive is whole and the file it stands in has the SHA-256 that
 *   its run's manifest names.
 */
#pragma once

#include "archive/archive.h"
#include "pack/contracts.h"

typedef struct {
    GArray *entries;    /* of LedgerEntry, one a contract, by scheme and provider (byte order) */
    GPtrArray *counted; /* of const Run *: the runs they come from, by period; not owned */
    GArray *carried;    /* of LedgerEntry: what the last approved year-end of the year before marked
                           carry, less what it deferred; the run is the first that was counted */
    BroughtForward brought; /* the same as a pack takes it; its run is NULL where there is none */
} Ledger;

/* Reads the payments of all approved runs before a period. NULL, with SP_ERROR_INPUT, where one of
 * them is not as it was sealed. The archive must outlive the ledger; free with ledger_free. */
Ledger *ledger_read(const Archive *archive, const Period *period,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The runs that a run of a period counts, if it is made now: an array of const Run * in the order
 * of periods, to be freed with g_ptr_array_unref; the runs are not owned. */
GPtrArray *ledger_counts(const Archive *archive, const Period *period) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the payments of exactly the runs a sealed run counted, for working it out again. Those that
 * are not as they were then are added to findings, and taken as they are now. NULL where one
 * cannot be read at all. */
Ledger *ledger_read_counted(const Archive *archive, const Run *run, GPtrArray *findings,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ledger_free(Ledger *ledger);
/* Whether two ledgers say the same was paid, and brought forward, for every contract. */
bool ledgers_agree(const Ledger *a, const Ledger *b);

/* Whether a run for a period may be made or approved: not for an approved period, nor for one
 * before an approved one of the year. False with SP_ERROR_NOT_ALLOWED. */
bool ledger_allows(const Archive *archive, const Period *period,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The next year-end of a year: the first or, where one is approved, the one after the last. */
Period ledger_next_year_end(const Archive *archive, int year);
/* The same as a plain answer: whether a period is approved, or closed by a later one. */
bool ledger_is_closed(const Archive *archive, const Period *period);
/* The newest runs of periods before one, of its year, that are not approved although they have
 * something to pay or to invoice: an array of const Run * in the order of periods, to be freed with
 * g_ptr_array_unref; the runs are not owned. NULL where one cannot be read. */
GPtrArray *ledger_payable_drafts(const Archive *archive, const Period *period,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_free)
