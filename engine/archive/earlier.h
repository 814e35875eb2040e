/* The run before, read back from the archive: its contracts and their lines, beside which the
 * present run's are laid. */
#pragma once

#include "archive/ledger.h"
#include "report/figures/causes.h"

/* Reads payments.csv and lines.csv of the last run of the period's year that a ledger counted:
 * *read is NULL where there is none. Errors, reader and findings as of sealed_read. The archive
 * must outlive what is read. */
bool earlier_read(const Ledger *ledger, const Period *period, const char *reader,
                  GPtrArray *findings, Earlier **read, GError **error) G_GNUC_WARN_UNUSED_RESULT;
