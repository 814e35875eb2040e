/* Achievement schemes: instalments during the year, what the indicators earned at its end
 * (rules/README.md, Achievement schemes). */
#pragma once

#include "pay/working.h"

/* In a month, one line for the instalments to date, and one for each indicator that is due; at
 * year-end, one for each indicator. */
extern const PaymentMethod ACHIEVEMENT_METHOD;
