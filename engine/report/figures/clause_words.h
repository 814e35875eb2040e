/* Clauses in words, the same in every report. */
#pragma once

#include "report/figures/words.h"

/* How the amount of a clause's line comes about, to the payee: "You earned £6,156.00; £4,000.00 of
 * freed-up resources come off: £2,156.00". Free with g_free. */
char *clause_words(const Result *result, const Line *line) G_GNUC_WARN_UNUSED_RESULT;
/* The months that it looked at: "Apr to Jun 2025". */
Words clause_months(const Result *result, const Line *line);
