/* Statements: for each payee of a run a workbook of one page, to be sent to it.
 *
 * - It says what is paid and for what, how each amount comes about, what is not paid as claimed and
 *   what to do about that, and how the year stands. Its figures are those of payments.csv.
 * - Never a patient reference.
 * - The same bytes for any number of threads.
 */
#pragma once

#include "pay/result.h"

/* Where statements go, below the folder of outputs. */
#define STATEMENTS_FOLDER "statements"

/* Writes folder/statements/<payee>.xlsx for every payee, on as many processes as the pack has
 * threads; to be called while no other thread runs. The files are written, but not put on the
 * disk: that is for whoever seals them all. Without payees there is no folder. False with
 * SP_ERROR_CANNOT_CREATE or SP_ERROR_IO naming a file; other statements may be there then. */
bool statements_write(const Result *result, const char *folder,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
