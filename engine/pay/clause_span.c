#include "pay/clause_span.h"

#include "pay/step.h"

#include "base/poison.h"

bool
clause_span_is_complete(const ClauseSpan *span)
{
    return span->earned->by >= span->to;
}

Month
clause_span_month(const ClauseSpan *span)
{
    return MIN(span->to, span->earned->by);
}

const Fact *
clause_span_fact(const ClauseSpan *span, guint32 fact)
{
    return step_fact(span->working->pack, span->contract, span->from, fact);
}
