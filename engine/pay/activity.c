#include "pay/activity.h"

#include "pack/claims_chunks.h"
#include "pack/tally.h"

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
    GArray **sums; /* by chunk of claims, of ActivitySum */
} Adding;

static void
append_sums(const Tally *tally, guint32 file, GArray *sums)
{
    for (gsize i = 0; i < tally->size; i++) {
        const TallyEntry *entry = &tally->entries[i];
        ActivitySum sum = {.file = file,
                           .rows = entry->times,
                           .provider = (guint32)(entry->first >> 32),
                           .activity = (guint32)entry->first,
                           .month = (guint8)(entry->second >> 60),
                           .price = (Micros)(entry->second & ((G_GUINT64_CONSTANT(1) << 60) - 1)),
                           .count = entry->value};
        if (entry->is_used)
            g_array_append_val(sums, sum);
    }
}

/* Adds up the claims of one file, from first on and before end. Returns the first claim of the next
 * file, or end. */
static guint64
add_file(const Pack *pack, guint64 first, guint64 end, GArray *sums)
{
    guint file = place_file(pack->claims->rows[first].place);
    guint64 i = first;
    Tally tally;
    bool is_new;
    tally_init(&tally);
    for (; i < end && place_file(pack->claims->rows[i].place) == file; i++) {
        const Claim *claim = &pack->claims->rows[i];
        if (claim->state != STATE_ACCEPTED || claim->counted == 0)
            continue;
        const Price *price = activity_price_on(rules_activity(pack->rules, claim->activity),
                                               claim_day(claim, pack->period.year));
        /* No sum overflows: there are fewer than 2^32 rows, each with less than 2^30. */
        *tally_add(&tally, activity_first_key(claim->provider, claim->activity),
                   activity_second_key(claim->month, price->price), &is_new) += claim->counted;
    }
    append_sums(&tally, file, sums);
    tally_clear(&tally);
    return i;
}

static void
add_chunk(gsize chunk, gpointer user)
{
    const Adding *adding = user;
    guint64 first, end = claims_chunk(adding->pack->claims, chunk, &first);
    adding->sums[chunk] = g_array_new(FALSE, FALSE, sizeof(ActivitySum));
    while (first < end)
        first = add_file(adding->pack, first, end, adding->sums[chunk]);
}

static int
compare_counted(gconstpointer left, gconstpointer right)
{
    const Counted *a = left, *b = right;
    if (a->contract != b->contract)
        return a->contract < b->contract ? -1 : 1;
    if (a->activity != b->activity)
        return a->activity < b->activity ? -1 : 1;
    guint64 second_a = activity_second_key(a->month, a->price),
            second_b = activity_second_key(b->month, b->price);
    return (second_a > second_b) - (second_a < second_b);
}

/* The sums of all files, joined and sorted: of Counted. */
static GArray *
join_sums(const Pack *pack, const GArray *sums)
{
    Tally all;
    bool is_new;
    tally_init(&all);
    GArray *counted = g_array_new(FALSE, FALSE, sizeof(Counted));
    for (guint i = 0; i < sums->len; i++) {
        const ActivitySum *sum = &g_array_index(sums, ActivitySum, i);
        int64_t *number = tally_add(&all, activity_first_key(sum->provider, sum->activity),
                                    activity_second_key(sum->month, sum->price), &is_new);
        if (is_new) {
            guint32 scheme = rules_activity(pack->rules, sum->activity)->scheme;
            Counted first = {contracts_find(pack->contracts, scheme, sum->provider), sum->activity,
                             sum->month, sum->price, 0};
            *number = counted->len;
            g_array_append_val(counted, first);
        }
        g_array_index(counted, Counted, *number).count += sum->count;
    }
    tally_clear(&all);
    g_array_sort(counted, compare_counted);
    return counted;
}

static void
prepare(Working *working)
{
    gsize chunks = claims_chunks(working->pack->claims);
    g_autofree GArray **sums = g_new0(GArray *, MAX(chunks, 1));
    Adding adding = {working->pack, sums};
    parallel_for(working->pack->threads, chunks, add_chunk, &adding);
    for (gsize chunk = 0; chunk < chunks; chunk++) {
        g_array_append_vals(working->result->activity_sums, sums[chunk]->data, sums[chunk]->len);
        g_array_unref(sums[chunk]);
    }
    working->counted = join_sums(working->pack, working->result->activity_sums);
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
        working_refuse_contract(working, contract, "the amount of an activity");
    g_array_append_val(working->result->lines, line);
}

/* Contracts and sums are in the same order, so the sums of this one are the next ones. */
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

const PaymentMethod ACTIVITY_METHOD = {prepare, NULL, add_lines};
