/* Reading decimal numbers as people and spreadsheets write them, exactly (fixtures/README.md, How
 * fields are written).
 *
 * Every reader takes a trimmed field, leaves the result untouched and returns false where the
 * field is not a number of its kind. Signs, blanks, exponents and other alphabets are refused. */
#pragma once

#include "base/number.h"

/* A whole number from 0 to 999,999,999; thousands commas may stand where they belong, and noughts
 * alone behind a point ("1.0"). */
bool decimal_read_whole(const char *text, gsize length, int64_t *number) G_GNUC_WARN_UNUSED_RESULT;

/* A count, 0 or more: up to 9 digits before the point and 6 after it. */
bool decimal_read_count(const char *text, gsize length, Micros *count) G_GNUC_WARN_UNUSED_RESULT;

/* An amount or a rate, 0 or more: up to 12 digits before the point and 6 after it. A pound sign
 * may stand in front, and commas between the thousands. */
bool decimal_read_rate(const char *text, gsize length, Micros *rate) G_GNUC_WARN_UNUSED_RESULT;

/* The same as a share or threshold: a percentage is a hundredth of its number, exactly ("40%" is
 * 0.40). */
bool decimal_read_share(const char *text, gsize length, Micros *share) G_GNUC_WARN_UNUSED_RESULT;

/* The same three of either sign: a leading minus allowed ("-0.5", "-£5", "-5%"). */
bool decimal_read_signed_count(const char *text, gsize length,
                               Micros *count) G_GNUC_WARN_UNUSED_RESULT;
bool decimal_read_signed_rate(const char *text, gsize length,
                              Micros *rate) G_GNUC_WARN_UNUSED_RESULT;
bool decimal_read_signed_share(const char *text, gsize length,
                               Micros *share) G_GNUC_WARN_UNUSED_RESULT;

/* An amount of money, 0 or more: the same as a rate with up to 2 digits after the point. In pence.
 */
bool decimal_read_pounds(const char *text, gsize length, int64_t *pence) G_GNUC_WARN_UNUSED_RESULT;

/* An amount of money of either sign: the same with up to 2 digits after the point, a leading minus
 * allowed ("-£5"). In pence. */
bool decimal_read_money(const char *text, gsize length, Money *money) G_GNUC_WARN_UNUSED_RESULT;
