/* All outputs of a run, in one folder: the third verb, write. */
#pragma once

#include "pay/result.h"

/* The outputs by what can be written at the same time: the workbook and the tables beside each
 * other, the statements by processes of their own once no other thread is at work. */
typedef enum {
    OUTPUT_WORKBOOK,
    OUTPUT_TABLES, /* the CSV files of record, and the payment file */
    OUTPUT_STATEMENTS
} OutputPart;

/* Writes one part into an existing folder. The same result gives the same bytes. Statements are not
 * put on the disk yet: tree_sync does. Errors as record_write, workbook_write and
 * statements_write. */
bool outputs_write_part(const Result *result, const char *folder, OutputPart part,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes all of them, one after the other. */
bool outputs_write(const Result *result, const char *folder,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
