/* The sheet Judged: what contracts achieve of the indicators that their clauses ask for, whether or
 * not these have lines of their own. One row a contract and indicator. */
#pragma once

#include "report/workbook/worked.h"

typedef enum {
    JUDGED_NUMERATOR,
    JUDGED_DENOMINATOR,
    JUDGED_EXCEPTIONS,
    JUDGED_ACHIEVEMENT,
    JUDGED_PART,
    JUDGED_WHOLE,
    JUDGED_FRACTION,
    JUDGED_BASELINE,
    JUDGED_KNOWN /* 1 where an achievement is accepted */
} JudgedFigure;

/* What a row is about. */
typedef struct {
    guint contract; /* into Result.contracts */
    guint32 indicator;
    bool is_proved; /* the fraction is worked out again; known, as the next, once it is filled */
    guint64 part, whole; /* the fraction, as its formulas have it */
} JudgedRow;

void judged_plan(Workbook *workbook);
void judged_fill(Workbook *workbook);
/* The part of a formula that is a figure of a contract and an indicator; key is the cell that has
 * the number of the contract. */
const char *judged_figure(const WorkedRow *worked, guint key, guint32 indicator,
                          JudgedFigure figure);
/* The row of a contract of the result and an indicator that one of its clauses asks for. */
const JudgedRow *judged_row(const Workbook *workbook, guint contract, guint32 indicator);
