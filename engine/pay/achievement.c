#include "pay/achievement.h"

#include "pay/indicator.h"
#include "pay/value.h"

#include "base/poison.h"

/* Works out what the contract is worth, and what its instalments are of; what is missing for that
 * is noted by lacks.c. */
static bool
value_contract(Working *working, Contract *contract)
{
    const Pack *pack = working->pack;
    ValueOutcome outcome = contract_value(pack, contract, &contract->value);
    contract->has_value = outcome == VALUE_KNOWN;
    if (outcome == VALUE_OUT_OF_RANGE) {
        working_refuse_contract(working, contract, "the contract value");
        return false;
    }
    if (!working_check(working, contract, contract->value, "the contract value"))
        return false;
    contract->has_base = contract_base(pack, contract, &contract->base);
    return true;
}

static void
add_instalment(Working *working, const Contract *contract, Money *before)
{
    const Pack *pack = working->pack;
    Month month = pack->period.month;
    Instalments now = contract_instalments(pack, contract, month);
    Line line = {.contract = working->number,
                 .kind = LINE_INSTALMENT,
                 .item = "in-year",
                 .month = month,
                 .has_count = true,
                 .has_rate = true,
                 .has_fraction = true,
                 .count = now.due * MICROS_PER_UNIT,
                 .rate = contract->base,
                 .fraction = fraction_multiply(fraction_micros(contract->scheme->in_year_share),
                                               fraction_of(now.due, now.all)),
                 .rule = CODE_NONE,
                 .place = PLACE_NONE};
    Money earned;
    if (!instalments_amount(pack, contract, month, &line.amount) ||
        !instalments_amount(pack, contract, month - 1, before))
        working_refuse_contract(working, contract, "the instalment");
    else if (!indicators_earned(pack, contract, month - 1, &earned) ||
             !money_add(*before, earned, before))
        working_refuse_contract(working, contract, "what an indicator earned");
    g_array_append_val(working->lines, line);
}

static void
add_indicator(Working *working, guint32 number, const IndicatorEarning *earning)
{
    const Achieved *achieved = &earning->reached.achieved;
    bool has_count = earning->reached.kind != REACHED_NOTHING;
    Line line = {.contract = working->number,
                 .kind = LINE_INDICATOR,
                 .item = rules_indicator(working->pack->rules, number)->code,
                 .month = MONTH_NONE,
                 .has_count = has_count,
                 .has_rate = true,
                 .has_fraction = true,
                 .count = has_count ? achieved->numerator : 0,
                 .rate = earning->share.pence * (MICROS_PER_UNIT / 100),
                 .fraction = earning->fraction,
                 .amount = earning->amount,
                 .rule = number,
                 .place = achieved->row_count == 1 ? achieved->places[0] : PLACE_NONE};
    g_array_append_val(working->lines, line);
}

/* Lines of the indicators that are due: at year-end of all. */
static void
add_indicators(Working *working, const Contract *contract)
{
    const GArray *indicators = contract->scheme->indicators;
    g_autofree IndicatorEarning *earnings = g_new0(IndicatorEarning, indicators->len);
    if (!indicators_earn(working->pack, contract, working->pack->period.month, earnings)) {
        working_refuse_contract(working, contract, "what an indicator earned");
        return;
    }
    for (guint i = 0; i < indicators->len; i++)
        if (earnings[i].is_due)
            add_indicator(working, g_array_index(indicators, guint32, i), &earnings[i]);
}

static void
add_lines(Working *working, Contract *contract, Money *before)
{
    if (contract->held != REASON_NONE)
        return;
    if (!working->pack->period.is_year_end)
        add_instalment(working, contract, before);
    add_indicators(working, contract);
}

const PaymentMethod ACHIEVEMENT_METHOD = {NULL, value_contract, add_lines};
