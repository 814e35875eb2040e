/* Numbers as people and spreadsheets write them. */
#include "support.h"

#include <string.h>

#include "base/decimal.h"

#define NO INT64_MIN /* refused */

typedef struct {
    const char *text;
    int64_t whole, count, rate, money; /* rate and count in millionths, money in pence */
} Spelling;

#define M MICROS_PER_UNIT

static const Spelling SPELLINGS[] = {
    {"0", 0, 0, 0, 0},
    {"5", 5, 5 * M, 5 * M, 500},
    {"007", 7, 7 * M, 7 * M, 700},
    {"999999999", 999999999, 999999999 * M, 999999999 * M, 99999999900},
    {"1000000000", NO, NO, 1000000000 * M, 100000000000},
    {"0000000001", 1, NO, M, 100}, /* digits are counted, zeros too, but for whole numbers */
    {"999999999999", NO, NO, 999999999999 * M, 99999999999900},
    {"1000000000000", NO, NO, NO, NO},
    {"99999999999999999999999999", NO, NO, NO, NO},
    {"1.0", 1, M, M, 100}, /* a whole number has noughts alone behind a point */
    {"4.000000", 4, 4 * M, 4 * M, NO},
    {"4.0000000", 4, NO, NO, NO},
    {"999999999.00", 999999999, 999999999 * M, 999999999 * M, 99999999900},
    {"1.01", NO, 1010000, 1010000, 101},
    {"1,234.0", 1234, NO, 1234 * M, 123400},
    {"999,999,999", 999999999, NO, 999999999 * M, 99999999900},
    {"1,000,000,000", NO, NO, 1000000000 * M, 100000000000},
    {"000000000000000001", 1, NO, NO, NO},
    {"0000000000000000001", NO, NO, NO, NO},
    {"0.5", NO, 500000, 500000, 50},
    {"0.05", NO, 50000, 50000, 5},
    {"0.005", NO, 5000, 5000, NO},
    {"0.123456", NO, 123456, 123456, NO},
    {"0.1234567", NO, NO, NO, NO},
    {"0.1000000", NO, NO, NO, NO},
    {"999999999.999999", NO, 999999999999999, 999999999999999, NO},
    {"999999999999.99", NO, NO, INT64_C(999999999999990000), 99999999999999},
    {".5", NO, NO, NO, NO},
    {"5.", NO, NO, NO, NO},
    {".", NO, NO, NO, NO},
    {"1.2.3", NO, NO, NO, NO},
    {"1,000", 1000, NO, 1000 * M, 100000},
    {"12,345.67", NO, NO, 12345670000, 1234567},
    {"1,234,567", 1234567, NO, 1234567 * M, 123456700},
    {"999,999,999,999.99", NO, NO, INT64_C(999999999999990000), 99999999999999},
    {"1234,567", NO, NO, NO, NO},
    {"1,23", NO, NO, NO, NO},
    {"12,34.00", NO, NO, NO, NO},
    {"1,2345", NO, NO, NO, NO},
    {"1,234567", NO, NO, NO, NO},
    {",123", NO, NO, NO, NO},
    {"1,,000", NO, NO, NO, NO},
    {"1,000,", NO, NO, NO, NO},
    {"1000,", NO, NO, NO, NO},
    {"1.000,5", NO, NO, NO, NO},
    {"0,000", 0, NO, 0, 0},
    {"£5", NO, NO, 5 * M, 500},
    {"£1,120.50", NO, NO, 1120500000, 112050},
    {"£ 5", NO, NO, NO, NO},
    {"£", NO, NO, NO, NO},
    {"££5", NO, NO, NO, NO},
    {"5£", NO, NO, NO, NO},
    {"-5", NO, NO, NO, -500},
    {"-0", NO, NO, NO, 0},
    {"-£5", NO, NO, NO, -500},
    {"-£1,250.00", NO, NO, NO, -125000},
    {"£-5", NO, NO, NO, NO},
    {"--5", NO, NO, NO, NO},
    {"-", NO, NO, NO, NO},
    {"-£", NO, NO, NO, NO},
    {"5-", NO, NO, NO, NO},
    {"+5", NO, NO, NO, NO},
    {" 5", NO, NO, NO, NO},
    {"5 ", NO, NO, NO, NO},
    {"1 000", NO, NO, NO, NO},
    {"(5)", NO, NO, NO, NO},
    {"1e3", NO, NO, NO, NO},
    {"0x5", NO, NO, NO, NO},
    {"5%", NO, NO, NO, NO},
    {"NaN", NO, NO, NO, NO},
    {"", NO, NO, NO, NO},
    {"٥", NO, NO, NO, NO},  /* an Arabic five */
    {"５", NO, NO, NO, NO}, /* a wide five */
};

static void
check(bool is_read, int64_t value, int64_t expected, const char *text, const char *kind)
{
    g_test_message("%s as %s", text, kind);
    g_assert_cmpint(is_read, ==, expected != NO);
    g_assert_cmpint(value, ==, expected == NO ? 77 : expected); /* untouched where refused */
}

static void
every_spelling_is_read_or_refused(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(SPELLINGS); i++) {
        const Spelling *s = &SPELLINGS[i];
        gsize length = strlen(s->text);
        int64_t whole = 77, count = 77, rate = 77;
        Money money = {77};
        bool is_whole = decimal_read_whole(s->text, length, &whole);
        check(is_whole, whole, s->whole, s->text, "whole");
        bool is_count = decimal_read_count(s->text, length, &count);
        check(is_count, count, s->count, s->text, "count");
        bool is_rate = decimal_read_rate(s->text, length, &rate);
        check(is_rate, rate, s->rate, s->text, "rate");
        bool is_money = decimal_read_money(s->text, length, &money);
        check(is_money, money.pence, s->money, s->text, "money");
    }
}

/* Shares and thresholds: what a percentage says is a hundredth of its number, exactly. */
static void
percentages_are_read_as_shares(void)
{
    static const struct {
        const char *text;
        int64_t share; /* in millionths */
    } CASES[] = {
        {"40%", 400000},
        {"0.40", 400000},
        {"100%", M},
        {"0%", 0},
        {"12.5%", 125000},
        {"0.0001%", 1},
        {"200%", 2 * M},
        {"1.5", 1500000},
        {"040%", 400000},
        {"40.0000%", 400000},
        {"1", M},
        {"9999999999%", INT64_C(99999999990000)},
        {"%", NO},
        {"40 %", NO},
        {"0.00001%", NO},
        {"40%%", NO},
        {"%40", NO},
        {"-40%", NO},
        {"£40%", NO},
        {"1,000%", NO},
        {"40.%", NO},
        {".5%", NO},
        {"", NO},
        {"40% ", NO},
        {"99999999999%", NO},
        {"forty%", NO},
        {"40pc", NO},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        int64_t share = 77;
        bool is_read = decimal_read_share(CASES[i].text, strlen(CASES[i].text), &share);
        check(is_read, share, CASES[i].share, CASES[i].text, "share");
    }
}

/* What is written is read again as the same number. */
static void
written_amounts_are_read_again(void)
{
    static const int64_t PENCE[] = {0, 1, -1, 99, 100, 847842, -12717636, 99999999999999};
    for (gsize i = 0; i < G_N_ELEMENTS(PENCE); i++) {
        g_autoptr(GString) plain = g_string_new(NULL), pounds = g_string_new(NULL);
        Money money;
        money_append(plain, (Money){PENCE[i]});
        money_append_pounds(pounds, (Money){PENCE[i]});
        g_assert_true(decimal_read_money(plain->str, plain->len, &money));
        g_assert_cmpint(money.pence, ==, PENCE[i]);
        g_assert_true(decimal_read_money(pounds->str, pounds->len, &money));
        g_assert_cmpint(money.pence, ==, PENCE[i]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/decimal/every-spelling-is-read-or-refused",
                    every_spelling_is_read_or_refused);
    g_test_add_func("/decimal/percentages-are-read-as-shares", percentages_are_read_as_shares);
    g_test_add_func("/decimal/written-amounts-are-read-again", written_amounts_are_read_again);
    return g_test_run();
}
