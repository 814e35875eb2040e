#include "report/workbook/contracts.h"

#include "pay/value.h"
#include "report/workbook/places.h"
#include "report/workbook/shares.h"
#include "report/workbook/worked.h"

#include "base/poison.h"

/* Days before are no dates in spreadsheets; a spell that ended then is long over. */
#define DAY_FIRST day_of(1900, 3, 1)

/* A row of the sheet. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const ContractRow *row;
    const Spell *spell;   /* NULL: none */
    const ListSize *list; /* that its contract's value is worked out from, or NULL */
} SpellRow;

void
contracts_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        guint spells = contract->parties->spell_count;
        if (contract->scheme->payment != PAYMENT_ACHIEVEMENT)
            continue;
        ContractRow row = {i, spells > 0 ? 0 : CODE_NONE, true, MAX(spells, 1), false};
        g_array_append_val(workbook->contract_rows, row);
        for (row.spell = 1, row.is_first = false; row.spell < spells; row.spell++)
            g_array_append_val(workbook->contract_rows, row);
    }
}

Micros
contracts_points(const Scheme *scheme)
{
    Fraction points = scheme->points;
    if (!fraction_is_valid(points) || MICROS_PER_UNIT % points.den != 0)
        return 0;
    return (Micros)(points.num * (MICROS_PER_UNIT / points.den));
}

/* The later of two days, or the earlier; a cell that is empty or no date takes no part. */
static const char *
counted(const WorkedRow *worked, const char *function, guint column, Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    return formula_print(worked->room, "=%s(%s,DATE(%d,%d,%d))", function,
                         worked_cell(worked, column), year, month, of_month);
}

/* How much of the year a spell counts for. Without pro-rata the value counts once, with the last
 * spell that touches the year. */
static int
part_of_year(const SpellRow *row, guint32 number)
{
    const Pack *pack = row->worked.record.result->pack;
    const ContractKey *key = row->worked.record.contract->parties;
    ProRata pro_rata = row->worked.record.contract->scheme->pro_rata;
    for (guint32 i = number + 1; pro_rata == PRO_RATA_NONE && i < key->spell_count; i++)
        if (spell_touches_year(contracts_spell(pack->contracts, key, i), pack->period.year))
            return 0;
    return spell_part_of_year(contracts_spell(pack->contracts, key, number), pro_rata,
                              pack->period.year)
        .counted;
}

/* Days, or months whose first day is covered: those up to the end less those before the start. */
static const char *
part_formula(const SpellRow *row)
{
    const WorkedRow *worked = &row->worked;
    const char *from = worked_cell(worked, CONTRACTS_COUNTED_FROM);
    const char *to = worked_cell(worked, CONTRACTS_COUNTED_TO);
    ProRata pro_rata = worked->record.contract->scheme->pro_rata;
    if (pro_rata == PRO_RATA_NONE || row->spell->to < DAY_FIRST)
        return NULL;
    if (pro_rata == PRO_RATA_DAYS)
        return formula_print(worked->room, "=MAX(0,%s-%s+1)", to, from);
    return formula_print(worked->room, "=MAX(0,12*YEAR(%s)+MONTH(%s)-12*YEAR(%s-1)-MONTH(%s-1))",
                         to, to, from, from);
}

/* What is about one spell. */
static void
work_spell(SpellRow *row)
{
    WorkedRow *worked = &row->worked;
    const Spell *spell = row->spell;
    int year = worked->record.result->pack->period.year;
    Day first = year_first_day(year), last = year_last_day(year);
    worked_set(worked, CONTRACTS_FROM, figure_day(spell->from), NULL);
    worked_set(worked, CONTRACTS_TO, figure_day(spell->to), NULL);
    worked_set(worked, CONTRACTS_COUNTED_FROM, figure_day(MAX(first, spell->from)),
               counted(worked, "MAX", CONTRACTS_FROM, first));
    if (spell->to >= DAY_FIRST)
        worked_set(worked, CONTRACTS_COUNTED_TO, figure_day(MIN(last, spell->to)),
                   counted(worked, "MIN", CONTRACTS_TO, last));
    if (worked->record.contract->scheme->basis == BASIS_ANNUAL_VALUE)
        worked_set(worked, CONTRACTS_ANNUAL, figure_rate(spell->annual_value), NULL);
    worked_set(worked, CONTRACTS_PART, figure_whole((guint64)part_of_year(row, row->row->spell)),
               part_formula(row));
}

/* Whether one list stands for all spells of the contract. */
static bool
has_one_list(const Pack *pack, const Contract *contract)
{
    return !scheme_needs_list(contract->scheme) || !contract_has_own_days(pack, contract);
}

/* Whether the points of a contract are its own: points × factor. */
static bool
has_own_points(const Result *result, const Contract *contract)
{
    return contract->touches_year && contract->has_value &&
           shares_has_factors(result->pack->rules, contract->scheme);
}

/* A number of the scheme's, from Rules. */
static void
set_rule(WorkedRow *worked, guint column, guint rules_row, Micros number)
{
    if (rules_row > 0)
        worked_same(worked, column, figure_rate(number),
                    worked_rule(worked, rules_row, RULES_NUMBER));
}

static Micros
list_size(const Scheme *scheme, const ListSize *list)
{
    return scheme_needs_weighted(scheme) ? list->weighted : list->registered * MICROS_PER_UNIT;
}

/* The list, on the first row of the contract; where each spell has one, on that of the spell. */
static void
work_list(SpellRow *row)
{
    WorkedRow *worked = &row->worked;
    const Scheme *scheme = worked->record.contract->scheme;
    if (row->list == NULL)
        return;
    worked_set(worked, CONTRACTS_LIST_DAY, figure_day(row->list->as_at), NULL);
    worked_set(worked, CONTRACTS_LIST, figure_count(list_size(scheme, row->list)), NULL);
}

/* What the value rests on, beside the spells. */
static void
work_terms(SpellRow *row)
{
    WorkedRow *worked = &row->worked;
    const Pack *pack = worked->record.result->pack;
    const Contract *contract = worked->record.contract;
    const Scheme *scheme = contract->scheme;
    const SchemeCells *cells =
        &g_array_index(worked->workbook->scheme_cells, SchemeCells, contract->parties->scheme);
    Instalments instalments = contract_instalments(pack, contract, pack->period.month);
    int whole = pro_rata_whole(scheme->pro_rata, pack->period.year);
    worked_set(worked, CONTRACTS_WHOLE, figure_whole((guint64)whole), NULL);
    if (scheme->basis == BASIS_PER_POINT && has_own_points(worked->record.result, contract))
        worked_same(worked, CONTRACTS_POINTS, figure_fraction(contract_points(pack, contract)),
                    shares_weight(worked, CONTRACTS_KEY));
    else if (scheme->basis == BASIS_PER_POINT)
        set_rule(worked, CONTRACTS_POINTS, cells->points, contracts_points(scheme));
    set_rule(worked, CONTRACTS_RATE, cells->value, scheme->value);
    set_rule(worked, CONTRACTS_AVERAGE, cells->average, scheme->average_list);
    worked_set(worked, CONTRACTS_DUE, figure_whole(instalments.due), NULL);
    worked_set(worked, CONTRACTS_ALL, figure_whole(instalments.all), NULL);
}

/* The products of a column (annual values, or lists) and the part of the year, added up over the
 * spells of the contract, wherever their rows stand. */
static const char *
column_by_part(const WorkedRow *worked, guint column, guint decimals)
{
    const Pages *pages = worked->workbook->contracts;
    const char *key = worked_cell(worked, CONTRACTS_KEY);
    g_autoptr(GString) sum = g_string_new("(");
    for (guint page = 0; page < pages_count(pages); page++) {
        g_autoptr(GString) numbers = g_string_new(NULL);
        g_string_append(sum, page > 0 ? "+SUMPRODUCT((" : "SUMPRODUCT((");
        pages_append_column(sum, pages, page, CONTRACTS_KEY);
        pages_append_column(numbers, pages, page, column);
        g_string_append_printf(sum, "=%s)*%s*", key,
                               term_micros(worked->room, numbers->str, 0, decimals).text);
        pages_append_column(sum, pages, page, CONTRACTS_PART);
        g_string_append_c(sum, ')');
    }
    return g_string_chunk_insert(worked->room, g_string_append_c(sum, ')')->str);
}

/* What a spell has in a column: its annual value, or its list; 1 where only its part counts. */
static Micros
number_of_spell(const SpellRow *row, guint32 number, guint column)
{
    const Contract *contract = row->worked.record.contract;
    const Pack *pack = row->worked.record.result->pack;
    const Spell *spell = contracts_spell(pack->contracts, contract->parties, number);
    if (column == CONTRACTS_ANNUAL)
        return spell->annual_value;
    if (column == CONTRACTS_PART)
        return 1;
    const ListSize *list = spell_list(pack, contract, spell);
    return list != NULL ? list_size(contract->scheme, list) : 0;
}

/* The parts of the year, or annual values or lists by part, added up over the spells of the
 * contract. One spell alone, as nearly all have, needs no other row. */
static Term
spells_term(const SpellRow *row, guint column)
{
    const WorkedRow *worked = &row->worked;
    const ContractKey *key = worked->record.contract->parties;
    const char *part = worked_cell(worked, CONTRACTS_PART);
    const char *number = worked_cell(worked, column);
    bool is_part = column == CONTRACTS_PART;
    guint decimals = 0;
    Int128 sum = 0;
    for (guint32 i = 0; !is_part && i < key->spell_count; i++)
        decimals = MAX(decimals, term_decimals(number_of_spell(row, i, column)));
    for (guint32 i = 0; i < key->spell_count; i++)
        sum += (is_part ? 1 : term_whole(number_of_spell(row, i, column), decimals)) *
               part_of_year(row, i);
    if (row->row->rows > 1)
        return (Term){is_part ? worked_sum_by(worked, worked->workbook->contracts, CONTRACTS_PART,
                                              CONTRACTS_KEY, CONTRACTS_KEY)
                              : column_by_part(worked, column, decimals),
                      sum, decimals};
    return (Term){is_part
                      ? part
                      : formula_print(worked->room, "%s*%s",
                                      term_micros(worked->room, number, 0, decimals).text, part),
                  sum, decimals};
}

static Term
micros_of(const WorkedRow *worked, guint column, Micros number)
{
    return term_micros(worked->room, worked_cell(worked, column), number, term_decimals(number));
}

/* The points of a contract, of which a group counts once. */
static Term
points_term(const WorkedRow *worked)
{
    const Contract *contract = worked->record.contract;
    const Pack *pack = worked->record.result->pack;
    if (!has_own_points(worked->record.result, contract))
        return micros_of(worked, CONTRACTS_POINTS, contracts_points(contract->scheme));
    return term_fraction(worked->room, worked_cell(worked, CONTRACTS_POINTS),
                         contract_points(pack, contract), shares_decimals(pack, contract));
}

/* The formula of a contract's value, for its first row; NULL where it is not exact. */
static const char *
value_formula(const SpellRow *row)
{
    const WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Contract *contract = worked->record.contract;
    const Scheme *scheme = contract->scheme;
    bool is_annual = scheme->basis == BASIS_ANNUAL_VALUE;
    bool has_lists = !has_one_list(worked->record.result->pack, contract);
    bool has_list = has_lists || row->list != NULL;
    int whole = pro_rata_whole(scheme->pro_rata, worked->record.result->pack->period.year);
    Term above = spells_term(row, is_annual   ? CONTRACTS_ANNUAL
                                  : has_lists ? CONTRACTS_LIST
                                              : CONTRACTS_PART);
    Term below = term_count(worked_cell(worked, CONTRACTS_WHOLE), whole);
    Term rate = term_one(room, 0);
    bool is_long = has_lists || has_own_points(worked->record.result, contract);
    if (scheme->basis == BASIS_PER_POINT)
        rate = points_term(worked);
    if (!is_annual && scheme->basis != BASIS_PER_POINT)
        rate = micros_of(worked, CONTRACTS_RATE, scheme->value);
    else if (!is_annual)
        rate = term_times(room, rate, micros_of(worked, CONTRACTS_RATE, scheme->value));
    if (has_list && scheme->average_list > 0)
        below = term_times(room, below, micros_of(worked, CONTRACTS_AVERAGE, scheme->average_list));
    Term list = {NULL, 1, 0};
    if (has_list && !has_lists)
        list = micros_of(worked, CONTRACTS_LIST, list_size(scheme, row->list));
    if (is_long) /* factors have many decimals */
        return formula_long_pounds(room, list.text != NULL ? term_times(room, above, list) : above,
                                   rate, below, scheme->rounding);
    if (!is_annual)
        above = term_times(room, above, rate);
    if (list.text != NULL)
        above = term_times(room, above, list);
    term_settle(room, &above, &below);
    return formula_pounds(room, above, below, scheme->rounding);
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    SpellRow *row = user;
    WorkedRow *worked = &row->worked;
    ContractRow *about = &g_array_index(worked->workbook->contract_rows, ContractRow, index);
    const Pack *pack = worked->record.result->pack;
    const Contract *contract = result_contract(worked->record.result, about->contract);
    worked_begin(worked, worked->workbook->contracts, index);
    worked->record.contract = contract;
    row->row = about;
    row->spell = about->spell == CODE_NONE
                     ? NULL
                     : contracts_spell(pack->contracts, contract->parties, about->spell);
    row->list = has_one_list(pack, contract) ? contract_list(pack, contract)
                : row->spell != NULL         ? spell_list(pack, contract, row->spell)
                                             : NULL;
    if (row->spell != NULL)
        work_spell(row);
    if (about->is_first || !has_one_list(pack, contract))
        work_list(row);
    if (about->is_first)
        work_terms(row);
    if (about->is_first && contract->has_value)
        worked_amount(worked, CONTRACTS_VALUE, contract->value, value_formula(row));
    about->is_proved = worked->cells[CONTRACTS_VALUE].formula != NULL;
    return row;
}

/* The input rows: of the spell, and on the first row that of the list. */
static void
show_rows(const TableRow *row, Cell *cell)
{
    const SpellRow *about = row->record;
    if (about->spell != NULL)
        places_append(row->scratch, about->worked.workbook, about->spell->place);
    if (about->row->is_first && about->list != NULL) {
        g_string_append(row->scratch, row->scratch->len > 0 ? ", " : "");
        places_append(row->scratch, about->worked.workbook, about->list->place);
    }
    cell->figure = figure_text(row->scratch->str);
}

static void
show_key(const TableRow *row, Cell *cell)
{
    const SpellRow *about = row->record;
    cell->figure = figure_whole((guint64)about->row->contract + 1);
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
static const TableColumn TABLE_COLUMNS[CONTRACTS_COLUMNS] = {
    [CONTRACTS_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [CONTRACTS_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [CONTRACTS_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [CONTRACTS_FROM] = {NULL, "From", STYLE_DAY, 11, 11, false, worked_show},
    [CONTRACTS_TO] = {NULL, "To", STYLE_DAY, 11, 11, false, worked_show},
    [CONTRACTS_COUNTED_FROM] = {NULL, "Counted\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    [CONTRACTS_COUNTED_TO] = {NULL, "Counted\nto", STYLE_DAY, 11, 11, false, worked_show},
    [CONTRACTS_ANNUAL] = {NULL, "Annual value", STYLE_RATE, 13, 20, false, worked_show},
    [CONTRACTS_PART] = {NULL, "Days or\nmonths", STYLE_WHOLE, 8, 8, false, worked_show},
    [CONTRACTS_WHOLE] = {NULL, "of so\nmany", STYLE_WHOLE, 5, 5, false, worked_show},
    [CONTRACTS_LIST_DAY] = {NULL, "List as at", STYLE_DAY, 11, 11, false, worked_show},
    [CONTRACTS_LIST] = {NULL, "List size", STYLE_DECIMAL, 10, 14, false, worked_show},
    [CONTRACTS_POINTS] = {NULL, "Points", STYLE_DECIMAL, 8, 12, false, worked_show},
    [CONTRACTS_RATE] = {NULL, "£ a patient\nor point", STYLE_RATE, 11, 16, false, worked_show},
    [CONTRACTS_AVERAGE] = {NULL, "Average\nlist", STYLE_DECIMAL, 10, 14, false, worked_show},
    [CONTRACTS_VALUE] = {NULL, "Contract value", STYLE_MONEY, 14, 22, true, worked_show},
    [CONTRACTS_ENGINE] = {NULL, "Engine", STYLE_ENGINE, 14, 22, false, worked_show},
    [CONTRACTS_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, worked_show_check},
    [CONTRACTS_DUE] = {NULL, "Instalments\ndue", STYLE_WHOLE, 11, 11, false, worked_show},
    [CONTRACTS_ALL] = {NULL, "of\nall", STYLE_WHOLE, 5, 5, false, worked_show},
    [CONTRACTS_ROWS] = {NULL, "Input rows", STYLE_TEXT, 48, 48, false, show_rows},
    [CONTRACTS_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, show_key},
};
G_STATIC_ASSERT(CONTRACTS_COLUMNS <= WORKED_COLUMNS);

void
contracts_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Contracts", &workbook->result->pack->period);
    SpellRow row = {.row = NULL};
    Table table = {
        .pages = workbook->contracts,
        .title = title,
        .note = "How the value of each contract that is paid by achievement comes about: one row "
                "for each spell of participation; the value stands on the row of the contract's "
                "first spell.",
        .columns = TABLE_COLUMNS,
        .column_count = CONTRACTS_COLUMNS,
        .frozen = CONTRACTS_NAME + 1,
        .printed = CONTRACTS_ROWS,
        .user = &row,
        .record = work_row,
    };
    worked_init(&row.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&row.worked);
    for (guint i = 0; i < workbook->contract_rows->len; i++)
        workbook->value_checks +=
            g_array_index(workbook->contract_rows, ContractRow, i).is_proved ? 1 : 0;
    pages_checks(workbook->book, workbook->contracts, CONTRACTS_CHECK);
}
