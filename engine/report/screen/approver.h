/* The approver's page: what is to be paid, why it is owed, and what is unusual about it. */
#pragma once

#include "pay/result.h"
#include "report/figures/causes.h"

/* Appends the page. earlier is NULL where no run of the year was counted. */
void approver_text(const Result *result, const Earlier *earlier, GString *text);
