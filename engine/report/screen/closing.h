/* The closing figures of a run: what a person reads before approving it, on one screen. */
#pragma once

#include "pay/result.h"

/* Appends the closing figures as aligned text, £ with thousands commas: by scheme, by mark,
 * exceptions by reason with the money at risk, control totals, and last the sentence in which the
 * run closes to the penny. */
void closing_text(const Result *result, GString *text);

/* Appends the same as one JSON object; keys in a fixed order, amounts as strings with two
 * decimals, counts as numbers. */
void closing_json(const Result *result, GString *text);

/* For a check, which reads and validates but pays nobody: exceptions by reason, the rows
 * themselves (in the text the first of each reason) and control totals, without money. */
void closing_check_text(const Result *result, GString *text);
void closing_check_json(const Result *result, GString *text);
