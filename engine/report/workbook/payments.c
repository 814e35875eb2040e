/* The sheet Payments: one row a contract, each amount the formula it comes from. */
#include "report/workbook/contracts.h"
#include "report/workbook/schemes.h"
#include "report/workbook/worked.h"
#include "sheet/formula.h"

#include "base/poison.h"

static gconstpointer
record_of(gpointer user, guint64 index)
{
    Workbook *workbook = user;
    workbook->record.contract = result_contract(workbook->result, (guint)index);
    return &workbook->record;
}

static const Contract *
contract_of(const TableRow *row)
{
    return ((const Record *)row->record)->contract;
}

static const ContractPlace *
place_of_contract(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return &g_array_index(workbook->places, ContractPlace, row->index);
}

/* The sheet of a contract's scheme. */
static const SchemeSheet *
sheet_of(const TableRow *row)
{
    return worked_scheme(row->user, contract_of(row)->parties->scheme);
}

/* Leads to the contract's lines. */
static void
show_provider(const TableRow *row, Cell *cell)
{
    if (place_of_contract(row)->row_count == 0)
        return;
    pages_append_link(row->scratch, sheet_of(row)->pages, place_of_contract(row)->first_row);
    cell->link = row->scratch->str;
    cell->style = STYLE_LINK;
}

static void
show_value(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    if (!contract_of(row)->has_value)
        return;
    g_string_assign(row->scratch, "=");
    pages_append_sum_by(row->scratch, workbook->contracts, CONTRACTS_VALUE, CONTRACTS_KEY,
                        range_cell(row->sheet_row, PAYMENTS_KEY).text);
    cell->formula = row->scratch->str;
}

static void
show_entitlement(const TableRow *row, Cell *cell)
{
    const SchemeSheet *sheet = sheet_of(row);
    if (place_of_contract(row)->row_count == 0)
        return;
    g_string_assign(row->scratch, "=ROUND(");
    pages_append_sum_by(row->scratch, sheet->pages, sheet->layout->amount, sheet->layout->key,
                        range_cell(row->sheet_row, PAYMENTS_KEY).text);
    cell->formula = g_string_append(row->scratch, ",2)")->str;
}

/* Owed = entitlement − paid, the one formula; current is what is not of the months before. ROUND
 * takes away what binary fractions leave behind. */
static void
show_difference(const TableRow *row, Cell *cell)
{
    bool is_owed = row->column == PAYMENTS_OWED;
    guint from = is_owed ? PAYMENTS_ENTITLEMENT : PAYMENTS_OWED;
    guint less = is_owed ? PAYMENTS_PAID : PAYMENTS_PRIOR;
    g_string_printf(row->scratch, "=ROUND(%s-%s,2)", range_cell(row->sheet_row, from).text,
                    range_cell(row->sheet_row, less).text);
    cell->formula = row->scratch->str;
}

static void
show_check(const TableRow *row, Cell *cell)
{
    formula_append_check(row->scratch, range_cell(row->sheet_row, PAYMENTS_OWED).text,
                         range_cell(row->sheet_row, PAYMENTS_ENGINE).text);
    cell->figure = figure_whole(1);
    cell->formula = row->scratch->str;
}

static void
show_status(const TableRow *row, Cell *cell)
{
    static const StyleId STYLES[STATUS_COUNT] = {
        [STATUS_PAY] = STYLE_TEXT,        [STATUS_NIL] = STYLE_MUTED,
        [STATUS_HOLD] = STYLE_HOLD,       [STATUS_CARRY] = STYLE_RECOVER,
        [STATUS_INVOICE] = STYLE_RECOVER,
    };
    cell->style = STYLES[contract_of(row)->status];
}

static void
show_payee(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(workbook_payee_number(row->user, (guint)row->index));
}

static void
show_key(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(row->index + 1);
}

#define FIELD(name) &CONTRACT_FIELDS[CONTRACT_##name], NULL

static const TableColumn TABLE_COLUMNS[] = {
    [PAYMENTS_SCHEME] = {FIELD(SCHEME), STYLE_TEXT, 11, 30, false, NULL},
    {FIELD(PROVIDER), STYLE_TEXT, 11, 30, false, show_provider},
    {FIELD(NAME), STYLE_WRAP, 16, 32, false, NULL},
    {FIELD(PAYEE), STYLE_TEXT, 9, 30, false, NULL},
    {FIELD(PAYEE_NAME), STYLE_WRAP, 16, 32, false, NULL},
    {FIELD(VALUE), STYLE_MONEY, 14, 26, true, show_value},
    [PAYMENTS_ENTITLEMENT] = {FIELD(ENTITLEMENT), STYLE_MONEY, 14, 26, true, show_entitlement},
    [PAYMENTS_PAID] = {FIELD(PAID), STYLE_MONEY, 14, 26, true, NULL},
    [PAYMENTS_OWED] = {FIELD(OWED), STYLE_MONEY, 14, 26, true, show_difference},
    [PAYMENTS_CURRENT] = {FIELD(CURRENT), STYLE_MONEY, 14, 26, true, show_difference},
    [PAYMENTS_PRIOR] = {FIELD(PRIOR), STYLE_MONEY, 14, 26, true, NULL},
    [PAYMENTS_STATUS] = {FIELD(STATUS), STYLE_TEXT, 10, 10, false, show_status},
    [PAYMENTS_ENGINE] = {&CONTRACT_FIELDS[CONTRACT_OWED], "Engine:\nowed", STYLE_ENGINE, 14, 26,
                         true, NULL},
    [PAYMENTS_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, show_check},
    [PAYMENTS_ID] = {FIELD(PAYMENT_ID), STYLE_TEXT, 16, 34, false, NULL},
    [PAYMENTS_TYPE] = {FIELD(TYPE), STYLE_TEXT, 11, 12, false, NULL},
    [PAYMENTS_NETWORK] = {FIELD(NETWORK), STYLE_TEXT, 11, 30, false, NULL},
    [PAYMENTS_PAYEE] = {NULL, "Payee and\nscheme no.", STYLE_WHOLE, 11, 16, false, show_payee},
    [PAYMENTS_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, show_key},
};

void
workbook_fill_payments(Workbook *workbook)
{
    g_autofree char *title = words_title("Payments", &workbook->result->pack->period);
    Table table = {
        .pages = workbook->payments,
        .title = title,
        .note = "One row a contract. Owed = entitlement to date − paid to date; entitlement is the "
                "sum of the contract's lines, where the provider's code leads. Current is the "
                "run's month, prior the months before it. Sorted by contract no. it is as it was.",
        .columns = TABLE_COLUMNS,
        .column_count = G_N_ELEMENTS(TABLE_COLUMNS),
        .frozen = 3,
        .printed = PAYMENTS_PAYEE,
        .user = workbook,
        .record = record_of,
    };
    table_add(workbook->book, &table);
    pages_checks(workbook->book, workbook->payments, PAYMENTS_CHECK);
}
