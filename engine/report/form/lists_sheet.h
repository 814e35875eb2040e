/* The sheet of lists: the months and activities that can be chosen, and the days of participation.
 */
#pragma once

#include "report/form/formbook.h"

/* Fills it. */
void lists_sheet_fill(const FormBook *book);
