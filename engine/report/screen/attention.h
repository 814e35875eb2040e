/* What needs a person's attention before a run is approved, in a few lines: files of which all rows
 * are rejected, claims that are missing, resubmissions that withdraw something, unusual counts.
 *
 * `check`, the closing figures and `approve` say it with the same words. Texts list ten of a kind
 * and count the rest, the largest amounts first; JSON lists all. */
#pragma once

#include "pay/result.h"
#include "report/figures/json.h"

/* Appends a part of a page, with an empty line behind it; nothing where there is nothing to say. */
void attention_text(const Result *result, GString *text);
/* Writes the object "attention": all four lists, also where they are empty. */
void attention_json(const Result *result, Json *json);
