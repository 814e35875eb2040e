/* The manifest of a sealed run: what it is, who prepared it and when, what it counted, and the
 * SHA-256 of every file of it. Format 2 names the libraries and the workbooks among the inputs that
 * were not read, too; format 1, which does not, is read for ever.
 *
 * It is chained: each manifest names the run sealed before it in the archive with the SHA-256 of
 * that run's manifest, and each approved run whose payments were counted with those of its manifest
 * and of its approval. So a run that was changed, removed, reordered or sealed anew shows in
 * those that came after it.
 */
#pragma once

#include "archive/lines.h"

/* A file of the run, by its path under the run's folder. */
typedef struct {
    char digest[DIGEST_LENGTH + 1];
    guint64 size; /* bytes */
    char *path;
} ManifestFile;

/* An approved run whose payments were counted. */
typedef struct {
    char *run;
    char manifest[DIGEST_LENGTH + 1];
    char approval[DIGEST_LENGTH + 1];
} ManifestCounted;

/* A library that took part, with the version that was in use. */
typedef struct {
    char *name, *version;
} ManifestLibrary;

typedef struct {
    char *run;         /* "2025-09/001" */
    char *period;      /* "2025-09", the front of that */
    char *engine;      /* the version that worked it out */
    GArray *libraries; /* of ManifestLibrary; none in format 1 */
    char *prepared_by; /* a person's name */
    char *prepared_at; /* "2025-10-03T09:14:07Z" */
    char *previous;    /* the run sealed before it, or NULL for the archive's first */
    char previous_manifest[DIGEST_LENGTH + 1];
    GPtrArray *left_out; /* of char *: workbooks among the inputs, not read; none in format 1 */
    GArray *counted;     /* of ManifestCounted, in the order of their periods */
    GArray *files;       /* of ManifestFile, in byte order of their paths */
} Manifest;

/* An empty manifest. Free with manifest_free. */
Manifest *manifest_new(void);
void manifest_free(Manifest *manifest);
/* Adds a copy of the path. */
void manifest_add_file(Manifest *manifest, const char *digest, guint64 size, const char *path);
/* Brings the files into byte order of their paths. */
void manifest_sort(Manifest *manifest);
/* Adds copies of both. */
void manifest_add_library(Manifest *manifest, const char *name, const char *version);
/* Adds a copy of the name of a workbook that was not read. */
void manifest_add_left_out(Manifest *manifest, const char *name);
void manifest_add_counted(Manifest *manifest, const char *run, const char *manifest_digest,
                          const char *approval_digest);

/* The manifest as its file, in format 2; free with g_string_free. */
GString *manifest_text(const Manifest *manifest) G_GNUC_WARN_UNUSED_RESULT;
/* Reads one back: NULL, with SP_ERROR_INPUT saying what is wrong, where it is not whole. */
Manifest *manifest_read(Span bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The entry of a path, or NULL. */
const ManifestFile *manifest_find(const Manifest *manifest, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Manifest, manifest_free)
