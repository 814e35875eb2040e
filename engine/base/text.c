#include "base/text.h"

#include <string.h>

#include "base/nhsnumber.h"

#include "base/poison.h"

#define QUOTED_CHARACTERS 40

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

Span
span_trim_ends(Span span)
{
    const char *from = span.text, *to = span.text + span.length;
    while (from < to) {
        if (is_blank(*from))
            from++;
        else if (to - from >= 2 && from[0] == '\xc2' && from[1] == '\xa0')
            from += 2;
        else
            break;
    }
    while (to > from) {
        if (is_blank(to[-1]))
            to--;
        else if (to - from >= 2 && to[-2] == '\xc2' && to[-1] == '\xa0')
            to -= 2;
        else
            break;
    }
    return (Span){from, (gsize)(to - from)};
}

/* How many bytes the character that does not show has that stands here; 0: it is none. */
static gsize
invisible_length(const char *at, gsize left)
{
    if (left >= 2 && at[0] == '\xc2' && at[1] == '\xad')
        return 2;
    if (left < 3)
        return 0;
    if (at[0] == '\xe2' && at[1] == '\x80' && at[2] >= '\x8b' && at[2] <= '\x8f')
        return 3;
    if ((at[0] == '\xe2' && at[1] == '\x81' && at[2] == '\xa0') ||
        (at[0] == '\xef' && at[1] == '\xbb' && at[2] == '\xbf'))
        return 3;
    return 0;
}

bool
span_has_invisible(Span span)
{
    for (gsize i = 0; i < span.length; i++)
        if ((guchar)span.text[i] >= 0x80 && invisible_length(span.text + i, span.length - i) > 0)
            return true;
    return false;
}

void
span_append_visible(GString *text, Span span)
{
    for (gsize i = 0; i < span.length;) {
        gsize length = invisible_length(span.text + i, span.length - i);
        if (length == 0)
            g_string_append_c(text, span.text[i++]);
        else
            i += length;
    }
}

bool
span_equals(Span a, Span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

bool
span_is(Span span, const char *text)
{
    return span_equals(span, (Span){text, strlen(text)});
}

char *
span_copy(Span span)
{
    return g_strndup(span.text, span.length);
}

bool
code_is_valid(Span code)
{
    if (code.length < 1 || code.length > 64)
        return false;
    for (gsize i = 0; i < code.length; i++) {
        char c = code.text[i];
        if (c < ' ' || c > '~' || strchr("/\\:*?\"<>|", c) != NULL)
            return false;
    }
    return code.text[0] != '.' && code.text[0] != '\'' && code.text[code.length - 1] != '.';
}

bool
utf8_is_valid(const char *text, gsize length)
{
    const char *end = text + length;
    while (text < end) {
        /* Eight plain characters at a time: nearly all of a claims file. */
        while (end - text >= 8) {
            guint64 word;
            memcpy(&word, text, sizeof word);
            if ((word & G_GUINT64_CONSTANT(0x8080808080808080)) != 0)
                break;
            text += 8;
        }
        const char *stop = MIN(text + 64, end);
        while (text < stop && (guchar)*text < 0x80)
            text++;
        if (text == stop)
            continue;
        gunichar character = g_utf8_get_char_validated(text, end - text);
        if (character == (gunichar)-1 || character == (gunichar)-2)
            return false;
        text = g_utf8_next_char(text);
    }
    return true;
}

char *
text_from_windows_1252(const char *text, gsize length, gsize *new_length, gsize *bad_offset)
{
    /* Bytes 80 to 9F; 0 where Windows-1252 has no character. */
    static const guint16 HIGH[32] = {
        0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};
    GString *out = g_string_sized_new(length + length / 8 + 16);
    for (gsize i = 0; i < length; i++) {
        guchar byte = (guchar)text[i];
        if (byte < 0x80) {
            g_string_append_c(out, (char)byte);
            continue;
        }
        gunichar character = byte < 0xa0 ? HIGH[byte - 0x80] : byte;
        if (character == 0) {
            *bad_offset = i;
            g_string_free(out, TRUE);
            return NULL;
        }
        g_string_append_unichar(out, character);
    }
    *new_length = out->len;
    return g_string_free(out, FALSE);
}

bool
text_is_plain(gunichar character)
{
    if (character == ' ')
        return true;
    return g_unichar_isprint(character) && !g_unichar_isspace(character) &&
           g_unichar_type(character) != G_UNICODE_FORMAT;
}

void
text_append_escaped(GString *message, gunichar character)
{
    if (character == '"')
        g_string_append(message, "\\\"");
    else if (character == '\n')
        g_string_append(message, "\\n");
    else if (character == '\r')
        g_string_append(message, "\\r");
    else if (character == '\t')
        g_string_append(message, "\\t");
    else if (text_is_plain(character))
        g_string_append_unichar(message, character);
    else
        g_string_append_printf(message, "\\u%04x", character);
}

void
text_append_quoted(GString *message, Span value)
{
    g_autofree char *masked = nhs_number_mask(value);
    const char *at = masked, *end = masked + strlen(masked);
    g_string_append_c(message, '"');
    for (unsigned count = 0; at < end; count++) {
        if (count == QUOTED_CHARACTERS) {
            g_string_append(message, "…");
            break;
        }
        gunichar character = g_utf8_get_char_validated(at, end - at);
        if (character == (gunichar)-1 || character == (gunichar)-2) {
            g_string_append_printf(message, "\\x%02x", (guchar)*at++);
            continue;
        }
        text_append_escaped(message, character);
        at = g_utf8_next_char(at);
    }
    g_string_append_c(message, '"');
}

void
text_append_shown(GString *message, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        gunichar character = g_utf8_get_char_validated(at, -1);
        if (character == (gunichar)-1 || character == (gunichar)-2) {
            g_string_append_printf(message, "\\x%02x", (guchar)*at++);
            continue;
        }
        if (character == '"')
            g_string_append_c(message, '"');
        else
            text_append_escaped(message, character);
        at = g_utf8_next_char(at);
    }
}

char *
text_shown(const char *text)
{
    GString *shown = g_string_new(NULL);
    text_append_shown(shown, text);
    return g_string_free(shown, FALSE);
}

bool
span_is_address(Span text)
{
    const char *at = memchr(text.text, '@', text.length);
    if (at == NULL || at == text.text || at + 1 == text.text + text.length)
        return false;
    for (gsize i = 0; i < text.length; i++)
        if ((guchar)text.text[i] <= ' ' || (text.text[i] == '@' && text.text + i != at))
            return false;
    return true;
}
