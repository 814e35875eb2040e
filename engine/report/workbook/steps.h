/* The rows of Clauses: how clauses acted on the contracts that are not held. */
#pragma once

#include "report/workbook/sheets.h"

/* Notes which row is about what. */
void steps_plan(Workbook *workbook);
const ClauseStep *steps_at(const Workbook *workbook, guint row);
/* The row behind a line of a clause, other than a pot's. */
guint steps_row(const Workbook *workbook, const Line *line);
