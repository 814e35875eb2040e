/* Achievement schemes: instalments during the year, what the indicators earned at its end
 * (rules/README.md, Achievement schemes). */
#pragma once

#include "pay/working.h"

/* In a month, one line for the instalments to date; at year-end, one for each indicator. A contract
 * without the list size or the achievement it needs is held. */
extern const PaymentMethod ACHIEVEMENT_METHOD;
