/* The bytes of a file as text: decoded to UTF-8, counted by line, and cut into whole rows.
 *
 * Invariants
 * - The text is UTF-8 without a byte order mark; of a refused file it is empty.
 * - Lines are counted as an editor counts them: LF, CRLF or CR ends one, inside quotes, too.
 * - What is found does not depend on the number of threads.
 */
#pragma once

#include "base/fault.h"
#include "base/text.h"

typedef struct Survey Survey;

/* A survey that is still to be run. name is how messages call the file; name and bytes must live
 * as long as the survey. */
Survey *survey_new(const char *name, Span raw) G_GNUC_WARN_UNUSED_RESULT;
void survey_free(Survey *survey);

/* Decodes and counts on several threads; must run once before anything is asked below. Carries out
 * fixtures/README.md, How files are written: a NUL byte, or bytes that are neither UTF-8 nor
 * Windows-1252, are faults of the class given; Windows-1252 is a warning. No-break spaces at the
 * ends of unquoted fields become spaces. */
void surveys_run(Survey *const *surveys, gsize count, guint threads, FaultClass class,
                 Faults *faults);

Span survey_text(const Survey *survey);
/* Whether there are characters in it that do not show: see span_has_invisible. */
bool survey_has_invisible(const Survey *survey);
/* Whether the file is refused; the fault is told already. */
bool survey_is_refused(const Survey *survey);
/* The line an offset of the text lies on, from 1. */
guint64 survey_line(const Survey *survey, gsize offset);
/* How many lines end between two offsets. */
guint64 survey_lines_between(const Survey *survey, gsize from, gsize to);
/* The lines that begin between two offsets, both at the start of a line or at the end of the text:
 * no fewer than the rows there. */
guint64 survey_lines_from(const Survey *survey, gsize from, gsize to);
/* Offsets at which the text may be cut into pieces of about 4 MB, each a number of whole rows:
 * the first is from, the last the length of the text. Free with g_array_unref. */
GArray *survey_cuts(const Survey *survey, gsize from) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Survey, survey_free)
