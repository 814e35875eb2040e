/* The list of exceptions, and the money at risk in each (fixtures/README.md, Why a row is not
 * paid; rules/README.md, Contracts that are held). */
#pragma once

#include "pay/working.h"

/* Lists the exceptions of rows, by file and line, and after them those of contracts. A risk that
 * is out of range is a fault. */
void exceptions_list(Working *working);
