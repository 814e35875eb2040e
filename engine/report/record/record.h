/* The CSV files of record: payments, lines, exceptions and controls of a run.
 *
 * Their bytes depend on the result alone, so that two runs over the same inputs can be compared
 * byte by byte (README, outputs of a run). */
#pragma once

#include "pay/result.h"

/* Writes payments.csv, lines.csv, exceptions.csv and controls.csv into an existing folder, and
 * waits until they are on the disk. Rows are streamed: memory does not grow with the exceptions.
 * False with SP_ERROR_CANNOT_CREATE or SP_ERROR_IO naming the file; the file that failed is
 * removed, those before it are whole, those after it are not there. */
bool record_write(const Result *result, const char *folder,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends the columns of the four files as Markdown tables, for the documentation. */
void record_describe(GString *markdown);
