/* Statements: for each payee of a run a workbook of one page, to be sent to it.
 *
 * - It says what is paid and for what, how each amount comes about, what is not paid as claimed and
 *   what to do about that, and how the year stands. Its figures are those of payments.csv.
 * - Never a patient reference.
 * - The same bytes for any number of threads.
 */
#pragma once

#include "pay/result.h"
#include "report/figures/edition.h"

/* Where statements go, below the folder of outputs. */
#define STATEMENTS_FOLDER "statements"

/* The name of a payee's statement in it. Free with g_free. */
char *statement_sealed_name(const char *payee) G_GNUC_WARN_UNUSED_RESULT;

/* Statements that are being written. */
typedef struct Statements Statements;

/* Begins to write folder/statements/<payee>.xlsx for every payee, on processes beside the caller's
 * as many as the pack has threads less one; to be called while no other thread runs. Without payees
 * there is no folder. NULL with SP_ERROR_CANNOT_CREATE where the folder cannot be made. End it with
 * one of the next two. */
Statements *statements_start(const Result *result, const Edition *edition, const char *folder,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes what is left and waits for the rest. The files are not put on the disk: that is for
 * whoever seals them all. False with SP_ERROR_CANNOT_CREATE or SP_ERROR_IO naming a file; other
 * statements may be there then. */
bool statements_finish(Statements *statements, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Gives up on the rest. */
void statements_stop(Statements *statements);
