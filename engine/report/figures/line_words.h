/* How values and lines come about, in words: the figures that went into them. */
#pragma once

#include "pay/result.h"

/* How the value of an achievement contract comes about: "200 points × £187.63 × 8,020 patients ÷
 * 7,985 on average × 183 ÷ 365 days"; "" where it takes part in none of the year. Free with
 * g_free. */
char *words_value(const Pack *pack, const Contract *contract) G_GNUC_WARN_UNUSED_RESULT;

/* How the amount of a line comes about; free with g_free. By kind:
 * instalments  "£37,692.78 × 80 % paid in the year × 6 of 12 instalments"
 * indicator    "45 ÷ (74 − 28) = 97.83 % (nothing up to 40 %, all from 90 %); pays 100 % of
 *              £402.32"
 * activity     "12 × £48.00", "12 patients × £48.00"
 * limit        see clause_words.h
 * others       what the line says of itself */
char *words_line(const Result *result, const Line *line) G_GNUC_WARN_UNUSED_RESULT;
