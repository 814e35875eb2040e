/* budgets.csv: what a year may cost, by scheme. The file need not be there; a run does not
 * calculate with it, only a forecast compares with it. */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable BUDGETS_TABLE;

/* The budget of a scheme, or NULL. */
const Budget *budget_of(const Rules *rules, guint32 scheme);
/* The part of a budget for the first months of the year, of twelve: rounded to the penny, halves
 * up. */
Money budget_to_date(const Budget *budget, guint months);
