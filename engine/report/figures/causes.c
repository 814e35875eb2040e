#include "report/figures/causes.h"

#include <stdlib.h>
#include <string.h>

#include "pay/unclaimed.h"

#include "base/poison.h"

const OwedCauseRow OWED_CAUSE[OWED_CAUSES] = {
    [OWED_INSTALMENTS] = {"Instalments due",
                          "instalments, and what is paid without claims, that have become due",
                          true},
    [OWED_THIS_MONTH] = {"This month's claims", "claims of the run's month", true},
    [OWED_LATE] = {"Late claims", "claims of other months that the run before did not have", false},
    [OWED_CORRECTED] = {"Corrected claims", "claims that the run before had otherwise", false},
    [OWED_PRICE] = {"Prices", "claims that the run before had at another price", false},
    [OWED_FACTS] = {"Facts", "what is paid by a fact, where that was another one before", false},
    [OWED_ACHIEVEMENT] = {"Achievement", "what indicators earn, less the instalments", false},
    [OWED_VALUE] = {"Values and lists", "what was due before, at another contract value or list",
                    false},
    [OWED_CLAUSES] = {"Clauses", "what clauses add or take", false},
    [OWED_ADJUSTMENTS] = {"Adjustments, payments before",
                          "adjustments, and payments from before this archive", false},
    [OWED_BROUGHT_FORWARD] = {"Brought forward", "carried by the last year-end", false},
    [OWED_DEFERRED] = {"Left for later", "of debts that are paid off in parts", false},
    [OWED_BEFORE] = {"Held or carried before", "left open by the run before", false},
    [OWED_REST] = {"Rest", "what none of these explains", false},
};

/* Where the amounts of a kind of line go; those of claims are told apart. */
static const OwedCause CAUSE_OF_LINE[LINE_KINDS] = {
    [LINE_BROUGHT_FORWARD] = OWED_BROUGHT_FORWARD,
    [LINE_INSTALMENT] = OWED_INSTALMENTS,
    [LINE_INDICATOR] = OWED_ACHIEVEMENT,
    [LINE_ACTIVITY] = OWED_THIS_MONTH,
    [LINE_LIMIT] = OWED_CLAUSES,
    [LINE_ADJUSTMENT] = OWED_ADJUSTMENTS,
    [LINE_DEFERRED] = OWED_DEFERRED,
    [LINE_HELD] = OWED_BEFORE,
};

static void
clear_line(gpointer pointer)
{
    EarlierLine *line = pointer;
    g_free(line->item);
}

static void
free_contract(gpointer pointer)
{
    EarlierContract *contract = pointer;
    g_array_unref(contract->lines);
    g_free(contract);
}

Earlier *
earlier_new(const char *run, Month month)
{
    Earlier *earlier = g_new0(Earlier, 1);
    earlier->run = run;
    earlier->month = month;
    earlier->contracts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_contract);
    return earlier;
}

void
earlier_free(Earlier *earlier)
{
    if (earlier == NULL)
        return;
    g_hash_table_unref(earlier->contracts);
    g_free(earlier);
}

EarlierContract *
earlier_add(Earlier *earlier, const char *scheme, const char *provider)
{
    g_autofree char *name = g_strconcat(scheme, "/", provider, NULL);
    EarlierContract *contract = g_hash_table_lookup(earlier->contracts, name);
    if (contract != NULL)
        return contract;
    contract = g_new0(EarlierContract, 1);
    contract->lines = g_array_new(FALSE, TRUE, sizeof(EarlierLine));
    g_array_set_clear_func(contract->lines, clear_line);
    g_hash_table_insert(earlier->contracts, g_steal_pointer(&name), contract);
    return contract;
}

const EarlierContract *
earlier_find(const Earlier *earlier, const char *scheme, const char *provider)
{
    g_autofree char *name = g_strconcat(scheme, "/", provider, NULL);
    return earlier == NULL ? NULL : g_hash_table_lookup(earlier->contracts, name);
}

/* A contract being divided. */
typedef struct {
    const Result *result;
    const Contract *contract;
    const EarlierContract *before; /* NULL: the run before did not have it */
    Month month_before;            /* of that run; MONTH_NONE: there is none */
    Month first_month;             /* of the months whose claims are not late */
    bool is_change; /* what is owed beyond the run before is divided, not all of it */
    GArray *claims; /* of ClaimLine: scratch */
    int64_t pence[OWED_CAUSES];
} Division;

/* A line of claims of either run, or of what is paid without claims. */
typedef struct {
    const char *item;
    Month month; /* that lines are compared by; without claims the first of their span */
    Micros rate;
    bool is_before;
    int64_t pence;
    bool is_claimed;
    Month due;         /* without claims: the line's own month */
    Micros count;      /* and its count, in this run alone */
    Fraction fraction; /* and the part of the span */
} ClaimLine;

static int
compare_claims(gconstpointer left, gconstpointer right)
{
    const ClaimLine *a = left, *b = right;
    int order = strcmp(a->item, b->item);
    if (order != 0)
        return order;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    return (a->rate > b->rate) - (a->rate < b->rate);
}

/* Divides the lines of one activity and month, of both runs, by price. A price that one run alone
 * has: where each has such a one, the price has changed. */
static void
divide_claims(Division *division, const ClaimLine *lines, guint count)
{
    bool is_of_month = lines[0].month >= division->first_month;
    bool had_any = false, is_new = false, is_gone = false;
    int64_t all = 0, added = 0, removed = 0, changed = 0;
    for (guint i = 0, next; i < count; i = next) {
        int64_t now = 0, before = 0;
        bool has_now = false, has_before = false;
        for (next = i; next < count && lines[next].rate == lines[i].rate; next++) {
            *(lines[next].is_before ? &before : &now) += lines[next].pence;
            *(lines[next].is_before ? &has_before : &has_now) = true;
        }
        all += now - before;
        had_any = had_any || has_before;
        is_new = is_new || !has_before;
        is_gone = is_gone || !has_now;
        *(!has_before ? &added : !has_now ? &removed : &changed) += now - before;
    }
    if (is_of_month || !had_any) {
        division->pence[is_of_month ? OWED_THIS_MONTH : OWED_LATE] += all;
        return;
    }
    division->pence[OWED_CORRECTED] += changed;
    if (is_new && is_gone) {
        division->pence[OWED_PRICE] += added + removed;
    } else {
        division->pence[OWED_LATE] += added;
        division->pence[OWED_CORRECTED] += removed;
    }
}

/* Divides the lines of one price and span that are paid without claims. What the fact of this run
 * would have paid before is its part; the rest is time, or the part of the span. */
static void
divide_span(Division *division, const ClaimLine *now, const ClaimLine *before)
{
    Fraction worth = fraction_multiply(fraction_micros(now->count), fraction_micros(now->rate));
    Money paid;
    int64_t fact = 0;
    if (fraction_to_money(fraction_multiply(worth, before->fraction),
                          division->contract->scheme->rounding, &paid))
        fact = paid.pence - before->pence;
    division->pence[OWED_FACTS] += fact;
    division->pence[now->due != before->due ? OWED_INSTALMENTS : OWED_VALUE] +=
        now->pence - before->pence - fact;
}

/* The activity of a line that is paid without claims; NULL where the rules have none. */
static const Activity *
find_unclaimed(const Division *division, const char *item)
{
    const Rules *rules = division->result->pack->rules;
    guint32 number = rules_find_item(rules, ITEM_ACTIVITY, division->contract->parties->scheme,
                                     (Span){item, strlen(item)});
    const Activity *activity = number == CODE_NONE ? NULL : rules_activity(rules, number);
    return activity == NULL || activity_is_claimed(activity) ? NULL : activity;
}

/* Why a span is not paid any more that the run before had. */
static OwedCause
cause_of_gone(const Division *division, const ClaimLine *line)
{
    const Activity *activity = find_unclaimed(division, line->item);
    const Fact *fact = activity == NULL
                           ? NULL
                           : unclaimed_fact(division->result->pack, division->contract->key,
                                            activity, line->month);
    return fact != NULL && fact->number == 0 ? OWED_FACTS : OWED_VALUE;
}

/* Divides the lines of one span, of both runs, that are paid without claims. */
static void
divide_unclaimed(Division *division, const ClaimLine *lines, guint count)
{
    int64_t other = 0;
    bool had_any = false, has_any = false;
    Month due = MONTH_NONE;
    for (guint i = 0; i < count; i++) {
        bool is_pair = i + 1 < count && lines[i].rate == lines[i + 1].rate &&
                       lines[i].is_before != lines[i + 1].is_before;
        *(lines[i].is_before ? &had_any : &has_any) = true;
        if (is_pair) {
            const ClaimLine *one = &lines[i], *next = &lines[++i];
            had_any = has_any = true;
            divide_span(division, one->is_before ? next : one, one->is_before ? one : next);
            continue;
        }
        other += lines[i].is_before ? -lines[i].pence : lines[i].pence;
        due = lines[i].due;
    }
    OwedCause cause = OWED_FACTS;
    if (had_any)
        cause = has_any ? OWED_PRICE : cause_of_gone(division, &lines[0]);
    else if (division->before == NULL || due > division->month_before)
        cause = OWED_INSTALMENTS;
    division->pence[cause] += other;
}

/* The first month of the span of a line that is paid without claims: lines of one span are
 * compared, whatever part of it is due. */
static Month
first_of_span(const Division *division, const char *item, Month month)
{
    const Activity *activity = find_unclaimed(division, item);
    if (activity == NULL)
        return month;
    Month april = year_first_month(division->result->pack->period.year);
    return month - (month - april) % (Month)span_months(activity->per);
}

/* Adds a line of claims, or of what is paid without them, of either run. */
static void
add_claim(const Division *division, ClaimLine line)
{
    line.is_claimed = !fraction_is_valid(line.fraction);
    line.due = line.month;
    if (!line.is_claimed)
        line.month = first_of_span(division, line.item, line.month);
    g_array_append_val(division->claims, line);
}

/* The line of the run before of a kind and item, or NULL. */
static const EarlierLine *
find_before(const Division *division, const Line *line)
{
    for (guint i = 0; division->before != NULL && i < division->before->lines->len; i++) {
        const EarlierLine *before = &g_array_index(division->before->lines, EarlierLine, i);
        if (before->kind == line->kind && strcmp(before->item, line->item) == 0)
            return before;
    }
    return NULL;
}

/* What was due before is worth something else now: the part of a change that its rate made. */
static int64_t
change_of_value(const Division *division, const Line *line, const EarlierLine *before)
{
    Money worth;
    if (before == NULL || before->rate == line->rate ||
        !fraction_to_money(fraction_multiply(fraction_micros(line->rate), before->fraction),
                           division->contract->scheme->rounding, &worth))
        return 0;
    return worth.pence - before->amount.pence;
}

/* Adds the lines of this run. */
static void
add_lines(Division *division)
{
    for (guint i = 0; i < division->contract->line_count; i++) {
        const Line *line = result_line(division->result, division->contract->first_line + i);
        if (line->kind == LINE_ACTIVITY) {
            add_claim(division, (ClaimLine){.item = line->item,
                                            .month = line->month,
                                            .rate = line->rate,
                                            .pence = line->amount.pence,
                                            .count = line->count,
                                            .fraction = line->has_fraction ? line->fraction
                                                                           : fraction_of(1, 0)});
            continue;
        }
        int64_t value = 0;
        if (line->kind == LINE_INSTALMENT || line->kind == LINE_INDICATOR)
            value = change_of_value(division, line, find_before(division, line));
        bool is_of_fact =
            line->kind == LINE_INSTALMENT && division->contract->scheme->in_year_of != CODE_NONE;
        division->pence[is_of_fact ? OWED_FACTS : OWED_VALUE] += value;
        division->pence[CAUSE_OF_LINE[line->kind]] += line->amount.pence - value;
    }
}

/* Takes off the lines of the run before. At the year-end what was paid in instalments is taken off
 * what indicators earn. */
static void
take_lines_before(Division *division)
{
    bool is_year_end = division->result->pack->period.is_year_end;
    for (guint i = 0; i < division->before->lines->len; i++) {
        const EarlierLine *line = &g_array_index(division->before->lines, EarlierLine, i);
        if (line->kind == LINE_ACTIVITY) {
            add_claim(division, (ClaimLine){.item = line->item,
                                            .month = line->month,
                                            .rate = line->rate,
                                            .is_before = true,
                                            .pence = line->amount.pence,
                                            .fraction = line->fraction});
        } else if (line->kind != LINE_KINDS) {
            bool is_settled = is_year_end && line->kind == LINE_INSTALMENT;
            division->pence[is_settled ? OWED_ACHIEVEMENT : CAUSE_OF_LINE[line->kind]] -=
                line->amount.pence;
        }
    }
}

/* Divides the change of the entitlement. What was held before is released as a whole. */
static void
divide_entitlement(Division *division)
{
    GArray *claims = division->claims;
    if (division->before != NULL && division->before->status == STATUS_HOLD) {
        division->pence[OWED_BEFORE] +=
            division->contract->entitlement.pence - division->before->entitlement.pence;
        return;
    }
    g_array_set_size(claims, 0);
    add_lines(division);
    if (division->before != NULL)
        take_lines_before(division);
    g_array_sort(claims, compare_claims);
    for (guint i = 0, next; i < claims->len; i = next) {
        const ClaimLine *first = &g_array_index(claims, ClaimLine, i);
        for (next = i + 1; next < claims->len; next++) {
            const ClaimLine *line = &g_array_index(claims, ClaimLine, next);
            if (line->month != first->month || strcmp(line->item, first->item) != 0)
                break;
        }
        (first->is_claimed ? divide_claims : divide_unclaimed)(division, first, next - i);
    }
}

/* Divides what is owed beside what the lines say: what was paid, and what the run before left. */
static void
divide_paid(Division *division)
{
    const EarlierContract *before = division->before;
    int64_t paid = division->contract->paid.pence;
    if (before != NULL)
        paid -= before->paid.pence;
    if (before != NULL && !division->is_change) {
        bool is_settled = status_is_settled(before->status);
        paid -= is_settled ? before->owed.pence : 0;
        division->pence[OWED_BEFORE] += is_settled ? 0 : before->owed.pence;
    }
    division->pence[OWED_ADJUSTMENTS] -= paid;
}

/* Divides what a contract is owed, or what has changed of it. What is held is owed nothing: a
 * change from or to it is of what was left open. No sum leaves 64 bits: amounts are below 10^14
 * either way. */
static ContractCauses
divide(Division *division)
{
    const Contract *contract = division->contract;
    const EarlierContract *from = division->is_change ? division->before : NULL;
    ContractCauses causes = {{{0}}};
    int64_t rest = contract->owed.pence - (from == NULL ? 0 : from->owed.pence);
    memset(division->pence, 0, sizeof division->pence);
    if (contract->status == STATUS_HOLD || (from != NULL && from->status == STATUS_HOLD)) {
        division->pence[OWED_BEFORE] = rest;
    } else {
        divide_entitlement(division);
        divide_paid(division);
    }
    for (guint cause = 0; cause < OWED_REST; cause++)
        rest -= division->pence[cause];
    division->pence[OWED_REST] = rest;
    for (guint cause = 0; cause < OWED_CAUSES; cause++)
        causes.owed[cause] = (Money){division->pence[cause]};
    return causes;
}

/* Divides all contracts of a result, beside a run before where there is one. */
static Causes *
divide_all(const Result *result, const Earlier *earlier, Month first_month, bool is_change)
{
    Causes *causes = g_new0(Causes, 1);
    g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(ClaimLine));
    causes->contracts =
        g_array_sized_new(FALSE, FALSE, sizeof(ContractCauses), MAX(result->contracts->len, 1));
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        Division division = {
            .result = result,
            .contract = contract,
            .before = earlier_find(earlier, contract->scheme->code, contract->provider->code),
            .month_before = earlier == NULL ? MONTH_NONE : earlier->month,
            .first_month = first_month,
            .is_change = is_change,
            .claims = claims};
        ContractCauses divided = divide(&division);
        g_array_append_val(causes->contracts, divided);
        for (guint cause = 0; cause < OWED_CAUSES; cause++) {
            sum_add(&causes->all[cause], divided.owed[cause]);
            causes->count[cause] += divided.owed[cause].pence != 0;
        }
    }
    return causes;
}

Causes *
causes_new(const Result *result, const Earlier *earlier)
{
    const Period *period = &result->pack->period;
    Month first = period->is_year_end ? period->month + 1 : period->month;
    return divide_all(result, earlier, first, false);
}

/* A result as a run before. */
static Earlier *
earlier_of_result(const Result *result)
{
    Earlier *earlier = earlier_new("", result->pack->period.month);
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        EarlierContract *added =
            earlier_add(earlier, contract->scheme->code, contract->provider->code);
        added->entitlement = contract->entitlement;
        added->paid = contract->paid;
        added->owed = contract->owed;
        added->status = contract->status;
        for (guint l = 0; l < contract->line_count; l++) {
            const Line *line = result_line(result, contract->first_line + l);
            EarlierLine copy = {line->kind,
                                g_strdup(line->item),
                                line->month,
                                line->rate,
                                line->has_fraction ? line->fraction : fraction_of(1, 0),
                                line->amount};
            g_array_append_val(added->lines, copy);
        }
    }
    return earlier;
}

Causes *
causes_between(const Result *before, const Result *after)
{
    g_autoptr(Earlier) earlier = earlier_of_result(before);
    return divide_all(after, earlier, before->pack->period.month + 1, true);
}

void
causes_free(Causes *causes)
{
    if (causes == NULL)
        return;
    g_array_unref(causes->contracts);
    g_free(causes);
}

const ContractCauses *
causes_of(const Causes *causes, guint contract)
{
    return &g_array_index(causes->contracts, ContractCauses, contract);
}

Money
causes_unusual(const ContractCauses *causes, OwedCause *largest)
{
    Money sum = {0};
    *largest = OWED_REST;
    for (OwedCause cause = 0; cause < OWED_CAUSES; cause++) {
        if (OWED_CAUSE[cause].is_usual)
            continue;
        sum.pence += causes->owed[cause].pence;
        if (llabs(causes->owed[cause].pence) > llabs(causes->owed[*largest].pence))
            *largest = cause;
    }
    return sum;
}

static int
compare_movers(gconstpointer left, gconstpointer right, gpointer user)
{
    const guint *a = left, *b = right;
    OwedCause ignored;
    long long one = llabs(causes_unusual(causes_of(user, *a), &ignored).pence);
    long long other = llabs(causes_unusual(causes_of(user, *b), &ignored).pence);
    return one != other ? (one < other ? 1 : -1) : (*a > *b) - (*a < *b);
}

GArray *
causes_movers(const Causes *causes, guint most)
{
    GArray *movers = g_array_new(FALSE, FALSE, sizeof(guint));
    OwedCause ignored;
    for (guint i = 0; i < causes->contracts->len; i++)
        if (causes_unusual(causes_of(causes, i), &ignored).pence != 0)
            g_array_append_val(movers, i);
    g_array_sort_with_data(movers, compare_movers, (gpointer)causes);
    g_array_set_size(movers, MIN(movers->len, most));
    return movers;
}
