#include "report/workbook/shares.h"

#include "pay/value.h"
#include "report/workbook/contracts.h"
#include "report/workbook/factsheet.h"

#include "base/poison.h"

/* Criteria such as ">"&J9 carry that many digits in every spreadsheet. */
#define MOST_CRITERION INT64_C(100000000000)

/* A row being worked out. */
typedef struct {
    WorkedRow worked;         /* first: it is the table's record */
    guint contract;           /* that shares and weights are of; G_MAXUINT: of none yet */
    GArray *shares, *weights; /* of Money and Fraction, by indicator of the scheme */
    Fraction all;
} Sharing;

bool
shares_has_factors(const Rules *rules, const Scheme *scheme)
{
    for (guint i = 0; i < scheme->indicators->len; i++)
        if (rules_indicator(rules, g_array_index(scheme->indicators, guint32, i))->factor !=
            CODE_NONE)
            return true;
    return false;
}

/* Whether what was paid during the year may be kept at year-end. */
static bool
keeps_instalments(const Rules *rules, const Scheme *scheme)
{
    for (guint i = 0; i < scheme->clauses->len; i++)
        if (rules_clause(rules, g_array_index(scheme->clauses, guint32, i))->limit == LIMIT_KEEP_IF)
            return true;
    return false;
}

bool
shares_has_scheme(const Result *result, const Scheme *scheme)
{
    const Rules *rules = result->pack->rules;
    bool is_year_end = result->pack->period.is_year_end, has_due = false, has_group = false;
    if (scheme->payment != PAYMENT_ACHIEVEMENT)
        return false;
    for (guint i = 0; i < scheme->indicators->len; i++) {
        const Indicator *indicator =
            rules_indicator(rules, g_array_index(scheme->indicators, guint32, i));
        has_due = has_due || indicator->due != DUE_YEAR_END;
        has_group = has_group || indicator->group[0] != '\0';
    }
    if (is_year_end)
        has_due = has_due && keeps_instalments(rules, scheme);
    return shares_has_factors(rules, scheme) || has_due || (is_year_end && has_group);
}

void
shares_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        const GArray *indicators = contract->scheme->indicators;
        if (!contract->touches_year || !contract->has_value ||
            !shares_has_scheme(result, contract->scheme))
            continue;
        for (guint place = 0; place < indicators->len; place++) {
            guint32 number = g_array_index(indicators, guint32, place);
            ShareRow row = {i, place, false};
            if (rules_indicator(result->pack->rules, number)->group_head == number)
                g_array_append_val(workbook->share_rows, row);
        }
    }
}

guint
shares_place(const Rules *rules, guint32 indicator)
{
    const Scheme *scheme = rules_scheme(rules, rules_indicator(rules, indicator)->scheme);
    guint place = 0;
    while (g_array_index(scheme->indicators, guint32, place) != indicator)
        place++;
    return place + 1;
}

const char *
shares_share(const WorkedRow *worked, guint key, guint32 indicator)
{
    const Rules *rules = worked->record.result->pack->rules;
    guint32 head = rules_indicator(rules, indicator)->group_head;
    PagesCriterion criteria[] = {
        {SHARES_KEY, worked_cell(worked, key)},
        {SHARES_PLACE, formula_print(worked->room, "%u", shares_place(rules, head))}};
    return worked_sum_where(worked, worked->workbook->shares, SHARES_SHARE, criteria,
                            G_N_ELEMENTS(criteria));
}

const char *
shares_due(const WorkedRow *worked, guint key)
{
    PagesCriterion criteria[] = {{SHARES_KEY, worked_cell(worked, key)}, {SHARES_DUE, "1"}};
    return worked_sum_where(worked, worked->workbook->shares, SHARES_SHARE, criteria,
                            G_N_ELEMENTS(criteria));
}

const char *
shares_weight(const WorkedRow *worked, guint key)
{
    return worked_sum_by(worked, worked->workbook->shares, SHARES_WEIGHT, SHARES_KEY, key);
}

guint
shares_decimals(const Pack *pack, const Contract *contract)
{
    guint decimals = 0;
    for (guint i = 0; i < contract->scheme->indicators->len; i++) {
        guint32 number = g_array_index(contract->scheme->indicators, guint32, i);
        const Indicator *indicator = rules_indicator(pack->rules, number);
        const Fact *factor = contract_factor(pack, contract, indicator);
        decimals = MAX(decimals, term_decimals(indicator->points) +
                                     (factor != NULL ? term_decimals(factor->number) : 0));
    }
    return decimals;
}

/* The engine's shares and weights of the contract at hand. */
static void
load_contract(Sharing *sharing, guint number)
{
    const Pack *pack = sharing->worked.record.result->pack;
    const Contract *contract = sharing->worked.record.contract;
    guint count = contract->scheme->indicators->len;
    if (sharing->contract == number)
        return;
    sharing->contract = number;
    g_array_set_size(sharing->shares, count);
    g_array_set_size(sharing->weights, count);
    sharing->all = fraction_whole(0);
    Fraction *weights = (Fraction *)(gpointer)sharing->weights->data;
    /* Both went well when the contract was worked out. */
    if (!contract_weights(pack, contract, weights) ||
        !contract_shares(pack, contract, (Money *)(gpointer)sharing->shares->data))
        return;
    for (guint i = 0; i < count; i++)
        sharing->all = fraction_add(sharing->all, weights[i]);
}

/* Points, factor, and their product. */
static void
work_weight(Sharing *sharing, const Indicator *indicator, guint32 number, guint place)
{
    WorkedRow *worked = &sharing->worked;
    const Fact *factor =
        contract_factor(worked->record.result->pack, worked->record.contract, indicator);
    const char *points = worked_cell(worked, SHARES_POINTS);
    guint rule = g_array_index(worked->workbook->indicator_row, guint, number);
    worked_same(worked, SHARES_POINTS, figure_rate(indicator->points),
                worked_rule(worked, rule, RULES_NUMBER));
    if (factor != NULL)
        worked_same(worked, SHARES_FACTOR, figure_rate(factor->number),
                    factsheet_number(worked, factor));
    worked_set(worked, SHARES_WEIGHT,
               figure_fraction(g_array_index(sharing->weights, Fraction, place)),
               factor == NULL ? formula_print(worked->room, "=%s", points)
                              : formula_print(worked->room, "=%s*%s", points,
                                              worked_cell(worked, SHARES_FACTOR)));
    worked_set(worked, SHARES_ALL, figure_fraction(sharing->all),
               formula_print(worked->room, "=%s", shares_weight(worked, SHARES_KEY)));
}

/* How many of the contract's rows have a remainder that is larger, or equal and before this one. */
static const char *
rows_before(const WorkedRow *worked)
{
    const char *key = worked_cell(worked, SHARES_KEY);
    const char *remainder = worked_cell(worked, SHARES_REMAINDER);
    PagesCriterion larger[] = {
        {SHARES_KEY, key}, {SHARES_REMAINDER, formula_print(worked->room, "\">\"&%s", remainder)}};
    PagesCriterion equal[] = {
        {SHARES_KEY, key},
        {SHARES_REMAINDER, remainder},
        {SHARES_PLACE, formula_print(worked->room, "\"<\"&%s", worked_cell(worked, SHARES_PLACE))}};
    return formula_print(worked->room, "=%s+%s",
                         worked_sum_where(worked, worked->workbook->shares, PAGES_ROWS, larger, 2),
                         worked_sum_where(worked, worked->workbook->shares, PAGES_ROWS, equal, 3));
}

/* What a share is before the pence left over are given out, and what rounding down took from it. */
typedef struct {
    int64_t remainder, pence;
} RoundedDown;

/* In the whole numbers of the formulas, which are exact. */
static RoundedDown
round_down(const Sharing *sharing, guint place, guint decimals)
{
    Int128 all = term_whole_fraction(sharing->all, decimals);
    Int128 own = term_whole_fraction(g_array_index(sharing->weights, Fraction, place), decimals) *
                 sharing->worked.record.contract->value.pence;
    if (all == 0)
        return (RoundedDown){0, 0};
    return (RoundedDown){(int64_t)(own % all), (int64_t)(own / all)};
}

/* The remainders of the contract added up, and how many rows go before this one. */
static void
count_left(const Sharing *sharing, guint place, guint decimals, guint64 *left, guint64 *before)
{
    const GArray *indicators = sharing->worked.record.contract->scheme->indicators;
    const Rules *rules = sharing->worked.record.result->pack->rules;
    int64_t own = round_down(sharing, place, decimals).remainder;
    int64_t given = 0;
    *before = 0;
    for (guint i = 0; i < indicators->len; i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        RoundedDown other = round_down(sharing, i, decimals);
        given += other.pence;
        if (rules_indicator(rules, number)->group_head == number &&
            (other.remainder > own || (other.remainder == own && i < place)))
            ++*before;
    }
    *left =
        sharing->all.num == 0 ? 0 : (guint64)(sharing->worked.record.contract->value.pence - given);
}

/* By weight whole pence, and one of those left over where fewer of them go to rows before this one
 * than there are. */
static void
work_share(Sharing *sharing, guint place)
{
    WorkedRow *worked = &sharing->worked;
    GStringChunk *room = worked->room;
    const Contract *contract = worked->record.contract;
    guint decimals = shares_decimals(worked->record.result->pack, contract);
    Money share = g_array_index(sharing->shares, Money, place);
    Term value = term_money(room, worked_cell(worked, SHARES_VALUE), contract->value);
    Term all = term_fraction(room, worked_cell(worked, SHARES_ALL), sharing->all, decimals);
    Term own = term_fraction(room, worked_cell(worked, SHARES_WEIGHT), sharing->all, decimals);
    Term product = term_times(room, value, own);
    const char *remainder = worked_cell(worked, SHARES_REMAINDER);
    guint64 left, before;
    if (!formula_is_exact(product, all) || all.most >= MOST_CRITERION) {
        worked_amount(worked, SHARES_SHARE, share, NULL);
        return;
    }
    count_left(sharing, place, decimals, &left, &before);
    worked_set(worked, SHARES_REMAINDER,
               figure_whole((guint64)round_down(sharing, place, decimals).remainder),
               formula_print(room, "=IF(%s=0,0,MOD(%s,%s))", all.text, product.text, all.text));
    worked_set(worked, SHARES_LEFT, figure_whole(left),
               formula_print(room, "=IF(%s=0,0,%s/%s)", all.text,
                             worked_sum_by(worked, worked->workbook->shares, SHARES_REMAINDER,
                                           SHARES_KEY, SHARES_KEY),
                             all.text));
    worked_set(worked, SHARES_BEFORE, figure_whole(before), rows_before(worked));
    worked_amount(worked, SHARES_SHARE, share,
                  formula_print(room, "=IF(%s=0,0,(%s-%s)/%s+IF(%s<%s,1,0))/100", all.text,
                                product.text, remainder, all.text,
                                worked_cell(worked, SHARES_BEFORE),
                                worked_cell(worked, SHARES_LEFT)));
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Sharing *sharing = user;
    WorkedRow *worked = &sharing->worked;
    Workbook *workbook = worked->workbook;
    ShareRow *row = &g_array_index(workbook->share_rows, ShareRow, index);
    const Contract *contract = result_contract(workbook->result, row->contract);
    guint32 number = g_array_index(contract->scheme->indicators, guint32, row->place);
    const Indicator *indicator = rules_indicator(workbook->result->pack->rules, number);
    guint rule = g_array_index(workbook->indicator_row, guint, number);
    worked_begin(worked, workbook->shares, index);
    worked->record.contract = contract;
    load_contract(sharing, row->contract);
    worked_set(worked, SHARES_INDICATOR,
               figure_text(indicator->group[0] != '\0'
                               ? formula_print(worked->room, "group %s", indicator->group)
                               : indicator->code),
               NULL);
    worked_same(
        worked, SHARES_VALUE, figure_money(contract->value),
        worked_sum_by(worked, workbook->contracts, CONTRACTS_VALUE, CONTRACTS_KEY, SHARES_KEY));
    work_weight(sharing, indicator, number, row->place);
    work_share(sharing, row->place);
    row->is_proved = worked->is_proved;
    worked_set(
        worked, SHARES_DUE, figure_whole(indicator->due != DUE_YEAR_END ? 1 : 0),
        formula_print(worked->room, "=IF(%s=\"\",0,1)", worked_rule(worked, rule, RULES_DUE)));
    worked_set(worked, SHARES_PLACE, figure_whole(row->place + 1), NULL);
    worked_set(worked, SHARES_KEY, figure_whole((guint64)row->contract + 1), NULL);
    return sharing;
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
static const TableColumn COLUMNS[SHARES_COLUMNS] = {
    [SHARES_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [SHARES_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [SHARES_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [SHARES_INDICATOR] = {NULL, "Indicator", STYLE_WRAP, 12, 24, false, worked_show},
    [SHARES_VALUE] = {NULL, "Contract value", STYLE_MONEY, 13, 22, false, worked_show},
    [SHARES_POINTS] = {NULL, "Points", STYLE_DECIMAL, 8, 12, false, worked_show},
    [SHARES_FACTOR] = {NULL, "Factor", STYLE_DECIMAL, 9, 14, false, worked_show},
    [SHARES_WEIGHT] = {NULL, "Points ×\nfactor", STYLE_DECIMAL, 10, 16, false, worked_show},
    [SHARES_ALL] = {NULL, "of all", STYLE_DECIMAL, 10, 16, false, worked_show},
    [SHARES_REMAINDER] = {NULL, "Remain-\nder", STYLE_WHOLE, 8, 14, false, worked_show},
    [SHARES_LEFT] = {NULL, "Pence\nleft over", STYLE_WHOLE, 9, 9, false, worked_show},
    [SHARES_BEFORE] = {NULL, "Larger\nremainders", STYLE_WHOLE, 11, 11, false, worked_show},
    [SHARES_SHARE] = {NULL, "Share", STYLE_MONEY, 12, 22, true, worked_show},
    [SHARES_ENGINE] = {NULL, "Engine", STYLE_ENGINE, 12, 22, true, worked_show},
    [SHARES_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, worked_show_check},
    [SHARES_DUE] = {NULL, "Due in\nthe year", STYLE_WHOLE, 9, 9, false, worked_show},
    [SHARES_PLACE] = {NULL, "Indicator\nno.", STYLE_WHOLE, 9, 9, false, worked_show},
    [SHARES_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(SHARES_COLUMNS <= WORKED_COLUMNS);

void
shares_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Shares", &workbook->result->pack->period);
    Sharing sharing = {.contract = G_MAXUINT,
                       .shares = g_array_new(FALSE, TRUE, sizeof(Money)),
                       .weights = g_array_new(FALSE, TRUE, sizeof(Fraction))};
    Table table = {
        .pages = workbook->shares,
        .title = title,
        .note = "How the value of a contract is shared over its indicators: whole pence by points "
                "and factors, and the pence left over one each to the largest remainders. A group "
                "has one share.",
        .columns = COLUMNS,
        .column_count = SHARES_COLUMNS,
        .frozen = SHARES_INDICATOR + 1,
        .printed = SHARES_DUE,
        .user = &sharing,
        .record = work_row,
    };
    if (workbook->shares != NULL) {
        worked_init(&sharing.worked, workbook);
        table_add(workbook->book, &table);
        worked_clear(&sharing.worked);
        for (guint i = 0; i < workbook->share_rows->len; i++)
            workbook->share_checks +=
                g_array_index(workbook->share_rows, ShareRow, i).is_proved ? 1 : 0;
        pages_checks(workbook->book, workbook->shares, SHARES_CHECK);
    }
    g_array_unref(sharing.shares);
    g_array_unref(sharing.weights);
}
