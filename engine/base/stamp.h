/* Timestamps by an outside authority (RFC 3161), made and read by libcrypto.
 *
 * A query asks for a timestamp of a SHA-256. The reply is signed by the authority: it says that
 * whatever has this SHA-256 was there at a time. Query and reply are DER.
 *
 * Invariants
 * - A query has no nonce, so that the same SHA-256 always gives the same bytes. A nonce shows that
 *   a reply was made for this very query. That is not asked here: an older reply about the same
 *   SHA-256 would show as much, and more.
 * - Nothing here opens a file or asks the clock. Certificates are looked at as of the time that the
 *   timestamp names: one that has run out since was good when it was used.
 */
#pragma once

#include "base/digest.h"
#include "base/text.h"

/* A timestamp that was granted. */
typedef struct Stamp Stamp;

/* The query for a SHA-256, 64 digits: bytes, to be freed with g_string_free. It asks for the
 * authority's certificate in the reply. */
GString *stamp_query(const char hex[DIGEST_LENGTH + 1]) G_GNUC_WARN_UNUSED_RESULT;

/* Reads a reply, of which nothing is checked but its form and its time. NULL with SP_ERROR_INPUT
 * where it is no reply, holds no certificate of whoever signed it, or grants nothing. Free with
 * stamp_free. */
Stamp *stamp_read(Span reply, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void stamp_free(Stamp *stamp);

/* When it was given, "2025-10-06T10:00:00Z", and by whom: the name in the certificate, control
 * characters escaped. Both are those of the reply itself: stamp_holds says whether they are true.
 */
const char *stamp_time(const Stamp *stamp);
const char *stamp_authority(const Stamp *stamp);
/* Whether it is one of this SHA-256. */
bool stamp_is_of(const Stamp *stamp, const char hex[DIGEST_LENGTH + 1]);

/* Whether its signature is that of the certificate in it. That certificate may be anybody's.
 * SP_ERROR_INPUT says in a few words why not. */
bool stamp_is_signed(const Stamp *stamp, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether there are certificates in a file of authorities (PEM), and all of them can be read.
 * SP_ERROR_RULES else. */
bool stamp_authorities_pass(Span authorities, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it is signed by an authority that was good at its time: whose certificate is one of
 * those given (PEM), or was given out by one of them, for timestamps. SP_ERROR_INPUT says why not;
 * SP_ERROR_RULES as stamp_authorities_pass. */
bool stamp_is_by(const Stamp *stamp, Span authorities, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stamp, stamp_free)
