/* The approval of a sealed run: who released its payments, when, and what was shown.
 *
 * It names the SHA-256 of the run's manifest, and its own last line is the SHA-256 of the lines
 * before it; the archive's index and the manifests of later runs name the SHA-256 of its whole
 * file. So a signature, which stands in it line by line, is there whole or not at all. */
#pragma once

#include "archive/lines.h"
#include "base/number.h"

/* The bands amounts are shown by: below £15,000; from there to £49,999.99; £50,000 and above. */
enum { BAND_LOW, BAND_MIDDLE, BAND_HIGH, BAND_COUNT };
extern const char *const BAND_NAMES[BAND_COUNT];

/* How many payments, and how much. */
typedef struct {
    guint64 count;
    Money sum;
} Amounts;

/* The band an amount lies in. */
guint band_of(Money amount);

typedef struct {
    char *run;                        /* "2025-09/001" */
    char manifest[DIGEST_LENGTH + 1]; /* of the run's manifest */
    char *approved_by;
    char *approved_at; /* "2025-10-06T10:00:00Z" */
    bool is_out_of_order;
    Amounts bands[BAND_COUNT]; /* payees' totals to be paid, by band */
    Money to_pay, to_invoice;  /* sums of what is marked pay, and of what is marked invoice */
    char *signature; /* of the manifest, as OpenSSH writes it; NULL where it is not signed */
} Approval;

void approval_free(Approval *approval);
/* The approval as its file; free with g_string_free. */
GString *approval_text(const Approval *approval) G_GNUC_WARN_UNUSED_RESULT;
/* Reads one back: NULL, with SP_ERROR_INPUT saying what is wrong, where it is not whole. */
Approval *approval_read(Span bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Approval, approval_free)
