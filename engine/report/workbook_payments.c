#include "report/workbook_sheets.h"

#include "report/table.h"
#include "report/wording.h"

#include "base/poison.h"

/* Columns by number: the formula of owed refers to two of them. */
enum {
    COLUMN_SCHEME,
    COLUMN_PROVIDER,
    COLUMN_NAME,
    COLUMN_PAYEE,
    COLUMN_PAYEE_NAME,
    COLUMN_VALUE,
    COLUMN_ENTITLEMENT,
    COLUMN_PAID,
    COLUMN_OWED,
    COLUMN_CURRENT,
    COLUMN_PRIOR,
    COLUMN_STATUS,
    COLUMN_ID,
    COLUMNS
};

static const Contract *
row_contract(const TableRow *row)
{
    const Result *result = row->user;
    return result_contract(result, (guint)row->index);
}

static void
show_scheme(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, row_contract(row)->scheme->code);
}

static void
show_provider(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, row_contract(row)->provider->code);
}

static void
show_name(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, row_contract(row)->provider->in_force->name);
}

static void
show_payee(const TableRow *row, CellValue *cell)
{
    cell_set_text(cell, row_contract(row)->provider->in_force->payee);
}

static void
show_payee_name(const TableRow *row, CellValue *cell)
{
    const Result *result = row->user;
    cell_set_text(
        cell, wording_payee_name(result->pack->reg, row_contract(row)->provider->in_force->payee));
}

static void
show_value(const TableRow *row, CellValue *cell)
{
    if (row_contract(row)->has_value)
        cell_set_money(cell, row_contract(row)->value);
}

static void
show_entitlement(const TableRow *row, CellValue *cell)
{
    cell_set_money(cell, row_contract(row)->entitlement);
}

static void
show_paid(const TableRow *row, CellValue *cell)
{
    cell_set_money(cell, row_contract(row)->paid);
}

/* The one formula: entitlement − paid. ROUND takes away what binary fractions leave behind. */
static void
show_owed(const TableRow *row, CellValue *cell)
{
    char entitlement[LXW_MAX_CELL_NAME_LENGTH], paid[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(entitlement, row->sheet_row, COLUMN_ENTITLEMENT);
    lxw_rowcol_to_cell(paid, row->sheet_row, COLUMN_PAID);
    g_string_printf(row->scratch, "=ROUND(%s-%s,2)", entitlement, paid);
    cell_set_money(cell, row_contract(row)->owed);
    cell->formula = row->scratch->str;
}

static void
show_current(const TableRow *row, CellValue *cell)
{
    cell_set_money(cell, row_contract(row)->current);
}

static void
show_prior(const TableRow *row, CellValue *cell)
{
    cell_set_money(cell, row_contract(row)->prior);
}

static void
show_status(const TableRow *row, CellValue *cell)
{
    static const StyleId STYLES[STATUS_COUNT] = {
        [STATUS_PAY] = STYLE_TEXT,        [STATUS_NIL] = STYLE_MUTED,
        [STATUS_HOLD] = STYLE_HOLD,       [STATUS_CARRY] = STYLE_RECOVER,
        [STATUS_INVOICE] = STYLE_RECOVER,
    };
    Status status = row_contract(row)->status;
    cell_set_text(cell, STATUS_NAMES[status]);
    cell->style = STYLES[status];
}

static void
show_id(const TableRow *row, CellValue *cell)
{
    const Result *result = row->user;
    g_string_truncate(row->scratch, 0);
    period_append(row->scratch, &result->pack->period);
    g_string_append_printf(row->scratch, "/%s/%s", row_contract(row)->scheme->code,
                           row_contract(row)->provider->code);
    cell_set_text(cell, row->scratch->str);
}

static const TableColumn TABLE_COLUMNS[COLUMNS] = {
    [COLUMN_SCHEME] = {"Scheme", STYLE_TEXT, 11, 30, false, show_scheme},
    [COLUMN_PROVIDER] = {"Provider", STYLE_TEXT, 11, 30, false, show_provider},
    [COLUMN_NAME] = {"Name", STYLE_TEXT, 16, 34, false, show_name},
    [COLUMN_PAYEE] = {"Payee", STYLE_TEXT, 9, 30, false, show_payee},
    [COLUMN_PAYEE_NAME] = {"Name of payee", STYLE_TEXT, 16, 34, false, show_payee_name},
    [COLUMN_VALUE] = {"Contract value", STYLE_MONEY, 14, 26, true, show_value},
    [COLUMN_ENTITLEMENT] = {"Entitlement\nto date", STYLE_MONEY, 14, 26, true, show_entitlement},
    [COLUMN_PAID] = {"Paid to date", STYLE_MONEY, 14, 26, true, show_paid},
    [COLUMN_OWED] = {"Owed", STYLE_MONEY, 14, 26, true, show_owed},
    [COLUMN_CURRENT] = {"Of which\ncurrent", STYLE_MONEY, 14, 26, true, show_current},
    [COLUMN_PRIOR] = {"Of which\nprior", STYLE_MONEY, 14, 26, true, show_prior},
    [COLUMN_STATUS] = {"Status", STYLE_TEXT, 10, 10, false, show_status},
    [COLUMN_ID] = {"Payment id", STYLE_TEXT, 16, 34, false, show_id},
};

void
workbook_add_payments(Book *book, const Result *result)
{
    g_autofree char *title = workbook_title("Payments", &result->pack->period);
    Table table = {
        .name = SHEET_PAYMENTS,
        .is_reserved = true,
        .title = title,
        .note = "One row a contract. Owed = entitlement to date − paid to date; current is the "
                "run's month, prior the months before it. Totals follow the filter.",
        .columns = TABLE_COLUMNS,
        .column_count = COLUMNS,
        .frozen = COLUMN_NAME + 1,
        .row_count = result->contracts->len,
        .user = (gpointer)result,
    };
    table_add(book, &table);
}
