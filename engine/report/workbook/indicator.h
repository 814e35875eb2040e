/* The workings of what an indicator earned. */
#pragma once

#include "report/workbook/lines.h"

/* Sets the cells of an indicator's row, all but the contract's value; returns the formula of its
 * amount, or NULL where a spreadsheet cannot work it out exactly. */
const char *indicator_work(LineRow *row);
/* Sets the cells of what a contract achieves of an indicator, from the numerator on to the
 * baseline, in a row of another sheet: none where nothing is accepted. False where the fraction is
 * shown without formulas. */
bool indicator_judge(WorkedRow *worked, const Contract *contract, guint32 indicator, guint first);
