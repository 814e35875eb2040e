/* Activity schemes: a line for each activity, price and month. */
#include "pack/claims_chunks.h"
#include "pack/tally.h"
#include "pay/working.h"

#include "base/poison.h"

/* What is counted of an activity of a contract, in a month at a price. */
typedef struct {
    guint32 contract, activity;
    guint8 month;
    Micros price;
    int64_t count;
} Counted;

typedef struct {
    const Pack *pack;
    Tally *sums; /* by task */
} Adding;

static void
add_chunk(gsize task, gpointer user)
{
    const Adding *adding = user;
    const Pack *pack = adding->pack;
    Tally *sums = &adding->sums[task];
    guint64 first, end = claims_chunk(pack->claims, task, &first);
    tally_init(sums);
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &pack->claims->rows[i];
        if (claim->state != STATE_ACCEPTED || claim->counted == 0)
            continue;
        const Price *price = activity_price_on(rules_activity(pack->rules, claim->activity),
                                               claim_day(claim, pack->period.year));
        bool is_new;
        /* Fewer than 2^32 rows of fewer than 2^30 each: no sum overflows. */
        *tally_add(sums, line_first_key(claim->provider, claim->activity),
                   line_second_key(claim->month, price->price), &is_new) += claim->counted;
    }
}

static int
compare_counted(gconstpointer left, gconstpointer right)
{
    const Counted *a = left, *b = right;
    if (a->contract != b->contract)
        return a->contract < b->contract ? -1 : 1;
    if (a->activity != b->activity)
        return a->activity < b->activity ? -1 : 1;
    guint64 second_a = line_second_key(a->month, a->price),
            second_b = line_second_key(b->month, b->price);
    return (second_a > second_b) - (second_a < second_b);
}

/* The sums of all tasks, joined and sorted: of Counted. */
static GArray *
join_sums(const Pack *pack, Tally *sums, gsize tasks)
{
    Tally all;
    bool is_new;
    tally_init(&all);
    for (gsize task = 0; task < tasks; task++) {
        for (gsize i = 0; i < sums[task].size; i++) {
            const TallyEntry *entry = &sums[task].entries[i];
            if (entry->is_used)
                *tally_add(&all, entry->first, entry->second, &is_new) += entry->value;
        }
        tally_clear(&sums[task]);
    }
    GArray *counted = g_array_new(FALSE, FALSE, sizeof(Counted));
    for (gsize i = 0; i < all.size; i++) {
        const TallyEntry *entry = &all.entries[i];
        if (!entry->is_used)
            continue;
        guint32 provider = (guint32)(entry->first >> 32), activity = (guint32)entry->first;
        guint32 scheme = rules_activity(pack->rules, activity)->scheme;
        Counted sum = {contracts_find(pack->contracts, scheme, provider), activity,
                       (guint8)(entry->second >> 60),
                       (Micros)(entry->second & ((G_GUINT64_CONSTANT(1) << 60) - 1)), entry->value};
        g_array_append_val(counted, sum);
    }
    tally_clear(&all);
    g_array_sort(counted, compare_counted);
    return counted;
}

static void
prepare(Working *working)
{
    gsize tasks = claims_chunks(working->pack->claims);
    g_autofree Tally *sums = g_new0(Tally, MAX(tasks, 1));
    Adding adding = {working->pack, sums};
    parallel_for(working->pack->threads, tasks, add_chunk, &adding);
    working->counted = join_sums(working->pack, sums, tasks);
    working->next_counted = 0;
}

/* The price row a line was paid by: of that price, and in force in that month. */
static const Price *
price_row(const Activity *activity, Micros price, Month month)
{
    for (guint i = 0; i < activity->prices->len; i++) {
        const Price *row = &g_array_index(activity->prices, Price, i);
        if (row->price == price && row->from <= month_last_day(month) &&
            month_first_day(month) <= row->to)
            return row;
    }
    return NULL;
}

static void
add_line(Working *working, const Contract *contract, const Counted *sum, Money *before)
{
    const Pack *pack = working->pack;
    const Activity *activity = rules_activity(pack->rules, sum->activity);
    Month month = year_first_month(pack->period.year) + sum->month;
    Line line = {.contract = working->result->contracts->len,
                 .kind = LINE_ACTIVITY,
                 .item = activity->code,
                 .month = month,
                 .has_count = true,
                 .has_rate = true,
                 .rate = sum->price,
                 .rule = sum->activity,
                 .price = price_row(activity, sum->price, month),
                 .place = PLACE_NONE};
    Fraction pounds = fraction_multiply(fraction_whole(sum->count), fraction_micros(sum->price));
    if (__builtin_mul_overflow(sum->count, MICROS_PER_UNIT, &line.count) ||
        !fraction_to_money(pounds, contract->scheme->rounding, &line.amount) ||
        (month < pack->period.month && !money_add(*before, line.amount, before)))
        working_out_of_range(working, contract->scheme->code, contract->provider->code,
                             "the amount of an activity");
    g_array_append_val(working->result->lines, line);
}

/* Contracts come in their order, and so do the sums. */
static void
add_lines(Working *working, Contract *contract, Money *before)
{
    for (; working->next_counted < working->counted->len; working->next_counted++) {
        const Counted *sum = &g_array_index(working->counted, Counted, working->next_counted);
        if (sum->contract != contract->key)
            break;
        add_line(working, contract, sum, before);
    }
}

const PaymentMethod ACTIVITY_METHOD = {prepare, add_lines};
