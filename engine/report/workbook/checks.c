/* The sheet Checks: what must hold in the whole workbook, each proved by formulas. */
#include "report/workbook/clausesheet.h"
#include "report/workbook/contracts.h"
#include "report/workbook/potsheet.h"
#include "report/workbook/recoverysheet.h"
#include "report/workbook/schemes.h"
#include "report/workbook/worked.h"
#include "report/workbook/shares.h"
#include "sheet/cursor.h"
#include "sheet/formula.h"
#include "sheet/layout.h"

#include "base/poison.h"

#define FIRST_ROW 4

enum { COLUMN_CHECK, COLUMN_MEANING, COLUMN_LEFT, COLUMN_RIGHT, COLUMNS = CHECKS_HOLDS + 1 };

static const guint WIDTHS[COLUMNS] = {44, 62, 20, 20, 11};

typedef struct {
    const Workbook *workbook;
    Cursor cursor;
    GString *left, *right; /* the two sides of the check being made: formulas, or nothing */
} Checks;

/* Appends to a side the sum, or another function, of a whole column of a table. */
static void
append_column(GString *side, const char *function, const Pages *pages, guint column)
{
    g_string_append(side, side->len == 0 ? "" : "+");
    pages_append_sum(side, function, pages, column);
}

/* A side: its formula, if there is one, and its value. */
static void
put_side(Checks *checks, guint column, GString *side, Figure value)
{
    bool is_count = value.kind == FIGURE_WHOLE;
    bool has_formula = side->len > 0 && value.kind != FIGURE_TEXT; /* which is out of range */
    g_autofree char *formula = g_strdup_printf(is_count ? "=%s" : "=ROUND(%s,2)", side->str);
    cursor_formula(&checks->cursor, column, has_formula ? formula : "", value,
                   is_count ? STYLE_WHOLE : STYLE_MONEY);
    g_string_truncate(side, 0);
}

/* Ends a check whose sides have been put together: both must be equal to the penny. */
static void
put_check(Checks *checks, const char *name, const char *meaning, Figure value)
{
    Cursor *cursor = &checks->cursor;
    g_autoptr(GString) formula = g_string_new(NULL);
    formula_append_check(formula, range_cell(cursor->row, COLUMN_LEFT).text,
                         range_cell(cursor->row, COLUMN_RIGHT).text);
    cursor_text(cursor, COLUMN_CHECK, name, STYLE_WRAP);
    cursor_text(cursor, COLUMN_MEANING, meaning, STYLE_WRAP);
    put_side(checks, COLUMN_LEFT, checks->left, value);
    put_side(checks, COLUMN_RIGHT, checks->right, value);
    cursor_formula(cursor, CHECKS_HOLDS, formula->str, figure_whole(1), STYLE_CHECK);
    cursor->lines = 1; /* rows of this sheet keep their height */
    cursor_next(cursor);
}

/* The checks of a table's rows: how many there are, and how many of them hold. */
static void
put_rows(Checks *checks, const char *name, const char *meaning, const Pages *pages, guint column,
         guint64 count)
{
    append_column(checks->left, "COUNT", pages, column);
    append_column(checks->right, "SUM", pages, column);
    put_check(checks, name, meaning, figure_whole(count));
}

static void
check_payments(Checks *checks)
{
    const Pages *payments = checks->workbook->payments;
    const SchemeTotals *all = &checks->workbook->totals->all;
    append_column(checks->left, "SUM", payments, PAYMENTS_ENTITLEMENT);
    g_string_append_c(checks->left, '-');
    pages_append_sum(checks->left, "SUM", payments, PAYMENTS_PAID);
    append_column(checks->right, "SUM", payments, PAYMENTS_OWED);
    put_check(checks, "Σ entitlement − Σ paid = Σ owed", "the one formula, over all contracts",
              figure_sum(all->owed));
    append_column(checks->left, "SUM", payments, PAYMENTS_ENTITLEMENT);
    put_check(checks, "Σ entitlement is the engine's", "workbook, and the engine's own total",
              figure_sum(all->entitlement));
    append_column(checks->left, "SUM", payments, PAYMENTS_OWED);
    put_check(checks, "Σ owed is the engine's", "workbook, and the engine's own total",
              figure_sum(all->owed));
    put_rows(checks, "Payments: engine = workbook", "contracts, and those whose check is TRUE",
             payments, PAYMENTS_CHECK, payments->rows);
    for (guint status = 0; status < STATUS_COUNT; status++) {
        g_string_append(checks->left, status == 0 ? "" : "+");
        pages_append_if(checks->left, payments, PAYMENTS_STATUS, STATUS_NAMES[status],
                        PAYMENTS_OWED);
    }
    append_column(checks->right, "SUM", payments, PAYMENTS_OWED);
    put_check(checks, "Owed by status = Σ owed", "every contract has one of the statuses",
              figure_sum(all->owed));
}

static void
check_payees(Checks *checks)
{
    const Workbook *workbook = checks->workbook;
    append_column(checks->left, "SUM", workbook->payee_pages,
                  workbook_payees_column(workbook, false));
    pages_append_if(checks->right, workbook->payments, PAYMENTS_STATUS, STATUS_NAMES[STATUS_PAY],
                    PAYMENTS_OWED);
    put_check(checks, "Σ payees = Σ to pay", "what Payees divides, and what Payments marks pay",
              figure_sum(workbook->totals->all.status_owed[STATUS_PAY]));
    put_rows(checks, "Payees: engine = workbook", "payees, and those whose check is TRUE",
             workbook->payee_pages, workbook_payees_column(workbook, true),
             workbook->payee_pages->rows);
}

static void
check_changes(Checks *checks)
{
    const Workbook *workbook = checks->workbook;
    append_column(checks->left, "SUM", workbook->changes, CHANGES_OWED);
    append_column(checks->right, "SUM", workbook->payments, PAYMENTS_OWED);
    put_check(checks, "Σ causes = Σ owed", "what Changes divides, and Payments",
              figure_sum(workbook->totals->all.owed));
    put_rows(checks, "Changes: engine = workbook", "contracts, and those whose check is TRUE",
             workbook->changes, CHANGES_CHECK, workbook->changes->rows);
}

static void
check_scheme(Checks *checks, const SchemeSheet *sheet)
{
    const char *code = sheet->scheme->code;
    g_autofree char *sums = g_strdup_printf("%s: Σ lines = Σ entitlement", code);
    g_autofree char *quoted = g_strconcat("\"", code, "\"", NULL);
    g_autofree char *lines = g_strdup_printf("%s: engine = workbook", code);
    g_autoptr(GString) meaning = g_string_new("rows worked out again, and those that are TRUE");
    guint64 beyond = sheet->rows->len - sheet->checks;
    if (beyond > 0)
        g_string_append_printf(meaning, "; %" G_GUINT64_FORMAT " not proved: beyond 15 digits%s",
                               beyond, sheet->is_summed ? ", or rounded line by line" : "");
    append_column(checks->left, "SUM", sheet->pages, sheet->layout->amount);
    /* A code holds no quotation mark. */
    pages_append_sum_of(checks->right, checks->workbook->payments, PAYMENTS_ENTITLEMENT,
                        PAYMENTS_SCHEME, quoted);
    put_check(checks, sums, "the scheme's sheet, and Payments", figure_sum(sheet->amount));
    put_rows(checks, lines, meaning->str, sheet->pages, sheet->layout->amount + 2, sheet->checks);
}

/* The sheets that are there only where something stands on them. */
static void
check_more(Checks *checks)
{
    const Workbook *workbook = checks->workbook;
    const struct {
        const Pages *pages;
        const char *name, *meaning;
        guint column;
        guint64 count;
    } rows[] = {
        {workbook->shares, "Shares: engine = workbook",
         "shares of values worked out again, and those that are TRUE", SHARES_CHECK,
         workbook->share_checks},
        {workbook->clauses, "Clauses: engine = workbook",
         "effects of clauses worked out again, and those that are TRUE", clausesheet_checks(),
         workbook->clause_checks},
        {workbook->pots, "Pots: engine = workbook",
         "shares of pots worked out again, and those that are TRUE", potsheet_checks(),
         workbook->pot_checks},
        {workbook->recoveries, "Recoveries: engine = workbook",
         "what is left for later runs, and what is TRUE of it", recoverysheet_checks(),
         workbook->recovery_rows->len},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].pages != NULL)
            put_rows(checks, rows[i].name, rows[i].meaning, rows[i].pages, rows[i].column,
                     rows[i].count);
}

/* What the Summary shows month by month, with what is held, is all there is. */
static void
check_months(Checks *checks)
{
    const MonthTotals *months = &checks->workbook->months;
    Sum all = months->held;
    if (months->count == 0)
        return;
    for (guint part = 0; part < MONTH_PARTS; part++)
        all.pence += months->all[part].pence;
    append_column(checks->right, "SUM", checks->workbook->payments, PAYMENTS_ENTITLEMENT);
    put_check(checks, "Σ months = Σ entitlement", "the engine's by month and held, and Payments",
              figure_sum(all));
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
              figure_whole(totals->rows));
    pages_append_if(checks->left, controls, CONTROLS_LEFT, "0", -1);
    put_check(checks, "Every file is accounted for", "files without a row left over, and files",
              figure_whole(totals->files));
    append_column(checks->left, "SUM", controls, CONTROLS_REJECTED);
    pages_append_if(checks->right, workbook->exceptions, EXCEPTIONS_OUTCOME, "rejected",
                    workbook->exception_groups != NULL ? EXCEPTIONS_COUNT : -1);
    put_check(checks, "Every rejected row is listed", "rejected in Controls, and in Exceptions",
              figure_whole(totals->states[STATE_REJECTED]));
    append_column(checks->left, "SUM", workbook->exceptions, EXCEPTIONS_AT_RISK);
    put_check(checks, "Σ money at risk is the engine's", "Exceptions, and the engine's own total",
              figure_sum(totals->all.exceptions.at_risk));
}

/* All of them: the one cell that says it all. */
static void
put_verdict(Cursor *cursor)
{
    g_autoptr(GString) formula = g_string_new("=MIN(");
    range_append(formula, FIRST_ROW, cursor->row - 1, CHECKS_HOLDS);
    g_string_append_c(formula, ')');
    cursor_text(cursor, COLUMN_CHECK, "All checks", STYLE_TOTAL);
    cursor_fill(cursor, COLUMN_MEANING, CHECKS_HOLDS - 1, STYLE_TOTAL);
    cursor_formula(cursor, CHECKS_HOLDS, formula->str, figure_whole(1), STYLE_CHECK);
}

void
workbook_fill_checks(Workbook *workbook)
{
    static const char *const HEADINGS[COLUMNS] = {"Check", "What is compared", "One side",
                                                  "Other side", "Holds"};
    Book *book = workbook->book;
    Sheet *sheet = workbook->checks;
    g_autofree char *title = words_title("Checks", &workbook->result->pack->period);
    g_autoptr(GString) left = g_string_new(NULL), right = g_string_new(NULL);
    cursor_title(book, sheet, title,
                 "What must hold, worked out by this workbook. A spreadsheet keeps 15 digits: what "
                 "needs more is the engine's figure alone, and marked.");
    Checks checks = {workbook, cursor_new(book, sheet, FIRST_ROW - 1, WIDTHS, COLUMNS), left,
                     right};
    cursor_headings(&checks.cursor, HEADINGS, COLUMNS, COLUMN_LEFT);
    check_payments(&checks);
    check_payees(&checks);
    check_changes(&checks);
    for (guint s = 0; s < workbook->schemes->len; s++)
        check_scheme(&checks, worked_scheme(workbook, s));
    put_rows(&checks, "Contracts: engine = workbook",
             "contract values worked out again, and those that are TRUE", workbook->contracts,
             CONTRACTS_CHECK, workbook->value_checks);
    check_more(&checks);
    check_months(&checks);
    check_rows(&checks);
    put_verdict(&checks.cursor);
    workbook->verdict_row = checks.cursor.row;
    layout_checks(book, sheet, FIRST_ROW, workbook->verdict_row, CHECKS_HOLDS, true);
    layout_freeze(sheet, FIRST_ROW, 1);
    layout_repeat(book, sheet, FIRST_ROW - 1, FIRST_ROW - 1);
}
