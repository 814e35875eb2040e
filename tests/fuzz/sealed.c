/* The archive's own files: manifest, approval and index. What is read is written as it was; bytes
 * that were not written by the engine are refused with a reason, never half believed.
 *
 * The first byte says which; a digest line is added unless its highest bit is set, so that changed
 * lines are looked at, too. */
#include <string.h>

#include "archive/approval.h"
#include "archive/index.h"
#include "archive/manifest.h"

#include "support.h"

/* Reads a file of one kind and writes it again: NULL where it is refused. */
typedef GString *(*RoundFunc)(Span bytes, GError **error);

static GString *
round_manifest(Span bytes, GError **error)
{
    g_autoptr(Manifest) manifest = manifest_read(bytes, error);
    return manifest == NULL ? NULL : manifest_text(manifest);
}

static GString *
round_approval(Span bytes, GError **error)
{
    g_autoptr(Approval) approval = approval_read(bytes, error);
    return approval == NULL ? NULL : approval_text(approval);
}

static GString *
round_index(Span bytes, GError **error)
{
    g_autoptr(Index) index = index_read(bytes, error);
    return index == NULL ? NULL : index_text(index);
}

static const RoundFunc ROUNDS[] = {round_manifest, round_approval, round_index};

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    RoundFunc go_round = ROUNDS[(bytes[0] & 0x7f) % G_N_ELEMENTS(ROUNDS)];
    g_autoptr(GString) text = g_string_new_len((const char *)bytes + 1, (gssize)length - 1);
    if ((bytes[0] & 0x80) == 0)
        lines_finish(text);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) first = go_round((Span){text->str, text->len}, &error);
    if (first == NULL) {
        CHECK(error != NULL && error->code == SP_ERROR_INPUT);
        check_message(error->message);
        return 0;
    }
    g_autoptr(GString) second = go_round((Span){first->str, first->len}, &error);
    CHECK(error == NULL && second != NULL && g_string_equal(first, second));
    for (gsize cut = 0; cut < first->len; cut += 1 + first->len / 50) {
        g_autoptr(GError) reason = NULL;
        g_autoptr(GString) shorter = go_round((Span){first->str, cut}, &reason);
        CHECK(shorter == NULL && reason != NULL);
    }
    return 0;
}
