/* Rows of a scheme's sheet, worked out. */
#pragma once

#include "report/workbook/schemes.h"
#include "report/workbook/worked.h"

/* Columns of the layouts that their formulas refer to. */
enum {
    INSTALMENT_VALUE = 6,
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
    INDICATOR_AMOUNT
};
enum { ACTIVITY_COUNT = 6, ACTIVITY_PRICE, ACTIVITY_AMOUNT };

/* A row; its record's line is the first of those that share it. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const SchemeSheet *sheet;
    const LineGroup *group;
    guint64 index; /* in the sheet's rows */
} LineRow;

/* Works a row of the sheet out, and notes whether it is proved. */
void lines_work(LineRow *row, guint64 index);

/* The first line of a row, and the achievement behind it where it is an indicator's. */
const Line *lines_first(const SchemeSheet *sheet, guint64 row);
const AchievementRow *lines_achieved(const SchemeSheet *sheet, const Line *line);
