/* Clauses of limits.csv: what each adds to, or takes from, what a contract has earned
 * (rules/README.md, limits.csv). Pots, which tie contracts together, are not applied here. */
#pragma once

#include "pay/working.h"

/* What a contract has earned by the end of a month, clauses included, by month of the year. All of
 * an achievement scheme stands in April, since its clauses are for the year. */
typedef struct {
    Month by;
    bool is_before; /* by the month before the run's */
    Money months[12];
} Earned;

/* Lists the clauses of a contract that need a fact which is not in force; it is then held. */
void clauses_list_lacks(Working *working, Contract *contract);
/* Applies the clauses of a contract in the order of their rows, span by span. Where lines is not
 * NULL, each effect is added to it as a line of the contract of that number. False where an amount
 * is out of range. */
bool clauses_apply(const Working *working, const Contract *contract, guint number, Earned *earned,
                   GArray *lines) G_GNUC_WARN_UNUSED_RESULT;
/* All that is earned; false where it is out of range. */
bool earned_sum(const Earned *earned, Money *sum) G_GNUC_WARN_UNUSED_RESULT;
