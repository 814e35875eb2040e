#include "archive/sealed.h"

#include <string.h>

#include "base/files.h"

#include "base/poison.h"

bool
sealed_read(const Run *run, const char *name, const char *reader, GPtrArray *findings, char **bytes,
            gsize *length, GError **error)
{
    g_autofree char *path = run_path(run, name);
    g_autofree char *read = NULL;
    g_autoptr(GError) reason = NULL;
    gsize size = 0;
    char digest[DIGEST_LENGTH + 1] = "";
    bool is_read = file_read(path, &read, &size, &reason);
    if (is_read)
        digest_bytes(read, size, digest);
    if (!is_read && (findings == NULL || reason->code == SP_ERROR_IO)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    bool is_as_sealed = is_read && strcmp(digest, run_digest(run, name)) == 0;
    if (!is_as_sealed && findings == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "%s/%s: is not what was sealed: its SHA-256 is not the manifest's", run->text,
                    name);
        return false;
    }
    if (!is_as_sealed) {
        findings_add(findings, FINDING_CHAIN, reader, "read %s of %s, which is no longer as it was",
                     name, run->text);
        findings_name_cause(findings, run->text);
    }
    *bytes = g_steal_pointer(&read);
    *length = size;
    return true;
}
