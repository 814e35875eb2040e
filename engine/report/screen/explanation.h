/* The explanation of contracts as a page of text, and as JSON with the same words. */
#pragma once

#include "report/screen/explained.h"

/* Appends a page of text. contracts: of ExplainedContract, at least one, all of a provider; run is
 * the run's name. */
void explanation_text(const Result *result, const GPtrArray *contracts, const char *run,
                      GString *text);
/* Appends one JSON object. */
void explanation_json(const Result *result, const GPtrArray *contracts, const char *run,
                      GString *text);
