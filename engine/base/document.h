/* A text file as the engine sees it: mapped, hashed, decoded to UTF-8 and indexed by line.
 *
 * Invariants
 * - raw is what is on the disk, byte for byte; text is what is parsed: UTF-8 without a byte order
 *   mark, and offsets into it are offsets of rows everywhere else. Both live as long as the
 * document.
 * - Lines are counted as an editor counts them: LF, CRLF or CR ends one, inside quotes, too.
 * - What is found does not depend on the number of threads.
 */
#pragma once

#include "base/digest.h"
#include "base/fault.h"

typedef struct Document Document;

/* Maps the file at path; name is how messages and outputs call it. NULL where it cannot be read
 * (SP_ERROR_NO_INPUT where there is none, else SP_ERROR_IO). Free with document_free. */
Document *document_open(const char *path, const char *name,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void document_free(Document *document);

/* Whether the file is still the one that was opened, as far as its size and its time of change
 * tell (that time nobody can set): SP_ERROR_INPUT where not. To be asked when all is read; bytes
 * that were changed and changed back leave their hash as it was. */
bool document_require_untouched(const Document *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Decodes and indexes documents on several threads; must run once before the rest is
 * used. A NUL byte, or bytes that are neither UTF-8 nor Windows-1252, are faults of the class
 * given; Windows-1252 is a warning. Faulty documents have a text of length 0. */
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
/* Whether a CR without an LF ends a line anywhere. */
bool document_has_bare_cr(const Document *document);

/* Whether the survey refused it; the fault is told already. */
bool document_is_refused(const Document *document);

/* The line an offset lies on, from 1. */
guint64 document_line(const Document *document, gsize offset);

/* How many lines end between two offsets. */
guint64 document_lines_between(const Document *document, gsize from, gsize to);

/* The lines that begin between two offsets, both at the start of a line or at the end of the text:
 * no fewer than the rows there. */
guint64 document_lines_from(const Document *document, gsize from, gsize to);

/* Offsets at which the text may be cut into pieces of about 4 MB, each a number of whole rows:
 * the first is from, the last the length of the text. Free with g_array_unref. */
GArray *document_cuts(const Document *document, gsize from) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)
