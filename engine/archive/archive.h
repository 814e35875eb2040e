/* The archive as it stands: its runs, with their manifests and approvals, and what is wrong with
 * the chain that binds them.
 *
 * A run lies in <archive>/<year>/<period>/<number>/, "2025-26/2025-09/001", and is called by its
 * period and number, "2025-09/001". Beside the years there are the index, the lock file and, while
 * something is being written, a temporary name that begins with ".staging-"; a process that was
 * killed may leave one behind, which readers ignore and the next writer removes.
 *
 * Opening (open.h) takes no lock and reads the small files alone: index, manifests, approvals and
 * timestamps.
 * Whether inputs, rules and outputs are still as they were sealed, verify.h checks.
 */
#pragma once

#include "archive/approval.h"
#include "archive/finding.h"
#include "archive/index.h"
#include "archive/manifest.h"
#include "pack/period.h"

/* Names inside the archive. */
#define INDEX_FILE "index"
#define LOCK_FILE ".lock"
#define STAGING_PREFIX ".staging-"
#define CLAIM_FILE ".staging-claim"
/* Names inside a run. */
#define MANIFEST_FILE "manifest"
#define APPROVAL_FILE "approval"
#define TIMESTAMP_FILE "timestamp"
#define INPUTS_FOLDER "inputs"
#define RULES_FOLDER "rules"
#define OUTPUTS_FOLDER "outputs"

/* A run's name: period and number. */
typedef struct {
    Period period;
    guint number; /* from 1; 0: the newest of its period */
} RunName;

/* Reads "2025-09/001" or, for the newest, "2025-09"; false for anything else. */
bool run_name_read(const char *text, RunName *name) G_GNUC_WARN_UNUSED_RESULT;
/* "2025-09/001"; free with g_free. */
char *run_name_text(const Period *period, guint number) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
    RunName name;
    char *text;                              /* "2025-09/001" */
    char *folder;                            /* where it is, the archive's path in front */
    bool is_there;                           /* whether the folder exists */
    bool is_listed;                          /* whether the index names it */
    Manifest *manifest;                      /* NULL where it cannot be read */
    char manifest_digest[DIGEST_LENGTH + 1]; /* of the file as it is now, "" where there is none */
    Approval *approval;                      /* NULL where there is none, or none to be read */
    char approval_digest[DIGEST_LENGTH + 1]; /* as manifest_digest */
    GString *timestamp; /* the authority's reply as it was kept (witness.h), NULL where none is */
    char timestamp_digest[DIGEST_LENGTH + 1]; /* as manifest_digest */
} Run;

typedef struct {
    char *path;
    bool is_there;       /* whether the folder exists */
    bool has_index;      /* whether there is an index that can be read */
    Index *index;        /* what there should be, nothing pending; without one, what there is */
    char *index_bytes;   /* the file as read, NULL where there is none: to see whether it changed */
    GPtrArray *runs;     /* of Run, in the order of sealing; what the index does not name, last */
    GPtrArray *findings; /* of Finding: what is wrong with index, chain, manifests, approvals */
} Archive;

/* An archive of which nothing has been read yet: open.h reads it. Free with archive_free. */
Archive *archive_new(const char *path);
void archive_free(Archive *archive);
const Run *archive_run(const Archive *archive, guint run);
/* The run of a name, or the newest of its period; NULL, with SP_ERROR_NO_INPUT, where there is none
 * (SP_ERROR_USAGE where the text is not a run's name). */
const Run *archive_find(const Archive *archive, const char *text,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The newest run of a period, its approved run, the run of exactly that name; NULL where there is
 * none. */
const Run *archive_newest(const Archive *archive, const Period *period);
const Run *archive_approved(const Archive *archive, const Period *period);
const Run *archive_named(const Archive *archive, const char *text);

/* A run that was prepared after a time, of a run and the one sealed before it; NULL where neither
 * was. Times are as in a manifest. */
const Run *archive_prepared_after(const Archive *archive, const Run *run, const char *time);

/* False with SP_ERROR_NO_INPUT where the archive's folder does not exist. */
bool archive_require(const Archive *archive, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Sets an error of the code given, which lists what is wrong, where the archive has findings that
 * are differences: none of its figures may be used then. */
bool archive_require_whole(const Archive *archive, SpError code,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the file of the index: *bytes is NULL where there is none. Free it with g_free. */
bool archive_read_index(const char *path, char **bytes, gsize *length,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the archive still is as it was opened; SP_ERROR_BUSY where another run came between. To
 * be called with the lock held. */
bool archive_is_unchanged(const Archive *archive, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A path below the archive; free with g_free. */
char *archive_path(const Archive *archive, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* The folder of a run; free with g_free. */
char *archive_run_folder(const Archive *archive, const Period *period,
                         guint number) G_GNUC_WARN_UNUSED_RESULT;
/* A file of a run; free with g_free. */
char *run_path(const Run *run, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* The SHA-256 a run's manifest names for a file of it; "", which no file has, where it names none.
 */
const char *run_digest(const Run *run, const char *name);
/* Orders pointers to Run by period, then number. */
int run_compare(gconstpointer left, gconstpointer right);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_free)
