/* All outputs of a run, in one folder: the third verb, write. */
#pragma once

#include "pay/result.h"
#include "report/figures/edition.h"

/* Something that is done beside the writing. */
typedef bool (*BesideFunc)(gpointer user, GError **error);

/* Writes workbook, tables and statements into an existing folder, at the same time on the threads
 * of the pack, the statements by processes of their own; to be called while no other thread runs.
 * beside, unless it is NULL, is begun before them and done by the end. The same result and
 * edition give the same bytes. Statements may not be on the disk yet when it returns: tree_sync
 * sees to that. Errors as of beside, workbook_write, record_write, payment_file_write and
 * statements_finish, the first of them in this order. */
bool outputs_write(const Result *result, const Edition *edition, const char *folder,
                   BesideFunc beside, gpointer user, GError **error) G_GNUC_WARN_UNUSED_RESULT;
