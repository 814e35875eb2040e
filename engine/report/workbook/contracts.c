#include "report/workbook/contracts.h"

#include "sheet/formula.h"

#include "base/poison.h"

/* Days before are no dates in spreadsheets; a spell that ended then is long over. */
#define DAY_FIRST day_of(1900, 3, 1)

const ContractRow *
contract_row(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return &g_array_index(workbook->contract_rows, ContractRow, row->index);
}

const Contract *
contract_row_contract(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return result_contract(workbook->result, contract_row(row)->contract);
}

const Spell *
contract_row_spell(const TableRow *row)
{
    const Workbook *workbook = row->user;
    if (contract_row(row)->spell == CODE_NONE)
        return NULL;
    return contracts_spell(workbook->result->pack->contracts, contract_row_contract(row)->parties,
                           contract_row(row)->spell);
}

const ListSize *
row_list(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return contract_list(workbook->result->pack, contract_row_contract(row));
}

static int
year_of(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return workbook->result->pack->period.year;
}

static const SchemeCells *
cells_of(const TableRow *row)
{
    const Workbook *workbook = row->user;
    guint32 scheme = contract_row_contract(row)->parties->scheme;
    return &g_array_index(workbook->scheme_cells, SchemeCells, scheme);
}

/* Whether no later spell touches the year: without pro-rata the value counts once, with the last.
 */
static bool
is_last_of_year(const TableRow *row)
{
    const Workbook *workbook = row->user;
    const ContractKey *key = contract_row_contract(row)->parties;
    for (guint i = contract_row(row)->spell + 1; i < key->spell_count; i++)
        if (spell_touches_year(contracts_spell(workbook->result->pack->contracts, key, i),
                               year_of(row)))
            return false;
    return true;
}

guint64
contract_row_part(const TableRow *row)
{
    ProRata pro_rata = contract_row_contract(row)->scheme->pro_rata;
    if (pro_rata == PRO_RATA_NONE && !is_last_of_year(row))
        return 0;
    return (guint64)spell_part_of_year(contract_row_spell(row), pro_rata, year_of(row)).counted;
}

guint64
scheme_whole(const Workbook *workbook, const Scheme *scheme)
{
    return (guint64)pro_rata_whole(scheme->pro_rata, workbook->result->pack->period.year);
}

static void
show_scheme(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(contract_row_contract(row)->scheme->code);
}

static void
show_provider(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(contract_row_contract(row)->provider->code);
}

static void
show_name(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(contract_row_contract(row)->provider->in_force->name);
}

static void
show_from(const TableRow *row, Cell *cell)
{
    if (contract_row_spell(row) == NULL)
        return;
    cell->figure = figure_day(contract_row_spell(row)->from);
}

static void
show_to(const TableRow *row, Cell *cell)
{
    if (contract_row_spell(row) == NULL || contract_row_spell(row)->to == DAY_OPEN)
        return;
    cell->figure = figure_day(contract_row_spell(row)->to);
}

/* The later of two days, or the earlier; a cell that is empty or no date takes no part. */
static void
show_counted(const TableRow *row, Cell *cell, const char *function, guint column, Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    g_string_printf(row->scratch, "=%s(%s,DATE(%d,%d,%d))", function, name_at(row, column).text,
                    year, month, of_month);
    cell->formula = row->scratch->str;
}

static void
show_counted_from(const TableRow *row, Cell *cell)
{
    if (contract_row_spell(row) == NULL)
        return;
    Day first = year_first_day(year_of(row));
    show_counted(row, cell, "MAX", CONTRACTS_FROM, first);
    cell->figure = figure_day(MAX(first, contract_row_spell(row)->from));
}

static void
show_counted_to(const TableRow *row, Cell *cell)
{
    if (contract_row_spell(row) == NULL || contract_row_spell(row)->to < DAY_FIRST)
        return;
    Day last = year_last_day(year_of(row));
    show_counted(row, cell, "MIN", CONTRACTS_TO, last);
    cell->figure = figure_day(MIN(last, contract_row_spell(row)->to));
}

static void
show_annual(const TableRow *row, Cell *cell)
{
    if (contract_row_contract(row)->scheme->basis != BASIS_ANNUAL_VALUE ||
        contract_row_spell(row) == NULL)
        return;
    cell->figure = figure_rate(contract_row_spell(row)->annual_value);
}

/* Days, or months whose first day is covered: those up to the end less those before the start. */
static void
show_part(const TableRow *row, Cell *cell)
{
    if (contract_row_spell(row) == NULL)
        return;
    CellName from = name_at(row, CONTRACTS_COUNTED_FROM), to = name_at(row, CONTRACTS_COUNTED_TO);
    ProRata pro_rata = contract_row_contract(row)->scheme->pro_rata;
    cell->figure = figure_whole(contract_row_part(row));
    if (pro_rata == PRO_RATA_NONE || contract_row_spell(row)->to < DAY_FIRST)
        return;
    if (pro_rata == PRO_RATA_DAYS)
        g_string_printf(row->scratch, "=MAX(0,%s-%s+1)", to.text, from.text);
    else
        g_string_printf(row->scratch, "=MAX(0,12*YEAR(%s)+MONTH(%s)-12*YEAR(%s-1)-MONTH(%s-1))",
                        to.text, to.text, from.text, from.text);
    cell->formula = row->scratch->str;
}

static void
show_whole(const TableRow *row, Cell *cell)
{
    if (contract_row(row)->is_first)
        cell->figure = figure_whole(scheme_whole(row->user, contract_row_contract(row)->scheme));
}

static void
show_list_day(const TableRow *row, Cell *cell)
{
    const ListSize *list = row_list(row);
    if (!contract_row(row)->is_first || list == NULL)
        return;
    cell->figure = figure_day(list->as_at);
}

Micros
scheme_list_size(const Scheme *scheme, const ListSize *list)
{
    return scheme_needs_weighted(scheme) ? list->weighted : list->registered * MICROS_PER_UNIT;
}

static void
show_list(const TableRow *row, Cell *cell)
{
    const ListSize *list = row_list(row);
    if (!contract_row(row)->is_first || list == NULL ||
        (scheme_needs_weighted(contract_row_contract(row)->scheme) && !list->has_weighted))
        return;
    *cell = cell_count(scheme_list_size(contract_row_contract(row)->scheme, list));
}

/* A number of the scheme's, from Rules. */
static void
show_rule(const TableRow *row, Cell *cell, guint rules_row, Micros number)
{
    const Workbook *workbook = row->user;
    if (!contract_row(row)->is_first || rules_row == 0)
        return;
    cell->figure = figure_rate(number);
    g_string_assign(row->scratch, "=");
    range_append_cell(row->scratch, workbook->rules, rules_row, RULES_NUMBER);
    cell->formula = row->scratch->str;
}

static void
show_points(const TableRow *row, Cell *cell)
{
    const Scheme *scheme = contract_row_contract(row)->scheme;
    if (scheme->basis == BASIS_PER_POINT)
        show_rule(row, cell, cells_of(row)->points, scheme_points(scheme));
}

static void
show_rate(const TableRow *row, Cell *cell)
{
    show_rule(row, cell, cells_of(row)->value, contract_row_contract(row)->scheme->value);
}

static void
show_average(const TableRow *row, Cell *cell)
{
    show_rule(row, cell, cells_of(row)->average, contract_row_contract(row)->scheme->average_list);
}

/* Whether a contract's value stands on this row. */
static bool
has_value(const TableRow *row)
{
    return contract_row(row)->is_first && contract_row_contract(row)->has_value;
}

static void
show_value(const TableRow *row, Cell *cell)
{
    if (!has_value(row))
        return;
    cell->figure = figure_money(contract_row_contract(row)->value);
    if (contract_value_append(row, row->scratch))
        cell->formula = row->scratch->str;
}

static void
show_engine(const TableRow *row, Cell *cell)
{
    if (has_value(row))
        cell->figure = figure_money(contract_row_contract(row)->value);
}

static void
show_check(const TableRow *row, Cell *cell)
{
    if (!has_value(row))
        return;
    bool is_proved = contract_value_append(row, row->scratch);
    row_show_check(row, cell, CONTRACTS_VALUE, is_proved);
}

static Instalments
instalments_of(const TableRow *row)
{
    const Workbook *workbook = row->user;
    const Pack *pack = workbook->result->pack;
    return contract_instalments(pack, contract_row_contract(row), pack->period.month);
}

static void
show_due(const TableRow *row, Cell *cell)
{
    if (contract_row(row)->is_first)
        cell->figure = figure_whole(instalments_of(row).due);
}

static void
show_all(const TableRow *row, Cell *cell)
{
    if (contract_row(row)->is_first)
        cell->figure = figure_whole(instalments_of(row).all);
}

/* The input rows: of the spell, and on the first row that of the list. */
static void
show_rows(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    const ListSize *list = row_list(row);
    g_string_truncate(row->scratch, 0);
    if (contract_row_spell(row) != NULL)
        append_place(row->scratch, workbook, contract_row_spell(row)->place);
    if (contract_row(row)->is_first && list != NULL) {
        g_string_append(row->scratch, row->scratch->len > 0 ? ", " : "");
        append_place(row->scratch, workbook, list->place);
    }
    cell->figure = figure_text(row->scratch->str);
}

static const TableColumn TABLE_COLUMNS[CONTRACTS_COLUMNS] = {
    [CONTRACTS_SCHEME] = {NULL, "Scheme", STYLE_TEXT, 9, 20, false, show_scheme},
    [CONTRACTS_PROVIDER] = {NULL, "Provider", STYLE_TEXT, 10, 20, false, show_provider},
    [CONTRACTS_NAME] = {NULL, "Name", STYLE_WRAP, 16, 32, false, show_name},
    [CONTRACTS_FROM] = {NULL, "From", STYLE_DAY, 11, 11, false, show_from},
    [CONTRACTS_TO] = {NULL, "To", STYLE_DAY, 11, 11, false, show_to},
    [CONTRACTS_COUNTED_FROM] = {NULL, "Counted\nfrom", STYLE_DAY, 11, 11, false, show_counted_from},
    [CONTRACTS_COUNTED_TO] = {NULL, "Counted\nto", STYLE_DAY, 11, 11, false, show_counted_to},
    [CONTRACTS_ANNUAL] = {NULL, "Annual value", STYLE_RATE, 13, 20, false, show_annual},
    [CONTRACTS_PART] = {NULL, "Days or\nmonths", STYLE_WHOLE, 8, 8, false, show_part},
    [CONTRACTS_WHOLE] = {NULL, "of", STYLE_WHOLE, 5, 5, false, show_whole},
    [CONTRACTS_LIST_DAY] = {NULL, "List as at", STYLE_DAY, 11, 11, false, show_list_day},
    [CONTRACTS_LIST] = {NULL, "List size", STYLE_DECIMAL, 10, 14, false, show_list},
    [CONTRACTS_POINTS] = {NULL, "Points", STYLE_DECIMAL, 8, 12, false, show_points},
    [CONTRACTS_RATE] = {NULL, "£ a patient\nor point", STYLE_RATE, 11, 16, false, show_rate},
    [CONTRACTS_AVERAGE] = {NULL, "Average\nlist", STYLE_DECIMAL, 10, 14, false, show_average},
    [CONTRACTS_VALUE] = {NULL, "Contract value", STYLE_MONEY, 14, 22, true, show_value},
    [CONTRACTS_ENGINE] = {NULL, "Engine", STYLE_ENGINE, 14, 22, false, show_engine},
    [CONTRACTS_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, show_check},
    [CONTRACTS_DUE] = {NULL, "Instalments\ndue", STYLE_WHOLE, 11, 11, false, show_due},
    [CONTRACTS_ALL] = {NULL, "of", STYLE_WHOLE, 5, 5, false, show_all},
    [CONTRACTS_ROWS] = {NULL, "Input rows", STYLE_TEXT, 48, 48, false, show_rows},
};

/* How many values are worked out again. */
static guint64
count_checks(const Workbook *workbook)
{
    g_autoptr(GString) formula = g_string_new(NULL);
    guint64 checks = 0;
    for (guint i = 0; i < workbook->contract_rows->len; i++) {
        TableRow row = {
            .user = workbook, .index = i, .sheet_row = PAGE_FIRST_ROW, .scratch = formula};
        g_string_truncate(formula, 0);
        checks += has_value(&row) && contract_value_append(&row, formula) ? 1 : 0;
    }
    return checks;
}

void
workbook_fill_contracts(Workbook *workbook)
{
    g_autofree char *title = wording_title("Contracts", &workbook->result->pack->period);
    Table table = {
        .pages = workbook->contracts,
        .title = title,
        .note = "How the value of each contract that is paid by achievement comes about: one row "
                "for each spell of participation; the value stands on the contract's first row.",
        .columns = TABLE_COLUMNS,
        .column_count = CONTRACTS_COLUMNS,
        .frozen = CONTRACTS_NAME + 1,
        .printed = CONTRACTS_ROWS,
        .user = workbook,
    };
    workbook->value_checks = count_checks(workbook);
    table_add(workbook->book, &table);
    pages_checks(workbook->book, workbook->contracts, CONTRACTS_CHECK);
}
