/* A clause at work for a contract in one of its spans: what its effect and its test may ask for.
 * Not for other folders. */
#pragma once

#include "pay/working.h"

/* What a contract has earned by the end of a month, clauses included, by month of the year. All of
 * an achievement scheme stands in April, since its clauses are for the year. */
typedef struct {
    Month by;
    bool is_before; /* by the month before the run's */
    Money months[12];
    const GArray *lines; /* of Line: those of the contract by that month, from first on; not owned.
                            They say what is counted of its activities */
    guint first;
} Earned;

typedef struct {
    const Working *working;
    const Contract *contract;
    const Clause *clause;
    const Earned *earned;
    Month from, to; /* of the span */
} ClauseSpan;

/* Whether the last month of the span has come. */
bool clause_span_is_complete(const ClauseSpan *span);
/* The month that the clause's line bears: the span's last, or the run's where that is earlier. */
Month clause_span_month(const ClauseSpan *span);
/* The fact in force for the span, or NULL: on the scheme's list_date, else on the span's first day.
 */
const Fact *clause_span_fact(const ClauseSpan *span, guint32 fact);
