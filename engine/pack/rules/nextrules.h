/* Carrying the rules of a year over to the next (engine/archive/README.md, A new year). */
#pragma once

#include "pack/nextyear.h"
#include "pack/rules/rules.h"

/* Adds the files of the new year's rules: all columns of each table, with days and months moved by
 * a year; of each activity the price that is in force on 31 March, from 1 April, open; all else as
 * it is. Clauses that name an activity which has no such price are left out. The rules have passed
 * every check. */
void next_rules_carry(const Rules *rules, NextYear *next);
