/* The CSV files of record: payments, lines, exceptions and controls of a run.
 *
 * Their bytes depend on the result alone, so that two runs over the same inputs can be compared
 * byte by byte (README, outputs of a run). */
#pragma once

#include "report/figures/fields.h"

typedef enum {
    RECORD_PAYMENTS,
    RECORD_LINES,
    RECORD_EXCEPTIONS,
    RECORD_CONTROLS,
    RECORD_TABLES
} RecordTableId;

typedef struct {
    const char *file; /* its name in the folder of outputs */
    const char *about;
    const Field *columns;
    guint column_count;
} RecordTable;

extern const RecordTable RECORD_TABLE[RECORD_TABLES];

/* Writes the four files into an existing folder, and waits until they are on the disk. Rows are
 * streamed: memory does not grow with the exceptions. False with SP_ERROR_CANNOT_CREATE or
 * SP_ERROR_IO naming the file; the file that failed is removed, those before it are whole, those
 * after it are not there. */
bool record_write(const Result *result, const char *folder,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
