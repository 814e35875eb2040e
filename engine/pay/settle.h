/* Settlement: what becomes of the amount owed to each payee (rules/README.md, What is
 * owed). */
#pragma once

#include "pay/working.h"

/* Marks every contract pay, nil, hold, carry or invoice, once all of them are worked out: the sign
 * of a payee's total decides about each of its contracts. */
void settle_contracts(Working *working);
