/* What a run was sealed to pay, held against what is worked out now, contract by contract. */
#pragma once

#include "archive/payments.h"

/* Adds a finding of a kind for each contract whose figures differ, in the order of the rows as
 * sealed, then of those that are only there now. Both are arrays of PaymentRow. */
void pounds_compare(const GArray *sealed, const GArray *now, FindingKind kind, const char *run,
                    GPtrArray *findings);
