/* Whether a sealed run, worked out again by this version, says to each payee what was sealed.
 *
 * What a run pays is what was sealed, for ever. So whoever tells it to somebody again, in other
 * words or on paper, first asks here. */
#pragma once

#include "archive/payments.h"

/* Adds a finding for each payee who would be told another amount, naming it with both amounts; for
 * each contract whose figures differ; and where exceptions or the money at risk do. sealed are the
 * run's rows of payments.csv. False with the errors of payment_rows_by_payee and
 * exception_rows_count. */
bool agree_check(const Run *run, const GArray *sealed, const Result *result, GPtrArray *findings,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
