/* Since when each exception stands: the period of the earliest of the approved runs counted that,
 * without a gap up to the last of them, list the same row (engine/report/README.md,
 * exceptions.csv).
 *
 * Invariants
 * - Rows are the same where their file, reason, outcome, scheme, provider, month and item are; of
 *   equal rows the n-th is the n-th.
 * - Only runs of the same financial year count, and also those that an older version sealed
 *   without a column "since": nothing is taken from that column. */
#pragma once

#include "archive/ledger.h"
#include "pay/result.h"

/* Sets `since` of the exceptions of a result that were known before; it points into the archive,
 * which must outlive the result. Reads the exceptions.csv of the runs that the ledger counted;
 * errors, reader and findings as of sealed_read. */
bool since_mark(Result *result, const Ledger *ledger, const char *reader, GPtrArray *findings,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
