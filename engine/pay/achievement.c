#include "pay/achievement.h"

#include "pay/indicator.h"
#include "pay/value.h"

#include "base/poison.h"

static void
add_instalment(Working *working, Contract *contract, Money *before)
{
    const Pack *pack = working->pack;
    Month month = pack->period.month;
    Instalments now = contract_instalments(pack, contract, month);
    Line line = {.contract = working->result->contracts->len,
                 .kind = LINE_INSTALMENT,
                 .item = "in-year",
                 .month = month,
                 .has_count = true,
                 .has_rate = true,
                 .has_fraction = true,
                 .count = now.due * MICROS_PER_UNIT,
                 .rate = contract->value.pence * (MICROS_PER_UNIT / 100),
                 .fraction = fraction_multiply(fraction_micros(contract->scheme->in_year_share),
                                               fraction_of(now.due, now.all)),
                 .rule = CODE_NONE,
                 .place = PLACE_NONE};
    if (!instalments_amount(pack, contract, month, &line.amount) ||
        !instalments_amount(pack, contract, month - 1, before))
        working_refuse_contract(working, contract, "the instalment");
    g_array_append_val(working->result->lines, line);
}

static void
add_indicator(Working *working, const Contract *contract, guint32 number, Money share)
{
    const Indicator *indicator = rules_indicator(working->pack->rules, number);
    const ContractKey *key = contract->parties;
    const AchievementRow *achieved =
        achievements_find(working->pack->achievements, key->scheme, key->provider, number);
    if (achieved == NULL)
        return; /* a contract outside the year: it earns nothing and lacks nothing */
    Line line = {.contract = working->result->contracts->len,
                 .kind = LINE_INDICATOR,
                 .item = indicator->code,
                 .month = MONTH_NONE,
                 .has_count = true,
                 .has_rate = true,
                 .has_fraction = true,
                 .count = achieved->numerator,
                 .rate = share.pence * (MICROS_PER_UNIT / 100),
                 .fraction = indicator_fraction(indicator, achieved),
                 .rule = number,
                 .place = achieved->place};
    if (!fraction_to_money(fraction_multiply(fraction_money(share), line.fraction),
                           contract->scheme->rounding, &line.amount))
        working_refuse_contract(working, contract, "what an indicator earned");
    g_array_append_val(working->result->lines, line);
}

static void
add_year_end(Working *working, Contract *contract)
{
    const GArray *indicators = contract->scheme->indicators;
    g_autofree Money *shares = g_new0(Money, indicators->len);
    if (!indicator_shares(working->pack->rules, contract->scheme, contract->value, shares)) {
        working_refuse_contract(working, contract, "the indicators' share");
        return;
    }
    for (guint i = 0; i < indicators->len; i++)
        add_indicator(working, contract, g_array_index(indicators, guint32, i), shares[i]);
}

/* Whether an indicator of the contract has no accepted achievement. */
static bool
lacks_achievement(const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    for (guint i = 0; i < contract->scheme->indicators->len; i++)
        if (achievements_find(pack->achievements, key->scheme, key->provider,
                              g_array_index(contract->scheme->indicators, guint32, i)) == NULL)
            return true;
    return false;
}

static void
add_lines(Working *working, Contract *contract, Money *before)
{
    const Pack *pack = working->pack;
    ValueOutcome outcome = contract_value(pack, contract, &contract->value);
    contract->has_value = outcome == VALUE_KNOWN;
    if (outcome == VALUE_OUT_OF_RANGE) {
        working_refuse_contract(working, contract, "the contract value");
        return;
    }
    if (!working_check(working, contract, contract->value, "the contract value"))
        return;
    if (outcome == VALUE_NO_LIST)
        contract->held = REASON_NO_LIST_SIZE;
    else if (pack->period.is_year_end && contract->touches_year &&
             lacks_achievement(pack, contract))
        contract->held = REASON_MISSING_ACHIEVEMENT;
    if (contract->held != REASON_NONE)
        return;
    if (pack->period.is_year_end)
        add_year_end(working, contract);
    else
        add_instalment(working, contract, before);
}

const PaymentMethod ACHIEVEMENT_METHOD = {NULL, add_lines};
