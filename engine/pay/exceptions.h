/* The list of exceptions, and the money at risk in each (rules/README.md, Calculation: held
 * contracts; fixtures/README.md, how every row ends). */
#pragma once

#include "pay/working.h"

/* Lists the exceptions of rows, by file and line, and after them those of contracts. A risk that
 * is out of range is a fault. */
void exceptions_list(Working *working);
