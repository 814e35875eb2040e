/* The sheet Recoveries: debts that are paid back in parts, and what is left for later runs. One row
 * for each contract of which something is. */
#pragma once

#include "report/workbook/worked.h"

void recoverysheet_plan(Workbook *workbook);
void recoverysheet_fill(Workbook *workbook);
/* The column of its checks. */
guint recoverysheet_checks(void);
/* The part of a formula that is what is left of a contract's debt; key is the cell that has its
 * number. */
const char *recoverysheet_deferred(const WorkedRow *worked, guint key);
