/* Text as it comes out of spreadsheets: trimming, encodings, and quoting it in messages. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Bytes of a field; not terminated, not owned. */
typedef struct {
    const char *text;
    gsize length;
} Span;

/* What span_trim does where there is something to cut off. */
Span span_trim_ends(Span span);

/* Cuts spaces, tabs and no-break spaces (U+00A0) off both ends. */
static inline Span
span_trim(Span span)
{
    if (span.length == 0)
        return span;
    guchar first = (guchar)span.text[0], last = (guchar)span.text[span.length - 1];
    bool is_trimmed = first > ' ' && first != 0xc2 && last > ' ' && last != 0xa0;
    return is_trimmed ? span : span_trim_ends(span);
}

/* Whether a text has characters that do not show: U+00AD, U+200B to U+200F, U+2060, U+FEFF. */
bool span_has_invisible(Span span);
/* Appends a text without the characters that do not show. */
void span_append_visible(GString *text, Span span);

bool span_equals(Span a, Span b);
bool span_is(Span span, const char *text);
/* Whether a text can be an e-mail address: one @ with something on both sides, and no blank. */
bool span_is_address(Span span);
/* A copy, terminated; free with g_free. */
char *span_copy(Span span);

/* Whether a code is well formed: 1 to 64 printable ASCII characters other than / \ : * ? " < > |,
 * no dot or apostrophe in front, no dot at the end. Such a code is safe as a file name. */
bool code_is_valid(Span code);
/* What a code is, for messages. */
#define CODE_EXPECTED                                                                              \
    "a code (1 to 64 printable ASCII characters other than / \\ : * ? \" < > |, no dot or "        \
    "apostrophe in front and no dot at the end)"

/* Whether all bytes are valid UTF-8 (NUL bytes are not). */
bool utf8_is_valid(const char *text, gsize length);
/* Windows-1252 to UTF-8. NULL where a byte has no meaning there, with its offset in *bad_offset.
 * Free with g_free; *new_length is set on success. */
char *text_from_windows_1252(const char *text, gsize length, gsize *new_length, gsize *bad_offset);

/* Appends a value between quotation marks for a message: cut at 40 characters, control characters,
 * marks of direction and blanks of other widths escaped, so that a message stays one line and
 * cannot steer a terminal. NHS numbers in it are ten dots: see nhsnumber.h. */
void text_append_quoted(GString *message, Span value);
/* Whether a character shows as what it is and nothing else: no control character, mark of
 * direction, or blank but the usual one. */
bool text_is_plain(gunichar character);
/* What a noun ends in behind a number: "s", and nothing behind 1. */
static inline const char *
text_plural(guint64 count)
{
    return count == 1 ? "" : "s";
}

/* Appends one character of a message, escaped where it is not plain. */
void text_append_escaped(GString *message, gunichar character);
/* Appends a whole text for a message, on one line: control characters, marks of direction, blanks
 * of other widths, and bytes that are no text, are escaped. */
void text_append_shown(GString *message, const char *text);
/* The same as a text of its own; free with g_free. */
char *text_shown(const char *text) G_GNUC_WARN_UNUSED_RESULT;
