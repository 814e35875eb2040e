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

Reached
lines_reached(const SchemeSheet *sheet, const Line *line)
{
    const Result *result = sheet->workbook->result;
    return indicator_reached(result->pack, result_contract(result, line->contract)->key,
                             line->rule);
}

/* Each kind of line: sets the cells of its workings and returns the formula of its amount, or NULL
 * where there is none that a spreadsheet can work out exactly. */

/* What stands on one of the contract's rows on Contracts. */
static void
same_as_contract(LineRow *row, guint column, Figure figure, guint other)
{
    worked_same(&row->worked, column, figure,
                worked_sum_by(&row->worked, row->worked.workbook->contracts, other, CONTRACTS_KEY,
                              row->sheet->layout->key));
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
    guint beyond = row->sheet->layout->beyond;
    const char *value = worked_cell(worked, INSTALMENT_VALUE + beyond);
    const char *share = worked_cell(worked, INSTALMENT_SHARE + beyond);
    const char *due = worked_cell(worked, INSTALMENT_DUE + beyond),
               *all = worked_cell(worked, INSTALMENT_ALL + beyond);
    Micros base = contract->base, whole = contract->value.pence * (MICROS_PER_UNIT / 100);
    if (scheme->in_year_of == CODE_NONE && base == whole)
        same_as_contract(row, INSTALMENT_VALUE + beyond, figure_money(contract->value),
                         CONTRACTS_VALUE);
    else
        worked_set(worked, INSTALMENT_VALUE + beyond, figure_rate(base), NULL);
    worked_same(worked, INSTALMENT_SHARE + beyond, figure_rate(scheme->in_year_share),
                worked_rule(worked, rule, RULES_NUMBER));
    same_as_contract(row, INSTALMENT_DUE + beyond, figure_whole(instalments.due), CONTRACTS_DUE);
    same_as_contract(row, INSTALMENT_ALL + beyond, figure_whole(instalments.all), CONTRACTS_ALL);
    worked_set(worked, INSTALMENT_FRACTION + beyond, figure_fraction(worked->record.line->fraction),
               formula_print(room, "=%s*%s/%s", share, due, all));
    Term paid =
        term_micros(room, share, scheme->in_year_share, term_decimals(scheme->in_year_share));
    Term of = term_micros(room, value, base, MAX(term_decimals(base), 2));
    Term above = term_times(room, of, paid);
    Term below = term_count(all, instalments.all);
    above = term_times(room, above, term_count(due, instalments.due));
    term_settle(room, &above, &below);
    /* A value without the shares of what is due is not worked out again here; a fact is an input,
     * and one below 0 is no term. */
    if (base < 0 || (scheme->in_year_of == CODE_NONE && base != whole))
        return NULL;
    return formula_pounds(room, above, below, scheme->rounding);
}

static const char *
work_indicator(LineRow *row)
{
    const Contract *contract = row->worked.record.contract;
    same_as_contract(row, INDICATOR_VALUE, figure_money(contract->value), CONTRACTS_VALUE);
    return indicator_work(row);
}

/* The formula of a line that pays a part of each or of a fact: count × price × part. */
static const char *
work_unclaimed(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Line *line = worked->record.line;
    const int64_t most = INT64_C(1000000000); /* beyond that no product is exact anyway */
    if (line->count < 0 || line->fraction.num > most || line->fraction.den > most)
        return NULL;
    int64_t num = (int64_t)line->fraction.num, den = (int64_t)line->fraction.den;
    Term above = term_times(room,
                            term_micros(room, worked_cell(worked, ACTIVITY_COUNT), line->count,
                                        term_decimals(line->count)),
                            term_micros(room, worked_cell(worked, ACTIVITY_PRICE), line->rate,
                                        term_decimals(line->rate)));
    above = term_times(room, above, term_count(formula_print(room, "%" G_GINT64_FORMAT, num), num));
    Term below = term_count(formula_print(room, "%" G_GINT64_FORMAT, den), den);
    term_settle(room, &above, &below);
    return formula_pounds(room, above, below, row->sheet->scheme->rounding);
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
    if (line->has_fraction)
        return work_unclaimed(row);
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
    return formula_print(row->worked.room, "=%s",
                         worked_sum_by(&row->worked, row->worked.workbook->payments, PAYMENTS_PAID,
                                       PAYMENTS_KEY, row->sheet->layout->key));
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
