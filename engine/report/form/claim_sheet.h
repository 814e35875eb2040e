/* The sheet Claim: what is filled in, and saved as CSV. */
#pragma once

#include "report/form/formbook.h"

/* Fills it. */
void claim_sheet_fill(const FormBook *book);
