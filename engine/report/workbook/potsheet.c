#include "report/workbook/potsheet.h"

#include "pay/pots.h"
#include "report/workbook/clausesheet.h"

#include "base/poison.h"

/* A product of two amounts has more digits than a spreadsheet keeps. So an amount is multiplied in
 * two parts: its tens of thousands of pence, and the rest. */
#define SPLIT INT64_C(10000)
/* Criteria such as ">"&J9 carry that many digits in every spreadsheet. */
#define MOST_CRITERION INT64_C(100000000000)

enum {
    POTS_SCHEME,
    POTS_PROVIDER,
    POTS_NAME,
    POTS_CLAUSE,
    POTS_EARNED,
    POTS_KEPT,
    POTS_POT,
    POTS_LEFT,
    POTS_SHARING,
    POTS_ALL,
    POTS_HIGH,
    POTS_REMAINDER,
    POTS_PENCE,
    POTS_BEFORE,
    POTS_SHARE,
    POTS_EFFECT,
    POTS_ENGINE,
    POTS_CHECK,
    POTS_SCHEME_KEY,
    POTS_KEY,
    COLUMNS
};

/* A pot while its rows are worked out. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const Clause *pot;
    guint32 scheme; /* CODE_NONE: none yet */
    Money amount, left, all;
    GArray *sharing; /* of Sharer: the rows of the scheme */
} Potting;

/* A contract of the scheme at hand. */
typedef struct {
    guint contract;
    bool is_held;
    Money earned; /* before the pot */
    int64_t remainder;
} Sharer;

guint
potsheet_checks(void)
{
    return POTS_CHECK;
}

void
potsheet_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; result->pack->rules->clauses->len > 0 && i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        guint32 rule;
        PotRow row = {i, false};
        if (contract->touches_year && pot_of(result->pack->rules, contract->scheme, &rule) != NULL)
            g_array_append_val(workbook->pot_rows, row);
    }
}

const char *
potsheet_effect(const WorkedRow *worked, guint key)
{
    return worked_sum_by(worked, worked->workbook->pots, POTS_EFFECT, POTS_KEY, key);
}

/* What the lines of a contract earn before the pot. */
static Money
earned_before(const Result *result, const Contract *contract, guint32 pot)
{
    Money sum = {0};
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(result, i);
        bool is_earned = line->kind == LINE_INSTALMENT || line->kind == LINE_INDICATOR ||
                         line->kind == LINE_ACTIVITY ||
                         (line->kind == LINE_LIMIT && line->rule != pot);
        sum.pence += is_earned ? line->amount.pence : 0; /* closing has added them up before */
    }
    return sum;
}

/* What rounding down takes from the share of a contract. */
static int64_t
remainder_of(const Potting *at, Money earned)
{
    Int128 product = (Int128)at->left.pence * MAX(earned.pence, 0);
    return at->all.pence == 0 ? 0 : (int64_t)(product % at->all.pence);
}

/* The pot of a scheme, and what its contracts have earned. */
static void
load_scheme(Potting *at, guint32 scheme)
{
    const Workbook *workbook = at->worked.workbook;
    const Result *result = workbook->result;
    Money kept = {0};
    guint32 rule;
    if (at->scheme == scheme)
        return;
    at->scheme = scheme;
    at->pot = pot_of(result->pack->rules, rules_scheme(result->pack->rules, scheme), &rule);
    at->amount = at->all = (Money){0};
    /* It went well when the contracts were worked out. */
    if (!pot_amount(at->pot, rules_scheme(result->pack->rules, scheme), &at->amount))
        return;
    g_array_set_size(at->sharing, 0);
    for (guint i = 0; i < workbook->pot_rows->len; i++) {
        guint number = g_array_index(workbook->pot_rows, PotRow, i).contract;
        const Contract *contract = result_contract(result, number);
        Sharer sharer = {number, contract->held != REASON_NONE, {0}, 0};
        if (contract->parties->scheme != scheme)
            continue;
        sharer.earned = earned_before(result, contract, rule);
        kept.pence += sharer.is_held ? contract->paid.pence : 0;
        at->all.pence += MAX(sharer.earned.pence, 0);
        g_array_append_val(at->sharing, sharer);
    }
    at->left.pence = MAX(at->amount.pence - kept.pence, 0);
    for (guint i = 0; i < at->sharing->len; i++) {
        Sharer *sharer = &g_array_index(at->sharing, Sharer, i);
        sharer->remainder = remainder_of(at, sharer->earned);
    }
}

/* How many pence are left over, and how many contracts get one before this one. */
static void
count_pence(const Potting *at, const Sharer *own, guint64 *pence, guint64 *before)
{
    Int128 remainders = 0;
    *before = 0;
    for (guint i = 0; i < at->sharing->len; i++) {
        const Sharer *other = &g_array_index(at->sharing, Sharer, i);
        remainders += other->remainder;
        if (other->remainder > own->remainder ||
            (other->remainder == own->remainder && other->contract < own->contract))
            ++*before;
    }
    *pence = at->all.pence == 0 ? 0 : (guint64)(remainders / at->all.pence);
}

static const char *
pence_of(const WorkedRow *worked, guint column)
{
    return term_money(worked->room, worked_cell(worked, column), (Money){0}).text;
}

/* How many rows of the scheme have a remainder that is larger, or equal and before this one. */
static const char *
rows_before(const WorkedRow *worked)
{
    GStringChunk *room = worked->room;
    const char *remainder = worked_cell(worked, POTS_REMAINDER);
    PagesCriterion scheme = {POTS_SCHEME_KEY, worked_cell(worked, POTS_SCHEME_KEY)};
    PagesCriterion larger[] = {scheme,
                               {POTS_REMAINDER, formula_print(room, "\">\"&%s", remainder)}};
    PagesCriterion equal[] = {
        scheme,
        {POTS_REMAINDER, remainder},
        {POTS_KEY, formula_print(room, "\"<\"&%s", worked_cell(worked, POTS_KEY))}};
    return formula_print(room, "=%s+%s",
                         worked_sum_where(worked, worked->workbook->pots, PAGES_ROWS, larger, 2),
                         worked_sum_where(worked, worked->workbook->pots, PAGES_ROWS, equal, 3));
}

/* The share in whole pence, and one of those left over where fewer of them go to rows before this
 * one than there are. NULL where it is not exact. */
static const char *
work_share(Potting *at, const Sharer *sharer)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    const char *left = pence_of(worked, POTS_LEFT), *own = pence_of(worked, POTS_SHARING);
    const char *all = pence_of(worked, POTS_ALL);
    const char *high = worked_cell(worked, POTS_HIGH);
    const char *remainder = worked_cell(worked, POTS_REMAINDER);
    Int128 products = (Int128)at->left.pence * (MAX(sharer->earned.pence, 0) / SPLIT);
    Int128 rests = ((Int128)at->all.pence + at->left.pence) * SPLIT;
    Term largest = term_count("", MAX(products, rests));
    guint64 pence, before;
    if (!formula_is_exact(largest, term_one(room, 0)) || at->all.pence >= MOST_CRITERION)
        return NULL;
    count_pence(at, sharer, &pence, &before);
    int64_t first = at->all.pence == 0 ? 0 : (int64_t)(products % at->all.pence);
    const char *tens = formula_print(room, "%s*INT(%s/10000)", left, own);
    const char *rest = formula_print(room, "%s*10000+%s*MOD(%s,10000)", high, left, own);
    worked_set(worked, POTS_HIGH, figure_whole((guint64)first),
               formula_print(room, "=IF(%s=0,0,MOD(%s,%s))", all, tens, all));
    worked_set(worked, POTS_REMAINDER, figure_whole((guint64)sharer->remainder),
               formula_print(room, "=IF(%s=0,0,MOD(%s,%s))", all, rest, all));
    worked_set(worked, POTS_PENCE, figure_whole(pence),
               formula_print(room, "=IF(%s=0,0,ROUND(%s/%s,0))", all,
                             worked_sum_by(worked, worked->workbook->pots, POTS_REMAINDER,
                                           POTS_SCHEME_KEY, POTS_SCHEME_KEY),
                             all));
    worked_set(worked, POTS_BEFORE, figure_whole(before), rows_before(worked));
    return formula_print(room, "=IF(%s=0,0,((%s-%s)/%s*10000+(%s-%s)/%s+IF(%s<%s,1,0))/100)", all,
                         tens, high, all, rest, remainder, all, worked_cell(worked, POTS_BEFORE),
                         worked_cell(worked, POTS_PENCE));
}

/* What the engine's pot made of a contract. */
static Money
effect_of(const Potting *at, const Contract *contract)
{
    const Result *result = at->worked.record.result;
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(result, i);
        if (line->kind == LINE_LIMIT && rules_clause(result->pack->rules, line->rule) == at->pot)
            return line->amount;
    }
    return (Money){0};
}

/* What is there to be shared, and by whom. */
static void
work_amounts(Potting *at, const Sharer *sharer)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    Workbook *workbook = worked->workbook;
    const Contract *contract = worked->record.contract;
    const char *key = worked_cell(worked, POTS_KEY);
    const SchemeSheet *sheet = worked_scheme(workbook, at->scheme);
    guint rule = GPOINTER_TO_UINT(g_hash_table_lookup(workbook->rule_row, at->pot));
    Term pot = term_micros(room, worked_rule(worked, rule, RULES_NUMBER), at->pot->amount.pounds,
                           MAX(term_decimals(at->pot->amount.pounds), 2));
    if (sharer->is_held)
        worked_same(
            worked, POTS_KEPT, figure_money(contract->paid),
            worked_sum_by(worked, workbook->payments, PAYMENTS_PAID, PAYMENTS_KEY, POTS_KEY));
    else
        worked_set(worked, POTS_EARNED, figure_money(sharer->earned),
                   formula_print(room, "=ROUND(%s+%s,2)",
                                 clausesheet_lines(worked, sheet, key, NULL, NULL),
                                 clausesheet_effects(worked, key)));
    worked_set(
        worked, POTS_POT, figure_money(at->amount),
        formula_pounds(room, pot, term_one(room, pot.decimals - 2), contract->scheme->rounding));
    worked_set(worked, POTS_LEFT, figure_money(at->left),
               formula_print(room, "=MAX(0,ROUND(%s-%s,2))", worked_cell(worked, POTS_POT),
                             worked_sum_by(worked, workbook->pots, POTS_KEPT, POTS_SCHEME_KEY,
                                           POTS_SCHEME_KEY)));
    worked_set(worked, POTS_SHARING, figure_money((Money){MAX(sharer->earned.pence, 0)}),
               formula_print(room, "=MAX(0,%s)", worked_cell(worked, POTS_EARNED)));
    worked_set(worked, POTS_ALL, figure_money(at->all),
               formula_print(room, "=ROUND(%s,2)",
                             worked_sum_by(worked, workbook->pots, POTS_SHARING, POTS_SCHEME_KEY,
                                           POTS_SCHEME_KEY)));
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Potting *at = user;
    WorkedRow *worked = &at->worked;
    Workbook *workbook = worked->workbook;
    PotRow *row = &g_array_index(workbook->pot_rows, PotRow, index);
    const Contract *contract = result_contract(workbook->result, row->contract);
    worked_begin(worked, workbook->pots, index);
    worked->record.contract = contract;
    load_scheme(at, contract->parties->scheme);
    const Sharer *sharer = &g_array_index(at->sharing, Sharer, 0);
    while (sharer->contract != row->contract)
        sharer++;
    worked_set(worked, POTS_CLAUSE, figure_text(at->pot->code), NULL);
    worked_set(worked, POTS_SCHEME_KEY, figure_whole((guint64)at->scheme + 1), NULL);
    worked_set(worked, POTS_KEY, figure_whole((guint64)row->contract + 1), NULL);
    work_amounts(at, sharer);
    Money sharing = {MAX(sharer->earned.pence, 0)}, effect = effect_of(at, contract);
    Money share = {sharing.pence + effect.pence};
    const char *own = worked_cell(worked, POTS_SHARING);
    const char *formula = work_share(at, sharer);
    bool is_whole = at->pot->limit == LIMIT_WHOLE_POT && workbook->result->pack->period.is_year_end;
    if (sharer->is_held) /* it shares nothing, and keeps what it was paid */
        formula = formula_print(worked->room, "=%s", own);
    else if (formula != NULL && !is_whole)
        formula = formula_print(worked->room, "=IF(%s<=%s,%s,%s)", worked_cell(worked, POTS_ALL),
                                worked_cell(worked, POTS_LEFT), own, formula + 1);
    row->is_proved = formula != NULL;
    worked_set(worked, POTS_SHARE, figure_money(share), formula);
    worked_amount(worked, POTS_EFFECT, effect,
                  formula == NULL ? NULL
                                  : formula_print(worked->room, "=ROUND(%s-%s,2)",
                                                  worked_cell(worked, POTS_SHARE), own));
    return at;
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
static const TableColumn TABLE_COLUMNS[COLUMNS] = {
    [POTS_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [POTS_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [POTS_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [POTS_CLAUSE] = {NULL, "Clause", STYLE_WRAP, 12, 24, false, worked_show},
    [POTS_EARNED] = {NULL, "Earned\nbefore", STYLE_MONEY, 13, 22, true, worked_show},
    [POTS_KEPT] = {NULL, "Held: keeps\nwhat was paid", STYLE_MONEY, 13, 22, true, worked_show},
    [POTS_POT] = {NULL, "Pot", STYLE_MONEY, 13, 22, false, worked_show},
    [POTS_LEFT] = {NULL, "to be\nshared", STYLE_MONEY, 13, 22, false, worked_show},
    [POTS_SHARING] = {NULL, "Shares by", STYLE_MONEY, 13, 22, true, worked_show},
    [POTS_ALL] = {NULL, "of all", STYLE_MONEY, 13, 22, false, worked_show},
    [POTS_HIGH] = {NULL, "Remainder\nby £100", STYLE_WHOLE, 10, 16, false, worked_show},
    [POTS_REMAINDER] = {NULL, "Remain-\nder", STYLE_WHOLE, 10, 16, false, worked_show},
    [POTS_PENCE] = {NULL, "Pence\nleft over", STYLE_WHOLE, 9, 9, false, worked_show},
    [POTS_BEFORE] = {NULL, "Larger\nremainders", STYLE_WHOLE, 11, 11, false, worked_show},
    [POTS_SHARE] = {NULL, "Share", STYLE_MONEY, 13, 22, true, worked_show},
    [POTS_EFFECT] = {NULL, "What it\nchanges", STYLE_MONEY, 13, 22, true, worked_show},
    [POTS_ENGINE] = {NULL, "Engine", STYLE_ENGINE, 13, 22, true, worked_show},
    [POTS_CHECK] = {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, worked_show_check},
    [POTS_SCHEME_KEY] = {NULL, "Scheme\nno.", STYLE_WHOLE, 9, 9, false, worked_show},
    [POTS_KEY] = {NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(COLUMNS <= WORKED_COLUMNS);

void
potsheet_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Pots", &workbook->result->pack->period);
    Potting at = {.scheme = CODE_NONE, .sharing = g_array_new(FALSE, FALSE, sizeof(Sharer))};
    Table table = {
        .pages = workbook->pots,
        .title = title,
        .note = "How the contracts of a scheme share its pot: where all have earned more than "
                "what is to be shared, by what each has earned, in whole pence; the pence left "
                "over go one each to the largest remainders.",
        .columns = TABLE_COLUMNS,
        .column_count = COLUMNS,
        .frozen = POTS_CLAUSE + 1,
        .printed = POTS_SCHEME_KEY,
        .user = &at,
        .record = work_row,
    };
    if (workbook->pots != NULL) {
        worked_init(&at.worked, workbook);
        table_add(workbook->book, &table);
        worked_clear(&at.worked);
        for (guint i = 0; i < workbook->pot_rows->len; i++)
            workbook->pot_checks += g_array_index(workbook->pot_rows, PotRow, i).is_proved ? 1 : 0;
        pages_checks(workbook->book, workbook->pots, POTS_CHECK);
    }
    g_array_unref(at.sharing);
}
