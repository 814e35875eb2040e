/* The sheet Check: what is missing in which row of Claim, and what each row counts. */
#pragma once

#include "report/form/formbook.h"

/* What a row that is filled in has to have, in the order in which it is looked at. */
extern const char *const CHECK_TEXTS[];
extern const guint CHECK_TEXT_COUNT;

/* Fills it. */
void check_sheet_fill(const FormBook *book);
