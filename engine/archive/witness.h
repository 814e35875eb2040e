/* An outside witness: a timestamp of an approved run's manifest by an authority that has nothing to
 * do with the archive (RFC 3161; engine/archive/README.md, An outside witness).
 *
 * The authority's reply is kept as it came, as "timestamp" in the run's folder, and the index names
 * its SHA-256. It is no part of the approval: whoever counted the run's payments before goes on to
 * do so. A run has one timestamp, the first that was kept.
 *
 * Whose timestamps count, "timestamp-authorities.pem" among the rules of the run's year says, in
 * the folder of rules as it is now: that lies outside the archive, and the copy that is sealed with
 * a run is as easily replaced as the rest of it.
 */
#pragma once

#include "archive/archive.h"
#include "base/document.h"

/* Whether a run can be witnessed: the archive is as it was sealed, and the run is approved.
 * SP_ERROR_NOT_ALLOWED else. */
bool witness_is_allowed(const Archive *archive, const Run *run,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The path of the authorities' certificates for a run's year in a folder of rules; free with
 * g_free.
 */
char *witness_authorities(const char *rules, const Run *run) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a fault, of the class given, where a file of authorities has no certificates to be read: it
 * would count nobody's timestamps. */
void witness_check_authorities(const Document *authorities, FaultClass class, Faults *faults);

/* Checks what a reply says of a run, and adds what is found to findings: a difference where it is
 * none, is of something else, is not signed, or is not by one of the authorities; else a note that
 * says when and by whom the run is witnessed, and whether there are authorities to check that by.
 * Where reply is NULL, a note where the run is approved and there are authorities that could have
 * witnessed it. SP_ERROR_IO where the authorities' file cannot be read, SP_ERROR_RULES where it has
 * no certificates: what cannot be checked is no difference. */
bool witness_check(const char *rules, const Run *run, const GString *reply, GPtrArray *findings,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
