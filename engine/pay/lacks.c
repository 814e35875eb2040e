#include "pay/lacks.h"

#include "pay/clauses.h"
#include "pay/indicator.h"
#include "pay/unclaimed.h"
#include "pay/value.h"

#include "base/poison.h"

/* Whether the instalments are needed: in a month, and where a clause may keep them at year-end. */
static bool
needs_base(const Pack *pack, const Scheme *scheme)
{
    if (!pack->period.is_year_end)
        return true;
    for (guint i = 0; i < scheme->clauses->len; i++)
        if (rules_clause(pack->rules, g_array_index(scheme->clauses, guint32, i))->limit ==
            LIMIT_KEEP_IF)
            return true;
    return false;
}

/* Whether an indicator is to be judged against a baseline that is not in force. */
static bool
lacks_baseline(const Working *working, const Contract *contract, guint32 number)
{
    const Pack *pack = working->pack;
    bool is_achievement = contract->scheme->payment == PAYMENT_ACHIEVEMENT;
    if (rules_indicator(pack->rules, number)->against == CODE_NONE ||
        indicator_reached(pack, contract->key, number).kind != REACHED_NO_BASELINE)
        return false;
    return (is_achievement && indicator_is_due(pack, contract, number, pack->period.month)) ||
           clauses_judge(working, contract, number);
}

/* Lists the facts that are not in force: in_year_of, factors and baselines of indicators. */
static void
list_facts(Working *working, Contract *contract)
{
    const Pack *pack = working->pack;
    const GArray *indicators = contract->scheme->indicators;
    if (contract->scheme->in_year_of != CODE_NONE && needs_base(pack, contract->scheme) &&
        contract_in_year_fact(pack, contract) == NULL)
        working_lack(working, contract, REASON_MISSING_FACT, ITEM_INDICATOR, CODE_NONE, NULL, true);
    for (guint i = 0; i < indicators->len; i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        const Indicator *rule = rules_indicator(pack->rules, number);
        if ((rule->factor != CODE_NONE && rule->group_head == number &&
             contract_factor(pack, contract, rule) == NULL) ||
            lacks_baseline(working, contract, number))
            working_lack(working, contract, REASON_MISSING_FACT, ITEM_INDICATOR, number, NULL,
                         true);
    }
}

/* Lists the activities that count a fact which is not in force. */
static void
list_counted_facts(Working *working, Contract *contract)
{
    const Pack *pack = working->pack;
    const GArray *activities = contract->scheme->activities;
    for (guint i = 0; i < activities->len; i++) {
        guint32 number = g_array_index(activities, guint32, i);
        if (rules_activity(pack->rules, number)->count == COUNT_FACT &&
            unclaimed_lacks_fact(pack, contract->key, number, pack->period.month))
            working_lack(working, contract, REASON_MISSING_FACT, ITEM_ACTIVITY, number, NULL, true);
    }
}

/* Whether a clause of the scheme asks for an indicator. */
static bool
is_asked_for(const Rules *rules, const Scheme *scheme, guint32 indicator)
{
    for (guint i = 0; i < scheme->clauses->len; i++)
        if (clause_asks_for(rules_clause(rules, g_array_index(scheme->clauses, guint32, i)),
                            indicator))
            return true;
    return false;
}

/* Of an indicator, or the group that it is the first of. */
typedef struct {
    bool is_achieved, is_wanted;
} GroupState;

static GroupState
group_state(const Pack *pack, const Contract *contract, guint first)
{
    const GArray *indicators = contract->scheme->indicators;
    guint32 head = g_array_index(indicators, guint32, first);
    GroupState state = {false, rules_indicator(pack->rules, head)->points > 0};
    bool is_alone = rules_indicator(pack->rules, head)->group[0] == '\0';
    for (guint i = first; i < (is_alone ? first + 1 : indicators->len); i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        Achieved achieved;
        if (rules_indicator(pack->rules, number)->group_head != head)
            continue;
        state.is_achieved =
            state.is_achieved || achieved_find(pack, contract->key, number, &achieved);
        state.is_wanted = state.is_wanted || is_asked_for(pack->rules, contract->scheme, number);
    }
    return state;
}

/* At year-end the achievement of all indicators is needed; in a month that of those due is listed,
 * and they earn nothing yet. */
static void
list_achievement(Working *working, Contract *contract)
{
    const Pack *pack = working->pack;
    const GArray *indicators = contract->scheme->indicators;
    bool is_year_end = pack->period.is_year_end;
    g_autofree Money *shares = NULL;
    bool has_shares = false;
    if (pack->assumed != NULL)
        return; /* a forecast says what is reached */
    for (guint i = 0; i < indicators->len; i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        const Indicator *rule = rules_indicator(pack->rules, number);
        bool is_due = rule->due == DUE_MONTH && rule->due_month <= pack->period.month;
        if (rule->group_head != number || (!is_year_end && !is_due))
            continue;
        GroupState state = group_state(pack, contract, i);
        if (state.is_achieved || !state.is_wanted)
            continue;
        if (shares == NULL) {
            shares = g_new0(Money, indicators->len);
            has_shares = contract->has_value && contract_shares(pack, contract, shares);
        }
        working_lack(working, contract, REASON_MISSING_ACHIEVEMENT, ITEM_INDICATOR, number,
                     has_shares && rule->points > 0 ? &shares[i] : NULL, is_year_end);
    }
}

void
lacks_list(Working *working, Contract *contract)
{
    if (!contract->touches_year)
        return;
    list_facts(working, contract);
    list_counted_facts(working, contract);
    clauses_list_lacks(working, contract);
    if (contract->scheme->payment == PAYMENT_ACHIEVEMENT &&
        contract_lacks_list(working->pack, contract))
        working_lack(working, contract, REASON_NO_LIST_SIZE, ITEM_INDICATOR, CODE_NONE, NULL, true);
    list_achievement(working, contract);
}
