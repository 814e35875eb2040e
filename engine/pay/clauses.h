/* Clauses of limits.csv: what each adds to, or takes from, what a contract has earned
 * (rules/README.md, limits.csv). Pots, which tie contracts together, are not applied here: see
 * pots.h. */
#pragma once

#include "pay/clause_span.h"

/* Whether a clause that acts asks for an indicator: its baseline is then needed. */
bool clauses_judge(const Working *working, const Contract *contract, guint32 indicator);
/* Lists the clauses of a contract that need a fact which is not in force; it is then held. */
void clauses_list_lacks(Working *working, Contract *contract);
/* Applies the clauses of a contract in the order of their rows, span by span. Where lines is not
 * NULL, each effect is added to it as a line of the contract of that number. False where an amount
 * is out of range. */
bool clauses_apply(const Working *working, const Contract *contract, guint number, Earned *earned,
                   GArray *lines) G_GNUC_WARN_UNUSED_RESULT;
/* All that is earned; false where it is out of range. */
bool earned_sum(const Earned *earned, Money *sum) G_GNUC_WARN_UNUSED_RESULT;
