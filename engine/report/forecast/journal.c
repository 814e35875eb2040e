#include "report/forecast/journal.h"

#include <string.h>

#include "base/poison.h"

const char *const JOURNAL_ENTRY_NAMES[JOURNAL_ENTRIES] = {
    [JOURNAL_ACCRUAL] = "accrual",
    [JOURNAL_REVERSAL] = "reversal",
    [JOURNAL_CONTROL] = "control-total",
};

#define GETTER(name, expression) FIELD_GETTER(JournalRow, name, expression)

GETTER(row_entry, figure_text(JOURNAL_ENTRY_NAMES[at->entry]))
GETTER(row_date, figure_day(at->date))
GETTER(row_code, figure_text(at->ledger_code))
GETTER(row_schemes, figure_text(at->schemes->str))
GETTER(row_lines, figure_whole(at->lines))
GETTER(row_amount, figure_sum(at->amount))

const Field JOURNAL_FIELDS[JOURNAL_FIELD_COUNT] = {
    [JOURNAL_ENTRY] = {"entry", "Entry", "`accrual`, `reversal` or `control-total`", row_entry},
    [JOURNAL_DATE] = {"date", "Date",
                      "of an accrual the last day of the run's month, of a reversal the day after",
                      row_date},
    [JOURNAL_CODE] = {"ledger_code", "Ledger code", "of the schemes, from `schemes.csv`", row_code},
    [JOURNAL_SCHEMES] = {"schemes", "Schemes", "codes of the schemes", row_schemes},
    [JOURNAL_LINES] = {"lines", "Lines", "how many lines of the accrual it adds up", row_lines},
    [JOURNAL_AMOUNT] = {"amount", "Amount",
                        "a debit of the code; a reversal is below 0; the control total is the sum "
                        "of the accruals",
                        row_amount},
};

static void
row_clear(gpointer pointer)
{
    JournalRow *row = pointer;
    g_string_free(row->schemes, TRUE);
}

/* The row of a ledger code, made where there is none; without a code each scheme has its own. */
static JournalRow *
find_row(GArray *rows, const char *code, Day date)
{
    for (guint i = 0; code[0] != '\0' && i < rows->len; i++) {
        JournalRow *row = &g_array_index(rows, JournalRow, i);
        if (strcmp(row->ledger_code, code) == 0)
            return row;
    }
    JournalRow row = {
        .entry = JOURNAL_ACCRUAL, .date = date, .ledger_code = code, .schemes = g_string_new(NULL)};
    g_array_append_val(rows, row);
    return &g_array_index(rows, JournalRow, rows->len - 1);
}

static void
add_reversals(GArray *rows, Day date)
{
    guint count = rows->len;
    for (guint i = 0; i < count; i++) {
        JournalRow row = g_array_index(rows, JournalRow, i);
        row.entry = JOURNAL_REVERSAL;
        row.date = date;
        row.schemes = g_string_new(row.schemes->str);
        row.amount.pence = -row.amount.pence;
        g_array_append_val(rows, row);
    }
}

GArray *
journal_rows(const Forecast *forecast)
{
    const Pack *pack = forecast->run->pack;
    Day date = month_last_day(pack->period.month);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(JournalRow));
    g_array_set_clear_func(rows, row_clear);
    for (guint32 s = 0; s < forecast->schemes->len; s++) {
        const ForecastScheme *scheme = forecast_scheme(forecast, s);
        if (scheme->lines == 0)
            continue;
        JournalRow *row = find_row(rows, rules_scheme(pack->rules, s)->ledger_code, date);
        g_string_append_printf(row->schemes, "%s%s", row->schemes->len > 0 ? "|" : "",
                               rules_scheme(pack->rules, s)->code);
        row->lines += scheme->lines;
        row->amount.pence += scheme->accrued.pence;
    }
    add_reversals(rows, date + 1);
    JournalRow control = {.entry = JOURNAL_CONTROL,
                          .date = DAY_NONE,
                          .ledger_code = "",
                          .schemes = g_string_new(NULL),
                          .lines = forecast->all.lines,
                          .amount = forecast->all.accrued};
    g_array_append_val(rows, control);
    return rows;
}

void
journal_print_csv(const Forecast *forecast, GString *text)
{
    CsvOut out = {text, false};
    g_autoptr(GArray) rows = journal_rows(forecast);
    csv_out_fields(&out, JOURNAL_FIELDS, JOURNAL_FIELD_COUNT, NULL);
    for (guint i = 0; i < rows->len; i++)
        csv_out_fields(&out, JOURNAL_FIELDS, JOURNAL_FIELD_COUNT,
                       &g_array_index(rows, JournalRow, i));
}
