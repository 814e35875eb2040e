/* The sheet Facts: the facts that figures of other sheets rest on, each once, with the day it holds
 * from and the input row that says so. There is none where no figure needs one. */
#pragma once

#include "report/workbook/worked.h"

/* Notes which facts are used: the factors of contracts, and what lines rest on. */
void factsheet_plan(Workbook *workbook);
void factsheet_fill(Workbook *workbook);
/* The part of a formula that is the number of a fact, found on Facts; the fact must be in use. */
const char *factsheet_number(const WorkedRow *worked, const Fact *fact);
