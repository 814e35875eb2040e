/* The payment file: what is sent to whoever pays, and the control totals it must match.
 *
 * - A row is a payee and a scheme: the sum of its contracts that are marked pay, where that is not
 *   0. A negative row reduces what the payee gets; no payee's rows add up to less than 0.
 * - The sum of all rows is the sum of payments.csv marked pay, to the penny.
 * - An id names a payment for good: whoever gets the file twice can tell.
 */
#pragma once

#include "base/figure.h"
#include "pay/result.h"

/* What a field of the payment file says; it is called PAYMENT_FIELDS[field]. */
typedef struct {
    const char *about;
    bool is_usual; /* a column of the file where the rules do not say which */
    Figure (*get)(gconstpointer row);
} PaymentFileField;
extern const PaymentFileField PAYMENT_FILE_FIELDS[FIELD_COUNT];

/* The columns of payment-file-control.csv. */
#define PAYMENT_CONTROL_FIELD_COUNT 6
extern const Field PAYMENT_CONTROL_FIELDS[PAYMENT_CONTROL_FIELD_COUNT];

/* Writes payment-file.csv and payment-file-control.csv into an existing folder, and waits until
 * they are on the disk. Columns are those of the rules' payment-file.csv, or our own. Errors as
 * record_write. */
bool payment_file_write(const Result *result, const char *folder,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
