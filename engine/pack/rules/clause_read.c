#include "pack/rules/clause_read.h"

#include <string.h>

#include "base/decimal.h"

#include "base/poison.h"

#define AMOUNT_EXPECTED                                                                            \
    "is not an amount: pounds such as 12,500, or pounds a fact such as 0.95 a registered"
#define TEST_EXPECTED "is not a test: CODE >= N (or >, <=, <), scheme CODE, or K of TEST | TEST"

static void
describe(GString *fault, Span text, const char *what)
{
    text_append_quoted(fault, text);
    g_string_append_printf(fault, " %s", what);
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes the first word off a text: *rest is what follows its blanks. Nothing where it has one word
 * alone. */
static Span
take_word(Span text, Span *rest)
{
    gsize length = 0;
    while (length < text.length && !is_blank(text.text[length]))
        length++;
    *rest = span_trim((Span){text.text + length, text.length - length});
    return (Span){text.text, length};
}

bool
clause_read_amount(const RulesReader *reader, Span text, Amount *amount, GString *fault)
{
    Span rest, fact;
    Span number = take_word(text, &rest);
    Amount read = {0, CODE_NONE};
    bool is_number = decimal_read_rate(number.text, number.length, &read.pounds);
    if (is_number && rest.length > 0) {
        is_number = span_is(take_word(rest, &fact), "a") && code_is_valid(fact);
        if (is_number)
            read.fact = codes_add(reader->rules->facts, fact);
    }
    if (is_number)
        *amount = read;
    else
        describe(fault, text, AMOUNT_EXPECTED);
    return is_number;
}

bool
clause_names_scheme(Span text)
{
    Span code;
    return span_is(take_word(text, &code), "scheme") && code.length > 0;
}

guint32
clause_read_scheme(const RulesReader *reader, Span text, GString *fault)
{
    Span code;
    (void)take_word(text, &code);
    guint32 scheme = codes_find(reader->rules->scheme_codes, code);
    if (scheme == CODE_NONE && !rules_reader_is_lost(reader, code))
        describe(fault, code, "is not a scheme of schemes.csv");
    return scheme;
}

/* The sign of a comparison: *end is where it ends. COMPARISON_COUNT where the text has none. */
static Comparison
find_sign(Span text, gsize *begin, gsize *end)
{
    gsize at = 0;
    while (at < text.length && text.text[at] != '<' && text.text[at] != '>')
        at++;
    if (at == text.length)
        return COMPARISON_COUNT;
    bool is_inclusive = at + 1 < text.length && text.text[at + 1] == '=';
    *begin = at;
    *end = at + (is_inclusive ? 2 : 1);
    if (text.text[at] == '>')
        return is_inclusive ? COMPARISON_AT_LEAST : COMPARISON_ABOVE;
    return is_inclusive ? COMPARISON_AT_MOST : COMPARISON_BELOW;
}

/* What a code is: an indicator of the scheme, an activity of it, or a fact, in this order. */
static bool
find_subject(const RulesReader *reader, guint32 scheme, Span code, Test *test, GString *fault)
{
    test->kind = TEST_INDICATOR;
    test->subject = rules_find_item(reader->rules, ITEM_INDICATOR, scheme, code);
    if (test->subject != CODE_NONE)
        return true;
    test->kind = TEST_ACTIVITY;
    test->subject = rules_find_item(reader->rules, ITEM_ACTIVITY, scheme, code);
    if (test->subject == CODE_NONE) {
        test->kind = TEST_FACT;
        test->subject = codes_add(reader->rules->facts, code);
        return true;
    }
    if (activity_is_claimed(rules_activity(reader->rules, test->subject)))
        return true;
    describe(fault, code, "is not claimed, so that nothing of it is counted for a test");
    return false;
}

/* CODE >= N. */
static bool
read_comparison(const RulesReader *reader, guint32 scheme, Span text, Test *test, GString *fault)
{
    gsize begin = 0, end = 0;
    test->comparison = find_sign(text, &begin, &end);
    Span code = span_trim((Span){text.text, begin});
    Span number = span_trim((Span){text.text + end, text.length - end});
    if (code.length > 0 && code.text[code.length - 1] == '=') {
        describe(fault, text, "has = on the wrong side: write >= or <=");
        return false;
    }
    if (!code_is_valid(code)) {
        describe(fault, text, TEST_EXPECTED);
        return false;
    }
    if (!decimal_read_signed_rate(number.text, number.length, &test->number)) {
        describe(fault, number,
                 "is not a number with up to 12 digits before and 6 after the point");
        return false;
    }
    return find_subject(reader, scheme, code, test, fault);
}

/* Whether a text begins with "K of": *rest is what follows. */
static bool
begins_with_count(Span text, int64_t *count, Span *rest)
{
    Span after;
    Span number = take_word(text, &after);
    return decimal_read_whole(number.text, number.length, count) &&
           span_is(take_word(after, rest), "of");
}

/* A test that has no others below it. */
static Test *
read_single(const RulesReader *reader, guint32 scheme, Span text, GString *fault)
{
    Test test = {.subject = CODE_NONE};
    gsize begin = 0, end = 0;
    int64_t count;
    Span rest;
    bool is_read = false;
    if (begins_with_count(text, &count, &rest))
        describe(fault, text, "is a K of TEST inside another one, and stands by itself alone");
    else if (find_sign(text, &begin, &end) != COMPARISON_COUNT)
        is_read = read_comparison(reader, scheme, text, &test, fault);
    else if (clause_names_scheme(text)) {
        test.kind = TEST_SCHEME;
        test.subject = clause_read_scheme(reader, text, fault);
        is_read = test.subject != CODE_NONE;
    } else {
        describe(fault, text, TEST_EXPECTED);
    }
    return is_read ? g_memdup2(&test, sizeof test) : NULL;
}

/* The tests behind "K of", "|" between them. */
static Test *
read_some(const RulesReader *reader, guint32 scheme, int64_t least, Span text, GString *fault)
{
    g_autoptr(GPtrArray) parts = rules_reader_split(text);
    g_autoptr(GPtrArray) tests = g_ptr_array_new_with_free_func(test_free);
    if (least < 1 || least > parts->len) {
        g_string_append_printf(fault, "%" G_GINT64_FORMAT " of %u test%s: at least 1, at most all",
                               least, parts->len, parts->len == 1 ? "" : "s");
        return NULL;
    }
    for (guint i = 0; i < parts->len; i++) {
        const char *part = g_ptr_array_index(parts, i);
        Test *test = read_single(reader, scheme, (Span){part, strlen(part)}, fault);
        if (test == NULL)
            return NULL;
        g_ptr_array_add(tests, test);
    }
    Test some = {.kind = TEST_SOME, .subject = CODE_NONE, .least = (guint)least};
    some.tests = g_steal_pointer(&tests);
    return g_memdup2(&some, sizeof some);
}

Test *
clause_read_test(const RulesReader *reader, guint32 scheme, Span text, GString *fault)
{
    int64_t least;
    Span rest;
    if (begins_with_count(text, &least, &rest))
        return read_some(reader, scheme, least, rest, fault);
    return read_single(reader, scheme, text, fault);
}
