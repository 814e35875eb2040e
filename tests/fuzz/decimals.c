/* Numbers as people write them against regular expressions, and writing them back. */
#include <string.h>

#include "base/csvout.h"
#include "base/decimal.h"

#include "support.h"

#define INTEGER "([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)"
#define RATE "^()(?:\xc2\xa3)?" INTEGER "(?:\\.([0-9]+))?$"

/* Sign, integer part and decimals of a text that has a pattern; NULL else. */
static char **
match(const char *pattern, Span text)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY, 0, NULL);
    g_autoptr(GMatchInfo) found = NULL;
    CHECK(regex != NULL);
    if (!g_regex_match_full(regex, text.text, (gssize)text.length, 0, 0, &found, NULL))
        return NULL;
    return g_match_info_fetch_all(found);
}

/* The number of a match with so many digits before and after the point; false for none. */
static bool
slow_number(char **groups, gsize before, gsize after, int64_t *number)
{
    if (groups == NULL)
        return false;
    g_autoptr(GString) digits = g_string_new(groups[2]);
    g_string_replace(digits, ",", "", 0);
    const char *decimals = g_strv_length(groups) > 3 ? groups[3] : "";
    if (digits->len > before || strlen(decimals) > after)
        return false;
    g_string_append(digits, decimals);
    for (gsize i = strlen(decimals); i < after; i++)
        g_string_append_c(digits, '0');
    guint64 size = g_ascii_strtoull(digits->str, NULL, 10);
    *number = strcmp(groups[1], "-") == 0 ? -(int64_t)size : (int64_t)size;
    return true;
}

typedef bool (*ReadFunc)(const char *text, gsize length, int64_t *number);

static bool
read_money(const char *text, gsize length, int64_t *number)
{
    Money money = {*number};
    bool is_read = decimal_read_money(text, length, &money);
    *number = money.pence;
    return is_read;
}

typedef struct {
    ReadFunc read;
    const char *pattern;
    gsize before, after;
} Kind;

static const Kind KINDS[] = {
    {decimal_read_count, "^()([0-9]+)(?:\\.([0-9]+))?$", 9, 6},
    {decimal_read_rate, RATE, 12, 6},
    {read_money, "^(-?)(?:\xc2\xa3)?" INTEGER "(?:\\.([0-9]+))?$", 12, 2},
};

static void
check_kind(const Kind *kind, Span text)
{
    const int64_t untouched = 0x5eed;
    int64_t number = untouched, expected = untouched;
    g_auto(GStrv) groups = match(kind->pattern, text);
    bool is_number = slow_number(groups, kind->before, kind->after, &expected);
    CHECK(kind->read(text.text, text.length, &number) == is_number);
    CHECK(number == expected);
}

static void
check_whole(Span text)
{
    int64_t number = -1, expected = -1;
    g_auto(GStrv) groups = match("^()" INTEGER "(?:\\.0+)?$", text);
    bool is_whole = slow_number(groups, 18, 0, &expected) && expected <= 999999999;
    CHECK(decimal_read_whole(text.text, text.length, &number) == is_whole);
    CHECK(number == (is_whole ? expected : -1));
}

static void
check_share(Span text)
{
    static const Kind PERCENTAGE = {decimal_read_share, "^()([0-9]+)(?:\\.([0-9]+))?%$", 10, 4};
    static const Kind SHARE = {decimal_read_share, RATE, 12, 6};
    bool is_percentage = text.length > 0 && text.text[text.length - 1] == '%';
    check_kind(is_percentage ? &PERCENTAGE : &SHARE, text);
}

/* What is written reads back as what it was. */
static void
check_written(int64_t number)
{
    int64_t again = 0;
    g_autoptr(GString) text = g_string_new(NULL);
    money_append(text, (Money){number});
    bool fits = number > -100000000000000 && number < 100000000000000;
    CHECK(read_money(text->str, text->len, &again) == fits && (!fits || again == number));
    g_string_truncate(text, 0);
    money_append_pounds(text, (Money){number});
    CHECK(read_money(text->str, text->len, &again) == fits && (!fits || again == number));
    if (number < 0 || number >= 1000000000000000)
        return;
    g_string_truncate(text, 0);
    micros_append_rate(text, number);
    CHECK(decimal_read_rate(text->str, text->len, &again) && again == number);
    g_string_truncate(text, 0);
    micros_append_count(text, number);
    CHECK(decimal_read_count(text->str, text->len, &again) && again == number);
}

/* A text as a CSV cell cannot be taken for a formula. */
static void
check_cell(Span text)
{
    if (!g_utf8_validate_len(text.text, text.length, NULL))
        return;
    g_autofree char *copy = span_copy(text);
    g_autoptr(GString) row = g_string_new(NULL);
    CsvOut out = {row, false};
    csv_out_text(&out, copy);
    csv_out_end_row(&out);
    const char *at = row->str[0] == '"' ? row->str + 1 : row->str;
    CHECK(at[0] == '\0' || strchr("=+-@\t\r", at[0]) == NULL);
    CHECK(row->str[row->len - 1] == '\n');
    CHECK(row->str[0] == '"' || strpbrk(row->str, ",\"\r") == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Span text = {(const char *)bytes, length};
    for (guint i = 0; i < G_N_ELEMENTS(KINDS); i++)
        check_kind(&KINDS[i], text);
    check_whole(text);
    check_share(text);
    check_cell(text);
    if (length == 8) {
        int64_t number;
        memcpy(&number, bytes, sizeof number);
        check_written(number);
        check_written(number >> 16);
    }
    return 0;
}
