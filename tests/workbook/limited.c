/* Writes the workbook of a run whose sheets hold few rows, streamed, as if there were more than a
 * million: tests cannot make so many.
 *
 *   limited RULES INPUTS PERIOD ROWS PATH */
#include <stdio.h>
#include <stdlib.h>

#include "pay/work_out.h"
#include "report/workbook/workbook.h"

int
main(int count, char **arguments)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Faults) faults = faults_new();
    PackSource source = {.threads = 1};
    Edition edition = {"2025-09/001", NULL};
    guint64 rows;
    if (count != 6 || !period_read(arguments[3], &source.period) ||
        !g_ascii_string_to_unsigned(arguments[4], 10, 10, 1000000, &rows, NULL)) {
        fprintf(stderr, "limited RULES INPUTS PERIOD ROWS PATH\n");
        return 64;
    }
    source.rules_dir = arguments[1];
    source.inputs_dir = arguments[2];
    g_autoptr(Pack) pack = pack_read(&source, faults, &error);
    g_autoptr(Result) result = pack != NULL ? work_out_pack(pack, faults, &error) : NULL;
    if (result != NULL &&
        workbook_write_limited(result, &edition, arguments[5], (guint32)rows, 0, &error))
        return 0;
    fprintf(stderr, "limited: %s\n", error->message);
    return 1;
}
