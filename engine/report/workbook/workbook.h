/* The workbook of a run, payments-<period>.xlsx: the figures of record for people, worked out
 * again.
 *
 * Sheets: Summary, Payments, Changes, one a scheme with its lines (at year-end its achievement in
 * pictures beside it), Contracts, Exceptions, Checks, Controls, Rules. Amounts are formulas over
 * the cells they come from; each carries the engine's figure as the value it has, and a check
 * beside it says whether the two agree. What a spreadsheet can prove: sheet/formula.h. */
#pragma once

#include "pay/result.h"
#include "report/figures/edition.h"

/* Writes the workbook at path, whose folder must exist (temporary files of long workbooks go there,
 * too), and waits until it is on the disk. The same result and edition give the same
 * bytes. False, with no
 * file left, with SP_ERROR_CANNOT_CREATE, SP_ERROR_IO or SP_ERROR_BUG naming the file. */
bool workbook_write(const Result *result, const Edition *edition, const char *path,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same with limits of the caller's, for tests: at most so many rows a sheet (0: as many as
 * spreadsheets hold), and streamed where there are more rows than that in all. */
bool workbook_write_limited(const Result *result, const Edition *edition, const char *path,
                            guint32 rows_per_sheet, guint64 long_from,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The version of the library that writes workbooks. */
const char *workbook_library_version(void);

/* "payments-2025-09.xlsx"; free with g_free. */
char *workbook_name(const Period *period) G_GNUC_WARN_UNUSED_RESULT;
