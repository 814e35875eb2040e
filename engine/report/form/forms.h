/* Claim forms: for each contract of a scheme that is paid for claims a workbook to fill in, whose
 * first sheet, saved as CSV, is an activity file. See engine/report/README.md, claim forms.
 *
 * - The sheet that becomes the CSV file holds nothing but the header in rows that nobody filled in.
 * - The same bytes for any number of threads. */
#pragma once

#include "report/form/form.h"

/* Writes folder/<name>.xlsx for each of the forms, on as many processes as the pack has threads; to
 * be called while no other thread runs. The files are not put on the disk: that is for whoever
 * finishes the folder. False with SP_ERROR_CANNOT_CREATE or SP_ERROR_IO naming a file; other forms
 * may be there then. The library's temporary files go to the folder scratch. */
bool forms_write(const GPtrArray *forms, const char *folder, const char *scratch,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
