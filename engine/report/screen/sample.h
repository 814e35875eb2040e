/* A sample of the rows that a run pays, for verification after payment (engine/report/README.md, A
 * sample of what is paid).
 *
 * Invariants
 * - Drawn from the accepted rows of activity that count in a line of lines.csv: those of a held
 *   contract do not, nor what a cap left out.
 * - The draw is a rule that anyone can follow: of each row the SHA-256 of the SHA-256 of the run's
 *   manifest, the file and the line, a line feed between them; the least ones are drawn. It does
 *   not depend on the number of threads.
 * - Never a patient reference. */
#pragma once

#include "base/figure.h"
#include "base/digest.h"
#include "pay/result.h"

/* What so many rows are drawn of. */
typedef enum { SAMPLE_OF_ALL, SAMPLE_BY_PROVIDER, SAMPLE_BY_SCHEME, SAMPLE_WAYS } SampleBy;
extern const char *const SAMPLE_BY_WORDS[SAMPLE_WAYS]; /* "" of all */

/* A row that was drawn. */
typedef struct {
    guint64 claim; /* into Pack.claims */
    guint64 line;  /* in its file */
    guint32 group; /* number of provider or scheme, or 0 */
    Micros price;  /* £ in millionths */
    Money amount;  /* what counts of it × price, rounded as the scheme says */
    char digest[DIGEST_LENGTH + 1];
} SampleRow;

typedef struct {
    const Result *result; /* not owned */
    const char *run;      /* "2025-09/001"; not owned */
    const char *manifest; /* SHA-256 of its manifest; not owned */
    SampleBy by;
    GArray *rows;       /* of SampleRow: by provider or scheme, then by their SHA-256 */
    guint64 population; /* rows it was drawn from */
    Sum pounds;         /* their amounts */
} Sample;

/* Draws up to count rows, or so many of each provider or scheme. Result and texts must outlive the
 * sample; free with sample_free. */
Sample *sample_new(const Result *result, const char *run, const char *manifest, SampleBy by,
                   guint count) G_GNUC_WARN_UNUSED_RESULT;
void sample_free(Sample *sample);

/* The columns of the sample. */
#define SAMPLE_FIELD_COUNT 8
extern const Field SAMPLE_FIELDS[SAMPLE_FIELD_COUNT];

/* Appends it as CSV, or as one JSON object. */
void sample_csv(const Sample *sample, GString *text);
void sample_json(const Sample *sample, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sample, sample_free)
