/* Amounts as formulas of a spreadsheet that give the engine's figure, to the penny.
 *
 * Spreadsheets reckon in binary, where £0.005 is not a half and 0.29 × 100 is not 29. So a formula
 * here first makes whole numbers of what it reads (pence, millionths, people), multiplies those,
 * divides once, and rounds that: ROUND(ROUND(V*100,0)*3/12,0)/100. A quotient of whole numbers that
 * is a half is a half in binary, too; any other is far enough from one.
 *
 * What a workbook can prove: that holds while the product of the whole numbers has no more than 15
 * digits, which is as many as a spreadsheet keeps. workings_fit says whether it does: contracts
 * of tens of millions of pounds do. A figure beyond it stands in the workbook as the engine's
 * constant and is said to be beyond 15 digits; it is never passed off as proved.
 */
#pragma once

#include "base/number.h"

/* How many decimals a number has, 0 to 6. */
guint micros_decimals(Micros number);
/* The number without its point: 12.5 with 2 decimals is 1,250. */
Int128 micros_whole(Micros number, guint decimals);
/* 10 to the power of decimals, 0 to 12. */
Int128 power_of_ten(guint decimals);

/* A product of numbers that are 0 or more; beyond 10^30 it stays there. */
Int128 product(Int128 a, Int128 b);
/* Whether a formula of such a numerator and denominator is exact. */
bool workings_fit(Int128 numerator, Int128 denominator);

/* Appends a cell as a whole number: "G9", or "ROUND(G9*100,0)" where it has decimals. */
void workings_append_whole(GString *formula, const char *cell, guint decimals);
/* Appends "*100" for 2 decimals, and so on; nothing for none. */
void workings_append_scale(GString *formula, guint decimals);
/* Appends the pounds that pence of numerator ÷ denominator are, rounded once. Both are formulas of
 * whole numbers that are 0 or more; "1" is no denominator at all. */
void workings_append_pounds(GString *formula, const char *numerator, const char *denominator,
                            Rounding rounding);
