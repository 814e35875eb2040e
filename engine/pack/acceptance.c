#include "pack/acceptance.h"

#include "base/parallel.h"
#include "base/sorting.h"
#include "pack/accept_row.h"
#include "pack/tally.h"

#include "base/poison.h"

/* Patients are parted by hash: what concerns one patient is decided in one partition, each small
 * enough for the processor's caches. Claims that a cap may tie to those of other patients, and all
 * claims of their patients, form one more. */
#define PARTITIONS 64
#define TIED PARTITIONS

typedef struct {
    Claims *claims;
    const Rules *rules;
    int year;
    Tally caps;                         /* (activity, provider) to what is used of its cap */
    GArray *partitions[PARTITIONS + 1]; /* of Keyed */
} Deciding;

/* Whether a claim is still to be decided on; a quantity of 0 is accepted as it is. */
static bool
is_open(const Claim *claim)
{
    return claim->state == STATE_ACCEPTED && claim->quantity > 0;
}

/* Day of the year, scheme and provider in one number: the order of the tests, file and line
 * aside, which the order of the claims adds. */
static guint64
order_key(const Deciding *deciding, const Claim *claim)
{
    guint64 day = (guint64)(claim_day(claim, deciding->year) - year_first_day(deciding->year));
    return day << 52 | (guint64)claim->scheme << 32 | claim->provider;
}

/* Adds up what could be counted at most by capped activity and provider. *tight receives the
 * pairs whose cap can be used up; all others need no watching. */
static void
find_tight_caps(const Deciding *deciding, Tally *tight)
{
    Tally wanted;
    bool is_new;
    tally_init(&wanted);
    for (guint64 i = 0; i < deciding->claims->count; i++) {
        const Claim *claim = &deciding->claims->rows[i];
        if (!is_open(claim))
            continue;
        const Activity *activity = rules_activity(deciding->rules, claim->activity);
        if (activity->cap < 0)
            continue;
        int64_t *sum = tally_add(&wanted, claim->activity, claim->provider, &is_new);
        *sum += activity->count == COUNT_PATIENTS ? 1 : claim->quantity;
        if (*sum > activity->cap)
            (void)tally_add(tight, claim->activity, claim->provider, &is_new);
    }
    tally_clear(&wanted);
}

/* The patients with a claim whose cap can be used up. */
static void
find_tied_patients(const Deciding *deciding, const Tally *tight, Tally *tied)
{
    bool is_new;
    for (guint64 i = 0; tight->used > 0 && i < deciding->claims->count; i++) {
        const Claim *claim = &deciding->claims->rows[i];
        if (is_open(claim) && claim->patient != 0 &&
            tally_find(tight, claim->activity, claim->provider) != NULL)
            (void)tally_add(tied, claim->patient, 0, &is_new);
    }
}

static gsize
partition_of(const Claim *claim, const Tally *tight, const Tally *tied)
{
    if (tight->used > 0 && (tally_find(tight, claim->activity, claim->provider) != NULL ||
                            (claim->patient != 0 && tally_find(tied, claim->patient, 0) != NULL)))
        return TIED;
    return tally_hash(claim->patient, 0) >> 32 & (PARTITIONS - 1);
}

static void
form_partitions(Deciding *deciding)
{
    Tally tight, tied;
    tally_init(&tight);
    tally_init(&tied);
    find_tight_caps(deciding, &tight);
    find_tied_patients(deciding, &tight, &tied);
    for (guint64 i = 0; i < deciding->claims->count; i++) {
        Claim *claim = &deciding->claims->rows[i];
        if (!is_open(claim))
            continue;
        gsize partition = partition_of(claim, &tight, &tied);
        if (claim->patient == 0 && partition != TIED) {
            claim->counted = claim->quantity; /* no patient, no cap: nothing can stand in its way */
            continue;
        }
        Keyed keyed = {order_key(deciding, claim), (guint32)i};
        g_array_append_val(deciding->partitions[partition], keyed);
    }
    tally_clear(&tight);
    tally_clear(&tied);
}

static void
decide_partition(gsize task, gpointer user)
{
    Deciding *deciding = user;
    gsize number = PARTITIONS - task; /* the tied one first: it may be the largest */
    GArray *partition = deciding->partitions[number];
    AcceptRow accept;
    accept_row_init(&accept, deciding->claims, deciding->rules,
                    number == TIED ? &deciding->caps : NULL, partition->len);
    keyed_sort((Keyed *)(gpointer)partition->data, partition->len);
    for (guint i = 0; i < partition->len; i++)
        accept_row(&accept, g_array_index(partition, Keyed, i).index);
    accept_row_clear(&accept);
}

void
acceptance_decide(Claims *claims, const Rules *rules, int year, guint threads)
{
    Deciding deciding = {.claims = claims, .rules = rules, .year = year};
    tally_init(&deciding.caps);
    for (gsize i = 0; i <= PARTITIONS; i++)
        deciding.partitions[i] = g_array_new(FALSE, FALSE, sizeof(Keyed));
    form_partitions(&deciding);
    parallel_for(threads, PARTITIONS + 1, decide_partition, &deciding);
    for (gsize i = 0; i <= PARTITIONS; i++)
        g_array_unref(deciding.partitions[i]);
    tally_clear(&deciding.caps);
}
