/* The sheet of prices: by month and activity, with what the claim comes to. */
#pragma once

#include "report/form/formbook.h"

/* Fills it. */
void prices_sheet_fill(const FormBook *book);
