/* The rows that a check found not to be payable, one by one. */
#pragma once

#include "pay/result.h"
#include "report/figures/json.h"

/* Appends the first rows of each reason, as messages are written: file, line, column and what is
 * wrong; contracts by scheme and provider. */
void listing_text(const Result *result, GString *text);
/* Writes all of them as the array rows: the columns of exceptions.csv without money. */
void listing_json(const Result *result, Json *json);
