#include "pack/claims/accept_row.h"

#include "base/poison.h"

/* Kinds of marks, in the two top bits of the second key. */
#define MARK_GROUP G_GUINT64_CONSTANT(0)          /* a patient in a group and span: the row paid */
#define MARK_SPAN (G_GUINT64_CONSTANT(1) << 62)   /* a patient counted: by which provider */
#define MARK_SCHEME (G_GUINT64_CONSTANT(2) << 62) /* a patient accepted in a scheme: when */
#define MARK_CAP (G_GUINT64_CONSTANT(3) << 62)    /* a patient's use of a cap at a provider */

#define MOST_COUNTED 0x7fffffffu /* what Claim.counted holds; quantities are smaller */

void
accept_row_init(AcceptRow *accept, Claim *rows, const Rules *rules, const Period *period,
                Tally *caps, gsize expected)
{
    *accept = (AcceptRow){.rows = rows, .rules = rules, .period = period, .caps = caps};
    tally_init_for(&accept->marks, expected);
    accept->seen_size = 64;
    while (accept->seen_size < expected * 2)
        accept->seen_size *= 2;
    accept->seen = g_new0(guint32, accept->seen_size);
}

void
accept_row_clear(AcceptRow *accept)
{
    tally_clear(&accept->marks);
    g_free(accept->seen);
}

/* Whether one claim repeats another (fixtures/README.md, Why a row is not paid: duplicate). Where
 * patients are counted: the same scheme, provider, activity, month, patient and date; where
 * quantities are: every column the same. */
static bool
repeats(const Claim *a, const Claim *b, CountKind count)
{
    if (a->patient != b->patient || a->activity != b->activity || a->provider != b->provider ||
        a->month != b->month || a->day != b->day)
        return false;
    return count == COUNT_PATIENTS ||
           (a->quantity == b->quantity && a->submission == b->submission &&
            a->received == b->received);
}

/* The slot of an accepted claim that this one repeats, or the empty one where it would go. */
static guint32 *
find_seen(const AcceptRow *accept, const Claim *claim, CountKind count)
{
    gsize mask = accept->seen_size - 1;
    guint64 where = (guint64)claim->activity << 32 | claim->provider;
    guint64 when = (guint64)claim->month << 16 | (guint16)claim->day;
    /* Without a patient it is the quantity that tells most rows of a month apart. */
    guint64 which = claim->patient != 0
                        ? claim->patient
                        : ~((guint64)(guint32)claim->received << 32 | claim->quantity);
    for (gsize at = tally_hash(which, where ^ when << 44) & mask;; at = (at + 1) & mask) {
        guint32 entry = accept->seen[at];
        if (entry == 0 || repeats(&accept->rows[entry - 1], claim, count))
            return &accept->seen[at];
    }
}

static guint64
scheme_mark(guint32 scheme)
{
    return MARK_SCHEME | scheme;
}

/* Months of the year as bits, twelve for each length of span from a month to a year: in which
 * months a patient was accepted by tariffs of that span. */
#define LENGTHS 4
static const guint LENGTH_MONTHS[LENGTHS] = {1, 3, 6, 12};

/* Which of the lengths the span of an activity has. Quantities have months, and an episode the span
 * of its group. */
static guint
length_of(const Activity *activity)
{
    return activity->group_per == PER_NONE ? 0 : activity->group_per - PER_MONTH;
}

static int64_t
month_bit(guint month, guint length)
{
    return INT64_C(1) << (length * 12 + month);
}

/* Where a patient accepted earlier stands in the way: in the same span, which is the longer of the
 * two tariffs' (fixtures/README.md, Why a row is not paid: exclusive-scheme). */
static int64_t
months_in_the_way(const Claim *claim, const Activity *activity)
{
    int64_t bits = 0;
    for (guint length = 0; length < LENGTHS; length++) {
        guint months = MAX(LENGTH_MONTHS[length], LENGTH_MONTHS[length_of(activity)]);
        guint first = claim->month - claim->month % months;
        for (guint month = first; month < first + months; month++)
            bits |= month_bit(month, length);
    }
    return bits;
}

/* Whether the patient is accepted in the span under a scheme that excludes this one. */
static bool
is_excluded(const AcceptRow *accept, const Claim *claim, const Scheme *scheme,
            const Activity *activity)
{
    for (guint i = 0; i < scheme->exclusive->len; i++) {
        guint32 other = g_array_index(scheme->exclusive, guint32, i);
        const int64_t *when = tally_find(&accept->marks, claim->patient, scheme_mark(other));
        if (when != NULL && (*when & months_in_the_way(claim, activity)) != 0)
            return true;
    }
    return false;
}

/* The span a claim's patient is counted in, as a key. */
static guint64
span_mark(const Claim *claim, const Activity *activity)
{
    guint64 span = claim->month - claim->month % span_months(activity->group_per);
    return MARK_SPAN | (guint64)claim->activity << 8 | span;
}

static void
set_state(Claim *claim, Reason reason)
{
    claim->reason = (unsigned)reason & 31u;
    claim->state = (unsigned)REASONS[reason].state & 7u;
}

/* What is left of the cap of a claim's provider; NULL where it cannot be used up. */
static int64_t *
left_of_cap(const AcceptRow *accept, const Claim *claim, const Activity *activity)
{
    if (accept->caps == NULL || !activity_is_capped(activity))
        return NULL;
    return tally_find(accept->caps, cap_key(activity, claim), claim->provider);
}

/* How many of wanted the caps of an activity allow; these are used up from here on. */
static guint32
take_from_caps(AcceptRow *accept, const Claim *claim, const Activity *activity,
               int64_t *of_provider, guint32 wanted)
{
    bool is_new;
    int64_t left = wanted;
    int64_t *of_patient = NULL;
    if (of_provider != NULL)
        left = MIN(left, *of_provider);
    if (activity->patient_cap >= 0 && claim->patient != 0) {
        of_patient =
            tally_add(&accept->marks, claim->patient,
                      MARK_CAP | (guint64)claim->activity << 32 | claim->provider, &is_new);
        left = MIN(left, MAX(activity->patient_cap - *of_patient, 0));
    }
    if (of_provider != NULL)
        *of_provider -= left;
    if (of_patient != NULL)
        *of_patient += left;
    return (guint32)left;
}

/* Counts what the caps allow of a claim, and notes where that is not all of it. The reason why
 * none of it is accepted, or REASON_NONE. A patient who is counted in the span already counts no
 * more, and uses no cap. */
static Reason
count_within_caps(AcceptRow *accept, Claim *claim, const Activity *activity, bool is_counted)
{
    guint32 wanted = is_counted ? 0 : activity->count == COUNT_PATIENTS ? 1 : claim->quantity;
    int64_t *of_provider = left_of_cap(accept, claim, activity);
    if (wanted == 0)
        return REASON_NONE;
    if (of_provider != NULL && *of_provider == CAP_MISSING)
        return REASON_MISSING_FACT;
    claim->counted = take_from_caps(accept, claim, activity, of_provider, wanted) & MOST_COUNTED;
    if (claim->counted == 0)
        return REASON_OVER_CAP;
    if (claim->counted < wanted)
        claim->reason = REASON_OVER_CAP; /* accepted in part */
    return REASON_NONE;
}

/* Marks an accepted claim for the tests of later ones. */
static void
leave_marks(AcceptRow *accept, guint32 number, const Scheme *scheme, guint32 *seen)
{
    const Claim *claim = &accept->rows[number];
    bool is_new;
    *seen = number + 1;
    if (scheme->exclusive->len > 0 && claim->patient != 0)
        *tally_add(&accept->marks, claim->patient, scheme_mark(claim->scheme), &is_new) |=
            month_bit(claim->month, length_of(rules_activity(accept->rules, claim->activity)));
}

/* The tests against earlier claims, for a claim with a patient (fixtures/README.md, Why a row is
 * not paid: duplicate to other-provider). REASON_NONE where it passes; *is_counted: the provider
 * has counted the patient in the span already. */
static Reason
test_patient(const AcceptRow *accept, const Claim *claim, const Scheme *scheme,
             const Activity *activity, const guint32 *seen, bool *is_counted)
{
    *is_counted = false;
    if (*seen != 0)
        return REASON_DUPLICATE;
    if (is_excluded(accept, claim, scheme, activity))
        return REASON_EXCLUSIVE_SCHEME;
    if (activity->count != COUNT_PATIENTS)
        return REASON_NONE;
    const int64_t *counted_by =
        tally_find(&accept->marks, claim->patient, span_mark(claim, activity));
    if (counted_by != NULL && *counted_by != claim->provider)
        return REASON_OTHER_PROVIDER;
    *is_counted = counted_by != NULL;
    return REASON_NONE;
}

/* A patient in a group at a provider: in a span (its first month), or the last row at all. */
#define LAST_OF_GROUP 15

static guint64
group_mark(const Claim *claim, const Activity *activity, guint when)
{
    return MARK_GROUP | (guint64)activity->group_head << 36 | (guint64)when << 32 | claim->provider;
}

/* Whether an accepted row of a group is paid at all: one of an episode only where it begins one
 * (rules/README.md, Activity schemes). */
static bool
begins_episode(AcceptRow *accept, const Claim *claim, const Activity *activity)
{
    bool is_new;
    int64_t *last = tally_add(&accept->marks, claim->patient,
                              group_mark(claim, activity, LAST_OF_GROUP), &is_new);
    int64_t months_between = claim->month - *last - 1;
    *last = claim->month;
    return activity->per != PER_EPISODE || is_new || months_between >= activity->again_after;
}

static Micros
price_of(const AcceptRow *accept, const Claim *claim)
{
    const Activity *activity = rules_activity(accept->rules, claim->activity);
    return activity_price_on(activity, claim_day(claim, accept->period->year))->price;
}

/* The dearest row of a group counts in each span, of equal ones the first. What a row of the run's
 * month takes the place of counted to the end of the month before. */
static void
compete_in_group(AcceptRow *accept, guint32 number, const Activity *activity)
{
    Claim *claim = &accept->rows[number];
    Month april = year_first_month(accept->period->year);
    guint first = claim->month - claim->month % span_months(activity->group_per);
    bool is_new;
    int64_t *dearest =
        tally_add(&accept->marks, claim->patient, group_mark(claim, activity, first), &is_new);
    if (!is_new) {
        Claim *earlier = &accept->rows[*dearest];
        if (price_of(accept, claim) <= price_of(accept, earlier))
            return;
        earlier->counted = 0;
        earlier->was_counted =
            april + claim->month == accept->period->month && earlier->month < claim->month;
    }
    *dearest = number;
    claim->counted = 1;
}

void
accept_row(AcceptRow *accept, guint32 number)
{
    Claim *claim = &accept->rows[number];
    const Scheme *scheme = rules_scheme(accept->rules, claim->scheme);
    const Activity *activity = rules_activity(accept->rules, claim->activity);
    bool is_counted = false, is_new;
    guint32 *seen;
    if (claim->quantity == 0)
        return; /* accepted and counted as nothing; no later claim is compared with it */
    seen = find_seen(accept, claim, activity->count);
    Reason reason = claim->patient != 0
                        ? test_patient(accept, claim, scheme, activity, seen, &is_counted)
                    : *seen != 0 ? REASON_REPEATED
                                 : REASON_NONE;
    if (reason != REASON_NONE) {
        set_state(claim, reason);
        return;
    }
    bool is_grouped = activity->group[0] != '\0'; /* groups have no caps */
    reason = is_grouped ? REASON_NONE : count_within_caps(accept, claim, activity, is_counted);
    if (reason != REASON_NONE) {
        set_state(claim, reason);
        return;
    }
    leave_marks(accept, number, scheme, seen);
    if (activity->count == COUNT_PATIENTS && !is_counted)
        *tally_add(&accept->marks, claim->patient, span_mark(claim, activity), &is_new) =
            claim->provider;
    if (is_grouped && begins_episode(accept, claim, activity))
        compete_in_group(accept, number, activity);
}
