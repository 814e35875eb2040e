/* What a contract lacks: lists, facts and achievement without which it is held, or which are listed
 * (rules/README.md, Contracts that are held). */
#pragma once

#include "pay/working.h"

/* Lists what a contract lacks, once it is known what it is worth. One that does not touch the year
 * lacks nothing. */
void lacks_list(Working *working, Contract *contract);
