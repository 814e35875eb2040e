#include "archive/outputs.h"

#include "report/payment_file.h"
#include "report/record.h"
#include "report/statements.h"
#include "report/workbook.h"

#include "base/poison.h"

static bool
write_workbook(const Result *result, const char *folder, GError **error)
{
    g_autofree char *name = workbook_name(&result->pack->period);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return workbook_write(result, path, error);
}

bool
outputs_write_part(const Result *result, const char *folder, OutputPart part, GError **error)
{
    switch (part) {
    case OUTPUT_WORKBOOK:
        return write_workbook(result, folder, error);
    case OUTPUT_TABLES:
        return record_write(result, folder, error) && payment_file_write(result, folder, error);
    case OUTPUT_STATEMENTS:
        break;
    }
    return statements_write(result, folder, error);
}

bool
outputs_write(const Result *result, const char *folder, GError **error)
{
    return outputs_write_part(result, folder, OUTPUT_TABLES, error) &&
           outputs_write_part(result, folder, OUTPUT_WORKBOOK, error) &&
           outputs_write_part(result, folder, OUTPUT_STATEMENTS, error);
}
