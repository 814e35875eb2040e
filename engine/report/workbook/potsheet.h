/* The sheet Pots: how the contracts of a scheme share its pot. One row for each contract of a
 * scheme that has one. */
#pragma once

#include "report/workbook/worked.h"

/* What a row is about. */
typedef struct {
    guint contract; /* into Result.contracts */
    bool is_proved; /* known once the sheet is filled */
} PotRow;

void potsheet_plan(Workbook *workbook);
void potsheet_fill(Workbook *workbook);
/* The column of its checks. */
guint potsheet_checks(void);
/* The part of a formula that is what the pot adds to a contract's lines, or takes; key is the cell
 * that has its number. */
const char *potsheet_effect(const WorkedRow *worked, guint key);
