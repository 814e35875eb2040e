/* The sheet Changes: a row a contract, and why it is owed what it is. The causes of a row add up to
 * what Payments says. */
#include "report/workbook/sheets.h"
#include "sheet/formula.h"

#include "base/poison.h"

static gconstpointer
record_of(gpointer user, guint64 index)
{
    Workbook *workbook = user;
    workbook->record.contract = result_contract(workbook->result, (guint)index);
    return &workbook->record;
}

static void
show_cause(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    const ContractCauses *causes = causes_of(workbook->causes, (guint)row->index);
    cell->figure = figure_money(causes->owed[row->column - CHANGES_FIRST]);
}

static void
show_owed(const TableRow *row, Cell *cell)
{
    g_string_printf(row->scratch, "=ROUND(SUM(%s:%s),2)",
                    range_cell(row->sheet_row, CHANGES_FIRST).text,
                    range_cell(row->sheet_row, CHANGES_OWED - 1).text);
    cell->formula = row->scratch->str;
}

static void
show_check(const TableRow *row, Cell *cell)
{
    formula_append_check(row->scratch, range_cell(row->sheet_row, CHANGES_OWED).text,
                         range_cell(row->sheet_row, CHANGES_ENGINE).text);
    cell->figure = figure_whole(1);
    cell->formula = row->scratch->str;
}

#define FIELD(name) &CONTRACT_FIELDS[CONTRACT_##name], NULL
#define CAUSE(name, heading)                                                                       \
    [CHANGES_FIRST + OWED_##name] = {NULL, heading, STYLE_MONEY, 13, 24, true, show_cause}

static const TableColumn TABLE_COLUMNS[] = {
    {FIELD(SCHEME), STYLE_TEXT, 11, 30, false, NULL},
    {FIELD(PROVIDER), STYLE_TEXT, 11, 30, false, NULL},
    {FIELD(NAME), STYLE_WRAP, 16, 32, false, NULL},
    CAUSE(INSTALMENTS, "Instalments\ndue"),
    CAUSE(THIS_MONTH, "This month's\nclaims"),
    CAUSE(LATE, "Late\nclaims"),
    CAUSE(CORRECTED, "Corrected\nclaims"),
    CAUSE(PRICE, "Prices"),
    CAUSE(FACTS, "Facts"),
    CAUSE(ACHIEVEMENT, "Achievement"),
    CAUSE(VALUE, "Values and\nlists"),
    CAUSE(CLAUSES, "Clauses"),
    CAUSE(ADJUSTMENTS, "Adjustments,\npaid before"),
    CAUSE(BROUGHT_FORWARD, "Brought\nforward"),
    CAUSE(DEFERRED, "Left for\nlater"),
    CAUSE(BEFORE, "Held, carried\nbefore"),
    CAUSE(REST, "Rest"),
    [CHANGES_OWED] = {FIELD(OWED), STYLE_MONEY, 14, 26, true, show_owed},
    [CHANGES_ENGINE] = {&CONTRACT_FIELDS[CONTRACT_OWED], "Engine:\nowed", STYLE_ENGINE, 14, 26,
                        true, NULL},
    [CHANGES_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, show_check},
};

void
workbook_fill_changes(Workbook *workbook)
{
    g_autofree char *title = words_title("Why it is owed", &workbook->result->pack->period);
    const Earlier *earlier = workbook->edition->earlier;
    g_autofree char *note = g_strdup_printf(
        "What each contract is owed, by cause: this run's lines beside those of %s.",
        earlier != NULL ? earlier->run : "no run before it in the year");
    Table table = {
        .pages = workbook->changes,
        .title = title,
        .note = note,
        .columns = TABLE_COLUMNS,
        .column_count = G_N_ELEMENTS(TABLE_COLUMNS),
        .frozen = 3,
        .user = workbook,
        .record = record_of,
    };
    table_add(workbook->book, &table);
    pages_checks(workbook->book, workbook->changes, CHANGES_CHECK);
}
