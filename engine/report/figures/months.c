#include "report/figures/months.h"

#include "pay/value.h"

#include "base/poison.h"

static void
add_instalments(MonthTotals *totals, const Result *result, const Contract *contract)
{
    Month april = year_first_month(result->pack->period.year);
    for (guint i = 0; i < totals->count; i++) {
        Money added;
        if (!instalments_added(result->pack, contract, april + (Month)i, &added))
            return;
        sum_add(&totals->months[i].instalments, added);
    }
}

MonthTotals
months_add_up(const Result *result)
{
    MonthTotals totals = {0};
    const Period *period = &result->pack->period;
    Month april = year_first_month(period->year);
    if (period->is_year_end)
        return totals;
    totals.count = (guint)(period->month - april + 1);
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        if (line->kind == LINE_HELD)
            sum_add(&totals.held, line->amount);
        else if (line->kind == LINE_INSTALMENT)
            add_instalments(&totals, result, result_contract(result, line->contract));
        else if (line->kind == LINE_ACTIVITY)
            sum_add(&totals.months[line->month - april].activity, line->amount);
        else if (line->kind == LINE_ADJUSTMENT)
            sum_add(&totals.months[line->month - april].adjustments, line->amount);
    }
    return totals;
}
