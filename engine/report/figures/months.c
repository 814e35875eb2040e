#include "report/figures/months.h"

#include "pay/indicator.h"
#include "pay/value.h"

#include "base/poison.h"

static void
add(MonthTotals *totals, guint month, guint part, Money amount)
{
    sum_add(&totals->months[month][part], amount);
    sum_add(&totals->all[part], amount);
}

/* Adds up what a contract's instalments, and its indicators that are due, add month by month. */
static void
add_instalments(MonthTotals *totals, const Result *result, const Contract *contract)
{
    Month april = year_first_month(result->pack->period.year);
    for (guint i = 0; i < totals->count; i++) {
        Month month = april + (Month)i;
        Money added, now, before;
        if (!instalments_added(result->pack, contract, month, &added) ||
            !indicators_earned(result->pack, contract, month, &now) ||
            !indicators_earned(result->pack, contract, month - 1, &before))
            return;
        add(totals, i, MONTH_INSTALMENTS, added);
        add(totals, i, MONTH_INSTALMENTS, now);
        add(totals, i, MONTH_INSTALMENTS, (Money){-before.pence});
    }
}

MonthTotals
months_add_up(const Result *result)
{
    MonthTotals totals = {.parts = MONTH_CLAUSES};
    const Period *period = &result->pack->period;
    Month april = year_first_month(period->year);
    if (period->is_year_end)
        return totals;
    totals.count = (guint)(period->month - april + 1);
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        if (line->kind == LINE_LIMIT)
            totals.parts = MONTH_PARTS;
        if (line->kind == LINE_HELD)
            sum_add(&totals.held, line->amount);
        else if (line->kind == LINE_INSTALMENT)
            add_instalments(&totals, result, result_contract(result, line->contract));
        else if (line->kind == LINE_ACTIVITY)
            add(&totals, (guint)(line->month - april), MONTH_ACTIVITY, line->amount);
        else if (line->kind == LINE_LIMIT)
            add(&totals, (guint)(line->month - april), MONTH_CLAUSES, line->amount);
        else if (line->kind == LINE_ADJUSTMENT || line->kind == LINE_BROUGHT_FORWARD ||
                 line->kind == LINE_DEFERRED)
            add(&totals, (guint)(line->month - april), MONTH_ADJUSTMENTS, line->amount);
    }
    return totals;
}
