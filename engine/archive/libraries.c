#include "archive/libraries.h"

#include <csv.h>
#include <openssl/crypto.h>
#include <zlib.h>

#include "report/workbook/workbook.h"

#include "base/poison.h"

static char *
xlsxwriter_version(void)
{
    return g_strdup(workbook_library_version());
}

static char *
deflate_version(void)
{
    return g_strdup(zlibVersion());
}

static char *
glib_version(void)
{
    return g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
}

static char *
openssl_version(void)
{
    return g_strdup(OpenSSL_version(OPENSSL_VERSION_STRING));
}

/* libcsv does not tell at run time: the one it was built with. */
static char *
csv_version(void)
{
    return g_strdup_printf("%d.%d.%d", CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}

const Library LIBRARIES[] = {
    {"libxlsxwriter", xlsxwriter_version}, {"zlib", deflate_version}, {"GLib", glib_version},
    {"OpenSSL", openssl_version},          {"libcsv", csv_version},
};
const guint LIBRARY_COUNT = G_N_ELEMENTS(LIBRARIES);
