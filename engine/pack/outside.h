/* Dates that belong to another financial year, which a run warns of: they are mostly left over from
 * the year before (rules/README.md, Changing the rules). */
#pragma once

#include "pack/contracts.h"

/* Adds a warning for every price that does not touch the year, for every list_date of a scheme that
 * is more than twelve months before 1 April or after 31 March, and for every such list_date among
 * the spells that touch the year: one a date, which says how many spells have it. */
void outside_warn(const Rules *rules, const InputFiles *inputs, const Contracts *contracts,
                  Faults *faults);
