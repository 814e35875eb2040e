/* A statement as a PDF document: the same rows, in the same styles, as the workbook's sheet.
 *
 * Amounts and totals are printed as they are; nothing is worked out or rounded. */
#pragma once

#include "report/statement/page.h"

/* The version of the library that draws it: "2.3.0". */
const char *paperprint_library_version(void);

/* Writes the document as a new file, not yet put on the disk; see paper_write for its errors. */
bool paperprint_write(const Page *page, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
