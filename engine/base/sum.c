#include "base/sum.h"

#include "base/poison.h"

void
sum_add(Sum *sum, Money money)
{
    sum->pence += money.pence;
}

bool
sum_money(Sum sum, Money *money)
{
    if (sum.pence > INT64_MAX || sum.pence < INT64_MIN)
        return false;
    money->pence = (int64_t)sum.pence;
    return true;
}

void
sum_append_pounds(GString *text, Sum sum)
{
    Money money;
    if (sum_money(sum, &money))
        money_append_pounds(text, money);
    else
        g_string_append(text, SUM_OUT_OF_RANGE);
}

void
sum_append(GString *text, Sum sum)
{
    Money money;
    if (sum_money(sum, &money))
        money_append(text, money);
    else
        g_string_append(text, SUM_OUT_OF_RANGE);
}
