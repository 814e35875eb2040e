/* Inside the explanation: making steps. Not for other modules. */
#pragma once

#include "pack/row_lookup.h"
#include "report/screen/explanation.h"

/* What the explanation of one result shares. */
typedef struct {
    const Result *result;
    const GArray *paid; /* of PaidByRun */
    RowLookup *lookup;
} Explaining;

/* Adds a step; what and how are taken over. */
ExplainedStep *step_add(GPtrArray *steps, char *what, char *how);
void step_amount(ExplainedStep *step, Money amount);
/* Names a rule's table, line and source. */
void step_rule(ExplainedStep *step, const char *table, guint64 line, const char *source);
/* Names the rows at some places (of RowPlaceId, in the order of file and line). */
void step_rows(const Explaining *explaining, ExplainedStep *step, const GArray *places);
void step_row(const Explaining *explaining, ExplainedStep *step, RowPlaceId place);
/* "£1,234.50", "12.5", "£35.50" as new strings. */
char *pounds_text(Money money);
char *count_text(Micros count);
char *price_text(Micros price);

/* The steps of a contract's value, and of its lines. */
void explain_value(const Explaining *explaining, const Contract *contract, GPtrArray *steps);
void explain_lines(const Explaining *explaining, const Contract *contract, GPtrArray *steps);
