/* What a statement says, part after part. */
#pragma once

#include "report/statement/page.h"

/* The page of a payee, filled; is_approved: what it pays is paid, else it is to be paid. Free with
 * page_free; result, run and payees must outlive it. */
Page *content_new(const Result *result, const char *run, bool is_approved, const Payees *payees,
                  const Payee *payee);
