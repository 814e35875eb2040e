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

bool span_equals(Span a, Span b);
bool span_is(Span span, const char *text);
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

/* Appends a value between quotation marks for a message: cut at 40 characters, control characters
 * escaped, so that a message stays one line and cannot steer a terminal. A value that is an NHS
 * number is shown as (10 digits). */
void text_append_quoted(GString *message, Span value);
/* Whether a value is ten digits, spaces and hyphens taken out; *number is set then. */
bool text_is_ten_digits(Span value, guint64 *number);
/* Whether a number of ten digits passes the modulus 11 check of NHS numbers. */
bool nhs_number_is_valid(guint64 ten_digits);
/* Whether a value is an NHS number: ten digits that pass. */
bool text_is_nhs_number(Span value);
