/* The sheet Spans: how much of a span a contract takes part in, where a tariff counts each or a
 * fact. One row a line, spell and price row that meet in the span. */
#pragma once

#include "report/workbook/worked.h"

/* What a row is about. */
typedef struct {
    guint line;         /* into Result.lines */
    const Spell *spell; /* NULL: without pro-rata, when the span counts in full */
    const Price *price;
} SpanRow;

/* The span of a line, and what its formula multiplies. */
typedef struct {
    Month first, last;
    int covered, whole; /* days, or months whose first day is covered; without pro-rata 1 of 1 */
    int due, months;    /* months of the span that are due, where they are paid one by one; else 1
                           of 1 */
} SpanOfLine;

/* Whether a scheme has tariffs that count each or a fact. */
bool spans_has_scheme(const Rules *rules, const Scheme *scheme);
void spans_plan(Workbook *workbook);
void spans_fill(Workbook *workbook);

SpanOfLine spans_of(const Result *result, const Line *line);
/* The part of a formula that is what the rows of a line cover; key: the cell of its number. */
const char *spans_covered(const WorkedRow *worked, guint key);
