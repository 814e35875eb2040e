/* The sheet that says how a form becomes a CSV file. */
#pragma once

#include "report/form/formbook.h"

/* Fills it. */
void how_sheet_fill(const FormBook *book);
