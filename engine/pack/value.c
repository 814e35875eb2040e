#include "pack/value.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/nhsnumber.h"

#include "base/poison.h"

/* What a column's fields look like, in words. */
static const char *const EXPECTED[] = {
    [COLUMN_TEXT] = "text",
    [COLUMN_PROSE] = "text",
    [COLUMN_KEY] = "text",
    [COLUMN_REFERENCE] = "text",
    [COLUMN_CODE] = CODE_EXPECTED,
    [COLUMN_DATE] = "a date (such as 2025-09-30, 30/09/2025 or 30-Sep-25)",
    [COLUMN_MONTH] = "a month (such as 2025-09, 09/2025, Sep-25, September 2025 or 01/09/2025)",
    [COLUMN_PUBLISHED_DATE] = "a date (such as 2025-09-30, 30/09/2025, 30-Sep-25, 30SEP2025 or "
                              "20250930)",
    [COLUMN_PUBLISHED_MONTH] = "a month (such as 2025-09, 09/2025, Sep-25 or September 2025, or "
                               "its first day: 2025-09-01, 01/09/2025, 01SEP2025 or 20250901)",
    [COLUMN_WHOLE] = "a whole number from 0 to 999,999,999",
    [COLUMN_COUNT] = "a number, 0 or more, with up to 9 digits before and 6 after the point",
    [COLUMN_SIGNED_COUNT] = "a number with up to 9 digits before and 6 after the point",
    [COLUMN_RATE] =
        "an amount or rate, 0 or more, with up to 12 digits before and 6 after the point",
    [COLUMN_NUMBER] = "a number with up to 12 digits before and 6 after the point",
    [COLUMN_SHARE] =
        "a share, 0 or more, with up to 6 digits after the point, or a percentage such as 40%",
    [COLUMN_THRESHOLD] =
        "a threshold with up to 6 digits after the point, or a percentage such as 40%",
    [COLUMN_SUM] = "an amount, 0 or more, with up to 12 digits before and 2 after the point",
    [COLUMN_MONEY] = "an amount with up to 12 digits before and 2 after the point",
};

static Reason
read_day(Span text, bool is_published, int64_t *number)
{
    Day day = is_published ? day_read_published(text.text, text.length)
                           : day_read(text.text, text.length);
    *number = day;
    return day == DAY_NONE ? REASON_BAD_DATE : REASON_NONE;
}

static Reason
read_month(Span text, bool is_published, int64_t *number)
{
    Month month = is_published ? month_read_published(text.text, text.length)
                               : month_read(text.text, text.length);
    *number = month;
    return month == MONTH_NONE ? REASON_BAD_MONTH : REASON_NONE;
}

static Reason
read_money(Span text, int64_t *number)
{
    Money money;
    if (!decimal_read_money(text.text, text.length, &money))
        return REASON_BAD_NUMBER;
    *number = money.pence;
    return REASON_NONE;
}

static bool
is_date(ColumnKind kind)
{
    return kind == COLUMN_DATE || kind == COLUMN_PUBLISHED_DATE;
}

static bool
is_month(ColumnKind kind)
{
    return kind == COLUMN_MONTH || kind == COLUMN_PUBLISHED_MONTH;
}

/* What reads the numbers of a kind; NULL for kinds that are no plain numbers. */
typedef bool (*ReadFunc)(const char *text, gsize length, int64_t *number);
static const ReadFunc READERS[] = {
    [COLUMN_WHOLE] = decimal_read_whole,
    [COLUMN_COUNT] = decimal_read_count,
    [COLUMN_SIGNED_COUNT] = decimal_read_signed_count,
    [COLUMN_RATE] = decimal_read_rate,
    [COLUMN_NUMBER] = decimal_read_signed_rate,
    [COLUMN_SHARE] = decimal_read_share,
    [COLUMN_THRESHOLD] = decimal_read_signed_share,
    [COLUMN_SUM] = decimal_read_pounds,
    [COLUMN_MONEY] = NULL,
};

static Reason
read_by_kind(ColumnKind kind, Span text, int64_t *number)
{
    if (is_date(kind))
        return read_day(text, kind == COLUMN_PUBLISHED_DATE, number);
    if (is_month(kind))
        return read_month(text, kind == COLUMN_PUBLISHED_MONTH, number);
    if (kind == COLUMN_MONEY)
        return read_money(text, number);
    if (READERS[kind] == NULL)
        return REASON_NONE;
    return READERS[kind](text.text, text.length, number) ? REASON_NONE : REASON_BAD_NUMBER;
}

const char *const NO_REFERENCES[NO_REFERENCE_COUNT] = {
    "-", "?", "0", "na", "n/a", "#n/a", "null", "none", "nil", "unknown", "tbc"};

/* Whether a patient's reference says that there is none: "-", "n/a", "unknown" and the like. */
static bool
is_no_reference(Span text)
{
    for (guint i = 0; text.length <= 7 && i < NO_REFERENCE_COUNT; i++)
        if (strlen(NO_REFERENCES[i]) == text.length &&
            g_ascii_strncasecmp(text.text, NO_REFERENCES[i], text.length) == 0)
            return true;
    return false;
}

void
value_read(const Column *column, Span text, Value *value)
{
    value->text = text;
    value->number = 0;
    value->is_split = false;
    value->is_given = text.length > 0;
    if (column->kind == COLUMN_REFERENCE && text.length <= 7 && is_no_reference(text))
        value->is_given = false;
    if (!value->is_given)
        value->fault = column->is_required ? REASON_MISSING_VALUE : REASON_NONE;
    else
        value->fault = read_by_kind(
            column->kind, (Span){text.text, MIN(text.length, MAX_FIELD + 1)}, &value->number);
    if (value->fault == REASON_NONE && text.length > MAX_FIELD)
        value->fault = REASON_TOO_LONG;
}

char *
value_text(const Value *value)
{
    return nhs_number_mask(value->text);
}

bool
value_is_behind_comma(const Value *value)
{
    Span text = value->text;
    for (gsize i = 0; i < 3 && i < text.length; i++)
        if (!g_ascii_isdigit(text.text[i]))
            return false;
    return text.length >= 3 && text.text[0] == '0' && (text.length == 3 || text.text[3] == '.');
}

void
values_read(const Column *columns, guint count, const Row *row, Value *values)
{
    for (guint c = 0; c < count; c++)
        value_read(&columns[c], row->fields[c], &values[c]);
    for (guint c = 0; row->split != 0 && c < count; c++)
        if ((row->split >> c & 1) != 0) {
            values[c].fault = REASON_BAD_NUMBER;
            values[c].is_split = true;
        }
}

Reason
values_first_fault(const Value *values, guint count, guint *column)
{
    Reason first = REASON_NONE;
    for (guint c = 0; c < count; c++) {
        Reason fault = values[c].fault;
        if (fault != REASON_NONE && (first == REASON_NONE || fault < first)) {
            first = fault;
            *column = c;
        }
    }
    return first;
}

/* The day and month of "09/30/2025", which has them the American way round; false of any other
 * text. The first of a month that a column of months cannot read is one, too. */
static bool
read_american(ColumnKind kind, Span text, int *month, int *day, Span *year)
{
    int numbers[2] = {0, 0};
    gsize at = 0;
    for (guint i = 0; i < 2; i++) {
        gsize from = at;
        while (at < text.length && at < from + 2 && g_ascii_isdigit(text.text[at]))
            numbers[i] = numbers[i] * 10 + (text.text[at++] - '0');
        if (at == from || at == text.length || text.text[at++] != '/')
            return false;
    }
    *year = (Span){text.text + at, text.length - at};
    for (gsize i = 0; i < year->length; i++)
        if (!g_ascii_isdigit(year->text[i]))
            return false;
    *month = numbers[0];
    *day = numbers[1];
    bool is_day = *day > 12 || (is_month(kind) && *day == 1);
    return year->length == 4 && *month >= 1 && *month <= 12 && is_day && *day <= 31;
}

/* What a field may have been meant as, and how to write that. */
static void
append_cure(GString *message, ColumnKind kind, Span text)
{
    int month, day;
    Span year;
    if ((!is_date(kind) && !is_month(kind)) || !read_american(kind, text, &month, &day, &year))
        return;
    g_string_append_printf(message, ": it seems to be American, month first: write %.4s-%02d",
                           year.text, month);
    if (is_date(kind))
        g_string_append_printf(message, "-%02d", day);
}

void
value_describe(GString *message, const Column *column, const Value *value, bool is_private)
{
    if (value->fault == REASON_MISSING_VALUE) {
        g_string_append(message, "is empty, and must be filled");
        return;
    }
    if (value->fault == REASON_TOO_LONG) {
        g_string_append_printf(message, "has %" G_GSIZE_FORMAT " bytes, of at most %d",
                               value->text.length, MAX_FIELD);
        return;
    }
    if (is_private)
        g_string_append(message, "the value");
    else
        text_append_quoted(message, (Span){value->text.text, MIN(value->text.length, MAX_FIELD)});
    g_string_append_printf(message, " is not %s", EXPECTED[column->kind]);
    if (value->is_split)
        g_string_append(message, ": a thousands comma needs quotes around the amount");
    else if (!is_private)
        append_cure(message, column->kind, value->text);
}

bool
values_pass(CsvTable *table, const Column *columns, guint count, const Row *row, FaultClass class,
            Faults *faults, Value *values)
{
    const Document *document = csv_table_document(table);
    bool has_passed = true;
    values_read(columns, count, row, values);
    for (guint c = 0; c < count; c++) {
        Value *value = &values[c];
        bool is_bad_code = columns[c].kind == COLUMN_CODE && value->is_given &&
                           value->fault == REASON_NONE && !code_is_valid(value->text);
        if (value->fault == REASON_NONE && !is_bad_code)
            continue;
        g_autoptr(GString) message = g_string_new(NULL);
        value_describe(message, &columns[c], value, false);
        faults_add(faults, class, document_name(document), document_line(document, row->offset),
                   columns[c].name, "%s", message->str);
        has_passed = false;
    }
    return has_passed;
}
