#include "archive/approval.h"

#include <string.h>

#include "base/decimal.h"

#include "base/poison.h"

#define KIND "approval"
#define MAX_SIGNATURE 16384 /* bytes */

const char *const BAND_NAMES[BAND_COUNT] = {
    [BAND_LOW] = "below £15,000",
    [BAND_MIDDLE] = "£15,000 to £49,999.99",
    [BAND_HIGH] = "£50,000 and above",
};

/* What the bands are called in the file. */
static const char *const BAND_WORDS[BAND_COUNT] = {"below-15000", "below-50000", "from-50000"};

guint
band_of(Money amount)
{
    if (amount.pence < INT64_C(1500000))
        return BAND_LOW;
    return amount.pence < INT64_C(5000000) ? BAND_MIDDLE : BAND_HIGH;
}

void
approval_free(Approval *approval)
{
    if (approval == NULL)
        return;
    g_free(approval->run);
    g_free(approval->approved_by);
    g_free(approval->approved_at);
    g_free(approval->signature);
    g_free(approval);
}

static void
append_money(GString *lines, const char *keyword, Money money)
{
    g_string_append_printf(lines, "%s ", keyword);
    money_append(lines, money);
    g_string_append_c(lines, '\n');
}

/* Appends a signature, a line of the file for each of its lines. */
static void
append_signature(GString *lines, const char *signature)
{
    g_auto(GStrv) parts = g_strsplit(signature, "\n", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        if (parts[i][0] != '\0')
            lines_append(lines, "signature", parts[i]);
}

GString *
approval_text(const Approval *approval)
{
    GString *lines = g_string_new("schemepay-" KIND " 1\n");
    lines_append(lines, "run", approval->run);
    lines_append(lines, "manifest", approval->manifest);
    lines_append(lines, "approved-by", approval->approved_by);
    lines_append(lines, "approved-at", approval->approved_at);
    lines_append(lines, "out-of-order", approval->is_out_of_order ? "yes" : "no");
    append_money(lines, "to-pay", approval->to_pay);
    append_money(lines, "to-invoice", approval->to_invoice);
    for (guint b = 0; b < BAND_COUNT; b++) {
        g_string_append_printf(lines, "band %s %" G_GUINT64_FORMAT " ", BAND_WORDS[b],
                               approval->bands[b].count);
        money_append(lines, approval->bands[b].sum);
        g_string_append_c(lines, '\n');
    }
    if (approval->signature != NULL)
        append_signature(lines, approval->signature);
    lines_finish(lines);
    return lines;
}

static bool
take_money(LineReader *reader, Money *money)
{
    Span word;
    return line_take_word(reader, &word) && decimal_read_money(word.text, word.length, money);
}

static bool
take_flag(LineReader *reader, bool *flag)
{
    *flag = span_is(reader->words, "yes");
    return *flag || span_is(reader->words, "no");
}

static bool
take_band(LineReader *reader, Approval *approval)
{
    Span word;
    if (!line_take_word(reader, &word))
        return false;
    for (guint b = 0; b < BAND_COUNT; b++)
        if (span_is(word, BAND_WORDS[b]))
            return line_take_number(reader, &approval->bands[b].count) &&
                   take_money(reader, &approval->bands[b].sum);
    return false;
}

/* Takes a line of a signature, which must be printable. */
static bool
take_signature(LineReader *reader, Approval *approval)
{
    g_autofree char *line = NULL;
    if (!line_take_text(reader, &line))
        return false;
    for (const char *at = line; *at != '\0'; at++)
        if (!g_ascii_isprint(*at))
            return false;
    g_autofree char *before = approval->signature;
    approval->signature = g_strconcat(before == NULL ? "" : before, line, "\n", NULL);
    return strlen(approval->signature) <= MAX_SIGNATURE;
}

static bool
take_line(LineReader *reader, Approval *approval)
{
    if (span_is(reader->keyword, "run"))
        return approval->run == NULL && line_take_name(reader, &approval->run);
    if (span_is(reader->keyword, "manifest"))
        return line_take_digest(reader, approval->manifest);
    if (span_is(reader->keyword, "approved-by"))
        return approval->approved_by == NULL && line_take_name(reader, &approval->approved_by);
    if (span_is(reader->keyword, "approved-at"))
        return approval->approved_at == NULL && line_take_time(reader, &approval->approved_at);
    if (span_is(reader->keyword, "out-of-order"))
        return take_flag(reader, &approval->is_out_of_order);
    if (span_is(reader->keyword, "to-pay"))
        return take_money(reader, &approval->to_pay);
    if (span_is(reader->keyword, "to-invoice"))
        return take_money(reader, &approval->to_invoice);
    if (span_is(reader->keyword, "signature"))
        return take_signature(reader, approval);
    return span_is(reader->keyword, "band") && take_band(reader, approval);
}

Approval *
approval_read(Span bytes, GError **error)
{
    g_autoptr(Approval) approval = g_new0(Approval, 1);
    LineReader reader;
    if (!lines_begin(&reader, bytes, KIND, 1, error))
        return NULL;
    while (lines_next(&reader))
        if (!take_line(&reader, approval)) {
            lines_fail(&reader, KIND, error);
            return NULL;
        }
    if (approval->run == NULL || approval->manifest[0] == '\0' || approval->approved_by == NULL ||
        approval->approved_at == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "the " KIND " lacks a line");
        return NULL;
    }
    return g_steal_pointer(&approval);
}
