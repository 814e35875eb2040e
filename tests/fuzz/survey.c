/* Encodings, lines and digests of whole files against iconv, a byte count and GLib's SHA-256. */
#include <string.h>

#include "support.h"

/* What a file decodes to: NULL where it must be refused. */
static GString *
slow_decode(Span raw)
{
    if (raw.length > 0 && memchr(raw.text, '\0', raw.length) != NULL)
        return NULL;
    bool has_mark = raw.length >= 3 && memcmp(raw.text, "\xef\xbb\xbf", 3) == 0;
    Span text = has_mark ? (Span){raw.text + 3, raw.length - 3} : raw;
    if (g_utf8_validate_len(text.text, text.length, NULL))
        return g_string_new_len(text.text, (gssize)text.length);
    gsize length;
    g_autofree char *decoded =
        g_convert(text.text, (gssize)text.length, "UTF-8", "CP1252", NULL, &length, NULL);
    return decoded == NULL ? NULL : g_string_new_len(decoded, (gssize)length);
}

/* The text is the one decoded; only no-break spaces may have become spaces, two for one. */
static void
compare_text(Span text, const GString *expected)
{
    CHECK(text.length == expected->len);
    for (gsize i = 0; i < text.length; i++) {
        if (text.text[i] == expected->str[i])
            continue;
        CHECK(i + 1 < text.length && memcmp(expected->str + i, "\xc2\xa0", 2) == 0);
        CHECK(text.text[i] == ' ' && text.text[i + 1] == ' ');
        i++;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Span raw = {(const char *)bytes, length};
    g_autoptr(GString) expected = slow_decode(raw);
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, length);
    g_autofree char *messages = NULL;
    for (guint threads = 1; threads <= 3; threads++) {
        g_autoptr(Faults) faults = faults_new();
        g_autoptr(Document) document = document_of(raw, threads, faults);
        Span text = document_text(document);
        CHECK(strcmp(document_digest(document), digest) == 0);
        CHECK(span_equals(document_raw(document), raw));
        CHECK(document_is_refused(document) == (expected == NULL));
        CHECK((faults_count(faults, FAULT_INPUT) > 0) == (expected == NULL));
        check_messages(faults);
        if (expected == NULL) {
            CHECK(text.length == 0 && document_line(document, 0) == 1);
        } else {
            compare_text(text, expected);
            for (gsize i = 0; i <= text.length; i += 1 + i / 16)
                CHECK(document_line(document, i) == slow_line(text, i));
            gsize half = text.length / 2;
            CHECK(document_lines_between(document, half, text.length) ==
                  slow_line(text, text.length) - slow_line(text, half));
        }
        g_autofree char *here = messages_text(faults);
        CHECK(messages == NULL || strcmp(messages, here) == 0);
        if (messages == NULL)
            messages = g_steal_pointer(&here);
    }
    return 0;
}
