/* The sheet Achieved: the rows of achievement that count for other contracts than their own, of
 * networks and of mergers. Those of one network or merger and indicator have a number, by which the
 * lines they count for add them up. */
#pragma once

#include "pay/reached.h"
#include "report/workbook/worked.h"

typedef enum { TOGETHER_NUMERATOR, TOGETHER_DENOMINATOR, TOGETHER_EXCEPTIONS } TogetherFigure;

/* What a row is about. */
typedef struct {
    RowPlaceId place;
    guint number; /* of those that count together, from 1 */
} TogetherRow;

void together_plan(Workbook *workbook);
void together_fill(Workbook *workbook);
/* Notes what counts together for some contract; also for tests of clauses. */
void together_note(Workbook *workbook, const Achieved *achieved);
/* The part of a formula that is the sum of what counts; NULL where it was not noted: it is the
 * contract's own row. */
const char *together_sum(const WorkedRow *worked, const Achieved *achieved, TogetherFigure figure);
/* Whether what counts for a contract comes from other contracts, too. */
bool together_counts(const Pack *pack, const Contract *contract);
