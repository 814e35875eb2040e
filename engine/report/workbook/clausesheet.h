/* The sheet Clauses: what each clause of limits.csv makes of what a contract has earned, span by
 * span, whether or not that gives a line. Pots stand on a sheet of their own (potsheet.h), tests of
 * clauses on theirs (testsheet.h). */
#pragma once

#include "report/workbook/schemes.h"
#include "report/workbook/worked.h"

void clausesheet_fill(Workbook *workbook);
/* The column of its checks. */
guint clausesheet_checks(void);

/* The part of a formula that is the effect behind a line of a clause, other than a pot's. */
const char *clausesheet_effect(const WorkedRow *worked, const Line *line);
/* The part of a formula that is what the lines of a contract of the sheet's scheme earn, without
 * clauses: key is the cell or number of the contract. from and to are cells with the first and the
 * last day of the months that count; NULL: all do. */
const char *clausesheet_lines(const WorkedRow *worked, const SchemeSheet *sheet, const char *key,
                              const char *from, const char *to);
/* The part of a formula that is what all clauses but pots add to that, or take. */
const char *clausesheet_effects(const WorkedRow *worked, const char *key);
/* The number of a contract of the pack in the result, or G_MAXUINT. */
guint clausesheet_contract(const Result *result, guint32 key);
