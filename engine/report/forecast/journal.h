/* The accrual as a journal: by ledger code, its reversal in the month after, and a control total.
 *
 * The amounts of accrual and reversal add up to nothing; the control total is that of the accrual,
 * and says how many lines of the forecast it has. */
#pragma once

#include "base/figure.h"
#include "pay/forecast.h"

typedef enum { JOURNAL_ACCRUAL, JOURNAL_REVERSAL, JOURNAL_CONTROL, JOURNAL_ENTRIES } JournalEntry;
extern const char *const JOURNAL_ENTRY_NAMES[JOURNAL_ENTRIES];

typedef struct {
    JournalEntry entry;
    Day date; /* the last day of the run's month; the first of the next; DAY_NONE: the control */
    const char *ledger_code; /* "" where the scheme has none */
    GString *schemes;        /* of that code, "|" between them */
    guint lines;             /* of the accrual */
    Sum amount;
} JournalRow;

enum {
    JOURNAL_ENTRY,
    JOURNAL_DATE,
    JOURNAL_CODE,
    JOURNAL_SCHEMES,
    JOURNAL_LINES,
    JOURNAL_AMOUNT,
    JOURNAL_FIELD_COUNT
};
extern const Field JOURNAL_FIELDS[JOURNAL_FIELD_COUNT];

/* The rows of the journal: of JournalRow, accruals by ledger code in the order of the schemes,
 * then their reversals, then the control total. Schemes without a code have a row each. Free with
 * g_array_unref. */
GArray *journal_rows(const Forecast *forecast) G_GNUC_WARN_UNUSED_RESULT;
void journal_print_csv(const Forecast *forecast, GString *text);
