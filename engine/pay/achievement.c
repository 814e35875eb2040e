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

/* Lists the indicators of the contract that have no accepted achievement, without which the year
 * cannot be closed. */
static void
list_missing(Working *working, Contract *contract)
{
    const Pack *pack = working->pack;
    const ContractKey *key = contract->parties;
    const GArray *indicators = contract->scheme->indicators;
    g_autofree Money *shares = g_new0(Money, indicators->len);
    bool has_shares = contract->has_value &&
                      indicator_shares(pack->rules, contract->scheme, contract->value, shares);
    for (guint i = 0; i < indicators->len; i++) {
        guint32 number = g_array_index(indicators, guint32, i);
        if (achievements_find(pack->achievements, key->scheme, key->provider, number) == NULL)
            working_lack(working, contract, REASON_MISSING_ACHIEVEMENT, ITEM_INDICATOR, number,
                         has_shares ? &shares[i] : NULL, true);
    }
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
        working_lack(working, contract, REASON_NO_LIST_SIZE, ITEM_INDICATOR, CODE_NONE, NULL, true);
    if (pack->period.is_year_end && contract->touches_year)
        list_missing(working, contract);
    if (contract->held != REASON_NONE)
        return;
    if (pack->period.is_year_end)
        add_year_end(working, contract);
    else
        add_instalment(working, contract, before);
}

const PaymentMethod ACHIEVEMENT_METHOD = {NULL, add_lines};
