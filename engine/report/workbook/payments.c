#include "report/workbook/lines.h"

#include "report/figures/wording.h"

#include "base/poison.h"

static const Workbook *
workbook_of(const TableRow *row)
{
    return row->user;
}

static const Contract *
contract_of(const TableRow *row)
{
    return result_contract(workbook_of(row)->result, (guint)row->index);
}

static const ContractPlace *
place_of_contract(const TableRow *row)
{
    return &g_array_index(workbook_of(row)->places, ContractPlace, row->index);
}

/* The sheet of a contract's scheme. */
static const SchemeSheet *
sheet_of(const TableRow *row)
{
    return workbook_scheme(workbook_of(row), contract_of(row)->parties->scheme);
}

static void
show_scheme(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(contract_of(row)->scheme->code);
}

/* Leads to the contract's lines. */
static void
show_provider(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(contract_of(row)->provider->code);
    if (place_of_contract(row)->row_count == 0)
        return;
    pages_append_link(row->scratch, sheet_of(row)->pages, place_of_contract(row)->first_row);
    cell->link = row->scratch->str;
    cell->style = STYLE_LINK;
}

static void
show_name(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(contract_of(row)->provider->in_force->name);
}

static void
show_payee(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(contract_of(row)->provider->in_force->payee);
}

static void
show_payee_name(const TableRow *row, Cell *cell)
{
    const Result *result = workbook_of(row)->result;
    cell->figure = figure_text(
        wording_payee_name(result->pack->reg, contract_of(row)->provider->in_force->payee));
}

static void
show_value(const TableRow *row, Cell *cell)
{
    if (!contract_of(row)->has_value)
        return;
    cell->figure = figure_money(contract_of(row)->value);
    g_string_assign(row->scratch, "=");
    pages_append_cell(row->scratch, workbook_of(row)->contracts, place_of_contract(row)->value_row,
                      CONTRACTS_VALUE);
    cell->formula = row->scratch->str;
}

static void
show_entitlement(const TableRow *row, Cell *cell)
{
    const ContractPlace *place = place_of_contract(row);
    const SchemeSheet *sheet = sheet_of(row);
    cell->figure = figure_money(contract_of(row)->entitlement);
    if (place->row_count == 0)
        return;
    g_string_assign(row->scratch, "=ROUND(");
    pages_append_sum(row->scratch, "SUM", sheet->pages, place->first_row, place->row_count,
                     sheet->layout->amount);
    g_string_append(row->scratch, ",2)");
    cell->formula = row->scratch->str;
}

static void
show_paid(const TableRow *row, Cell *cell)
{
    cell->figure = figure_money(contract_of(row)->paid);
}

/* One column less another. ROUND takes away what binary fractions leave behind. */
static void
show_difference(const TableRow *row, Cell *cell, guint from, guint less, Money difference)
{
    g_string_printf(row->scratch, "=ROUND(%s-%s,2)", name_at(row, from).text,
                    name_at(row, less).text);
    cell->figure = figure_money(difference);
    cell->formula = row->scratch->str;
}

/* The one formula: entitlement − paid. */
static void
show_owed(const TableRow *row, Cell *cell)
{
    show_difference(row, cell, PAYMENTS_ENTITLEMENT, PAYMENTS_PAID, contract_of(row)->owed);
}

/* What is not of the months before. */
static void
show_current(const TableRow *row, Cell *cell)
{
    show_difference(row, cell, PAYMENTS_OWED, PAYMENTS_PRIOR, contract_of(row)->current);
}

static void
show_engine(const TableRow *row, Cell *cell)
{
    cell->figure = figure_money(contract_of(row)->owed);
}

static void
show_check(const TableRow *row, Cell *cell)
{
    g_string_printf(row->scratch, "=IF(ROUND(%s-%s,2)=0,1,0)", name_at(row, PAYMENTS_OWED).text,
                    name_at(row, PAYMENTS_ENGINE).text);
    cell->figure = figure_whole(1);
    cell->formula = row->scratch->str;
}

static void
show_prior(const TableRow *row, Cell *cell)
{
    cell->figure = figure_money(contract_of(row)->prior);
}

static void
show_status(const TableRow *row, Cell *cell)
{
    static const StyleId STYLES[STATUS_COUNT] = {
        [STATUS_PAY] = STYLE_TEXT,        [STATUS_NIL] = STYLE_MUTED,
        [STATUS_HOLD] = STYLE_HOLD,       [STATUS_CARRY] = STYLE_RECOVER,
        [STATUS_INVOICE] = STYLE_RECOVER,
    };
    Status status = contract_of(row)->status;
    cell->figure = figure_text(STATUS_NAMES[status]);
    cell->style = STYLES[status];
}

static void
show_id(const TableRow *row, Cell *cell)
{
    const Result *result = workbook_of(row)->result;
    g_string_truncate(row->scratch, 0);
    period_append(row->scratch, &result->pack->period);
    g_string_append_printf(row->scratch, "/%s/%s", contract_of(row)->scheme->code,
                           contract_of(row)->provider->code);
    cell->figure = figure_text(row->scratch->str);
}

static const TableColumn TABLE_COLUMNS[PAYMENTS_COLUMNS] = {
    [PAYMENTS_SCHEME] = {NULL, "Scheme", STYLE_TEXT, 11, 30, false, show_scheme},
    [PAYMENTS_PROVIDER] = {NULL, "Provider", STYLE_TEXT, 11, 30, false, show_provider},
    [PAYMENTS_NAME] = {NULL, "Name", STYLE_WRAP, 16, 32, false, show_name},
    [PAYMENTS_PAYEE] = {NULL, "Payee", STYLE_TEXT, 9, 30, false, show_payee},
    [PAYMENTS_PAYEE_NAME] = {NULL, "Name of payee", STYLE_WRAP, 16, 32, false, show_payee_name},
    [PAYMENTS_VALUE] = {NULL, "Contract value", STYLE_MONEY, 14, 26, true, show_value},
    [PAYMENTS_ENTITLEMENT] = {NULL, "Entitlement\nto date", STYLE_MONEY, 14, 26, true,
                              show_entitlement},
    [PAYMENTS_PAID] = {NULL, "Paid to date", STYLE_MONEY, 14, 26, true, show_paid},
    [PAYMENTS_OWED] = {NULL, "Owed", STYLE_MONEY, 14, 26, true, show_owed},
    [PAYMENTS_CURRENT] = {NULL, "Of which\ncurrent", STYLE_MONEY, 14, 26, true, show_current},
    [PAYMENTS_PRIOR] = {NULL, "Of which\nprior", STYLE_MONEY, 14, 26, true, show_prior},
    [PAYMENTS_STATUS] = {NULL, "Status", STYLE_TEXT, 10, 10, false, show_status},
    [PAYMENTS_ENGINE] = {NULL, "Engine:\nowed", STYLE_ENGINE, 14, 26, true, show_engine},
    [PAYMENTS_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, show_check},
    [PAYMENTS_ID] = {NULL, "Payment id", STYLE_TEXT, 16, 34, false, show_id},
};

void
workbook_fill_payments(Workbook *workbook)
{
    const Result *result = workbook->result;
    g_autofree char *title = wording_title("Payments", &result->pack->period);
    Table table = {
        .pages = workbook->payments,
        .title = title,
        .note = "One row a contract. Owed = entitlement to date − paid to date; entitlement is the "
                "sum of the contract's lines, where the provider's code leads. Current is the "
                "run's month, prior the months before it.",
        .columns = TABLE_COLUMNS,
        .column_count = PAYMENTS_COLUMNS,
        .frozen = PAYMENTS_NAME + 1,
        .row_count = result->contracts->len,
        .user = workbook,
    };
    table_add(workbook->book, &table);
    pages_checks(workbook->book, workbook->payments, PAYMENTS_CHECK);
}
