/* Workbooks compared by what is in them: an .xlsx file is a zip file of parts, and another zlib
 * packs the same parts into other bytes. libzip reads them (engine/README.md, Dependencies).
 *
 * Invariants
 * - A sealed file is not trusted. It is never unpacked beyond the length of the part that is
 *   expected in its place, and is not opened at all where it is larger than the parts expected
 *   could be, packed in whatever way.
 * - What is odd in it (a part twice, one more or less, another name, one that is encrypted or
 * packed by a method that spreadsheet programs do not know, a wrong sum) is a difference.
 */
#pragma once

#include "base/fault.h"

/* Whether a name is that of a workbook. */
bool parts_has_workbook_name(const char *path);

/* Whether a sealed workbook has the same parts, uncompressed, as one that was made now, in *agree.
 * SP_ERROR_IO where one of them may not be read, or the one made now is no whole workbook. */
bool parts_agree(const char *sealed, const char *made, bool *agree,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
