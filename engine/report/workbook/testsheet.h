/* The sheet Tests: what each test of a clause asks for, and whether it is met. One row for each
 * test of a row of Clauses. */
#pragma once

#include "report/workbook/worked.h"

/* What a row is about. */
typedef struct {
    guint step; /* row of Clauses, from 0 */
    const Test *test;
} TestRow;

/* After steps_plan. */
void testsheet_plan(Workbook *workbook);
void testsheet_fill(Workbook *workbook);

/* How many tests of a step are met: 0 where one asks for an indicator without achievement. */
guint64 testsheet_met(const Workbook *workbook, const ClauseStep *step);
/* The formula of that; key is the cell that has the number of the row of Clauses. */
const char *testsheet_met_formula(const WorkedRow *worked, guint key);
/* Whether all of a step's tests are worked out again. */
bool testsheet_is_proved(const WorkedRow *worked, const ClauseStep *step);
