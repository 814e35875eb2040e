#include "base/csvout.h"

#include <string.h>

#include "base/text.h"

#include "base/poison.h"

/* Whether a spreadsheet may take a text for a formula: by its first character. */
static bool
looks_like_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

/* Puts the comma between a cell and the one before it. */
static void
begin_cell(CsvOut *out)
{
    if (out->is_in_row)
        g_string_append_c(out->text, ',');
    out->is_in_row = true;
}

static void
append_quoted(GString *text, const char *cell)
{
    g_string_append_c(text, '"');
    for (const char *at = cell; *at != '\0'; at++) {
        if (*at == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, *at);
    }
    g_string_append_c(text, '"');
}

static void
append_text(GString *text, const char *cell)
{
    g_autofree char *guarded = looks_like_formula(cell) ? g_strconcat("'", cell, NULL) : NULL;
    if (guarded != NULL)
        cell = guarded;
    if (strpbrk(cell, ",\"\r\n") != NULL)
        append_quoted(text, cell);
    else
        g_string_append(text, cell);
}

void
csv_out_text(CsvOut *out, const char *text)
{
    begin_cell(out);
    if (text == NULL)
        return;
    if (utf8_is_valid(text, strlen(text))) {
        append_text(out->text, text);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    append_text(out->text, valid);
}

void
csv_out_empty(CsvOut *out)
{
    begin_cell(out);
}

void
csv_out_whole(CsvOut *out, guint64 number)
{
    begin_cell(out);
    g_string_append_printf(out->text, "%" G_GUINT64_FORMAT, number);
}

void
csv_out_money(CsvOut *out, Money money)
{
    begin_cell(out);
    money_append(out->text, money);
}

void
csv_out_rate(CsvOut *out, Micros micros)
{
    begin_cell(out);
    micros_append_rate(out->text, micros);
}

void
csv_out_count(CsvOut *out, Micros micros)
{
    begin_cell(out);
    micros_append_count(out->text, micros);
}

void
csv_out_fraction(CsvOut *out, Fraction fraction)
{
    begin_cell(out);
    fraction_append(out->text, fraction);
}

void
csv_out_month(CsvOut *out, Month month)
{
    begin_cell(out);
    if (month != MONTH_NONE)
        month_append(out->text, month);
}

void
csv_out_end_row(CsvOut *out)
{
    g_string_append_c(out->text, '\n');
    out->is_in_row = false;
}
