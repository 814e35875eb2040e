/* The sheet Payees: a row a payee, a column a scheme, and what is to be paid now. A cell is the sum
 * of the rows of Payments that have its number: that of the payee and the scheme. */
#include "report/workbook/sheets.h"
#include "sheet/formula.h"

#include "base/poison.h"

enum { PAYEES_CODE, PAYEES_NAME, PAYEES_NUMBER, PAYEES_FIRST };

/* Behind the schemes' columns, by their number of columns. */
enum { BEHIND_TOTAL, BEHIND_ENGINE, BEHIND_CHECK, BEHIND };

/* More schemes than there are columns of a sheet. */
#define SCHEMES_OF_A_PAYEE 100000

void
workbook_plan_payees(Workbook *workbook)
{
    const Result *result = workbook->result;
    workbook->payees = payees_new(result);
    workbook->payee_of = g_array_new(FALSE, TRUE, sizeof(guint));
    g_array_set_size(workbook->payee_of, result->contracts->len);
    for (guint p = 0; p < workbook->payees->payees->len; p++) {
        const Payee *payee = payees_get(workbook->payees, p);
        for (guint i = 0; i < payee->contract_count; i++) {
            guint contract =
                g_array_index(workbook->payees->contracts, guint, payee->first_contract + i);
            g_array_index(workbook->payee_of, guint, contract) = p;
        }
    }
}

guint64
workbook_payee_number(const Workbook *workbook, guint contract)
{
    const Contract *owed = result_contract(workbook->result, contract);
    guint payee = g_array_index(workbook->payee_of, guint, contract);
    if (owed->status != STATUS_PAY)
        return 0;
    return (guint64)(payee + 1) * SCHEMES_OF_A_PAYEE + owed->parties->scheme + 1;
}

static const Payee *
payee_at(const TableRow *row)
{
    return payees_get(((const Workbook *)row->user)->payees, (guint)row->index);
}

static void
show_code(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(payee_at(row)->code);
}

static void
show_name(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(payee_at(row)->name);
}

static void
show_number(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row->index + 1);
}

/* What is marked pay for a payee: under one scheme, or under all where that is CODE_NONE. */
static Sum
to_pay(const Workbook *workbook, const Payee *payee, guint32 scheme)
{
    Sum sum = {0};
    for (guint i = 0; i < payee->contract_count; i++) {
        const Contract *contract = payee_contract(workbook->payees, workbook->result, payee, i);
        if (contract->status == STATUS_PAY &&
            (scheme == CODE_NONE || contract->parties->scheme == scheme))
            sum_add(&sum, contract->owed);
    }
    return sum;
}

static void
show_scheme(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    guint32 scheme = row->column - PAYEES_FIRST;
    g_autofree char *number = g_strdup_printf(
        "%s*%d+%u", range_cell(row->sheet_row, PAYEES_NUMBER).text, SCHEMES_OF_A_PAYEE, scheme + 1);
    g_string_assign(row->scratch, "=ROUND(");
    pages_append_sum_by(row->scratch, workbook->payments, PAYMENTS_OWED, PAYMENTS_PAYEE, number);
    cell->formula = g_string_append(row->scratch, ",2)")->str;
    cell->figure = figure_sum(to_pay(workbook, payee_at(row), scheme));
}

/* The first column behind the schemes'. */
static guint
behind(const Workbook *workbook)
{
    return PAYEES_FIRST + rules_scheme_count(workbook->result->pack->rules);
}

static void
show_total(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    cell->figure = figure_sum(to_pay(workbook, payee_at(row), CODE_NONE));
    if (row->column != behind(workbook) + BEHIND_TOTAL)
        return;
    g_string_printf(row->scratch, "=ROUND(SUM(%s:%s),2)",
                    range_cell(row->sheet_row, PAYEES_FIRST).text,
                    range_cell(row->sheet_row, row->column - 1).text);
    cell->formula = row->scratch->str;
}

static void
show_check(const TableRow *row, Cell *cell)
{
    guint first = behind(row->user);
    formula_append_check(row->scratch, range_cell(row->sheet_row, first + BEHIND_TOTAL).text,
                         range_cell(row->sheet_row, first + BEHIND_ENGINE).text);
    cell->figure = figure_whole(1);
    cell->formula = row->scratch->str;
}

guint
workbook_payees_column(const Workbook *workbook, bool is_check)
{
    return behind(workbook) + (is_check ? BEHIND_CHECK : BEHIND_TOTAL);
}

void
workbook_fill_payees(Workbook *workbook)
{
    const Rules *rules = workbook->result->pack->rules;
    guint last = behind(workbook);
    g_autofree TableColumn *columns = g_new0(TableColumn, last + BEHIND);
    columns[PAYEES_CODE] = (TableColumn){NULL, "Payee", STYLE_TEXT, 11, 30, false, show_code};
    columns[PAYEES_NAME] = (TableColumn){NULL, "Name", STYLE_WRAP, 28, 40, false, show_name};
    columns[PAYEES_NUMBER] =
        (TableColumn){NULL, "Payee no.", STYLE_WHOLE, 9, 12, false, show_number};
    for (guint i = PAYEES_FIRST; i < last; i++)
        columns[i] = (TableColumn){
            NULL,       rules_scheme(rules, i - PAYEES_FIRST)->code, STYLE_MONEY, 14, 26, true,
            show_scheme};
    columns[last + BEHIND_TOTAL] =
        (TableColumn){NULL, "To pay\nnow", STYLE_MONEY, 14, 26, true, show_total};
    columns[last + BEHIND_ENGINE] =
        (TableColumn){NULL, "Engine:\nto pay", STYLE_ENGINE, 14, 26, true, show_total};
    columns[last + BEHIND_CHECK] =
        (TableColumn){NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, show_check};
    g_autofree char *title = words_title("Payees", &workbook->result->pack->period);
    Table table = {
        .pages = workbook->payee_pages,
        .title = title,
        .note = "What each payee is to be paid now, by scheme: the rows of Payments that are "
                "marked pay.",
        .columns = columns,
        .column_count = last + BEHIND,
        .frozen = PAYEES_FIRST,
        .user = workbook,
    };
    table_add(workbook->book, &table);
    pages_checks(workbook->book, workbook->payee_pages, last + BEHIND_CHECK);
}
