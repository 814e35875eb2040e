/* Text out of spreadsheets: trimming, encodings, codes, quoting in messages. */
#include "support.h"

#include <string.h>

#include "base/csvout.h"

#define NBSP "\xc2\xa0"

static void
blanks_of_every_kind_are_trimmed(void)
{
    static const char *const CASES[][2] = {
        {"", ""},
        {" ", ""},
        {NBSP, ""},
        {"\t " NBSP " \t", ""},
        {"a", "a"},
        {" a b ", "a b"},
        {NBSP "a" NBSP "b" NBSP, "a" NBSP "b"},
        {" " NBSP "\ta\t" NBSP " ", "a"},
        {"\na\n", "\na\n"},
        {"à", "à"}, /* ends with byte a0, which is not a blank there */
        {NBSP "à" NBSP, "à"},
        {"\xe2\x80\x8a", "\xe2\x80\x8a"}, /* a hair space is text */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *trimmed = span_copy(span_trim(span_of(CASES[i][0])));
        g_assert_cmpstr(trimmed, ==, CASES[i][1]);
    }
}

static void
spans_are_equal_byte_for_byte(void)
{
    g_assert_true(span_equals((Span){NULL, 0}, span_of("")));
    g_assert_true(span_is(span_of("pcn"), "pcn"));
    g_assert_false(span_is(span_of("pcn"), "pc"));
    g_assert_false(span_is(span_of("pcn"), "PCN"));
}

static void
codes_are_safe_as_file_names(void)
{
    static const char *const GOOD[] = {
        "M83001", "G7H8J", "a b", "A.B", "-x", "=x", "a'b", "M83001001", "()[]{}#%&,;!@^_+~`$"};
    static const char *const BAD[] = {"",     ".a",   "a.",   ".",   "..",   "'a",    "a/b",
                                      "a\\b", "a:b",  "a*b",  "a?b", "a\"b", "a<b",   "a>b",
                                      "a|b",  "a\tb", "a\nb", "é",   "\x7f", "a\x80", "a\x01b"};
    for (gsize i = 0; i < G_N_ELEMENTS(GOOD); i++)
        g_assert_true(code_is_valid(span_of(GOOD[i])));
    for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++) {
        g_assert_false(code_is_valid(span_of(BAD[i])));
    }
    g_autofree char *longest = g_strnfill(64, 'x'), *too_long = g_strnfill(65, 'x');
    g_assert_true(code_is_valid(span_of(longest)));
    g_assert_false(code_is_valid(span_of(too_long)));
    g_assert_false(code_is_valid((Span){"a\0b", 3}));
}

/* UTF-8 by the letter of its definition, slowly. */
static bool
slow_utf8(const guchar *text, gsize length)
{
    for (gsize i = 0; i < length;) {
        guchar c = text[i];
        guint more = c < 0x80 ? 0 : c >> 5 == 6 ? 1 : c >> 4 == 14 ? 2 : c >> 3 == 30 ? 3 : 9;
        guint32 code = more == 0 ? c : c & (0x3fu >> more);
        static const guint32 LEAST[] = {1, 0x80, 0x800, 0x10000};
        if (c == 0 || more == 9 || i + more >= length)
            return false;
        for (guint k = 1; k <= more; k++) {
            if (text[i + k] >> 6 != 2)
                return false;
            code = code << 6 | (text[i + k] & 0x3f);
        }
        if (code < LEAST[more] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
            return false;
        i += more + 1;
    }
    return true;
}

static void
utf8_agrees_with_its_definition(void)
{
    GRand *random = g_rand_new_with_seed(2025);
    static const guchar BYTES[] = {'a',  ',',  '\n', 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2,
                                   0xc3, 0xdf, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
    guint valid = 0;
    for (guint round = 0; round < 400000; round++) {
        guchar text[200];
        gsize length = (gsize)g_rand_int_range(random, 0, 9);
        gsize before = (gsize)g_rand_int_range(random, 0, 150);
        memset(text, 'x', before);
        for (gsize i = 0; i < length; i++)
            text[before + i] = BYTES[g_rand_int_range(random, 0, G_N_ELEMENTS(BYTES))];
        gsize after = (gsize)g_rand_int_range(random, 0, 12);
        memset(text + before + length, 'y', after);
        gsize all = before + length + after;
        bool expected = slow_utf8(text, all);
        g_assert_cmpint(utf8_is_valid((const char *)text, all), ==, expected);
        valid += expected;
    }
    g_assert_cmpuint(valid, >, 10000);
    g_rand_free(random);
}

static void
every_character_of_utf8_is_valid(void)
{
    for (gunichar c = 1; c < 0x110000; c++) {
        char text[8];
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        int length = g_unichar_to_utf8(c, text);
        g_assert_true(utf8_is_valid(text, (gsize)length));
        g_assert_false(length > 1 && utf8_is_valid(text, (gsize)length - 1));
    }
}

/* Vector: in old files the pound sign is byte A3. Every byte agrees with iconv's tables. */
static void
windows_1252_is_decoded(void)
{
    for (guint byte = 1; byte < 256; byte++) {
        char in[3] = {'a', (char)byte, 'b'};
        gsize length, bad = 99;
        g_autofree char *expected = g_convert(in, 3, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
        g_autofree char *found = text_from_windows_1252(in, 3, &length, &bad);
        if (expected == NULL) {
            g_assert_null(found);
            g_assert_cmpuint(bad, ==, 1);
        } else {
            g_assert_cmpstr(found, ==, expected);
            g_assert_cmpuint(length, ==, strlen(expected));
        }
    }
    gsize length, bad;
    g_autofree char *pound = text_from_windows_1252("\xa3", 1, &length, &bad);
    g_assert_cmpstr(pound, ==, "£");
}

static void
values_are_quoted_on_one_line(void)
{
    static const char *const CASES[][2] = {
        {"", "\"\""},
        {"12.5x", "\"12.5x\""},
        {"a\"b", "\"a\\\"b\""},
        {"a\nb\rc\td", "\"a\\nb\\rc\\td\""},
        {"\x1b[31m", "\"\\u001b[31m\""},
        {"\xc2\x9b"
         "1m",
         "\"\\u009b1m\""},
        {"\xe2\x80\xae"
         "abc",
         "\"\\u202eabc\""}, /* right-to-left override */
        {"a\xe2\x80\x8e"
         "b\xe2\x81\xa6"
         "c",
         "\"a\\u200eb\\u2066c\""}, /* marks of direction */
        {"a\xe2\x80\x8b"
         "b\xef\xbb\xbf"
         "c\xc2\xad",
         "\"a\\u200bb\\ufeffc\\u00ad\""}, /* characters that do not show */
        {"a b" NBSP "c\xe2\x80\x83"
         "d\xe3\x80\x80"
         "e",
         "\"a b\\u00a0c\\u2003d\\u3000e\""}, /* spaces of other widths */
        {"a\xe2\x80\xa8"
         "b\xc2\x85"
         "c",
         "\"a\\u2028b\\u0085c\""}, /* line ends of other systems */
        {"a\xf3\xa0\x80\x81", "\"a\\ue0001\""},
        {"caf\xe9", "\"caf\\xe9\""},
        {"café", "\"café\""},
        {"1234567890123456789012345678901234567890",
         "\"1234567890123456789012345678901234567890\""},
        {"12345678901234567890123456789012345678901",
         "\"1234567890123456789012345678901234567890…\""},
        {"ééééééééééééééééééééééééééééééééééééééééé",
         "\"éééééééééééééééééééééééééééééééééééééééé…\""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        text_append_quoted(text, span_of(CASES[i][0]));
        g_assert_cmpstr(text->str, ==, CASES[i][1]);
    }
}

static void
nhs_numbers_are_never_quoted(void)
{
    static const char *const CASES[][2] = {
        {"9434765919", "\"..........\""},
        {"943 476 5919", "\"..........\""},
        {"Smith, 943-476-5919", "\"Smith, ..........\""},
        {"943" NBSP "476" NBSP "5919", "\"..........\""},
        {"9434765918", "\"9434765918\""},
        {"94347659190", "\"94347659190\""},
        {"943476591", "\"943476591\""},
        {"9434765919x", "\"..........x\""},
        {"12345678901234567890123456789012345 9434765919",
         "\"12345678901234567890123456789012345 ....…\""}, /* masked before it is cut */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        text_append_quoted(text, span_of(CASES[i][0]));
        g_assert_cmpstr(text->str, ==, CASES[i][1]);
    }
}

static void
cells_are_quoted_only_where_needed(void)
{
    static const char *const CASES[][2] = {
        {"", ""},
        {"a b", "a b"},
        {" a ", " a "},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""},
        {"a\rb", "\"a\rb\""},
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@x", "'@x"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"=a,b", "\"'=a,b\""},
        {"a=b", "a=b"},
        {"'x", "'x"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        CsvOut out = {text, false};
        csv_out_text(&out, CASES[i][0]);
        csv_out_empty(&out);
        csv_out_end_row(&out);
        g_autofree char *expected = g_strconcat(CASES[i][1], ",\n", NULL);
        g_assert_cmpstr(text->str, ==, expected);
    }
}

static void
number_cells_get_no_apostrophe(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    CsvOut out = {text, false};
    csv_out_money(&out, (Money){-123450});
    csv_out_whole(&out, 7);
    csv_out_rate(&out, 17738000);
    csv_out_count(&out, 12500000);
    csv_out_fraction(&out, fraction_of(-1, 3));
    csv_out_month(&out, month_of(2025, 9));
    csv_out_month(&out, MONTH_NONE);
    csv_out_text(&out, NULL);
    csv_out_end_row(&out);
    csv_out_text(&out, "\xff");
    csv_out_end_row(&out);
    g_assert_cmpstr(text->str, ==, "-1234.50,7,17.738,12.5,-1/3,2025-09,,\n\xef\xbf\xbd\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/blanks-of-every-kind-are-trimmed", blanks_of_every_kind_are_trimmed);
    g_test_add_func("/text/spans-are-equal-byte-for-byte", spans_are_equal_byte_for_byte);
    g_test_add_func("/text/codes-are-safe-as-file-names", codes_are_safe_as_file_names);
    g_test_add_func("/text/utf8-agrees-with-its-definition", utf8_agrees_with_its_definition);
    g_test_add_func("/text/every-character-of-utf8-is-valid", every_character_of_utf8_is_valid);
    g_test_add_func("/text/windows-1252-is-decoded", windows_1252_is_decoded);
    g_test_add_func("/text/values-are-quoted-on-one-line", values_are_quoted_on_one_line);
    g_test_add_func("/text/nhs-numbers-are-never-quoted", nhs_numbers_are_never_quoted);
    g_test_add_func("/csvout/cells-are-quoted-only-where-needed",
                    cells_are_quoted_only_where_needed);
    g_test_add_func("/csvout/number-cells-get-no-apostrophe", number_cells_get_no_apostrophe);
    return g_test_run();
}
