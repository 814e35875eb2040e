/* Carrying the inputs of a year over to the next (engine/archive/README.md, A new year). */
#pragma once

#include "pack/nextyear.h"
#include "pack/pack.h"

/* Adds a file for each kind of input. Participation: the spells that go on after 31 March, from 1
 * April at the earliest, with a list_date of their own moved by a year. The register: the rows that
 * hold on 1 April or later, and the last row of a provider without one that has such a spell, or
 * whose debt (debts: of LedgerEntry) is brought forward. The others: their headers. */
void next_inputs_carry(const Pack *pack, const GArray *debts, NextYear *next);
