/* All outputs of a run, in one folder: the third verb, write. */
#pragma once

#include "pay/result.h"

/* Writes the CSV files of record, the payment file, the workbook and the statements into an
 * existing folder. The same result gives the same bytes. Statements are not put on the disk yet:
 * tree_sync does. Errors as record_write, workbook_write and statements_write. */
bool outputs_write(const Result *result, const char *folder,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
