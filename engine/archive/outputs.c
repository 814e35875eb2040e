#include "archive/outputs.h"

#include "report/payment_file.h"
#include "report/record.h"
#include "report/statements.h"
#include "report/workbook.h"

#include "base/poison.h"

bool
outputs_write(const Result *result, const char *folder, GError **error)
{
    g_autofree char *name = workbook_name(&result->pack->period);
    g_autofree char *workbook = g_build_filename(folder, name, NULL);
    return record_write(result, folder, error) && payment_file_write(result, folder, error) &&
           workbook_write(result, workbook, error) && statements_write(result, folder, error);
}
