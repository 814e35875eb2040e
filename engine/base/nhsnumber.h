/* NHS numbers, which identify a patient and must never be in claims nor be printed: finding them in
 * whatever spelling, and printing texts without them.
 *
 * An NHS number has ten digits; the last is a check digit by weights 10 to 2, modulus 11. One of
 * eleven random numbers of ten digits passes, too. */
#pragma once

#include "base/text.h"

/* Whether a number of ten digits passes the modulus 11 check. */
bool nhs_number_is_valid(guint64 ten_digits);

/* Whether a reference has exactly ten digits, all that is no digit taken out, and ".0" at its end,
 * which spreadsheets add; digits of other widths and scripts are read as digits. *number is set
 * then. */
bool nhs_number_read(Span reference, guint64 *number);

/* A text as it may be printed: NHS numbers in it (ten digits in a row, or three, three and four
 * with the same separator between them, that pass the check) are ten dots. Free with g_free. Every
 * text of an input that is printed goes through here, but for numbers, dates, known codes and
 * paths. */
char *nhs_number_mask(Span text) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a text holds such a number. */
bool nhs_number_is_in(Span text);
