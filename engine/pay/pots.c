#include "pay/pots.h"

#include "pay/share.h"

#include "base/poison.h"

const Clause *
pot_of(const Rules *rules, const Scheme *scheme, guint32 *rule)
{
    if (scheme->clauses->len == 0)
        return NULL;
    *rule = g_array_index(scheme->clauses, guint32, scheme->clauses->len - 1); /* pots come last */
    const Clause *last = rules_clause(rules, *rule);
    return clause_is_pot(last) ? last : NULL;
}

bool
pot_amount(const Clause *pot, const Scheme *scheme, Money *amount)
{
    return fraction_to_money(fraction_micros(pot->amount.pounds), scheme->rounding, amount);
}

/* Whether a contract gets a share: it has earned something. */
static bool
is_sharing(const PotShare *share)
{
    return share->part == POT_SHARES && share->amount.pence > 0;
}

/* What held contracts leave of the pot, and what the others have earned. False where it is out of
 * range. */
static bool
add_up(const PotShare *shares, guint count, Money *left, Money *earned)
{
    Money kept = {0};
    *earned = (Money){0};
    for (guint i = 0; i < count; i++) {
        if ((shares[i].part == POT_KEEPS && !money_add(kept, shares[i].amount, &kept)) ||
            (is_sharing(&shares[i]) && !money_add(*earned, shares[i].amount, earned)))
            return false;
    }
    if (!money_subtract(*left, kept, left))
        return false;
    left->pence = MAX(left->pence, 0);
    return true;
}

bool
pot_share(const Clause *pot, Money amount, bool is_year_end, PotShare *shares, guint count)
{
    Money left = amount, earned;
    g_autofree Fraction *weights = g_new(Fraction, count);
    g_autofree Money *parts = g_new(Money, count);
    for (guint i = 0; i < count; i++)
        shares[i].effect = (Money){0};
    if (!add_up(shares, count, &left, &earned))
        return false;
    bool is_brought_up = pot->limit == LIMIT_WHOLE_POT && is_year_end;
    if (earned.pence == 0 || (earned.pence <= left.pence && !is_brought_up))
        return true;
    for (guint i = 0; i < count; i++)
        weights[i] = is_sharing(&shares[i]) ? fraction_money(shares[i].amount) : fraction_whole(0);
    if (!share_out(left, weights, count, parts))
        return false;
    for (guint i = 0; i < count; i++)
        if (is_sharing(&shares[i]) &&
            !money_subtract(parts[i], shares[i].amount, &shares[i].effect))
            return false;
    return true;
}
