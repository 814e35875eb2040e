#include "pay/unclaimed.h"

#include "base/poison.h"

/* A span of the year, and the contract in it. */
typedef struct {
    const Pack *pack;
    guint32 contract;
    const Scheme *scheme;
    const Activity *activity;
    Month first, last;
} Spanning;

static Month
first_of_span(const Pack *pack, const Activity *activity, Month month)
{
    Month april = year_first_month(pack->period.year);
    return month - (month - april) % (Month)span_months(activity->per);
}

static Spanning
spanning_of(const Pack *pack, guint32 contract, const Activity *activity, Month month)
{
    Month first = first_of_span(pack, activity, month);
    return (Spanning){pack,     contract, rules_scheme(pack->rules, activity->scheme),
                      activity, first,    first + (Month)span_months(activity->per) - 1};
}

/* The fact in force on the scheme's list_date, else on the first day of the span. */
static const Fact *
fact_of_span(const Spanning *span)
{
    const Scheme *scheme = span->scheme;
    Day day = scheme->list_date != DAY_NONE ? scheme->list_date : month_first_day(span->first);
    return facts_in_force(span->pack->facts,
                          contracts_key(span->pack->contracts, span->contract)->provider,
                          span->activity->fact, day);
}

const Fact *
unclaimed_fact(const Pack *pack, guint32 contract, const Activity *activity, Month month)
{
    Spanning span = spanning_of(pack, contract, activity, month);
    return activity->count == COUNT_FACT ? fact_of_span(&span) : NULL;
}

/* The days from … to that a spell covers while a price is in force. */
static int
days_in(const Spell *spell, const Price *price, Day from, Day to)
{
    return MAX(MIN(MIN(spell->to, price->to), to) - MAX(MAX(spell->from, price->from), from) + 1,
               0);
}

/* How much of the span a price row covers together with the spells: days, or months whose first
 * day is covered. */
static int
covered_by(const Spanning *span, const Price *price)
{
    const Contracts *contracts = span->pack->contracts;
    const ContractKey *key = contracts_key(contracts, span->contract);
    int covered = 0;
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(contracts, key, i);
        if (span->scheme->pro_rata == PRO_RATA_DAYS)
            covered +=
                days_in(spell, price, month_first_day(span->first), month_last_day(span->last));
        else
            for (Month month = span->first; month <= span->last; month++)
                covered += days_in(spell, price, month_first_day(month), month_first_day(month));
    }
    return covered;
}

/* The first day of the span that the spells cover while a price is in force; DAY_OPEN: none. */
static Day
first_day_covered(const Spanning *span, const Price *price)
{
    const Contracts *contracts = span->pack->contracts;
    const ContractKey *key = contracts_key(contracts, span->contract);
    Day found = DAY_OPEN;
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(contracts, key, i);
        Day from = MAX(MAX(spell->from, price->from), month_first_day(span->first));
        if (days_in(spell, price, month_first_day(span->first), month_last_day(span->last)) > 0)
            found = MIN(found, from);
    }
    return found;
}

/* Without pro-rata: the price in force on the first day covered counts in full, any other not. */
static bool
is_first_price(const Spanning *span, const Price *price)
{
    Day first = first_day_covered(span, price);
    for (guint i = 0; i < span->activity->prices->len; i++)
        if (first_day_covered(span, &g_array_index(span->activity->prices, Price, i)) < first)
            return false;
    return first != DAY_OPEN;
}

static Fraction
part_covered(const Spanning *span, const Price *price)
{
    if (span->scheme->pro_rata == PRO_RATA_NONE)
        return fraction_whole(is_first_price(span, price) ? 1 : 0);
    int whole = span->scheme->pro_rata == PRO_RATA_DAYS
                    ? month_last_day(span->last) - month_first_day(span->first) + 1
                    : span->last - span->first + 1;
    return fraction_of(covered_by(span, price), whole);
}

/* The part of the span that is due by a month, and the month in which it is paid. */
static Fraction
part_due(const Spanning *span, Month by, Month *month)
{
    Month months = span->last - span->first + 1;
    *month = span->activity->paid == PAID_FIRST ? span->first : MIN(span->last, by);
    if (span->activity->paid == PAID_MONTHLY)
        return fraction_of(CLAMP(by - span->first + 1, 0, months), months);
    if (span->activity->paid == PAID_LAST)
        *month = span->last;
    return fraction_whole(*month <= by ? 1 : 0);
}

static int
compare_prices(gconstpointer left, gconstpointer right)
{
    const UnclaimedSpan *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->price->price > b->price->price) - (a->price->price < b->price->price);
}

/* Adds a price row of a span; rows of equal price are one. */
static void
add_price(const Spanning *span, const UnclaimedSpan *due, const Price *price, GArray *found)
{
    UnclaimedSpan added = *due;
    added.price = price;
    added.fraction = fraction_multiply(part_covered(span, price), due->fraction);
    if (added.fraction.num == 0)
        return;
    for (guint i = 0; i < found->len; i++) {
        UnclaimedSpan *other = &g_array_index(found, UnclaimedSpan, i);
        if (other->first == added.first && other->price->price == price->price) {
            other->fraction = fraction_add(other->fraction, added.fraction);
            return;
        }
    }
    g_array_append_val(found, added);
}

GArray *
unclaimed_spans(const Pack *pack, guint32 contract, guint32 activity_number, Month by)
{
    const Activity *activity = rules_activity(pack->rules, activity_number);
    Month april = year_first_month(pack->period.year);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(UnclaimedSpan));
    for (Month month = april; month <= by; month += (Month)span_months(activity->per)) {
        Spanning span = spanning_of(pack, contract, activity, month);
        UnclaimedSpan due = {.first = span.first, .last = span.last, .count = MICROS_PER_UNIT};
        due.fraction = part_due(&span, by, &due.month);
        due.fact = activity->count == COUNT_FACT ? fact_of_span(&span) : NULL;
        due.is_missing = activity->count == COUNT_FACT && due.fact == NULL;
        if (due.fact != NULL)
            due.count = due.fact->number;
        for (guint i = 0; i < activity->prices->len; i++)
            add_price(&span, &due, &g_array_index(activity->prices, Price, i), found);
    }
    g_array_sort(found, compare_prices);
    return found;
}

bool
unclaimed_lacks_fact(const Pack *pack, guint32 contract, guint32 activity, Month by)
{
    g_autoptr(GArray) spans = unclaimed_spans(pack, contract, activity, by);
    for (guint i = 0; i < spans->len; i++)
        if (g_array_index(spans, UnclaimedSpan, i).is_missing)
            return true;
    return false;
}
