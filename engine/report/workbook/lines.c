#include "report/workbook/lines.h"

#include "pay/value.h"
#include "report/workbook/contracts.h"
#include "report/workbook/indicator.h"

#include "base/poison.h"

const Line *
lines_first(const SchemeSheet *sheet, guint64 row)
{
    return result_line(sheet->workbook->result, g_array_index(sheet->rows, LineGroup, row).first);
}

const AchievementRow *
lines_achieved(const SchemeSheet *sheet, const Line *line)
{
    const Result *result = sheet->workbook->result;
    const ContractKey *key = result_contract(result, line->contract)->parties;
    return achievements_find(result->pack->achievements, key->scheme, key->provider, line->rule);
}

/* Each kind of line: sets the cells of its workings and returns the formula of its amount, or NULL
 * where there is none that a spreadsheet can work out exactly. */

/* A cell of the contract's first row on Contracts. */
static void
same_as_contract(LineRow *row, guint column, Figure figure, guint other)
{
    const Workbook *workbook = row->worked.workbook;
    guint contract = row->worked.record.line->contract;
    guint64 at = g_array_index(workbook->places, ContractPlace, contract).value_row;
    worked_same(&row->worked, column, figure,
                worked_page(&row->worked, workbook->contracts, at, other));
}

static const char *
work_instalment(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Contract *contract = worked->record.contract;
    const Scheme *scheme = contract->scheme;
    const Pack *pack = worked->record.result->pack;
    Instalments instalments = contract_instalments(pack, contract, pack->period.month);
    guint rule =
        g_array_index(worked->workbook->scheme_cells, SchemeCells, row->sheet->number).share;
    const char *value = worked_cell(worked, INSTALMENT_VALUE);
    const char *share = worked_cell(worked, INSTALMENT_SHARE);
    const char *due = worked_cell(worked, INSTALMENT_DUE),
               *all = worked_cell(worked, INSTALMENT_ALL);
    same_as_contract(row, INSTALMENT_VALUE, figure_money(contract->value), CONTRACTS_VALUE);
    worked_same(worked, INSTALMENT_SHARE, figure_rate(scheme->in_year_share),
                worked_rule(worked, rule, RULES_NUMBER));
    same_as_contract(row, INSTALMENT_DUE, figure_whole(instalments.due), CONTRACTS_DUE);
    same_as_contract(row, INSTALMENT_ALL, figure_whole(instalments.all), CONTRACTS_ALL);
    worked_set(worked, INSTALMENT_FRACTION, figure_fraction(worked->record.line->fraction),
               formula_print(room, "=%s*%s/%s", share, due, all));
    Term paid =
        term_micros(room, share, scheme->in_year_share, term_decimals(scheme->in_year_share));
    Term above = term_times(room, term_money(room, value, contract->value), paid);
    Term below = term_count(all, instalments.all);
    above = term_times(room, above, term_count(due, instalments.due));
    term_settle(room, &above, &below);
    return formula_pounds(room, above, below, scheme->rounding);
}

static const char *
work_indicator(LineRow *row)
{
    const Contract *contract = row->worked.record.contract;
    same_as_contract(row, INDICATOR_VALUE, figure_money(contract->value), CONTRACTS_VALUE);
    return indicator_work(row, lines_achieved(row->sheet, row->worked.record.line));
}

/* Lines that share a row and are rounded one by one cannot be worked out from their sum. */
static const char *
work_activity(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Line *line = worked->record.line;
    gpointer rule = g_hash_table_lookup(worked->workbook->price_row, line->price);
    guint decimals = MAX(term_decimals(line->rate), 2), beyond = decimals - 2;
    const char *counted = worked_cell(worked, ACTIVITY_COUNT);
    const char *price = worked_cell(worked, ACTIVITY_PRICE);
    Micros count = 0;
    for (guint i = 0; i < row->group->count; i++)
        count += result_line(worked->record.result, row->group->first + i)->count;
    worked_set(worked, ACTIVITY_COUNT, figure_count(count), NULL);
    worked_same(worked, ACTIVITY_PRICE, figure_rate(line->rate),
                worked_rule(worked, GPOINTER_TO_UINT(rule), RULES_NUMBER));
    Term above = term_times(room, term_count(counted, count / MICROS_PER_UNIT),
                            term_micros(room, price, line->rate, decimals));
    return row->group->count > 1 && beyond > 0
               ? NULL
               : formula_pounds(room, above, term_one(room, beyond), row->sheet->scheme->rounding);
}

/* A held contract is entitled to what it was paid. */
static const char *
work_held(LineRow *row)
{
    const Pages *payments = row->worked.workbook->payments;
    guint contract = row->worked.record.line->contract;
    return formula_print(row->worked.room, "=%s",
                         worked_page(&row->worked, payments, contract, PAYMENTS_PAID));
}

/* What stands without a formula of its own: the engine's figure is printed, and marked so. */
static const char *
work_unproved(LineRow *row)
{
    (void)row;
    return NULL;
}

static Money
amount_of(const LineRow *row)
{
    Sum sum = {0};
    Money amount = {0};
    for (guint i = 0; i < row->group->count; i++)
        sum_add(&sum, result_line(row->worked.record.result, row->group->first + i)->amount);
    /* Each is below £1,000,000,000,000, and they are those of one contract. */
    return sum_money(sum, &amount) ? amount : (Money){0};
}

void
lines_work(LineRow *row, guint64 index)
{
    static const char *(*const WORK[LINE_KINDS])(LineRow *) = {
        [LINE_INSTALMENT] = work_instalment,
        [LINE_INDICATOR] = work_indicator,
        [LINE_ACTIVITY] = work_activity,
        [LINE_BROUGHT_FORWARD] = NULL, /* inputs, not worked out */
        [LINE_ADJUSTMENT] = NULL,
        [LINE_LIMIT] = work_unproved,
        [LINE_DEFERRED] = work_unproved,
        [LINE_HELD] = work_held,
    };
    const SchemeSheet *sheet = row->sheet;
    WorkedRow *worked = &row->worked;
    LineGroup *group = &g_array_index(sheet->rows, LineGroup, index);
    const Line *line = lines_first(sheet, index);
    worked_begin(worked, sheet->pages, index);
    worked->record.line = line;
    worked->record.contract = result_contract(worked->record.result, line->contract);
    row->group = group;
    row->index = index;
    const char *formula = WORK[line->kind] != NULL ? WORK[line->kind](row) : NULL;
    worked_amount(worked, sheet->layout->amount, amount_of(row), formula);
    worked->is_proved = worked->is_proved || WORK[line->kind] == NULL;
    group->is_proved = worked->is_proved;
}
