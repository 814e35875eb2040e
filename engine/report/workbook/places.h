/* Places of input rows as a reader finds them. */
#pragma once

#include "report/workbook/sheets.h"

/* Appends "file.csv:12"; cheap for places that follow each other in a file. */
void places_append(GString *text, const Workbook *workbook, RowPlaceId place);
