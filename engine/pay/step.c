#include "pay/step.h"

#include "base/poison.h"

const Fact *
step_fact(const Pack *pack, const Contract *contract, Month from, guint32 fact)
{
    Day day = contract->scheme->list_date;
    return facts_in_force(pack->facts, contract->parties->provider, fact,
                          day != DAY_NONE ? day : month_first_day(from));
}

const Spell *
step_spell(const Pack *pack, const Contract *contract, guint32 scheme, Month month)
{
    guint32 other = contracts_find(pack->contracts, scheme, contract->parties->provider);
    Day day = month_last_day(month);
    if (other == CODE_NONE)
        return NULL;
    const ContractKey *key = contracts_key(pack->contracts, other);
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        if (spell->from <= day && day <= spell->to)
            return spell;
    }
    return NULL;
}

const Test *const *
step_tests(const Clause *clause, guint *count)
{
    const Test *test = clause->test;
    *count = test == NULL ? 0 : test->kind == TEST_SOME ? test->tests->len : 1;
    if (test != NULL && test->kind == TEST_SOME)
        return (const Test *const *)(gpointer)test->tests->pdata;
    return (const Test *const *)(gconstpointer)&clause->test;
}
