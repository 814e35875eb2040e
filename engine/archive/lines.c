#include "archive/lines.h"

#include <string.h>

#include "base/poison.h"

#define DIGEST_KEYWORD "digest "

void
lines_append_escaped(GString *lines, const char *text)
{
    bool is_utf8 = g_utf8_validate(text, -1, NULL);
    for (const char *at = text; *at != '\0'; at++) {
        guchar byte = (guchar)*at;
        if (byte == '\\' || byte < ' ' || byte == 127 || (byte >= 0x80 && !is_utf8))
            g_string_append_printf(lines, "\\x%02x", byte);
        else
            g_string_append_c(lines, *at);
    }
}

void
lines_append(GString *lines, const char *keyword, const char *text)
{
    g_string_append(lines, keyword);
    g_string_append_c(lines, ' ');
    lines_append_escaped(lines, text);
    g_string_append_c(lines, '\n');
}

void
lines_finish(GString *lines)
{
    char hex[DIGEST_LENGTH + 1];
    digest_bytes(lines->str, lines->len, hex);
    g_string_append(lines, DIGEST_KEYWORD);
    g_string_append(lines, hex);
    g_string_append_c(lines, '\n');
}

/* Cuts the digest line off. False where it is not there, or is not that of the lines before it. */
static bool
cut_digest(Span *bytes)
{
    const gsize length = strlen(DIGEST_KEYWORD) + DIGEST_LENGTH + 1;
    if (bytes->length < length)
        return false;
    Span body = {bytes->text, bytes->length - length};
    char hex[DIGEST_LENGTH + 1];
    digest_bytes(body.text, body.length, hex);
    g_autofree char *expected = g_strconcat(DIGEST_KEYWORD, hex, "\n", NULL);
    if (!span_is((Span){body.text + body.length, length}, expected))
        return false;
    *bytes = body;
    return true;
}

/* The format that the first line names, from 1 to the newest; 0 where it names another. */
static guint
take_format(LineReader *reader, guint newest)
{
    guint64 format;
    bool is_number = line_take_number(reader, &format) && reader->words.length == 0;
    return is_number && format <= newest ? (guint)format : 0;
}

bool
lines_begin(LineReader *reader, Span bytes, const char *kind, guint newest, GError **error)
{
    LineReader fresh = {.rest = bytes};
    if (!cut_digest(&fresh.rest)) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "the %s does not agree with the digest in its last line", kind);
        return false;
    }
    g_autofree char *keyword = g_strconcat("schemepay-", kind, NULL);
    bool is_of_kind = lines_next(&fresh) && span_is(fresh.keyword, keyword);
    if (!is_of_kind || (fresh.format = take_format(&fresh, newest)) == 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "its first line is not \"%s %u\"", keyword,
                    newest);
        return false;
    }
    *reader = fresh;
    return true;
}

bool
lines_next(LineReader *reader)
{
    if (reader->rest.length == 0)
        return false;
    const char *end = memchr(reader->rest.text, '\n', reader->rest.length);
    gsize length = end == NULL ? reader->rest.length : (gsize)(end - reader->rest.text);
    reader->words = (Span){reader->rest.text, length};
    gsize taken = MIN(length + 1, reader->rest.length);
    reader->rest.text += taken;
    reader->rest.length -= taken;
    reader->line++;
    if (!line_take_word(reader, &reader->keyword))
        reader->keyword = (Span){"", 0};
    return true;
}

bool
lines_fail(const LineReader *reader, const char *kind, GError **error)
{
    g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "line %u of the %s is not understood",
                reader->line, kind);
    return false;
}

bool
line_take_word(LineReader *reader, Span *word)
{
    Span words = reader->words;
    if (words.length == 0)
        return false;
    const char *end = memchr(words.text, ' ', words.length);
    gsize length = end == NULL ? words.length : (gsize)(end - words.text);
    gsize taken = MIN(length + 1, words.length);
    reader->words = (Span){words.text + taken, words.length - taken};
    *word = (Span){words.text, length};
    return true;
}

bool
line_take_digest(LineReader *reader, char hex[DIGEST_LENGTH + 1])
{
    Span word;
    if (!line_take_word(reader, &word) || word.length != DIGEST_LENGTH)
        return false;
    for (gsize i = 0; i < word.length; i++)
        if (!g_ascii_isxdigit(word.text[i]) || g_ascii_isupper(word.text[i]))
            return false;
    memcpy(hex, word.text, DIGEST_LENGTH);
    hex[DIGEST_LENGTH] = '\0';
    return true;
}

bool
line_take_number(LineReader *reader, guint64 *number)
{
    Span word;
    guint64 value = 0;
    if (!line_take_word(reader, &word) || word.length < 1 || word.length > 18)
        return false;
    for (gsize i = 0; i < word.length; i++) {
        if (!g_ascii_isdigit(word.text[i]))
            return false;
        value = value * 10 + (guint64)(word.text[i] - '0');
    }
    *number = value;
    return true;
}

bool
line_take_text(LineReader *reader, char **text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    Span words = reader->words;
    for (gsize i = 0; i < words.length; i++) {
        if (words.text[i] != '\\') {
            g_string_append_c(out, words.text[i]);
            continue;
        }
        if (i + 3 >= words.length || words.text[i + 1] != 'x' ||
            !g_ascii_isxdigit(words.text[i + 2]) || !g_ascii_isxdigit(words.text[i + 3]))
            return false;
        int byte =
            g_ascii_xdigit_value(words.text[i + 2]) * 16 + g_ascii_xdigit_value(words.text[i + 3]);
        g_string_append_c(out, (char)byte);
        i += 3;
    }
    if (out->len == 0 || memchr(out->str, '\0', out->len) != NULL)
        return false;
    reader->words = (Span){words.text + words.length, 0};
    *text = g_string_free(g_steal_pointer(&out), FALSE);
    return true;
}

bool
line_take_name(LineReader *reader, char **name)
{
    g_autofree char *text = NULL;
    if (!line_take_text(reader, &text) || !g_utf8_validate(text, -1, NULL))
        return false;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        if (g_unichar_iscntrl(g_utf8_get_char(at)))
            return false;
    *name = g_steal_pointer(&text);
    return true;
}

bool
line_take_time(LineReader *reader, char **time)
{
    static const char FORM[] = "dddd-dd-ddTdd:dd:ddZ";
    g_autofree char *text = NULL;
    if (!line_take_text(reader, &text) || strlen(text) != strlen(FORM))
        return false;
    for (gsize i = 0; FORM[i] != '\0'; i++)
        if (FORM[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != FORM[i])
            return false;
    *time = g_steal_pointer(&text);
    return true;
}
