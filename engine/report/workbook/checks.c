/* Checks: what must hold in the whole workbook, each proved by formulas. */
#include "report/workbook/lines.h"

#include "sheet/cell.h"
#include "report/figures/months.h"

#include "sheet/layout.h"

#include "sheet/cursor.h"

#include "base/poison.h"

#define FIRST_ROW 4

enum { COLUMN_CHECK, COLUMN_MEANING, COLUMN_LEFT, COLUMN_RIGHT, COLUMN_HOLDS, COLUMNS };

static const guint WIDTHS[COLUMNS] = {44, 62, 20, 20, 11};

typedef struct {
    Workbook *workbook;
    guint row;
    GString *left, *right; /* the two sides of the check being made */
} Checks;

static void
put_text(Checks *checks, guint column, const char *text, StyleId style)
{
    cell_text(checks->workbook->book, checks->workbook->checks, checks->row, column, text, style);
}

/* A side: a formula, if there is one, and its value, in pence or as a count. */
static void
put_side(Checks *checks, guint column, const GString *formula, Sum sum, bool is_money)
{
    Cell cell = cell_total(sum, is_money);
    cell.style = is_money ? STYLE_MONEY : STYLE_WHOLE;
    g_autofree char *rounded =
        is_money && formula->len > 0 ? g_strdup_printf("=ROUND(%s,2)", formula->str + 1) : NULL;
    if (formula->len > 0 && cell.figure.kind != FIGURE_TEXT)
        cell.formula = rounded != NULL ? rounded : formula->str;
    cell_write(checks->workbook->book, checks->workbook->checks, checks->row, column, &cell);
}

/* Ends a check whose sides have been put together: both must be equal to the penny. */
static void
put_check(Checks *checks, const char *name, const char *meaning, Sum sum, bool is_money)
{
    TableRow row = {.user = NULL, .index = 0, .sheet_row = checks->row, .scratch = NULL};
    g_autofree char *formula =
        g_strdup_printf("=IF(ROUND(%s-%s,2)=0,1,0)", name_at(&row, COLUMN_LEFT).text,
                        name_at(&row, COLUMN_RIGHT).text);
    Cell holds = {.figure = figure_whole(1), .formula = formula, .style = STYLE_CHECK};
    put_text(checks, COLUMN_CHECK, name, STYLE_WRAP);
    put_text(checks, COLUMN_MEANING, meaning, STYLE_WRAP);
    put_side(checks, COLUMN_LEFT, checks->left, sum, is_money);
    put_side(checks, COLUMN_RIGHT, checks->right, sum, is_money);
    cell_write(checks->workbook->book, checks->workbook->checks, checks->row, COLUMN_HOLDS, &holds);
    checks->row++;
    g_string_truncate(checks->left, 0);
    g_string_truncate(checks->right, 0);
}

static Sum
sum_of(guint64 number)
{
    return (Sum){(Int128)number};
}

/* Appends the sum of a whole column of a table. */
static void
append_column(GString *side, const char *function, const Pages *pages, guint column)
{
    g_string_append(side, side->len == 0 ? "=" : "+");
    pages_append_sum(side, function, pages, 0, pages->rows, column);
}

static void
check_payments(Checks *checks)
{
    const Workbook *workbook = checks->workbook;
    const Pages *payments = workbook->payments;
    const SchemeTotals *all = &workbook->totals->all;
    append_column(checks->left, "SUM", payments, PAYMENTS_ENTITLEMENT);
    g_string_append_c(checks->left, '-');
    pages_append_sum(checks->left, "SUM", payments, 0, payments->rows, PAYMENTS_PAID);
    append_column(checks->right, "SUM", payments, PAYMENTS_OWED);
    put_check(checks, "Σ entitlement − Σ paid = Σ owed", "the one formula, over all contracts",
              all->owed, true);
    append_column(checks->left, "SUM", payments, PAYMENTS_ENTITLEMENT);
    put_check(checks, "Σ entitlement is the engine's", "workbook, and the engine's own total",
              all->entitlement, true);
    append_column(checks->left, "SUM", payments, PAYMENTS_OWED);
    put_check(checks, "Σ owed is the engine's", "workbook, and the engine's own total", all->owed,
              true);
    append_column(checks->left, "COUNT", payments, PAYMENTS_CHECK);
    append_column(checks->right, "SUM", payments, PAYMENTS_CHECK);
    put_check(checks, "Payments: engine = workbook", "contracts, and those whose check is TRUE",
              sum_of(payments->rows), false);
    for (guint status = 0; status < STATUS_COUNT; status++) {
        g_string_append(checks->left, status == 0 ? "=" : "+");
        pages_append_if(checks->left, payments, PAYMENTS_STATUS, STATUS_NAMES[status],
                        PAYMENTS_OWED);
    }
    append_column(checks->right, "SUM", payments, PAYMENTS_OWED);
    put_check(checks, "Owed by status = Σ owed", "every contract has one of the statuses",
              all->owed, true);
}

static void
check_scheme(Checks *checks, const SchemeSheet *sheet)
{
    const char *code = sheet->scheme->code;
    guint check = sheet->layout->amount + 2;
    g_autofree char *sums = g_strdup_printf("%s: Σ lines = Σ entitlement", code);
    g_autofree char *lines = g_strdup_printf("%s: engine = workbook", code);
    g_autoptr(GString) meaning = g_string_new("rows worked out again, and those that are TRUE");
    guint64 beyond = sheet->rows->len - sheet->checks;
    if (beyond > 0)
        g_string_append_printf(meaning, "; %" G_GUINT64_FORMAT " not proved: beyond 15 digits%s%s",
                               beyond, sheet->is_summed ? ", or rounded line by line" : "",
                               pages_count(sheet->pages) > 1 ? ", or over two sheets" : "");
    append_column(checks->left, "SUM", sheet->pages, sheet->layout->amount);
    g_string_append_c(checks->right, '=');
    pages_append_sum(checks->right, "SUM", checks->workbook->payments, sheet->first_contract,
                     sheet->contract_count, PAYMENTS_ENTITLEMENT);
    put_check(checks, sums, "the scheme's sheet, and Payments", sheet->amount, true);
    append_column(checks->left, "COUNT", sheet->pages, check);
    append_column(checks->right, "SUM", sheet->pages, check);
    put_check(checks, lines, meaning->str, sum_of(sheet->checks), false);
}

/* What the Summary shows month by month, with what is held, is all there is. */
static void
check_months(Checks *checks)
{
    const Workbook *workbook = checks->workbook;
    MonthTotals months = months_add_up(workbook->result);
    Sum all = months.held;
    if (months.count == 0)
        return;
    for (guint i = 0; i < months.count; i++)
        all.pence += months.months[i].instalments.pence + months.months[i].activity.pence +
                     months.months[i].adjustments.pence;
    append_column(checks->right, "SUM", workbook->payments, PAYMENTS_ENTITLEMENT);
    put_check(checks, "Σ months = Σ entitlement", "the engine's by month and held, and Payments",
              all, true);
}

static void
check_contracts(Checks *checks)
{
    const Workbook *workbook = checks->workbook;
    append_column(checks->left, "COUNT", workbook->contracts, CONTRACTS_CHECK);
    append_column(checks->right, "SUM", workbook->contracts, CONTRACTS_CHECK);
    put_check(checks, "Contracts: engine = workbook",
              "contract values worked out again, and those that are TRUE",
              sum_of(workbook->value_checks), false);
}

static void
check_rows(Checks *checks)
{
    const Workbook *workbook = checks->workbook;
    const Pages *controls = workbook->controls;
    const Totals *totals = workbook->totals;
    append_column(checks->left, "SUM", controls, CONTROLS_ROWS);
    for (guint column = CONTROLS_ACCEPTED; column <= CONTROLS_HELD; column++)
        append_column(checks->right, "SUM", controls, column);
    put_check(checks, "Rows read = Σ states", "accepted, superseded, later, rejected, held",
              sum_of(totals->rows), false);
    g_string_append_c(checks->left, '=');
    pages_append_if(checks->left, controls, CONTROLS_CHECK, "0", -1);
    put_check(checks, "Every file is accounted for", "files without a row left over, and files",
              sum_of(totals->files), false);
    append_column(checks->left, "SUM", controls, CONTROLS_REJECTED);
    g_string_append_c(checks->right, '=');
    pages_append_if(checks->right, workbook->exceptions, EXCEPTIONS_OUTCOME, "rejected",
                    workbook->exception_groups != NULL ? EXCEPTIONS_ROWS : -1);
    put_check(checks, "Every rejected row is listed", "rejected in Controls, and in Exceptions",
              sum_of(totals->states[STATE_REJECTED]), false);
    append_column(checks->left, "SUM", workbook->exceptions, EXCEPTIONS_AT_RISK);
    put_check(checks, "Σ money at risk is the engine's", "Exceptions, and the engine's own total",
              totals->all.exceptions.at_risk, true);
}

/* All of them: the one cell that says it all. */
static void
put_verdict(Checks *checks)
{
    Workbook *workbook = checks->workbook;
    g_autoptr(GString) formula = g_string_new("=MIN(");
    range_append(formula, FIRST_ROW, checks->row - 1, COLUMN_HOLDS);
    g_string_append_c(formula, ')');
    Cell verdict = {.figure = figure_whole(1), .formula = formula->str, .style = STYLE_CHECK};
    put_text(checks, COLUMN_CHECK, "All checks", STYLE_TOTAL);
    for (guint column = COLUMN_MEANING; column < COLUMN_HOLDS; column++)
        put_text(checks, column, "", STYLE_TOTAL);
    cell_write(workbook->book, workbook->checks, checks->row, COLUMN_HOLDS, &verdict);
    workbook->verdict_row = checks->row;
}

static void
begin_sheet(Checks *checks)
{
    static const char *const HEADINGS[COLUMNS] = {"Check", "What is compared", "One side",
                                                  "Other side", "Holds"};
    Workbook *workbook = checks->workbook;
    g_autofree char *title = wording_title("Checks", &workbook->result->pack->period);
    cursor_title(workbook->book, workbook->checks, title,
                 "What must hold, worked out by this workbook. A spreadsheet keeps 15 digits: what "
                 "needs more is the engine's figure alone, and marked.");
    for (guint c = 0; c < COLUMNS; c++)
        layout_width(workbook->book, workbook->checks, c, WIDTHS[c]);
    checks->row = FIRST_ROW - 1;
    for (guint c = 0; c < COLUMNS; c++)
        put_text(checks, c, HEADINGS[c], c < COLUMN_LEFT ? STYLE_HEADING : STYLE_HEADING_RIGHT);
    checks->row = FIRST_ROW;
}

void
workbook_fill_checks(Workbook *workbook)
{
    g_autoptr(GString) left = g_string_new(NULL), right = g_string_new(NULL);
    Checks checks = {workbook, 0, left, right};
    begin_sheet(&checks);
    check_payments(&checks);
    for (guint s = 0; s < workbook->schemes->len; s++)
        check_scheme(&checks, workbook_scheme(workbook, s));
    check_contracts(&checks);
    check_months(&checks);
    check_rows(&checks);
    put_verdict(&checks);
    layout_checks(workbook->book, workbook->checks, FIRST_ROW, checks.row, COLUMN_HOLDS, true);
    layout_freeze(workbook->checks, FIRST_ROW, 1);
    layout_repeat(workbook->book, workbook->checks, FIRST_ROW - 1, FIRST_ROW - 1);
}
