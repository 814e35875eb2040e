#include "pay/clause_span.h"

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
    Day day = span->contract->scheme->list_date;
    return facts_in_force(span->working->pack->facts, span->contract->parties->provider, fact,
                          day != DAY_NONE ? day : month_first_day(span->from));
}
