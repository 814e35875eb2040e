/* The part of a statement that shows how each amount comes about.
 *
 * The run's month is shown activity by activity. Earlier months that are still worth what was paid
 * for them are one row; where they are not, each of them has a row. */
#pragma once

#include "report/statement/page.h"

void workings_write(Page *page);
