#include "report/workbook/workbook.h"

#include "report/workbook/clausesheet.h"
#include "report/workbook/contracts.h"
#include "report/workbook/factsheet.h"
#include "report/workbook/judged.h"
#include "report/workbook/potsheet.h"
#include "report/workbook/recoverysheet.h"
#include "report/workbook/schemes.h"
#include "report/workbook/shares.h"
#include "report/workbook/spans.h"
#include "report/workbook/steps.h"
#include "report/workbook/testsheet.h"
#include "report/workbook/together.h"
#include "report/figures/words.h"

#include "base/poison.h"

/* Beyond this many rows in all a workbook is streamed: texts are then not shared between cells. */
#define LONG_FROM 100000

#define ROWS(name, array)                                                                          \
    static guint name(const Workbook *workbook)                                                    \
    {                                                                                              \
        return workbook->array->len;                                                               \
    }
ROWS(share_rows, share_rows)
ROWS(span_rows, span_rows)
ROWS(together_rows, together_rows)
ROWS(clause_rows, step_rows)
ROWS(pot_rows, pot_rows)
ROWS(test_rows, test_rows)
ROWS(judged_rows, judged_rows)
ROWS(recovery_rows, recovery_rows)
ROWS(fact_rows, facts_used)

/* The sheets of our own, and those of schemes; filled in this order, each before those that read
 * how it was filled. */
static const struct {
    const char *name; /* NULL: the schemes' */
    void (*plan)(
        Workbook *workbook); /* decides what stands on which row, where that is not plain */
    void (*fill)(Workbook *workbook);
    /* Of those that are there only where something stands on them: how many rows, and where in
     * Workbook its pages are. */
    guint (*rows)(const Workbook *workbook);
    gsize pages;
} SHEETS[] = {
    {SHEET_RULES, NULL, workbook_fill_rules, NULL, 0},
    {SHEET_SHARES, shares_plan, shares_fill, share_rows, offsetof(Workbook, shares)},
    {SHEET_SPANS, spans_plan, spans_fill, span_rows, offsetof(Workbook, spans)},
    {SHEET_JUDGED, judged_plan, judged_fill, judged_rows, offsetof(Workbook, judged)},
    {SHEET_CLAUSES, steps_plan, clausesheet_fill, clause_rows, offsetof(Workbook, clauses)},
    {SHEET_POTS, potsheet_plan, potsheet_fill, pot_rows, offsetof(Workbook, pots)},
    {SHEET_TESTS, testsheet_plan, testsheet_fill, test_rows, offsetof(Workbook, tests)},
    {SHEET_RECOVERIES, recoverysheet_plan, recoverysheet_fill, recovery_rows,
     offsetof(Workbook, recoveries)},
    {SHEET_ACHIEVED, together_plan, together_fill, together_rows, offsetof(Workbook, together)},
    {SHEET_FACTS, factsheet_plan, factsheet_fill, fact_rows, offsetof(Workbook, facts)},
    {SHEET_CONTRACTS, contracts_plan, contracts_fill, NULL, 0},
    {NULL, schemes_plan, schemes_fill, NULL, 0},
    {SHEET_PAYMENTS, workbook_plan_payees, workbook_fill_payments, NULL, 0},
    {SHEET_PAYEES, NULL, workbook_fill_payees, NULL, 0},
    {SHEET_RECEIVED, workbook_plan_claims, workbook_fill_received, NULL, 0},
    {SHEET_RESUBMITTED, NULL, workbook_fill_resubmitted, NULL, 0},
    {SHEET_UNUSUAL, NULL, workbook_fill_unusual, NULL, 0},
    {SHEET_CHANGES, NULL, workbook_fill_changes, NULL, 0},
    {SHEET_EXCEPTIONS, workbook_plan_exceptions, workbook_fill_exceptions, NULL, 0},
    {SHEET_CONTROLS, NULL, workbook_fill_controls, NULL, 0},
    {SHEET_CHECKS, NULL, workbook_fill_checks, NULL, 0},
    {SHEET_SUMMARY, NULL, workbook_fill_summary, NULL, 0},
};

static bool
is_there(const Workbook *workbook, guint sheet)
{
    return SHEETS[sheet].rows == NULL || SHEETS[sheet].rows(workbook) > 0;
}

static Pages **
pages_of(Workbook *workbook, guint sheet)
{
    return &G_STRUCT_MEMBER(Pages *, workbook, SHEETS[sheet].pages);
}

char *
workbook_name(const Period *period)
{
    g_autofree char *name = period_text(period);
    return g_strconcat("payments-", name, ".xlsx", NULL);
}

/* Decides what stands on which row, and makes the sheets in the order of their tabs. */
static void
add_sheets(Workbook *workbook)
{
    const Result *result = workbook->result;
    Book *book = workbook->book;
    for (guint i = 0; i < G_N_ELEMENTS(SHEETS); i++) {
        if (SHEETS[i].plan != NULL)
            SHEETS[i].plan(workbook);
        if (SHEETS[i].name != NULL && is_there(workbook, i))
            book_reserve(book, SHEETS[i].name);
    }
    workbook->summary = book_add_sheet(book, SHEET_SUMMARY, true);
    workbook->payments = pages_add(book, SHEET_PAYMENTS, true, result->contracts->len);
    workbook->payee_pages = pages_add(book, SHEET_PAYEES, true, workbook->payees->payees->len);
    workbook->changes = pages_add(book, SHEET_CHANGES, true, result->contracts->len);
    schemes_add_sheets(workbook);
    workbook->contracts = pages_add(book, SHEET_CONTRACTS, true, workbook->contract_rows->len);
    for (guint i = 0; i < G_N_ELEMENTS(SHEETS); i++)
        if (SHEETS[i].rows != NULL && is_there(workbook, i))
            *pages_of(workbook, i) =
                pages_add(book, SHEETS[i].name, true, SHEETS[i].rows(workbook));
    workbook->received = pages_add(book, SHEET_RECEIVED, true, workbook->claiming->len);
    workbook->resubmitted = pages_add(book, SHEET_RESUBMITTED, true, workbook->replaced->len);
    workbook->unusual = pages_add(book, SHEET_UNUSUAL, true, result->unusual->len);
    workbook->exceptions = pages_add(book, SHEET_EXCEPTIONS, true, workbook->exception_rows);
    workbook->checks = book_add_sheet(book, SHEET_CHECKS, true);
    workbook->controls = pages_add(book, SHEET_CONTROLS, true, result->pack->inputs->files->len);
    workbook->rules = book_add_sheet(book, SHEET_RULES, true);
}

static void
clear(Workbook *workbook)
{
    trace_free(workbook->trace);
    pages_free(workbook->payments);
    pages_free(workbook->payee_pages);
    pages_free(workbook->changes);
    pages_free(workbook->contracts);
    for (guint i = 0; i < G_N_ELEMENTS(SHEETS); i++)
        if (SHEETS[i].rows != NULL)
            pages_free(*pages_of(workbook, i));
    pages_free(workbook->received);
    pages_free(workbook->resubmitted);
    pages_free(workbook->unusual);
    pages_free(workbook->exceptions);
    pages_free(workbook->controls);
    g_ptr_array_unref(workbook->schemes);
    g_array_unref(workbook->scheme_cells);
    g_array_unref(workbook->indicator_row);
    g_hash_table_unref(workbook->rule_row);
    g_array_unref(workbook->places);
    g_array_unref(workbook->contract_rows);
    g_array_unref(workbook->share_rows);
    g_array_unref(workbook->span_rows);
    g_array_unref(workbook->together_rows);
    g_array_unref(workbook->step_rows);
    g_array_unref(workbook->step_proved);
    g_array_unref(workbook->pot_rows);
    g_array_unref(workbook->test_rows);
    g_array_unref(workbook->judged_rows);
    g_array_unref(workbook->recovery_rows);
    g_hash_table_unref(workbook->together_number);
    g_ptr_array_unref(workbook->facts_used);
    g_hash_table_unref(workbook->fact_number);
    payees_free(workbook->payees);
    g_array_unref(workbook->payee_of);
    g_array_unref(workbook->claiming);
    g_array_unref(workbook->replaced);
    g_clear_pointer(&workbook->exception_groups, g_array_unref);
    g_clear_pointer(&workbook->exception_order, g_array_unref);
    g_array_unref(workbook->cursors);
}

static void
write_sheets(Book *book, const Result *result, const Edition *edition)
{
    g_autoptr(Totals) totals = totals_new(result);
    g_autoptr(Causes) causes = causes_new(result, edition->earlier);
    g_autoptr(GString) scratch = g_string_new(NULL);
    Workbook workbook = {
        .book = book,
        .result = result,
        .edition = edition,
        .totals = totals,
        .causes = causes,
        .trace = trace_new(result),
        .months = months_add_up(result),
        .schemes = g_ptr_array_new_with_free_func(schemes_free_sheet),
        .scheme_cells = g_array_new(FALSE, FALSE, sizeof(SchemeCells)),
        .indicator_row = g_array_new(FALSE, TRUE, sizeof(guint)),
        .rule_row = g_hash_table_new(NULL, NULL),
        .places = g_array_new(FALSE, TRUE, sizeof(ContractPlace)),
        .contract_rows = g_array_new(FALSE, FALSE, sizeof(ContractRow)),
        .share_rows = g_array_new(FALSE, FALSE, sizeof(ShareRow)),
        .span_rows = g_array_new(FALSE, FALSE, sizeof(SpanRow)),
        .together_rows = g_array_new(FALSE, FALSE, sizeof(TogetherRow)),
        .step_rows = g_array_new(FALSE, FALSE, sizeof(guint)),
        .step_proved = g_array_new(FALSE, TRUE, sizeof(gboolean)),
        .pot_rows = g_array_new(FALSE, FALSE, sizeof(PotRow)),
        .test_rows = g_array_new(FALSE, FALSE, sizeof(TestRow)),
        .judged_rows = g_array_new(FALSE, FALSE, sizeof(JudgedRow)),
        .recovery_rows = g_array_new(FALSE, FALSE, sizeof(guint)),
        .together_number = g_hash_table_new(NULL, NULL),
        .facts_used = g_ptr_array_new(),
        .fact_number = g_hash_table_new(NULL, NULL),
        .claiming = g_array_new(FALSE, FALSE, sizeof(guint)),
        .cursors = g_array_new(FALSE, TRUE, sizeof(LineCursor)),
        .record = {.result = result, .scratch = scratch},
    };
    g_array_set_size(workbook.cursors, result->pack->inputs->files->len);
    g_array_set_size(workbook.indicator_row, result->pack->rules->indicators->len);
    g_array_set_size(workbook.places, result->contracts->len);
    add_sheets(&workbook);
    for (guint i = 0; i < G_N_ELEMENTS(SHEETS) && !book_has_failed(book); i++)
        SHEETS[i].fill(&workbook);
    clear(&workbook);
}

bool
workbook_write_limited(const Result *result, const Edition *edition, const char *path,
                       guint32 rows_per_sheet, guint64 long_from, GError **error)
{
    const Period *period = &result->pack->period;
    guint64 rows = (guint64)result->contracts->len + result->lines->len + result->exceptions->len;
    g_autofree char *title = words_title("Payments by scheme", period);
    Words subject = words_period_of_run(period, edition->run);
    BookPlan plan = {.path = path,
                     .title = title,
                     .subject = subject.text,
                     .date = period->date,
                     .is_long = rows > long_from,
                     .rows_per_sheet = rows_per_sheet};
    g_autoptr(Book) book = book_new(&plan, error);
    if (book == NULL)
        return false;
    write_sheets(book, result, edition);
    return book_close(book, error);
}

bool
workbook_write(const Result *result, const Edition *edition, const char *path, GError **error)
{
    return workbook_write_limited(result, edition, path, 0, LONG_FROM, error);
}

const char *
workbook_library_version(void)
{
    return book_library_version();
}
