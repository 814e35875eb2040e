/* Tariffs that count each or a fact: what is paid without claims, span by span (rules/README.md,
 * Activity schemes). */
#pragma once

#include "pay/result.h"

/* One price in one span of the year, due in part or in full. */
typedef struct {
    Month first, last;  /* months of the span */
    Month month;        /* of the line: the one in which it is paid */
    const Price *price; /* the first row of that price in the span */
    const Fact *fact;   /* the fact that is counted; NULL: it counts each, or is_missing */
    bool is_missing;    /* the fact that it needs is not in force */
    Micros count;       /* 1, or the fact's number; of either sign */
    Fraction fraction;  /* the part of the span that is covered × the part of it that is due */
} UnclaimedSpan;

/* What of an activity that is not claimed is due to a contract by a month of the year: of
 * UnclaimedSpan, by month, then price; none of which the fraction is 0. Free with g_array_unref. */
GArray *unclaimed_spans(const Pack *pack, guint32 contract, guint32 activity, Month by);
/* Whether one of them needs a fact that is not in force. */
bool unclaimed_lacks_fact(const Pack *pack, guint32 contract, guint32 activity, Month by);
/* The fact behind a line of such an activity, or NULL. */
const Fact *unclaimed_fact(const Pack *pack, guint32 contract, const Activity *activity,
                           Month month);
