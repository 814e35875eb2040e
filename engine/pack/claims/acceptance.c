#include "pack/claims/acceptance.h"

#include "base/sorting.h"
#include "pack/claims/accept_row.h"
#include "pack/claims/claims_chunks.h"
#include "pack/claims/submissions.h"

#include "base/poison.h"

/* Claims are divided into partitions by a hash of the patient, so that all claims of a patient are
 * in one. A partition is copied together, so that it fits the processor's caches, and decided in
 * order. Only the cap of a provider ties patients together. Claims under a cap that can be used up
 * go by a hash of the cap, where no other claim of their patient can matter to them. The others
 * under such caps, and all claims of their patients that can matter, form one more partition. It
 * may hold all claims, so it is decided in place. Whatever is left of one cap is counted in one
 * partition alone. */
#define PARTITIONS 4096
#define TIED PARTITIONS
#define ALL_PARTITIONS (PARTITIONS + 1)
#define NOWHERE G_MAXUINT16 /* there is nothing to decide */
#define AHEAD 16

typedef struct {
    Claims *claims;
    const Rules *rules;
    const Facts *facts;
    const Period *period;
    guint64 month_starts[12];        /* the day of the year on which a month begins */
    guint16 *partitions;             /* by claim */
    Tally *chunk_tallies;            /* by chunk: what it finds, until all are joined */
    Tally wanted;                    /* caps (cap_key, provider) to what could be counted at most */
    Tally tight;                     /* of these, those that can be used up: to what is left */
    Tally tied;                      /* patients with a claim on one of those */
    gsize (*starts)[ALL_PARTITIONS]; /* by chunk: its claims by partition; where they go */
    gsize bounds[ALL_PARTITIONS + 1];
    guint32 *open; /* the claims to decide on, by partition: their numbers */
} Deciding;

/* Whether a claim is still to be decided on; a quantity of 0 is accepted as it is. */
static bool
is_open(const Claim *claim)
{
    return claim->state == STATE_ACCEPTED && claim->quantity > 0;
}

/* The order in which claims are decided (fixtures/README.md, Why a row is not paid) as one number:
 * day of the year, the scheme's place, provider. File and line follow from the order of the claims.
 * Few bytes, since those are sorted one by one. */
static guint64
order_key(const Deciding *deciding, const Claim *claim)
{
    guint64 day =
        claim->day != CLAIM_NO_DAY ? (guint64)claim->day : deciding->month_starts[claim->month];
    return (day * rules_scheme_count(deciding->rules) + claim->scheme) << 32 | claim->provider;
}

/* Adds up in one table what every chunk found. */
static void
join_tallies(Deciding *deciding, Tally *joined)
{
    bool is_new;
    for (gsize c = 0; c < claims_chunks(deciding->claims); c++) {
        const Tally *found = &deciding->chunk_tallies[c];
        for (gsize e = 0; e < found->size; e++) {
            const TallyEntry *entry = &found->entries[e];
            if (entry->is_used)
                *tally_add(joined, entry->first, entry->second, &is_new) += entry->value;
        }
        tally_clear(&deciding->chunk_tallies[c]);
    }
}

/* Adds the most that a claim can count for to what is wanted of its cap. */
static void
add_wanted(const Deciding *deciding, Tally *wanted, const Claim *claim)
{
    const Activity *activity = rules_activity(deciding->rules, claim->activity);
    bool is_new;
    if (activity_is_capped(activity))
        *tally_add(wanted, cap_key(activity, claim), claim->provider, &is_new) +=
            activity->count == COUNT_PATIENTS ? 1 : claim->quantity;
}

/* A hash that rows without a patient share where they say the same. */
static guint64
says_the_same(const Claim *claim)
{
    return tally_hash((guint64)claim->activity << 32 | claim->provider,
                      (guint64)claim->quantity << 32 | (guint64)claim->month << 16 |
                          (guint16)claim->day);
}

/* The one pass over all claims. Marks those that later submissions replace; of the others it adds
 * up what is wanted of each cap, and finds the partition. Claims without a patient are parted so
 * that those that say the same meet. */
static void
part_claims(gsize chunk, gpointer user)
{
    Deciding *deciding = user;
    guint64 first, end = claims_chunk(deciding->claims, chunk, &first);
    Tally *wanted = &deciding->chunk_tallies[chunk];
    tally_init(wanted);
    for (guint64 i = first; i < end; i++) {
        Claim *claim = &deciding->claims->rows[i];
        deciding->partitions[i] = NOWHERE;
        submissions_supersede(&deciding->claims->submissions, claim);
        if (!is_open(claim))
            continue;
        add_wanted(deciding, wanted, claim);
        guint64 meets = claim->patient != 0 ? tally_hash(claim->patient, 0) : says_the_same(claim);
        guint16 partition = meets >> 32 & (PARTITIONS - 1);
        deciding->partitions[i] = partition;
        deciding->starts[chunk][partition]++;
    }
}

/* Whether the cap of a claim can be used up. */
static bool
is_tight(const Deciding *deciding, const Claim *claim)
{
    const Activity *activity = rules_activity(deciding->rules, claim->activity);
    return activity_is_capped(activity) &&
           tally_find(&deciding->tight, cap_key(activity, claim), claim->provider) != NULL;
}

/* Whether other claims of its patient can matter to a claim: under another cap, of another
 * provider, or under another scheme. Otherwise only one that says the same does, which is under the
 * same cap.
 */
static bool
needs_patient(const Deciding *deciding, const Claim *claim)
{
    const Activity *activity = rules_activity(deciding->rules, claim->activity);
    return activity->count == COUNT_PATIENTS || activity->patient_cap >= 0 ||
           rules_scheme(deciding->rules, claim->scheme)->exclusive->len > 0;
}

/* The patients with a claim whose cap can be used up. */
static void
find_tied(gsize chunk, gpointer user)
{
    Deciding *deciding = user;
    guint64 first, end = claims_chunk(deciding->claims, chunk, &first);
    Tally *tied = &deciding->chunk_tallies[chunk];
    bool is_new;
    tally_init(tied);
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &deciding->claims->rows[i];
        if (is_open(claim) && claim->patient != 0 && needs_patient(deciding, claim) &&
            is_tight(deciding, claim))
            (void)tally_add(tied, claim->patient, 0, &is_new);
    }
}

/* The partition of a claim that a cap can matter to: where no other claim of the patient does, that
 * of its cap; else the tied one. Of all others the one that it has. */
static guint16
partition_by_cap(const Deciding *deciding, const Claim *claim, guint16 partition)
{
    if (needs_patient(deciding, claim))
        return is_tight(deciding, claim) || (claim->patient != 0 &&
                                             tally_find(&deciding->tied, claim->patient, 0) != NULL)
                   ? TIED
                   : partition;
    if (!is_tight(deciding, claim))
        return partition;
    const Activity *activity = rules_activity(deciding->rules, claim->activity);
    return tally_hash(cap_key(activity, claim), claim->provider) >> 32 & (PARTITIONS - 1);
}

/* Moves the open claims that a cap can matter to into their partition. */
static void
move_tied(gsize chunk, gpointer user)
{
    Deciding *deciding = user;
    guint64 first, end = claims_chunk(deciding->claims, chunk, &first);
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &deciding->claims->rows[i];
        guint16 *partition = &deciding->partitions[i];
        if (!is_open(claim))
            continue;
        deciding->starts[chunk][*partition]--;
        *partition = partition_by_cap(deciding, claim, *partition);
        deciding->starts[chunk][*partition]++;
    }
}

/* How many a cap allows: see cap.h. */
static int64_t
allowed_by(const Deciding *deciding, guint64 key, guint32 provider)
{
    const Activity *activity = rules_activity(deciding->rules, (guint32)key);
    Month first = year_first_month(deciding->period->year) +
                  (Month)((key >> 32) * span_months(activity->cap_per));
    return cap_allows(activity, rules_scheme(deciding->rules, activity->scheme), deciding->facts,
                      provider, first);
}

/* Finds the caps that can be used up, and the patients they tie together. */
static void
tie_by_caps(Deciding *deciding, guint threads)
{
    gsize chunks = claims_chunks(deciding->claims);
    bool is_new;
    join_tallies(deciding, &deciding->wanted);
    for (gsize e = 0; e < deciding->wanted.size; e++) {
        const TallyEntry *entry = &deciding->wanted.entries[e];
        if (!entry->is_used)
            continue;
        int64_t allowed = allowed_by(deciding, entry->first, (guint32)entry->second);
        if (entry->value > allowed)
            *tally_add(&deciding->tight, entry->first, entry->second, &is_new) = allowed;
    }
    if (deciding->tight.used == 0)
        return;
    parallel_for(threads, chunks, find_tied, deciding);
    join_tallies(deciding, &deciding->tied);
    parallel_for(threads, chunks, move_tied, deciding);
}

static void
fill_partitions(gsize chunk, gpointer user)
{
    Deciding *deciding = user;
    guint64 first, end = claims_chunk(deciding->claims, chunk, &first);
    for (guint64 i = first; i < end; i++) {
        guint16 partition = deciding->partitions[i];
        if (partition != NOWHERE)
            deciding->open[deciding->starts[chunk][partition]++] = (guint32)i;
    }
}

/* Brings the open claims together by partition, each in the order of file and line. */
static void
form_partitions(Deciding *deciding, guint threads)
{
    gsize chunks = claims_chunks(deciding->claims), at = 0;
    deciding->partitions = g_new(guint16, MAX(deciding->claims->count, 1));
    deciding->starts = g_malloc0(MAX(chunks, 1) * sizeof *deciding->starts);
    parallel_for(threads, chunks, part_claims, deciding);
    tie_by_caps(deciding, threads);
    for (gsize partition = 0; partition < ALL_PARTITIONS; partition++) {
        deciding->bounds[partition] = at;
        for (gsize chunk = 0; chunk < chunks; chunk++) {
            gsize count = deciding->starts[chunk][partition];
            deciding->starts[chunk][partition] = at;
            at += count;
        }
    }
    deciding->bounds[ALL_PARTITIONS] = at;
    deciding->open = g_new(guint32, MAX(at, 1));
    parallel_for(threads, chunks, fill_partitions, deciding);
    g_free(deciding->partitions);
}

/* Copies scattered claims into one place. */
static Claim *
gather(const Claims *claims, const guint32 *numbers, gsize count)
{
    Claim *rows = g_new(Claim, count);
    for (gsize i = 0; i < count; i++) {
        if (i + AHEAD < count) { /* ask for them before they are needed: each may span two lines */
            const char *ahead = (const char *)&claims->rows[numbers[i + AHEAD]];
            __builtin_prefetch(ahead, 1);
            __builtin_prefetch(ahead + sizeof(Claim) - 1, 1);
        }
        rows[i] = claims->rows[numbers[i]];
    }
    return rows;
}

/* Copies the decisions back. */
static void
scatter(const Claim *rows, Claims *claims, const guint32 *numbers, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        Claim *claim = &claims->rows[numbers[i]];
        claim->counted = rows[i].counted;
        claim->was_counted = rows[i].was_counted;
        claim->reason = rows[i].reason;
        claim->state = rows[i].state;
    }
}

static void
decide_partition(gsize task, gpointer user)
{
    Deciding *deciding = user;
    gsize number = TIED - task; /* the tied one first: it may be the largest */
    bool is_tied = number == TIED;
    const guint32 *numbers = deciding->open + deciding->bounds[number];
    gsize count = deciding->bounds[number + 1] - deciding->bounds[number];
    if (count == 0)
        return;
    g_autofree Claim *gathered = is_tied ? NULL : gather(deciding->claims, numbers, count);
    g_autofree Keyed *order = g_new(Keyed, count);
    Claim *rows = is_tied ? deciding->claims->rows : gathered;
    for (gsize i = 0; i < count; i++) {
        guint32 row = is_tied ? numbers[i] : (guint32)i;
        order[i] = (Keyed){order_key(deciding, &rows[row]), row};
    }
    keyed_sort(order, count);
    AcceptRow accept;
    accept_row_init(&accept, rows, deciding->rules, deciding->period,
                    deciding->tight.used > 0 ? &deciding->tight : NULL, count);
    for (gsize i = 0; i < count; i++)
        accept_row(&accept, order[i].index);
    accept_row_clear(&accept);
    if (!is_tied)
        scatter(rows, deciding->claims, numbers, count);
}

void
acceptance_decide(Claims *claims, const Rules *rules, const Facts *facts, const Period *period,
                  guint threads)
{
    Deciding deciding = {.claims = claims, .rules = rules, .facts = facts, .period = period};
    int year = period->year;
    for (int m = 0; m < 12; m++)
        deciding.month_starts[m] =
            (guint64)(month_first_day(year_first_month(year) + m) - year_first_day(year));
    Tally *const tallies[] = {&deciding.wanted, &deciding.tight, &deciding.tied};
    for (guint i = 0; i < G_N_ELEMENTS(tallies); i++)
        tally_init(tallies[i]);
    deciding.chunk_tallies = g_new0(Tally, MAX(claims_chunks(claims), 1));
    form_partitions(&deciding, threads);
    parallel_for(threads, ALL_PARTITIONS, decide_partition, &deciding);
    g_free(deciding.chunk_tallies);
    g_free(deciding.starts);
    g_free(deciding.open);
    for (guint i = 0; i < G_N_ELEMENTS(tallies); i++)
        tally_clear(tallies[i]);
}
