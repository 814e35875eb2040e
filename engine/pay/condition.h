/* Whether the test of a clause is met (rules/README.md, limits.csv). Not for other folders. */
#pragma once

#include "pay/asked.h"
#include "pay/clause_span.h"

/* Whether a test is met in a span; one that asks for an indicator without achievement never is. The
 * facts that it asks for are in force, the baselines of its indicators as well. False where a
 * comparison is out of range. */
bool condition_is_met(const ClauseSpan *span, const Test *test,
                      bool *is_met) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a test asks for a fact that is not in force. */
bool condition_lacks_fact(const ClauseSpan *span, const Test *test);
/* What one test, which is not of several, comes to in a span; one without achievement is not met.
 * False where a comparison is out of range. */
bool condition_ask(const ClauseSpan *span, const Test *test,
                   Asked *asked) G_GNUC_WARN_UNUSED_RESULT;
