/* The manual page schemepay(1), in the language of man(7). */
#pragma once

#include "package/tables.h"

/* Appends the page. date: of the release, as the page shows it. */
void manual_append(const Tables *tables, const char *date, GString *page);
