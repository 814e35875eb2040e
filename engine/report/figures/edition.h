/* What workbook and statements say beside the figures of the result. No CSV file has any of it. */
#pragma once

#include "report/figures/causes.h"

typedef struct {
    const char *run;        /* whose outputs they are: "2025-09/002" */
    const Earlier *earlier; /* the run before, or NULL */
} Edition;
