#include "archive/earlier.h"

#include <string.h>

#include "archive/columns.h"
#include "archive/payments.h"
#include "archive/sealed.h"
#include "base/decimal.h"
#include "report/record/record.h"

#include "base/poison.h"

#define LINES_PATH OUTPUTS_FOLDER "/lines.csv"

/* The columns that are read, where they stand in the file. */
static const guint READ_FIELDS[] = {LINE_SCHEME, LINE_PROVIDER, LINE_KIND,     LINE_ITEM,
                                    LINE_MONTH,  LINE_RATE,     LINE_FRACTION, LINE_AMOUNT};
#define READ_COUNT G_N_ELEMENTS(READ_FIELDS)
enum { AT_SCHEME, AT_PROVIDER, AT_KIND, AT_ITEM, AT_MONTH, AT_RATE, AT_FRACTION, AT_AMOUNT };

/* A cell without its quotes, and without the apostrophe that keeps a formula away. */
static char *
read_text(Span cell)
{
    GString *text = g_string_new(NULL);
    bool is_quoted = cell.length > 1 && cell.text[0] == '"';
    for (gsize i = is_quoted ? 1 : 0; i + (is_quoted ? 1 : 0) < cell.length; i++) {
        g_string_append_c(text, cell.text[i]);
        if (is_quoted && cell.text[i] == '"')
            i++;
    }
    if (text->str[0] == '\'')
        g_string_erase(text, 0, 1);
    return g_string_free(text, FALSE);
}

static LineKind
read_kind(Span cell)
{
    LineKind kind = 0;
    while (kind < LINE_KINDS && !span_is(cell, LINE_KIND_NAMES[kind]))
        kind++;
    return kind;
}

/* Digits as a number; false where there are others, or too many. */
static bool
read_digits(Span digits, Int128 *number)
{
    *number = 0;
    for (gsize i = 0; i < digits.length; i++) {
        if (!g_ascii_isdigit(digits.text[i]))
            return false;
        *number = *number * 10 + (digits.text[i] - '0');
    }
    return digits.length > 0 && digits.length <= 36;
}

/* "2/5"; one of no value for anything else. */
static Fraction
read_fraction(Span cell)
{
    const char *slash = memchr(cell.text, '/', cell.length);
    gsize before = slash == NULL ? 0 : (gsize)(slash - cell.text);
    Int128 num, den;
    if (slash == NULL || !read_digits((Span){cell.text, before}, &num) ||
        !read_digits((Span){slash + 1, cell.length - before - 1}, &den) || den == 0)
        return fraction_of(1, 0);
    return fraction_of(num, den);
}

static void
add_line(Earlier *earlier, const GArray *row, const guint places[READ_COUNT])
{
    Span cells[READ_COUNT];
    for (guint i = 0; i < READ_COUNT; i++)
        cells[i] = places[i] < row->len ? g_array_index(row, Span, places[i]) : (Span){"", 0};
    g_autofree char *scheme = read_text(cells[AT_SCHEME]);
    g_autofree char *provider = read_text(cells[AT_PROVIDER]);
    EarlierLine line = {.kind = read_kind(cells[AT_KIND]),
                        .month = month_read(cells[AT_MONTH].text, cells[AT_MONTH].length),
                        .fraction = read_fraction(cells[AT_FRACTION])};
    if (!decimal_read_rate(cells[AT_RATE].text, cells[AT_RATE].length, &line.rate))
        line.rate = 0;
    if (!decimal_read_money(cells[AT_AMOUNT].text, cells[AT_AMOUNT].length, &line.amount))
        return;
    line.item = read_text(cells[AT_ITEM]);
    g_array_append_val(earlier_add(earlier, scheme, provider)->lines, line);
}

static void
add_lines(Earlier *earlier, Span text)
{
    g_autoptr(GArray) row = g_array_new(FALSE, FALSE, sizeof(Span));
    guint places[READ_COUNT];
    const char *names[READ_COUNT];
    for (guint i = 0; i < READ_COUNT; i++)
        names[i] = LINE_FIELDS[READ_FIELDS[i]].name;
    columns_take_row(&text, row);
    if (!columns_find(row, names, READ_COUNT, places))
        return;
    while (text.length > 0) {
        columns_take_row(&text, row);
        add_line(earlier, row, places);
    }
}

bool
earlier_read(const Ledger *ledger, const Period *period, const char *reader, GPtrArray *findings,
             Earlier **read, GError **error)
{
    const Run *last = NULL;
    for (guint i = 0; i < ledger->counted->len; i++) {
        const Run *run = g_ptr_array_index(ledger->counted, i);
        if (run->name.period.year == period->year)
            last = run;
    }
    *read = NULL;
    if (last == NULL)
        return true;
    g_autoptr(Earlier) earlier = earlier_new(last->text, last->name.period.month);
    g_autoptr(GArray) rows = payment_rows_of_run(last, NULL, error);
    g_autofree char *bytes = NULL;
    gsize length;
    if (rows == NULL || !sealed_read(last, LINES_PATH, reader, findings, &bytes, &length, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        EarlierContract *contract = earlier_add(earlier, row->scheme, row->provider);
        contract->entitlement = row->entitlement;
        contract->paid = row->paid;
        contract->owed = row->owed;
        contract->status = row->status;
    }
    add_lines(earlier, (Span){bytes == NULL ? "" : bytes, length});
    *read = g_steal_pointer(&earlier);
    return true;
}
