/* The form of the archive's own files (manifest, approval, index): lines of words.
 *
 * Invariants
 * - The first line is "schemepay-<kind> <format>", a number from 1; each line after it is a keyword
 * and its words, one space between them. The last word of a line may hold spaces.
 * - Texts are escaped: a backslash, a control character, and a byte that is not UTF-8 stand as
 *   \xNN, so that a line stays a line whatever a file is called.
 * - The last line is "digest <SHA-256 of all lines before it>": a file that was cut short or
 *   edited shows by itself.
 */
#pragma once

#include "base/digest.h"
#include "base/fault.h"

/* Appends "keyword text\n", the text escaped. */
void lines_append(GString *lines, const char *keyword, const char *text);
/* Appends the text alone, escaped. */
void lines_append_escaped(GString *lines, const char *text);
/* Appends the digest line: the file is complete. */
void lines_finish(GString *lines);

/* Reads such a file line by line. */
typedef struct {
    Span rest;    /* what is still to be read */
    guint format; /* of the file, from 1 */
    guint line;   /* the line read last, from 1 */
    Span keyword; /* its first word */
    Span words;   /* what is behind that; words are taken off its front */
} LineReader;

/* Begins to read; false, with SP_ERROR_INPUT saying what is wrong, where the digest does not fit
 * or the first line is not the one of this kind, in a format from 1 to the newest. The reader
 * stands on the first line. bytes must outlive the reader. */
bool lines_begin(LineReader *reader, Span bytes, const char *kind, guint newest,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Moves to the next line; false at the digest line. */
bool lines_next(LineReader *reader);
/* Sets an error for the present line: it is not understood. Always false. */
bool lines_fail(const LineReader *reader, const char *kind, GError **error);

/* Take something off the front of the words: false where it is not there. What is taken as text
 * is all that is left, to be freed with g_free. */
bool line_take_word(LineReader *reader, Span *word) G_GNUC_WARN_UNUSED_RESULT;
bool line_take_digest(LineReader *reader, char hex[DIGEST_LENGTH + 1]) G_GNUC_WARN_UNUSED_RESULT;
bool line_take_number(LineReader *reader, guint64 *number) G_GNUC_WARN_UNUSED_RESULT;
bool line_take_text(LineReader *reader, char **text) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a name, of a run or a person: UTF-8 without control characters. */
bool line_take_name(LineReader *reader, char **name) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a time, "2025-10-03T09:14:07Z": times so written are ordered as texts are. */
bool line_take_time(LineReader *reader, char **time) G_GNUC_WARN_UNUSED_RESULT;
