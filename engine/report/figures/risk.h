/* Money at risk as every report shows it: what has no known price is never £0.00. */
#pragma once

#include "report/figures/json.h"
#include "report/figures/totals.h"
#include "report/figures/words.h"

#define RISK_NOT_KNOWN "not known"

/* How many of the exceptions have no known price. */
guint64 risk_unknown(const ExceptionTotals *totals);
/* Whether there are exceptions, and the price of none is known. */
bool risk_is_not_known(const ExceptionTotals *totals);
/* "£9.20", "£9.20 and 3 not known", "not known"; £0.00 of no exceptions. */
Words risk_words(const ExceptionTotals *totals);
/* Writes at_risk, which is null where it is not known, and at_risk_not_known, how many have no
 * known price; inside an object. */
void risk_json(Json *json, const ExceptionTotals *totals);
