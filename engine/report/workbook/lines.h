/* Rows of a scheme's sheet, worked out. */
#pragma once

#include "pay/reached.h"
#include "report/workbook/schemes.h"
#include "report/workbook/worked.h"

/* Columns of the layouts that their formulas refer to. */
#define LINE_KIND_COLUMN 2
#define LINE_ITEM_COLUMN 3
enum {
    INSTALMENT_MONTH = 5,
    INSTALMENT_VALUE,
    INSTALMENT_SHARE,
    INSTALMENT_DUE,
    INSTALMENT_ALL,
    INSTALMENT_FRACTION,
    INSTALMENT_AMOUNT
};
enum {
    INDICATOR_VALUE = 5,
    INDICATOR_POINTS,
    INDICATOR_REMAINDER,
    INDICATOR_SHARE,
    INDICATOR_NUMERATOR,
    INDICATOR_DENOMINATOR,
    INDICATOR_EXCEPTIONS,
    INDICATOR_ACHIEVEMENT,
    INDICATOR_PART,
    INDICATOR_WHOLE,
    INDICATOR_FRACTION,
    INDICATOR_AMOUNT,
    INDICATOR_BASELINE = INDICATOR_AMOUNT /* where there are any; the amount is then behind it */
};
/* Of the layout of indicators that are due in the year: columns from the numerator on are nearer,
 * and those of instalments stand behind the baseline. */
enum { DUE_NUMERATOR = INDICATOR_POINTS + 1 };
#define DUE_INSTALMENT (DUE_NUMERATOR + INDICATOR_BASELINE - INDICATOR_NUMERATOR + 1)
/* From the amount to a number that stands between the source and that of the contract. */
#define AMOUNT_TO_NUMBER 7
enum { ACTIVITY_COUNT = 6, ACTIVITY_PRICE, ACTIVITY_AMOUNT };
/* Of the layout that has spans, too. */
enum {
    SPAN_FROM = ACTIVITY_AMOUNT,
    SPAN_TO,
    SPAN_COVERED,
    SPAN_WHOLE,
    SPAN_DUE,
    SPAN_MONTHS,
    SPAN_FRACTION,
    SPAN_AMOUNT,
    SPAN_LINE = SPAN_AMOUNT + AMOUNT_TO_NUMBER /* the number of the line */
};

/* A row; its record's line is the first of those that share it. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const SchemeSheet *sheet;
    const LineGroup *group;
    guint64 index; /* in the sheet's rows */
} LineRow;

/* Works a row of the sheet out, and notes whether it is proved. */
void lines_work(LineRow *row, guint64 index);

/* The first line of a row, and what was reached where it is an indicator's. */
const Line *lines_first(const SchemeSheet *sheet, guint64 row);
Reached lines_reached(const SchemeSheet *sheet, const Line *line);
