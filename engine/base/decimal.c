#include "base/decimal.h"

#include <string.h>

#include "base/poison.h"

#define MAX_WHOLE INT64_C(999999999)
#define MOST_DIGITS 18 /* of a whole number, noughts in front among them */
#define POUND_SIGN "\xc2\xa3"

/* What a plain decimal number may look like. */
typedef struct {
    unsigned before; /* digits before the point, at most */
    unsigned after;  /* digits after the point, at most */
    bool has_commas; /* thousands commas allowed */
} Shape;

/* A comma belongs where a multiple of three digits, and nothing else, follows up to the point. */
static bool
comma_belongs(const char *text, gsize at, gsize length)
{
    gsize run = 0;
    for (gsize i = at + 1; i < length && text[i] != '.'; i++) {
        if (text[i] == ',') {
            if (run != 3)
                return false;
            run = 0;
        } else {
            run++;
        }
    }
    return at > 0 && run == 3;
}

/* The digits before the point. *used = bytes read, *commas = commas among them. */
static bool
read_integer_part(const char *text, gsize length, Shape shape, int64_t *value, gsize *used)
{
    unsigned digits = 0, commas = 0;
    gsize first_comma = 0, i = 0;
    *value = 0;
    for (; i < length && text[i] != '.'; i++) {
        if (text[i] == ',' && shape.has_commas) {
            if (!comma_belongs(text, i, length))
                return false;
            if (commas++ == 0)
                first_comma = i;
        } else if (text[i] >= '0' && text[i] <= '9') {
            if (++digits > shape.before)
                return false;
            *value = *value * 10 + (text[i] - '0');
        } else {
            return false;
        }
    }
    *used = i;
    return digits > 0 && (commas == 0 || first_comma <= 3);
}

bool
decimal_read_whole(const char *text, gsize length, int64_t *number)
{
    int64_t value = 0;
    gsize at = 0;
    while (at < length && at < 9 && text[at] >= '0' && text[at] <= '9')
        value = value * 10 + (text[at++] - '0');
    if (at == length && length > 0) { /* nearly all there are */
        *number = value;
        return true;
    }
    if (!read_integer_part(text, length, (Shape){MOST_DIGITS, 0, true}, &value, &at) ||
        value > MAX_WHOLE || at + 1 == length)
        return false;
    for (gsize i = at + 1; i < length; i++) /* noughts behind the point, as spreadsheets write */
        if (text[i] != '0')
            return false;
    *number = value;
    return true;
}

/* An unsigned decimal number, scaled by ten to the power of shape.after. */
static bool
read_decimal(const char *text, gsize length, Shape shape, int64_t *scaled)
{
    int64_t value;
    gsize at;
    if (!read_integer_part(text, length, shape, &value, &at))
        return false;
    gsize decimals = 0;
    if (at < length) {
        decimals = length - at - 1;
        if (decimals == 0 || decimals > shape.after)
            return false;
        for (gsize i = at + 1; i < length; i++) {
            if (text[i] < '0' || text[i] > '9')
                return false;
            value = value * 10 + (text[i] - '0');
        }
    }
    for (; decimals < shape.after; decimals++)
        value *= 10;
    *scaled = value;
    return true;
}

bool
decimal_read_count(const char *text, gsize length, Micros *count)
{
    return read_decimal(text, length, (Shape){9, 6, false}, count);
}

/* Steps over a pound sign in front. */
static void
skip_pound_sign(const char **text, gsize *length)
{
    if (*length >= 2 && memcmp(*text, POUND_SIGN, 2) == 0) {
        *text += 2;
        *length -= 2;
    }
}

bool
decimal_read_rate(const char *text, gsize length, Micros *rate)
{
    skip_pound_sign(&text, &length);
    return read_decimal(text, length, (Shape){12, 6, true}, rate);
}

bool
decimal_read_share(const char *text, gsize length, Micros *share)
{
    Micros hundredfold;
    if (length == 0 || text[length - 1] != '%')
        return decimal_read_rate(text, length, share);
    if (!read_decimal(text, length - 1, (Shape){10, 4, false}, &hundredfold))
        return false;
    *share = hundredfold; /* four decimals of a percentage are six of the share */
    return true;
}

typedef bool (*ReadFunc)(const char *text, gsize length, int64_t *number);

/* A number of some kind behind a minus that may stand in front. */
static bool
read_signed(ReadFunc read, const char *text, gsize length, int64_t *number)
{
    int64_t size;
    bool is_negative = length > 0 && text[0] == '-';
    gsize sign = is_negative ? 1 : 0;
    if (!read(text + sign, length - sign, &size))
        return false;
    *number = is_negative ? -size : size;
    return true;
}

bool
decimal_read_signed_count(const char *text, gsize length, Micros *count)
{
    return read_signed(decimal_read_count, text, length, count);
}

bool
decimal_read_signed_rate(const char *text, gsize length, Micros *rate)
{
    return read_signed(decimal_read_rate, text, length, rate);
}

bool
decimal_read_signed_share(const char *text, gsize length, Micros *share)
{
    return read_signed(decimal_read_share, text, length, share);
}

bool
decimal_read_pounds(const char *text, gsize length, int64_t *pence)
{
    skip_pound_sign(&text, &length);
    return read_decimal(text, length, (Shape){12, 2, true}, pence);
}

bool
decimal_read_money(const char *text, gsize length, Money *money)
{
    return read_signed(decimal_read_pounds, text, length, &money->pence);
}
