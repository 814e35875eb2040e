#include "pack/rules/budgets.h"

#include "base/poison.h"

enum { SCHEME, BUDGET, SOURCE, COLUMNS };

static const Column BUDGETS_COLUMNS[COLUMNS] = {
    [SCHEME] = {"scheme", COLUMN_CODE, true},
    [BUDGET] = {"budget", COLUMN_RATE, true},
    [SOURCE] = {"source", COLUMN_PROSE, true},
};

#define MICROS_PER_PENNY (MICROS_PER_UNIT / 100)

static void
read_budget(RulesReader *reader)
{
    const Value *values = reader->values;
    guint32 scheme = rules_reader_scheme(reader, SCHEME);
    if (scheme == CODE_NONE)
        return;
    if (budget_of(reader->rules, scheme) != NULL)
        rules_reader_fault(reader, SCHEME, "this scheme has a budget already");
    if (values[BUDGET].number % MICROS_PER_PENNY != 0)
        rules_reader_fault_value(reader, BUDGET, values[BUDGET].text,
                                 "is not whole pence: a budget has two decimals");
    Budget budget = {scheme, {values[BUDGET].number / MICROS_PER_PENNY}};
    g_array_append_val(reader->rules->budgets, budget);
}

const RulesTable BUDGETS_TABLE = {"budgets.csv", BUDGETS_COLUMNS, COLUMNS, read_budget, NULL, true};

const Budget *
budget_of(const Rules *rules, guint32 scheme)
{
    for (guint i = 0; i < rules->budgets->len; i++) {
        const Budget *budget = &g_array_index(rules->budgets, Budget, i);
        if (budget->scheme == scheme)
            return budget;
    }
    return NULL;
}

Money
budget_to_date(const Budget *budget, guint months)
{
    /* A budget is below 10^14 pence, so that 24 of it fit. */
    return (Money){(budget->amount.pence * (int64_t)months * 2 + 12) / 24};
}
