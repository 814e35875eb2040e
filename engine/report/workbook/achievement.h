/* Achievement in pictures: for each indicator of a scheme its practices, lowest first, against the
 * thresholds. The pictures stand on a sheet of their own beside the scheme's; the figures they show
 * under them: of the achievement the engine's, since the scheme's sheet may be sorted, and of the
 * thresholds formulas of Rules. */
#pragma once

#include "report/workbook/schemes.h"

/* Adds the sheet of pictures, where the scheme has any to show at this year-end. */
void achievement_add_sheet(SchemeSheet *sheet);
/* Fills it, once the scheme's is filled. */
void achievement_fill(const SchemeSheet *sheet);
