/* The archive's index: all runs in the order in which they were sealed, with the SHA-256 of their
 * manifests, approvals and timestamps, and what was under way when it was last written.
 *
 * Invariants
 * - A run is sealed, an approval given, or a timestamp kept, in three steps: the index says that it
 * is pending; one rename makes it appear; the index says that it is done. Wherever that stops, the
 * pending line and what is there tell which.
 * - So the last run, or the last approval, cannot be taken away, added or changed unseen, although
 *   no manifest after it names it yet.
 * - Its format is 1, and 2 as soon as it names a timestamp: a version that knows of none refuses
 * it, and does not write it without them.
 */
#pragma once

#include "archive/lines.h"

typedef struct {
    char *run; /* "2025-09/001" */
    char manifest[DIGEST_LENGTH + 1];
    char approval[DIGEST_LENGTH + 1];  /* "" where it is not approved */
    char timestamp[DIGEST_LENGTH + 1]; /* "" where it is not witnessed */
} IndexEntry;

typedef enum { PENDING_NONE, PENDING_SEAL, PENDING_APPROVE, PENDING_WITNESS } PendingKind;

typedef struct {
    GArray *entries; /* of IndexEntry, in the order of sealing */
    PendingKind pending;
    char *pending_run;
    char pending_digest[DIGEST_LENGTH + 1]; /* of manifest, approval or timestamp */
} Index;

Index *index_new(void);
void index_free(Index *index);
guint index_count(const Index *index);
IndexEntry *index_entry(const Index *index, guint entry);
/* The entry of a run, or NULL. */
IndexEntry *index_find(const Index *index, const char *run);
/* Adds a run that is not approved. */
void index_add(Index *index, const char *run, const char *manifest);
/* Says what is about to be done. */
void index_set_pending(Index *index, PendingKind kind, const char *run, const char *digest);
/* Does what is pending: adds the run, its approval or its timestamp; then nothing is. */
void index_complete(Index *index);
/* Forgets what is pending. */
void index_drop_pending(Index *index);

/* The index as its file; free with g_string_free. */
GString *index_text(const Index *index) G_GNUC_WARN_UNUSED_RESULT;
/* Reads one back: NULL, with SP_ERROR_INPUT saying what is wrong, where it is not whole. */
Index *index_read(Span bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Index, index_free)
