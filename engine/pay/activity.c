#include "pay/activity.h"

#include "pack/claims/claims_chunks.h"
#include "pack/claims/tally.h"
#include "pay/received.h"
#include "pay/unclaimed.h"

#include "base/poison.h"

/* What is counted of an activity of a contract, in a month at a price. */
typedef struct {
    guint32 contract, activity;
    guint8 month;
    Micros price;
    int64_t count;
    guint64 rows;
    int64_t displaced; /* counted until a dearer row of the run's month took their place */
    int64_t over;      /* of a count that is expected: count ÷ over; else 0 */
} Counted;

typedef struct {
    const Pack *pack;
    GArray **sums;         /* by chunk of claims, of ActivitySum */
    ReceivedNotes **notes; /* by chunk */
} Adding;

static void
append_sums(const Tally *tally, guint32 file, bool is_displaced, GArray *sums)
{
    for (gsize i = 0; i < tally->size; i++) {
        const TallyEntry *entry = &tally->entries[i];
        ActivitySum sum = {.file = file,
                           .rows = entry->times,
                           .provider = (guint32)(entry->first >> 32),
                           .activity = (guint32)entry->first,
                           .month = (guint8)(entry->second >> 60),
                           .price = (Micros)(entry->second & ((G_GUINT64_CONSTANT(1) << 60) - 1)),
                           .count = entry->value,
                           .is_displaced = is_displaced};
        if (entry->is_used)
            g_array_append_val(sums, sum);
    }
}

/* Adds up the claims of one file, from first on and before end. Returns the first claim of the next
 * file, or end. */
static guint64
add_file(const Pack *pack, guint64 first, guint64 end, GArray *sums, ReceivedNotes *notes)
{
    guint file = place_file(pack->claims->rows[first].place);
    guint64 i = first;
    Tally counted, displaced;
    bool is_new;
    tally_init(&counted);
    tally_init(&displaced);
    for (; i < end && place_file(pack->claims->rows[i].place) == file; i++) {
        const Claim *claim = &pack->claims->rows[i];
        bool is_counted =
            claim->state == STATE_ACCEPTED && (claim->counted > 0 || claim->was_counted);
        received_note(notes, claim, is_counted);
        if (!is_counted)
            continue;
        const Price *price = activity_price_on(rules_activity(pack->rules, claim->activity),
                                               claim_day(claim, pack->period.year));
        /* No sum overflows: there are fewer than 2^32 rows, each with less than 2^30. */
        *tally_add(claim->was_counted ? &displaced : &counted,
                   activity_first_key(claim->provider, claim->activity),
                   activity_second_key(claim->month, price->price), &is_new) +=
            claim->was_counted ? 1 : claim->counted;
    }
    append_sums(&counted, file, false, sums);
    append_sums(&displaced, file, true, sums);
    tally_clear(&counted);
    tally_clear(&displaced);
    return i;
}

static void
add_chunk(gsize chunk, gpointer user)
{
    const Adding *adding = user;
    guint64 first, end = claims_chunk(adding->pack->claims, chunk, &first);
    adding->sums[chunk] = g_array_new(FALSE, FALSE, sizeof(ActivitySum));
    adding->notes[chunk] = received_notes_new(adding->pack);
    while (first < end)
        first = add_file(adding->pack, first, end, adding->sums[chunk], adding->notes[chunk]);
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

/* The sums of all files, joined, in no order yet: of Counted. */
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
            Counted first = {contracts_find(pack->contracts, scheme, sum->provider),
                             sum->activity,
                             sum->month,
                             sum->price,
                             0,
                             0,
                             0,
                             0};
            *number = counted->len;
            g_array_append_val(counted, first);
        }
        Counted *into = &g_array_index(counted, Counted, *number);
        *(sum->is_displaced ? &into->displaced : &into->count) += sum->count;
        into->rows += sum->rows;
    }
    tally_clear(&all);
    return counted;
}

/* Claims received, from the rows that were added up and from the others. */
static void
join_received(const Working *working, ReceivedNotes **notes, gsize chunks)
{
    received_begin(working->result);
    for (guint i = 0; i < working->counted->len; i++) {
        const Counted *sum = &g_array_index(working->counted, Counted, i);
        received_add(working->result, sum->contract, sum->month, sum->rows);
    }
    received_join(working->result, notes, chunks);
    for (gsize chunk = 0; chunk < chunks; chunk++)
        received_notes_free(notes[chunk]);
}

/* What a forecast expects is counted, too. */
static void
add_expected(const Pack *pack, GArray *counted)
{
    for (guint i = 0; pack->assumed != NULL && i < pack->assumed->counts->len; i++) {
        const ExpectedCount *expected = &g_array_index(pack->assumed->counts, ExpectedCount, i);
        Counted count = {.contract = expected->contract,
                         .activity = expected->activity,
                         .month = expected->month,
                         .price = expected->price->price,
                         .count = (int64_t)expected->count.num,
                         .over = (int64_t)expected->count.den};
        g_array_append_val(counted, count);
    }
    g_array_sort(counted, compare_counted);
}

static void
prepare(Working *working)
{
    gsize chunks = claims_chunks(working->pack->claims);
    g_autofree GArray **sums = g_new0(GArray *, MAX(chunks, 1));
    g_autofree ReceivedNotes **notes = g_new0(ReceivedNotes *, MAX(chunks, 1));
    Adding adding = {working->pack, sums, notes};
    parallel_for(working->pack->threads, chunks, add_chunk, &adding);
    for (gsize chunk = 0; chunk < chunks; chunk++) {
        g_array_append_vals(working->result->activity_sums, sums[chunk]->data, sums[chunk]->len);
        g_array_unref(sums[chunk]);
    }
    working->counted = join_sums(working->pack, working->result->activity_sums);
    add_expected(working->pack, working->counted);
    working->next_counted = 0;
    join_received(working, notes, chunks);
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

/* The lines of a contract by a month, and where they go. */
typedef struct {
    const Pack *pack;
    const Contract *contract;
    guint number; /* of the contract in the result */
    Month by;
    GArray *lines;
    bool fits;
} AddingLines;

static Line
new_line(const AddingLines *adding, guint32 activity, Month month, const Price *price)
{
    return (Line){.contract = adding->number,
                  .kind = LINE_ACTIVITY,
                  .item = rules_activity(adding->pack->rules, activity)->code,
                  .month = month,
                  .has_count = true,
                  .has_rate = true,
                  .rule = activity,
                  .price = price,
                  .place = PLACE_NONE};
}

/* Rounds the amount of a line and adds it. */
static void
add_line(AddingLines *adding, Line *line, Fraction pounds)
{
    if (!fraction_to_money(pounds, adding->contract->scheme->rounding, &line->amount))
        adding->fits = false;
    g_array_append_val(adding->lines, *line);
}

/* What is counted of an activity in a month at a price. Where the dearest row of a group counts,
 * the run's month may have moved the count elsewhere. */
static void
add_counted(AddingLines *adding, const Counted *sum)
{
    const Pack *pack = adding->pack;
    Month month = year_first_month(pack->period.year) + sum->month;
    int64_t count = sum->count + (adding->by < pack->period.month ? sum->displaced : 0);
    if (month > adding->by || count == 0)
        return;
    const Price *price = price_row(rules_activity(pack->rules, sum->activity), sum->price, month);
    Line line = new_line(adding, sum->activity, month, price);
    line.rate = sum->price;
    if (__builtin_mul_overflow(count, MICROS_PER_UNIT, &line.count))
        adding->fits = false;
    line.has_fraction = sum->over > 1;
    if (line.has_fraction)
        line.fraction = fraction_of(1, sum->over);
    add_line(adding, &line, fraction_multiply(line_counted(&line), fraction_micros(sum->price)));
}

/* What is due of each or of a fact (rules/README.md, Activity schemes). */
static void
add_unclaimed(AddingLines *adding, guint32 activity)
{
    g_autoptr(GArray) spans =
        unclaimed_spans(adding->pack, adding->contract->key, activity, adding->by);
    for (guint i = 0; i < spans->len; i++) {
        const UnclaimedSpan *span = &g_array_index(spans, UnclaimedSpan, i);
        if (span->count == 0)
            continue;
        Line line = new_line(adding, activity, span->month, span->price);
        line.count = span->count;
        line.rate = span->price->price;
        line.has_fraction = true;
        line.fraction = span->fraction;
        if (span->fact != NULL)
            line.place = span->fact->place;
        add_line(adding, &line,
                 fraction_multiply(
                     fraction_multiply(fraction_micros(line.count), fraction_micros(line.rate)),
                     line.fraction));
    }
}

/* Adds the lines of a contract by a month, activity by activity; sums are its own. */
static void
add_all(AddingLines *adding, const Counted *sums, guint count)
{
    const GArray *activities = adding->contract->scheme->activities;
    guint at = 0;
    for (guint i = 0; i < activities->len; i++) {
        guint32 activity = g_array_index(activities, guint32, i);
        if (!activity_is_claimed(rules_activity(adding->pack->rules, activity)))
            add_unclaimed(adding, activity);
        for (; at < count && sums[at].activity == activity; at++)
            add_counted(adding, &sums[at]);
    }
}

/* Contracts and sums are in the same order, so the sums of this one are the next ones. What the
 * months before come to is worked out by itself: parts of spans are rounded month by month, and
 * the run's month can change for which row a patient is paid. */
static void
add_lines(Working *working, Contract *contract, Money *before)
{
    const Pack *pack = working->pack;
    guint first = working->next_counted, end = first;
    while (end < working->counted->len &&
           g_array_index(working->counted, Counted, end).contract == contract->key)
        end++;
    working->next_counted = end;
    if (contract->held != REASON_NONE)
        return;
    const Counted *sums = end > first ? &g_array_index(working->counted, Counted, first) : NULL;
    AddingLines adding = {pack,           contract, working->number, pack->period.month,
                          working->lines, true};
    add_all(&adding, sums, end - first);
    adding.by = pack->period.month - 1;
    adding.lines = working->earlier;
    g_array_set_size(working->earlier, 0);
    add_all(&adding, sums, end - first);
    for (guint i = 0; i < working->earlier->len; i++)
        if (!money_add(*before, g_array_index(working->earlier, Line, i).amount, before))
            adding.fits = false;
    if (!adding.fits)
        working_refuse_contract(working, contract, "the amount of an activity");
}

const PaymentMethod ACTIVITY_METHOD = {prepare, NULL, add_lines};
