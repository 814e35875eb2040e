/* A text file as the engine sees it: mapped, hashed, and surveyed as text (see survey.h).
 *
 * Invariants
 * - raw is what is on the disk, byte for byte; text is what is parsed, and offsets into it are
 *   offsets of rows everywhere else. Both live as long as the document.
 */
#pragma once

#include "base/digest.h"
#include "base/fault.h"
#include "base/text.h"

typedef struct Document Document;

/* Maps the file at path; name is how messages and outputs call it. NULL where it cannot be read
 * (SP_ERROR_NO_INPUT where there is none, else SP_ERROR_IO). Free with document_free. */
Document *document_open(const char *path, const char *name,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void document_free(Document *document);

/* Whether the file is still the one that was opened, as far as its size and its time of change
 * tell (that time nobody can set): SP_ERROR_INPUT where not. To be asked when all is read: the hash
 * alone would not tell of bytes that were changed and changed back. */
bool document_require_untouched(const Document *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Surveys documents (see surveys_run); must run once before their text is used. */
void documents_survey(Document *const *documents, gsize count, guint threads, FaultClass class,
                      Faults *faults);

const char *document_name(const Document *document);
Span document_raw(const Document *document);
Span document_text(const Document *document);
/* SHA-256 of raw, 64 digits; worked out when it is first asked for, by whatever thread. */
const char *document_digest(const Document *document);
/* Writes a new file with the bytes of raw and hashes them on the way. False where that fails, or
 * where the hash is known already and is another one (SP_ERROR_INPUT): the file was changed. */
bool document_copy(const Document *document, const char *path,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether there are characters in its text that do not show: see span_has_invisible. */
bool document_has_invisible(const Document *document);
/* What the survey found: see survey.h. */
bool document_is_refused(const Document *document);
guint64 document_line(const Document *document, gsize offset);
guint64 document_lines_between(const Document *document, gsize from, gsize to);
guint64 document_lines_from(const Document *document, gsize from, gsize to);
GArray *document_cuts(const Document *document, gsize from) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)
