#include "report/workbook/lines.h"

#include "pay/unclaimed.h"
#include "pay/value.h"
#include "report/workbook/clausesheet.h"
#include "report/workbook/contracts.h"
#include "report/workbook/factsheet.h"
#include "report/workbook/indicator.h"
#include "report/workbook/potsheet.h"
#include "report/workbook/recoverysheet.h"
#include "report/workbook/shares.h"
#include "report/workbook/spans.h"

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

/* What instalments are of: the contract's value, without the shares of what is due in the year, or
 * a fact. */
static void
work_base(LineRow *row, guint column)
{
    WorkedRow *worked = &row->worked;
    const Contract *contract = worked->record.contract;
    const Scheme *scheme = contract->scheme;
    const Fact *fact = contract_in_year_fact(worked->record.result->pack, contract);
    if (scheme->in_year_of != CODE_NONE && fact != NULL && contract->touches_year) {
        worked_same(worked, column, figure_rate(contract->base), factsheet_number(worked, fact));
        return;
    }
    same_as_contract(row, column,
                     contract->base == contract->value.pence * (MICROS_PER_UNIT / 100)
                         ? figure_money(contract->value)
                         : figure_rate(contract->base),
                     CONTRACTS_VALUE);
    if (scheme->in_year_of == CODE_NONE && row->sheet->layout->place > 0) /* some are due */
        worked_set(worked, column, figure_rate(contract->base),
                   formula_print(worked->room, "=ROUND(%s-%s,2)", worked->cells[column].formula + 1,
                                 shares_due(worked, row->sheet->layout->key)));
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
    Micros base = contract->base;
    work_base(row, INSTALMENT_VALUE + beyond);
    worked_same(worked, INSTALMENT_SHARE + beyond, figure_rate(scheme->in_year_share),
                worked_rule(worked, rule, RULES_NUMBER));
    same_as_contract(row, INSTALMENT_DUE + beyond, figure_whole(instalments.due), CONTRACTS_DUE);
    same_as_contract(row, INSTALMENT_ALL + beyond, figure_whole(instalments.all), CONTRACTS_ALL);
    worked_set(worked, INSTALMENT_FRACTION + beyond, figure_fraction(worked->record.line->fraction),
               formula_print(room, "=%s*%s/%s", share, due, all));
    Term paid =
        term_micros(room, share, scheme->in_year_share, term_decimals(scheme->in_year_share));
    Term of = term_micros(room, value, ABS(base), MAX(term_decimals(base), 2));
    Term above = term_times(room, of, paid);
    Term below = term_count(all, instalments.all);
    above = term_times(room, above, term_count(due, instalments.due));
    term_settle(room, &above, &below);
    return base < 0 ? formula_signed_pounds(room, above, below, scheme->rounding)
                    : formula_pounds(room, above, below, scheme->rounding);
}

static const char *
work_indicator(LineRow *row)
{
    const Contract *contract = row->worked.record.contract;
    same_as_contract(row, INDICATOR_VALUE, figure_money(contract->value), CONTRACTS_VALUE);
    return indicator_work(row);
}

/* The span of a line that pays each or a fact, how much of it the contract takes part in, and how
 * much of it is due. */
static SpanOfLine
work_span(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Result *result = worked->record.result;
    const Line *line = worked->record.line;
    SpanOfLine span = spans_of(result, line);
    ProRata pro_rata = row->sheet->scheme->pro_rata;
    bool is_monthly = rules_activity(result->pack->rules, line->rule)->paid == PAID_MONTHLY;
    const char *from = worked_cell(worked, SPAN_FROM), *to = worked_cell(worked, SPAN_TO);
    const char *month = worked_cell(worked, INSTALMENT_MONTH);
    worked_set(worked, SPAN_LINE, figure_whole((guint64)row->group->first + 1), NULL);
    worked_set(worked, SPAN_FROM, figure_day(month_first_day(span.first)), NULL);
    worked_set(worked, SPAN_TO, figure_day(month_last_day(span.last)), NULL);
    worked_set(worked, SPAN_COVERED, figure_whole((guint64)span.covered),
               pro_rata == PRO_RATA_NONE
                   ? NULL
                   : formula_print(room, "=%s", spans_covered(worked, SPAN_LINE)));
    worked_set(worked, SPAN_WHOLE, figure_whole((guint64)span.whole),
               pro_rata == PRO_RATA_NONE ? NULL
               : pro_rata == PRO_RATA_DAYS
                   ? formula_print(room, "=%s-%s+1", to, from)
                   : formula_print(room, "=%s", worked_months(worked, from, to)));
    worked_set(worked, SPAN_DUE, figure_whole((guint64)span.due),
               is_monthly ? formula_print(room, "=%s", worked_months(worked, from, month)) : NULL);
    worked_set(worked, SPAN_MONTHS, figure_whole((guint64)span.months),
               is_monthly ? formula_print(room, "=%s", worked_months(worked, from, to)) : NULL);
    worked_set(worked, SPAN_FRACTION, figure_fraction(line->fraction),
               formula_print(room, "=%s*%s/(%s*%s)", worked_cell(worked, SPAN_COVERED),
                             worked_cell(worked, SPAN_DUE), worked_cell(worked, SPAN_WHOLE),
                             worked_cell(worked, SPAN_MONTHS)));
    return span;
}

/* The formula of a line that pays a part of each or of a fact: count × price × part. */
static const char *
work_unclaimed(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Line *line = worked->record.line;
    const Contract *contract = worked->record.contract;
    const Pack *pack = worked->record.result->pack;
    const Fact *fact =
        unclaimed_fact(pack, contract->key, rules_activity(pack->rules, line->rule), line->month);
    SpanOfLine span = work_span(row);
    if (fact != NULL)
        worked_same(worked, ACTIVITY_COUNT, figure_count(line->count),
                    factsheet_number(worked, fact));
    Term above = term_times(room,
                            term_micros(room, worked_cell(worked, ACTIVITY_COUNT), ABS(line->count),
                                        term_decimals(line->count)),
                            term_micros(room, worked_cell(worked, ACTIVITY_PRICE), line->rate,
                                        term_decimals(line->rate)));
    above = term_times(room, above, term_count(worked_cell(worked, SPAN_COVERED), span.covered));
    above = term_times(room, above, term_count(worked_cell(worked, SPAN_DUE), span.due));
    Term below = term_times(room, term_count(worked_cell(worked, SPAN_WHOLE), span.whole),
                            term_count(worked_cell(worked, SPAN_MONTHS), span.months));
    term_settle(room, &above, &below);
    return line->count < 0 ? formula_signed_pounds(room, above, below, contract->scheme->rounding)
                           : formula_pounds(room, above, below, contract->scheme->rounding);
}

/* Lines that share a row and are rounded one by one cannot be worked out from their sum. */
static const char *
work_activity(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    GStringChunk *room = worked->room;
    const Line *line = worked->record.line;
    gpointer rule = g_hash_table_lookup(worked->workbook->rule_row, line->price);
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

/* What a clause adds or takes stands on Clauses, or on Pots. */
static const char *
work_limit(LineRow *row)
{
    WorkedRow *worked = &row->worked;
    const Line *line = worked->record.line;
    const Clause *clause = rules_clause(worked->record.result->pack->rules, line->rule);
    return formula_print(worked->room, "=%s",
                         clause_is_pot(clause) ? potsheet_effect(worked, row->sheet->layout->key)
                                               : clausesheet_effect(worked, line));
}

/* What a recovery leaves for later runs stands on Recoveries. */
static const char *
work_deferred(LineRow *row)
{
    return formula_print(row->worked.room, "=%s",
                         recoverysheet_deferred(&row->worked, row->sheet->layout->key));
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
        [LINE_LIMIT] = work_limit,
        [LINE_DEFERRED] = work_deferred,
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
