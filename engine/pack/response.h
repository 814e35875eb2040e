/* The answer to a payment file: what whoever pays says was paid, row by row
 * (engine/report/README.md, What was paid).
 *
 * Read with the care of any input: amounts are exact, and whatever cannot be read, or a payment
 * that stands there twice, is a fault with its place. */
#pragma once

#include "base/fault.h"
#include "base/number.h"
#include "pack/rules/rules.h"

typedef struct {
    char *payment_id;
    char *shown; /* the same as it may be printed: see nhs_number_mask */
    guint64 line;
    bool is_rejected;
    Money paid; /* 0 where it is rejected */
} ResponseRow;

/* Reads the answer at a path, which is also what messages call it. Its columns are those of the
 * rules' response-file.csv; without one, payment_id and amount as the payment file calls them.
 * Where no column holds an outcome, a payment of 0.00 is rejected. NULL with the errors of
 * document_open, or SP_ERROR_INPUT where there is any fault. An array of ResponseRow in the order
 * of the file, to be freed with g_array_unref. */
GArray *response_read(const char *path, const Rules *rules, Faults *faults,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
