#include "archive/libraries.h"

#include <csv.h>
#include <openssl/crypto.h>
#include <zlib.h>

#include "report/statement/paperprint.h"
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

static char *
haru_version(void)
{
    return g_strdup(paperprint_library_version());
}

const Library LIBRARIES[] = {
    {"libxlsxwriter", xlsxwriter_version, true},
    {"zlib", deflate_version, true},
    {"GLib", glib_version, true},
    {"OpenSSL", openssl_version, true},
    {"libcsv", csv_version, true},
    {"libharu", haru_version, false},
};
const guint LIBRARY_COUNT = G_N_ELEMENTS(LIBRARIES);
