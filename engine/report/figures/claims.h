/* What claims say beyond their figures: what is missing, what was replaced, what was rejected
 * whole.
 *
 * Every report that tells of them takes them from here. */
#pragma once

#include "report/figures/words.h"

/* Whether a contract takes part in a month of the year, counted from 0. */
bool claims_take_part(const Result *result, const Contract *contract, guint month);
/* Whether a contract has claimed for a month before one. */
bool claims_were_received(const Result *result, const Contract *contract, guint month);
/* Whether nothing has come for a month from a contract that takes part in it and has claimed
 * before. */
bool claims_are_missing(const Result *result, const Contract *contract, guint month);
/* How many months of the year there are up to the run's. */
guint claims_months(const Result *result);

/* What has claimed before of an activity scheme, and which of it has nothing for the run's month.
 */
typedef struct {
    const Scheme *scheme;
    guint claimed_before;
    GPtrArray *missing; /* of const Contract *, in the order of the result */
} SchemeClaims;
/* The schemes of which something is missing: of SchemeClaims. Free with g_array_unref. */
GArray *claims_missing(const Result *result) G_GNUC_WARN_UNUSED_RESULT;

/* A submission of a contract's month. */
typedef struct {
    guint32 submission;
    guint64 rows, unpriced;
    Sum money;
} SubmissionTotal;

/* What a resubmission replaced: the submission before it, whatever was replaced by that. */
typedef struct {
    guint32 contract; /* of the pack */
    Month month;
    SubmissionTotal before, now;
    guint first_part, part_count; /* of Result.submissions: of all submissions of the month */
    bool withdraws;               /* it has fewer rows, or less money */
} Replacement;
/* All of them, by contract and month: of Replacement. Free with g_array_unref. */
GArray *claims_replaced(const Result *result) G_GNUC_WARN_UNUSED_RESULT;
/* Those of one contract of the pack. */
GArray *claims_replaced_of(const Result *result, guint32 contract) G_GNUC_WARN_UNUSED_RESULT;
/* "12 rows, £300.00", "1 row without a price", "12 rows, £300.00, 2 unpriced". */
Words words_submission(const SubmissionTotal *submission);
/* The same of a part of it, in a file. */
Words words_part(const SubmissionPart *part);

/* A file of which every row was rejected, and its first exception. */
typedef struct {
    guint file; /* of the inputs */
    guint exception;
} RejectedFile;
/* By file: of RejectedFile. Free with g_array_unref. */
GArray *claims_rejected_files(const Result *result) G_GNUC_WARN_UNUSED_RESULT;

/* The median of an unusual count to two decimals, for people: nothing is worked out from it. */
Micros unusual_median(const Unusual *unusual);
/* "of its other months", or "by its list, from the other providers' counts". */
const char *unusual_basis(const Unusual *unusual);
