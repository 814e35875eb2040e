#include "pay/share.h"

#include "base/poison.h"

/* What rounding down took from a share: it decides who gets the pence left over. */
typedef struct {
    Fraction rest;
    guint place;
} Remainder;

/* Largest first; of equal ones the earlier. */
static int
compare_remainders(gconstpointer left, gconstpointer right, gpointer user)
{
    const Remainder *a = left, *b = right;
    bool *is_valid = user;
    int order = 0;
    if (!fraction_compare(b->rest, a->rest, &order))
        *is_valid = false;
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

bool
share_out(Money amount, const Fraction *weights, guint count, Money *shares)
{
    g_autoptr(GArray) remainders = g_array_new(FALSE, FALSE, sizeof(Remainder));
    bool is_valid = true;
    int64_t left = amount.pence;
    Fraction all = fraction_whole(0);
    for (guint i = 0; i < count; i++)
        all = fraction_add(all, weights[i]);
    for (guint i = 0; i < count; i++)
        shares[i] = (Money){0};
    if (fraction_is_valid(all) && all.num == 0)
        return true;
    for (guint i = 0; i < count; i++) {
        Fraction exact =
            fraction_multiply(fraction_money(amount), fraction_divide(weights[i], all));
        if (!fraction_to_money(exact, ROUND_DOWN, &shares[i]))
            return false;
        Remainder remainder = {fraction_subtract(exact, fraction_money(shares[i])), i};
        g_array_append_val(remainders, remainder);
        left -= shares[i].pence;
        is_valid = is_valid && fraction_is_valid(remainder.rest);
    }
    if (!is_valid)
        return false;
    g_array_sort_with_data(remainders, compare_remainders, &is_valid);
    for (guint i = 0; left > 0 && i < remainders->len; i++, left--)
        shares[g_array_index(remainders, Remainder, i).place].pence++;
    return is_valid && left == 0;
}
