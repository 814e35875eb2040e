/* How many of an activity a provider is paid for at most in a span (rules/README.md, Activity
 * schemes). */
#pragma once

#include "pack/facts.h"

#define CAP_MISSING (-1) /* the fact that a cap follows is not in force */

/* How many the cap of an activity of a scheme allows a provider in the span of the cap that begins
 * with a month; CAP_MISSING where the fact that it follows is not in force. Only for activities
 * that have one. */
int64_t cap_allows(const Activity *activity, const Scheme *scheme, const Facts *facts,
                   guint32 provider, Month first);
