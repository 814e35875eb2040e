/* What the formulas of an indicator's row multiply and compare: whole numbers, worked out exactly,
 * so that it is known beforehand whether a spreadsheet can follow. */
#pragma once

#include "report/workbook/lines.h"

/* An indicator's figures as whole numbers: people and thresholds without their points. */
typedef struct {
    const Indicator *indicator;
    guint people_decimals, threshold_decimals, step_decimals, point_decimals;
    Int128 people;      /* denominator − exceptions */
    Int128 reached;     /* the numerator */
    Int128 part, whole; /* the fraction of its share */
    Int128 value;       /* of the contract, in pence */
    Int128 points, all_points;
} IndicatorTerms;

/* The terms of a row that is an indicator's. */
IndicatorTerms indicator_terms(const TableRow *row);
/* The lines of the same contract that share its value: those of indicators, which come first. */
guint indicator_sharers(const TableRow *row);
/* Whether all that a row's formulas multiply stays within a spreadsheet's digits, and the rows
 * they look at are on one sheet. */
bool indicator_is_exact(const TableRow *row, const IndicatorTerms *terms);
