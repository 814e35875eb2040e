/* Sealing a run, the fourth verb: as a whole or not at all, whenever the process or the machine
 * stops (engine/archive/README.md, What is in the archive).
 *
 * All of the run is written under a temporary name in the archive and put on the disk; then the
 * index says that it is pending, one rename makes it appear, and the index says that it is done. */
#pragma once

#include "archive/earlier.h"
#include "archive/lock.h"
#include "pay/result.h"

typedef struct {
    const Result *result;
    const Ledger *ledger;                           /* what the result counted as paid */
    const Earlier *earlier;                         /* the run before, or NULL: see earlier.h */
    const char *prepared_by;                        /* a person's name */
    const char *prepared_at;                        /* "2025-10-03T09:14:07Z" */
    void (*stage)(const char *name, gpointer user); /* told when a stage is done; may be NULL */
    gpointer user;
} SealRequest;

typedef struct {
    char *text;                              /* "2025-09/001" */
    char *folder;                            /* where it is */
    char manifest_digest[DIGEST_LENGTH + 1]; /* SHA-256 of its manifest */
} SealedRun;

/* Seals a run into an archive that was opened while the lock is held, or whose index is unchanged
 * since (archive_is_unchanged); what killed runs left is cleared first. The archive is not read
 * anew: open it again to see the run. NULL, and nothing is left, with SP_ERROR_CANNOT_CREATE or
 * SP_ERROR_IO; with SP_ERROR_INPUT where an input was changed while it was read. Free with
 * sealed_run_free. */
SealedRun *seal_run(Archive *archive, const ArchiveLock *lock, const SealRequest *request,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sealed_run_free(SealedRun *run);

/* Writes the approval of a run, in the same three steps; errors as seal_run. */
bool seal_approval(Archive *archive, const ArchiveLock *lock, const Run *run,
                   const Approval *approval, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Keeps an authority's reply as the timestamp of a run that has none, likewise. */
bool seal_timestamp(Archive *archive, const ArchiveLock *lock, const Run *run, const GString *reply,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SealedRun, sealed_run_free)
