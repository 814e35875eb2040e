/* The workings of what an indicator earned. */
#pragma once

#include "report/workbook/lines.h"

/* Sets the cells of an indicator's row, all but the contract's value; returns the formula of its
 * amount, or NULL where a spreadsheet cannot work it out exactly. */
const char *indicator_work(LineRow *row);
