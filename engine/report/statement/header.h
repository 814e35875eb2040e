/* The head of a statement: whom it is to, what is paid, and what the payee should know. */
#pragma once

#include "report/statement/page.h"

void header_write(Page *page);
