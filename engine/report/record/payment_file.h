/* The payment file: what is sent to whoever pays, and the control totals it must match.
 *
 * - A row is a payee and a scheme: the sum of its contracts that are marked pay, where that is not
 *   0. A negative row reduces what the payee gets; no payee's rows add up to less than 0.
 * - The sum of all rows is the sum of payments.csv marked pay, to the penny.
 * - An id names a payment for good: whoever gets the file twice can tell.
 */
#pragma once

#include "pay/result.h"

/* Writes payment-file.csv and payment-file-control.csv into an existing folder, and waits until
 * they are on the disk. Columns are those of the rules' payment-file.csv, or our own. Errors as
 * record_write. */
bool payment_file_write(const Result *result, const char *folder,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends the fields and the columns of both files as Markdown tables, for the documentation. */
void payment_file_describe(GString *markdown);
