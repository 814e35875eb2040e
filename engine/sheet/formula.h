/* Amounts as formulas of a spreadsheet that give the engine's figure, to the penny.
 *
 * Spreadsheets reckon in binary, where £0.005 is not a half and 0.29 × 100 is not 29. So a formula
 * here first makes whole numbers of what it reads (pence, millionths, people), multiplies those,
 * divides once, and rounds that: ROUND(ROUND(V*100,0)*3/12,0)/100. A quotient of whole numbers that
 * is a half is a half in binary, too; any other is far enough from one.
 *
 * What a workbook can prove: that holds while the product of the whole numbers has no more than 15
 * digits, which is as many as a spreadsheet keeps. A term carries its text and how large it can be
 * together, so that a formula knows by being built whether it is exact: contracts of tens of
 * millions of pounds are. A figure beyond it stands in the workbook as the engine's constant and is
 * said to be beyond 15 digits; it is never passed off as proved.
 *
 * Texts are kept in room, which is the caller's, and last until that is cleared. */
#pragma once

#include "base/number.h"

/* A part of a formula that is a whole number, 0 or more: 12.5 with one decimal is 125. */
typedef struct {
    const char *text;
    Int128 most; /* it is no more than that; beyond 10^30 it stays there */
    guint decimals;
} Term;

/* How many decimals a number has, 0 to 6. */
guint term_decimals(Micros number);
/* A number of so many decimals, 0 to 6, without its point. */
Int128 term_whole(Micros number, guint decimals);
/* The same of a fraction that so many decimals are enough for. */
Int128 term_whole_fraction(Fraction number, guint decimals);

/* A cell, or another part of a formula, as a whole number: "G9", or "ROUND(G9*100,0)" where it has
 * decimals. The cell's name must be kept in room. */
Term term_count(const char *cell, Int128 most);
Term term_money(GStringChunk *room, const char *cell, Money most);
Term term_micros(GStringChunk *room, const char *cell, Micros most, guint decimals);
/* The same of a number that has more decimals than millionths: it is no more than most. */
Term term_fraction(GStringChunk *room, const char *cell, Fraction most, guint decimals);
/* 1 with so many decimals: "100". */
Term term_one(GStringChunk *room, guint decimals);
/* "G9*H9". */
Term term_times(GStringChunk *room, Term a, Term b);
/* "G9*100": with so many decimals more. */
Term term_scaled(GStringChunk *room, Term term, guint decimals);
/* Makes pence of pounds that are a numerator and a denominator: one of them is scaled so that the
 * numerator has two decimals more. Puts the denominator in brackets. */
void term_settle(GStringChunk *room, Term *numerator, Term *denominator);

/* Keeps a text that is printed. */
const char *formula_print(GStringChunk *room, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Whether a quotient of such terms, or a comparison of them, is exact. */
bool formula_is_exact(Term numerator, Term denominator);
/* The formula of the pounds that pence of numerator ÷ denominator are, rounded once; NULL where it
 * is not exact. The denominator term_one without decimals is none at all. */
const char *formula_pounds(GStringChunk *room, Term numerator, Term denominator, Rounding rounding);
/* The same where the numerator may be below 0, with what it is at most on either side. */
const char *formula_signed_pounds(GStringChunk *room, Term numerator, Term denominator,
                                  Rounding rounding);
/* The pounds that pence of a × b ÷ denominator are, where that product may have some three digits
 * more than a spreadsheet keeps: a is multiplied by the thousands of b and by the rest. */
const char *formula_long_pounds(GStringChunk *room, Term a, Term b, Term denominator,
                                Rounding rounding);
/* Appends the formula of a check: 1 where two amounts or counts are the same to the penny, else 0.
 */
void formula_append_check(GString *text, const char *one, const char *other);
