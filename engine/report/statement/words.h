/* Inside the statements: figures in words. Not for other modules.
 *
 * Every figure is one of the Result's or of the inputs behind it; what is rounded here for the
 * reader (percentages) takes part in nothing. */
#pragma once

#include "pay/result.h"

/* "£1,234.50", "£0.0612": a price or value. */
void append_price(GString *text, Micros price);
/* "200 points × £187.63 × 8,020 patients ÷ 7,985 on average = £37,692.78": the value of an
 * achievement contract that has one. */
void append_value(GString *text, const Pack *pack, const Contract *contract);
/* "£37,692.78 × 80 % paid in the year × 6 of 12 instalments = £15,077.11" */
void append_instalments(GString *text, const Pack *pack, const Contract *contract,
                        const Line *line);
/* "45 ÷ (74 − 28) = 97.83 % (nothing up to 40 %, all from 90 %); pays 100 % of £402.32 = £402.32"
 */
void append_achievement(GString *text, const Pack *pack, const Contract *contract,
                        const Line *line);
/* "12 × £48.00", "12 patients × £48.00" */
void append_activity(GString *text, const Pack *pack, const Line *line);

/* What a reason means for a payee, and what to do about it. */
typedef struct {
    const char *name, *meaning, *remedy;
} ReasonWords;
extern const ReasonWords REASON_WORDS[REASON_COUNT];
