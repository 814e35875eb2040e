#include "report/workbook/recoverysheet.h"

#include "report/workbook/lines.h"
#include "report/workbook/places.h"
#include "report/workbook/schemes.h"

#include "base/poison.h"

enum {
    RECOVERIES_SCHEME,
    RECOVERIES_PROVIDER,
    RECOVERIES_NAME,
    RECOVERIES_REASON,
    RECOVERIES_AUTHORISED,
    RECOVERIES_ENTITLED,
    RECOVERIES_PAID,
    RECOVERIES_OWED,
    RECOVERIES_MONTHLY,
    RECOVERIES_DEFERRED,
    RECOVERIES_ENGINE,
    RECOVERIES_CHECK,
    RECOVERIES_ROW,
    RECOVERIES_KEY,
    COLUMNS
};

/* A row being worked out. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const Line *line;
} Deferring;

guint
recoverysheet_checks(void)
{
    return RECOVERIES_CHECK;
}

void
recoverysheet_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->lines->len; i++)
        if (result_line(result, i)->kind == LINE_DEFERRED)
            g_array_append_val(workbook->recovery_rows, i);
}

const char *
recoverysheet_deferred(const WorkedRow *worked, guint key)
{
    return worked_sum_by(worked, worked->workbook->recoveries, RECOVERIES_DEFERRED, RECOVERIES_KEY,
                         key);
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Deferring *at = user;
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    Workbook *workbook = worked->workbook;
    const Pack *pack = workbook->result->pack;
    const Line *line =
        result_line(workbook->result, g_array_index(workbook->recovery_rows, guint, index));
    const Contract *contract = result_contract(workbook->result, line->contract);
    const Decision *recovery =
        decisions_in(pack->decisions->recoveries, contract->key, pack->period.month);
    const SchemeSheet *sheet = worked_scheme(workbook, contract->parties->scheme);
    Money entitled = {contract->entitlement.pence - line->amount.pence};
    Money owed = {contract->owed.pence - line->amount.pence}; /* as it was before */
    worked_begin(worked, workbook->recoveries, index);
    worked->record.contract = contract;
    at->line = line;
    PagesCriterion others[] = {{sheet->layout->key, worked_cell(worked, RECOVERIES_KEY)},
                               {LINE_KIND_COLUMN, "\"<>deferred\""}};
    worked_set(worked, RECOVERIES_REASON, figure_text(recovery->reason), NULL);
    worked_set(worked, RECOVERIES_AUTHORISED, figure_text(recovery->authorised_by), NULL);
    worked_set(worked, RECOVERIES_ENTITLED, figure_money(entitled),
               formula_print(room, "=ROUND(%s,2)",
                             worked_sum_where(worked, sheet->pages, sheet->layout->amount + 1,
                                              others, G_N_ELEMENTS(others))));
    worked_same(
        worked, RECOVERIES_PAID, figure_money(contract->paid),
        worked_sum_by(worked, workbook->payments, PAYMENTS_PAID, PAYMENTS_KEY, RECOVERIES_KEY));
    worked_set(worked, RECOVERIES_OWED, figure_money(owed),
               formula_print(room, "=ROUND(%s-%s,2)", worked_cell(worked, RECOVERIES_ENTITLED),
                             worked_cell(worked, RECOVERIES_PAID)));
    worked_set(worked, RECOVERIES_MONTHLY, figure_money(recovery->monthly), NULL);
    worked_amount(worked, RECOVERIES_DEFERRED, line->amount,
                  formula_print(room, "=MAX(0,ROUND(-%s-%s,2))",
                                worked_cell(worked, RECOVERIES_OWED),
                                worked_cell(worked, RECOVERIES_MONTHLY)));
    worked_set(worked, RECOVERIES_KEY, figure_whole((guint64)line->contract + 1), NULL);
    return at;
}

static void
show_place(const TableRow *row, Cell *cell)
{
    const Deferring *at = row->record;
    places_append(row->scratch, at->worked.workbook, at->line->place);
    cell->figure = figure_text(row->scratch->str);
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
static const TableColumn TABLE_COLUMNS[COLUMNS] = {
    [RECOVERIES_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [RECOVERIES_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [RECOVERIES_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [RECOVERIES_REASON] = {NULL, "Reason", STYLE_WRAP, 14, 36, false, worked_show},
    [RECOVERIES_AUTHORISED] = {NULL, "Authorised by", STYLE_WRAP, 12, 24, false, worked_show},
    [RECOVERIES_ENTITLED] = {NULL, "Entitlement\nbefore", STYLE_MONEY, 13, 22, true, worked_show},
    [RECOVERIES_PAID] = {NULL, "Paid\nto date", STYLE_MONEY, 13, 22, true, worked_show},
    [RECOVERIES_OWED] = {NULL, "Owed\nbefore", STYLE_MONEY, 13, 22, true, worked_show},
    [RECOVERIES_MONTHLY] = {NULL, "Paid back\nin a run", STYLE_MONEY, 13, 22, false, worked_show},
    [RECOVERIES_DEFERRED] = {NULL, "Left for\nlater runs", STYLE_MONEY, 13, 22, true, worked_show},
    [RECOVERIES_ENGINE] = {NULL, "Engine", STYLE_ENGINE, 13, 22, true, worked_show},
    [RECOVERIES_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false,
                          worked_show_check},
    [RECOVERIES_ROW] = {NULL, "Input row", STYLE_TEXT, 24, 48, false, show_place},
    [RECOVERIES_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(COLUMNS <= WORKED_COLUMNS);

void
recoverysheet_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Recoveries", &workbook->result->pack->period);
    Deferring at = {.line = NULL};
    Table table = {
        .pages = workbook->recoveries,
        .title = title,
        .note = "Debts that a person agreed to have paid back in parts: what is owed back beyond "
                "the part of this run is left for later ones.",
        .columns = TABLE_COLUMNS,
        .column_count = COLUMNS,
        .frozen = RECOVERIES_NAME + 1,
        .user = &at,
        .record = work_row,
    };
    if (workbook->recoveries == NULL)
        return;
    worked_init(&at.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&at.worked);
    pages_checks(workbook->book, workbook->recoveries, RECOVERIES_CHECK);
}
