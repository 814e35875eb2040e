/* A statement as the one sheet of a workbook.
 *
 * Rows get as high as their texts need by the widths of Arial's letters, since the page must not be
 * cut where it prints. Totals are formulas over the amounts above them. */
#pragma once

#include "report/statement/page.h"

/* Writes the workbook; not yet put on the disk: see book_write for its errors. scratch is where the
 * library's temporary files go; NULL: beside the workbook. */
bool sheetprint_write(const Page *page, const char *path, const char *scratch,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the page holds more than can be read on one printed page; then it prints on several. */
bool sheetprint_is_full(const Page *page);
