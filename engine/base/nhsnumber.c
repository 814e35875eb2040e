#include "base/nhsnumber.h"

#include <string.h>

#include "base/poison.h"

#define DIGITS 10
#define MASK ".........." /* one dot a digit */

bool
nhs_number_is_valid(guint64 ten_digits)
{
    guint64 check = ten_digits % 10, rest = ten_digits / 10;
    unsigned sum = 0;
    for (unsigned weight = 2; weight <= 10; weight++) {
        sum += (unsigned)(rest % 10) * weight;
        rest /= 10;
    }
    unsigned expected = 11 - sum % 11;
    return expected != 10 && (expected == 11 ? 0 : expected) == check;
}

/* The character at a place, and behind it; what is no UTF-8 is one that is nothing. */
static gunichar
next_character(const char **at, const char *end)
{
    gunichar c = g_utf8_get_char_validated(*at, end - *at);
    bool is_valid = c != (gunichar)-1 && c != (gunichar)-2;
    *at = is_valid ? g_utf8_next_char(*at) : *at + 1;
    return is_valid ? c : 0;
}

static int
digit_of(gunichar c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
    return g_unichar_isdigit(c) ? g_unichar_digit_value(c) : -1;
}

bool
nhs_number_read(Span reference, guint64 *number)
{
    if (reference.length < DIGITS)
        return false;
    if (memcmp(reference.text + reference.length - 2, ".0", 2) == 0)
        reference.length -= 2;
    const char *at = reference.text, *end = reference.text + reference.length;
    guint64 digits = 0;
    guint count = 0;
    while (at < end) {
        int digit = digit_of((guchar)*at < 0x80 ? (guchar)*at++ : next_character(&at, end));
        if (digit < 0)
            continue;
        if (++count > DIGITS)
            return false;
        digits = digits * 10 + (guint64)digit;
    }
    if (count != DIGITS)
        return false;
    *number = digits;
    return true;
}

/* Reads ten digits from here on: in a row, or parted three, three, four. The end of them, or NULL
 * where there are none, or where an eleventh follows. */
static const char *
match_number(const char *at, const char *end)
{
    guint64 number = 0;
    gunichar separator = 0;
    for (guint count = 0; count < DIGITS; count++) {
        if (at >= end)
            return NULL;
        gunichar c = next_character(&at, end);
        if (digit_of(c) < 0 && count == 3 && !g_unichar_isalpha(c)) {
            separator = c;
            c = at < end ? next_character(&at, end) : 0;
        } else if (count == 6 && separator != 0 && c == separator) {
            c = at < end ? next_character(&at, end) : 0;
        } else if (count == 6 && separator != 0) {
            return NULL;
        }
        if (digit_of(c) < 0)
            return NULL;
        number = number * 10 + (guint64)digit_of(c);
    }
    const char *behind = at;
    bool goes_on = at < end && digit_of(next_character(&at, end)) >= 0;
    return !goes_on && nhs_number_is_valid(number) ? behind : NULL;
}

/* Whether there are enough digits in a text for a number: nearly no text has them. */
static bool
may_hold_number(Span text)
{
    gsize digits = 0;
    for (gsize i = 0; i < text.length; i++)
        digits += g_ascii_isdigit(text.text[i]) || (guchar)text.text[i] >= 0xd9 ? 1 : 0;
    return digits >= DIGITS;
}

/* The next number from a place on: *from where it begins. Its end, or NULL where there is none. */
static const char *
find_number(const char **from, const char *end)
{
    bool is_behind_digit = false;
    while (*from < end) {
        const char *at = *from;
        bool is_digit = digit_of(next_character(&at, end)) >= 0;
        const char *behind = is_digit && !is_behind_digit ? match_number(*from, end) : NULL;
        if (behind != NULL)
            return behind;
        is_behind_digit = is_digit;
        *from = at;
    }
    return NULL;
}

char *
nhs_number_mask(Span text)
{
    if (!may_hold_number(text))
        return g_strndup(text.text, text.length);
    GString *masked = g_string_new(NULL);
    const char *at = text.text, *end = text.text + text.length;
    for (;;) {
        const char *from = at, *behind = find_number(&from, end);
        g_string_append_len(masked, at, from - at);
        if (behind == NULL)
            return g_string_free(masked, FALSE);
        g_string_append(masked, MASK);
        at = behind;
    }
}

bool
nhs_number_is_in(Span text)
{
    const char *from = text.text;
    return may_hold_number(text) && find_number(&from, text.text + text.length) != NULL;
}
