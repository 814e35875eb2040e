/* The part of a statement that says which claims a later submission replaced, and from which files
 * they and it are. */
#pragma once

#include "report/statement/page.h"

void replaced_write(Page *page);
