/* The first and the last table of a statement: what is paid, and the year so far. */
#pragma once

#include "report/statement/page.h"

void paid_write(Page *page);
void paid_write_year(Page *page);
