/* The outputs of a sealed run, read back: its payments.csv as a ledger sees it, and what there is
 * to say about a run in one line.
 *
 * They are read through the same reader as any input (base/csvtable.h).
 */
#pragma once

#include "archive/archive.h"
#include "base/csvtable.h"
#include "pay/result.h"

/* A row of payments.csv. */
typedef struct {
    char *scheme, *provider, *payee;
    Money entitlement, paid, owed;
    Status status;
    bool has_current; /* else its file has no such column */
    Money current;    /* of what is owed, that of the period itself */
} PaymentRow;

/* The payments.csv of a run, below its folder. */
#define PAYMENTS_PATH OUTPUTS_FOLDER "/payments.csv"

/* Reads a payments.csv: an array of PaymentRow in the order of the file, to be freed with
 * g_array_unref. Where digest is not NULL it must be the file's SHA-256. name is how messages call
 * it. NULL with SP_ERROR_NO_INPUT, SP_ERROR_IO, or SP_ERROR_INPUT saying what is wrong. */
GArray *payment_rows_read(const char *path, const char *name, const char *digest,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the payments.csv of a run, likewise. */
GArray *payment_rows_of_run(const Run *run, const char *digest,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same rows as a result has them, in its order; to be freed likewise. */
GArray *payment_rows_of_result(const Result *result);

/* What a run pays a payee, 0 where it pays nothing. */
typedef struct {
    char *payee;
    Money to_pay;
} PayeeRow;
/* The payees of some rows in byte order: an array of PayeeRow, to be freed with g_array_unref. NULL
 * with SP_ERROR_INPUT where an amount is out of range. */
GArray *payment_rows_by_payee(const GArray *rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The lines.csv of a run, below its folder. */
#define LINES_PATH OUTPUTS_FOLDER "/lines.csv"

/* A line of kind deferred: what a recovery left for later. */
typedef struct {
    char *scheme, *provider;
    Money amount;
} DeferredRow;

/* Reads those lines of the lines.csv of a run: an array of DeferredRow; errors as above. */
GArray *deferred_rows_of_run(const Run *run, const char *digest,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Looks rows up by contract, "scheme/provider"; to be freed with g_hash_table_unref. The rows must
 * outlive it. */
GHashTable *payment_rows_index(const GArray *rows);
/* The row of a contract, or NULL. */
const PaymentRow *payment_rows_find(GHashTable *rows, const char *scheme, const char *provider);
/* The sum of what has a status; false where it does not fit. */
bool payment_rows_sum(const GArray *rows, Status status, Money *sum) G_GNUC_WARN_UNUSED_RESULT;

/* What the control file of a run's payment file says that adds up to. */
typedef struct {
    int64_t rows;
    Money amount;
} PaymentControl;
#define PAYMENT_CONTROL_PATH OUTPUTS_FOLDER "/payment-file-control.csv"
/* Reads it; errors as above. */
bool payment_control_of_run(const Run *run, const char *digest, PaymentControl *control,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Counts the rows of an exceptions.csv and adds up what is at risk; errors as above. */
bool exception_rows_count(const char *path, const char *name, const char *digest, guint64 *count,
                          Money *at_risk, GError **error) G_GNUC_WARN_UNUSED_RESULT;
