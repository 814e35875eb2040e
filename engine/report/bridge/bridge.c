#include "report/bridge/bridge.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/poison.h"

#define GETTER(name, expression) FIELD_GETTER(BridgeRow, name, expression)

static Figure
status_figure(Status status)
{
    return status == STATUS_COUNT ? figure_empty() : figure_text(STATUS_NAMES[status]);
}

GETTER(row_scheme, figure_text(at->scheme))
GETTER(row_provider, figure_text(at->provider))
GETTER(status_before, status_figure(at->before.status))
GETTER(status_after, status_figure(at->after.status))
GETTER(entitlement_before, figure_money(at->before.entitlement))
GETTER(entitlement_after, figure_money(at->after.entitlement))
GETTER(paid_before, figure_money(at->before.paid))
GETTER(paid_after, figure_money(at->after.paid))
GETTER(owed_before, figure_money(at->before.owed))
GETTER(cause_period, figure_money(at->causes[CAUSE_PERIOD]))
GETTER(cause_register, figure_money(at->causes[CAUSE_REGISTER]))
GETTER(cause_participation, figure_money(at->causes[CAUSE_PARTICIPATION]))
GETTER(cause_lists, figure_money(at->causes[CAUSE_LISTS]))
GETTER(cause_facts, figure_money(at->causes[CAUSE_FACTS]))
GETTER(cause_payments, figure_money(at->causes[CAUSE_PAYMENTS]))
GETTER(cause_holds, figure_money(at->causes[CAUSE_HOLDS]))
GETTER(cause_claims, figure_money(at->causes[CAUSE_CLAIMS]))
GETTER(cause_achievement, figure_money(at->causes[CAUSE_ACHIEVEMENT]))
GETTER(cause_rules, figure_money(at->causes[CAUSE_RULES]))
GETTER(cause_engine, figure_money(at->causes[CAUSE_ENGINE]))
GETTER(period_instalments, figure_money(at->period[OWED_INSTALMENTS]))
GETTER(period_claims, figure_money(at->period[OWED_THIS_MONTH]))
GETTER(period_late, figure_money(at->period[OWED_LATE]))
GETTER(period_corrected, figure_money(at->period[OWED_CORRECTED]))
GETTER(period_prices, figure_money(at->period[OWED_PRICE]))
GETTER(period_facts, figure_money(at->period[OWED_FACTS]))
GETTER(period_achievement, figure_money(at->period[OWED_ACHIEVEMENT]))
GETTER(period_values, figure_money(at->period[OWED_VALUE]))
GETTER(period_clauses, figure_money(at->period[OWED_CLAUSES]))
GETTER(period_adjustments, figure_money(at->period[OWED_ADJUSTMENTS]))
GETTER(period_brought_forward, figure_money(at->period[OWED_BROUGHT_FORWARD]))
GETTER(period_deferred, figure_money(at->period[OWED_DEFERRED]))
GETTER(period_held, figure_money(at->period[OWED_BEFORE]))
GETTER(period_rest, figure_money(at->period[OWED_REST]))
GETTER(owed_after, figure_money(at->after.owed))
GETTER(difference, figure_money((Money){at->after.owed.pence - at->before.owed.pence}))
GETTER(moved, bridge_row_is_moved(at) ? figure_text("moved") : figure_empty())

static Figure
unexplained(gconstpointer record)
{
    const BridgeRow *row = record;
    Money left = {row->after.owed.pence - row->before.owed.pence};
    for (guint c = 0; c < CAUSE_COUNT; c++)
        left.pence -= row->causes[c].pence;
    return figure_money(left);
}

#define AS_SEALED "as it was sealed; empty where the contract was not in the run"

/* A part of the cause period: its heading, for a screen, and what it is. */
#define PERIOD(cause, get, heading, about)                                                         \
    [BRIDGE_PERIOD + OWED_##cause] = {#get, heading, about, get}

const Field BRIDGE_FIELDS[BRIDGE_FIELD_COUNT] = {
    [BRIDGE_SCHEME] = {"scheme", "Scheme", "code of the scheme", row_scheme},
    [BRIDGE_PROVIDER] = {"provider", "Provider", "code of the provider", row_provider},
    [BRIDGE_STATUS_BEFORE] = {"status_before", "Status\nbefore", AS_SEALED, status_before},
    [BRIDGE_STATUS_AFTER] = {"status_after", "Status\nafter", AS_SEALED, status_after},
    [BRIDGE_ENTITLEMENT_BEFORE] = {"entitlement_before", "Entitlement\nbefore",
                                   "entitlement to date in the first run", entitlement_before},
    [BRIDGE_ENTITLEMENT_AFTER] = {"entitlement_after", "Entitlement\nafter",
                                  "entitlement to date in the second run", entitlement_after},
    [BRIDGE_PAID_BEFORE] = {"paid_before", "Paid to date\nbefore", "paid to date in the first run",
                            paid_before},
    [BRIDGE_PAID_AFTER] = {"paid_after", "Paid to date\nafter", "paid to date in the second run",
                           paid_after},
    [BRIDGE_OWED_BEFORE] = {"owed_before", "Owed\nbefore", "owed in the first run", owed_before},
    [BRIDGE_CAUSES +
        CAUSE_PERIOD] = {"period", "Period", "the runs are for different periods", cause_period},
    [BRIDGE_CAUSES + CAUSE_REGISTER] = {"register", "Register",
                                        "providers: names, types, payees, dates", cause_register},
    [BRIDGE_CAUSES + CAUSE_PARTICIPATION] = {"participation", "Participation",
                                             "who takes part, from when to when, for what value",
                                             cause_participation},
    [BRIDGE_CAUSES + CAUSE_LISTS] = {"lists", "Lists", "list sizes", cause_lists},
    [BRIDGE_CAUSES + CAUSE_FACTS] = {"facts", "Facts", "numbers of providers", cause_facts},
    [BRIDGE_CAUSES +
        CAUSE_PAYMENTS] = {"payments", "Payments", "paid to date, and adjustments", cause_payments},
    [BRIDGE_CAUSES + CAUSE_HOLDS] = {"holds_and_recoveries", "Holds and\nrecoveries",
                                     "payments held and debts paid off in parts, by a person",
                                     cause_holds},
    [BRIDGE_CAUSES + CAUSE_CLAIMS] = {"claims", "Claims",
                                      "activity: claims that are new, late or submitted again",
                                      cause_claims},
    [BRIDGE_CAUSES + CAUSE_ACHIEVEMENT] = {"achievement", "Achievement",
                                           "achievement of indicators", cause_achievement},
    [BRIDGE_CAUSES +
        CAUSE_RULES] = {"rules", "Rules", "schemes, indicators, tariffs, limits", cause_rules},
    [BRIDGE_CAUSES + CAUSE_ENGINE] = {"engine", "Engine",
                                      "what was sealed is not what this version works out",
                                      cause_engine},
    [BRIDGE_OWED_AFTER] = {"owed_after", "Owed\nafter", "owed in the second run", owed_after},
    [BRIDGE_DIFFERENCE] = {"difference", "Difference",
                           "owed after less owed before: the sum of "
                           "the causes",
                           difference},
    PERIOD(INSTALMENTS, period_instalments, "instalments due",
           "instalments, and what is paid without claims, that have become due"),
    PERIOD(THIS_MONTH, period_claims, "claims", "claims of the months between"),
    PERIOD(LATE, period_late, "late claims", "claims of earlier months that only now count"),
    PERIOD(CORRECTED, period_corrected, "corrected claims", "claims that count otherwise now"),
    PERIOD(PRICE, period_prices, "prices", "claims at another price"),
    PERIOD(FACTS, period_facts, "facts", "what is paid by a fact, by another one"),
    PERIOD(ACHIEVEMENT, period_achievement, "achievement",
           "what indicators earn; at the year-end less the instalments"),
    PERIOD(VALUE, period_values, "values and lists", "another contract value or list"),
    PERIOD(CLAUSES, period_clauses, "clauses", "what clauses add or take"),
    PERIOD(ADJUSTMENTS, period_adjustments, "adjustments, payments before",
           "adjustments, and payments from before this archive"),
    PERIOD(BROUGHT_FORWARD, period_brought_forward, "brought forward",
           "carried by the last year-end"),
    PERIOD(DEFERRED, period_deferred, "left for later", "debts that are paid off in parts"),
    PERIOD(BEFORE, period_held, "held", "contracts that are held in one of the periods"),
    PERIOD(REST, period_rest, "rest", "what none of these explains"),
    [BRIDGE_MOVED] = {"moved", "Moved", "whether anything of the contract differs", moved},
    [BRIDGE_UNEXPLAINED] = {"unexplained", "Unexplained",
                            "what no cause accounts for: nothing, "
                            "ever",
                            unexplained},
};

const char *
cause_name(Cause cause)
{
    return BRIDGE_FIELDS[BRIDGE_CAUSES + cause].name;
}

static void
row_free(gpointer pointer)
{
    BridgeRow *row = pointer;
    g_free(row->scheme);
    g_free(row->provider);
    g_free(row);
}

Bridge *
bridge_new(const char *from, const char *to)
{
    Bridge *bridge = g_new0(Bridge, 1);
    bridge->from = g_strdup(from);
    bridge->to = g_strdup(to);
    bridge->rows = g_ptr_array_new_with_free_func(row_free);
    bridge->notes = g_ptr_array_new_with_free_func(g_free);
    bridge->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bridge->schemes = codes_new();
    return bridge;
}

void
bridge_free(Bridge *bridge)
{
    if (bridge == NULL)
        return;
    g_free(bridge->from);
    g_free(bridge->to);
    g_ptr_array_unref(bridge->rows);
    g_ptr_array_unref(bridge->notes);
    g_hash_table_unref(bridge->index);
    codes_free(bridge->schemes);
    g_free(bridge);
}

void
bridge_add_schemes(Bridge *bridge, const Rules *rules)
{
    for (guint s = 0; s < rules_scheme_count(rules); s++) {
        const char *code = rules_scheme(rules, s)->code;
        codes_add(bridge->schemes, (Span){code, strlen(code)});
    }
}

const BridgeRow *
bridge_row(const Bridge *bridge, guint row)
{
    return g_ptr_array_index(bridge->rows, row);
}

/* The row of a contract, made where there is none. */
static BridgeRow *
find_row(Bridge *bridge, const char *scheme, const char *provider)
{
    g_autofree char *key = g_strconcat(scheme, "/", provider, NULL);
    BridgeRow *row = g_hash_table_lookup(bridge->index, key);
    if (row != NULL)
        return row;
    row = g_new0(BridgeRow, 1);
    row->scheme = g_strdup(scheme);
    row->provider = g_strdup(provider);
    row->before.status = row->after.status = STATUS_COUNT;
    codes_add(bridge->schemes, (Span){scheme, strlen(scheme)});
    g_ptr_array_add(bridge->rows, row);
    g_hash_table_insert(bridge->index, g_steal_pointer(&key), row);
    return row;
}

void
bridge_begin_stage(Bridge *bridge)
{
    for (guint i = 0; i < bridge->rows->len; i++) {
        BridgeRow *row = g_ptr_array_index(bridge->rows, i);
        row->at = row->next;
        row->next = (Money){0};
    }
}

void
bridge_add_result(Bridge *bridge, const Result *result)
{
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        find_row(bridge, contract->scheme->code, contract->provider->code)->next = contract->owed;
    }
}

void
bridge_add_sealed(Bridge *bridge, const char *scheme, const char *provider,
                  const BridgeFigures *figures, bool is_last)
{
    BridgeRow *row = find_row(bridge, scheme, provider);
    *(is_last ? &row->after : &row->before) = *figures;
    row->next = figures->owed;
}

void
bridge_end_stage(Bridge *bridge, Cause cause)
{
    for (guint i = 0; i < bridge->rows->len; i++) {
        BridgeRow *row = g_ptr_array_index(bridge->rows, i);
        /* Every stage is below 10^14 pence, so a few of them cannot leave 64 bits. */
        row->causes[cause].pence += row->next.pence - row->at.pence;
    }
}

void
bridge_explain_period(Bridge *bridge, const Result *from, const Result *to)
{
    bool is_back = period_compare(&to->pack->period, &from->pack->period) < 0;
    const Result *earlier = is_back ? to : from, *later = is_back ? from : to;
    g_autoptr(Causes) causes = causes_between(earlier, later);
    for (guint i = 0; i < later->contracts->len; i++) {
        const Contract *contract = result_contract(later, i);
        BridgeRow *row = find_row(bridge, contract->scheme->code, contract->provider->code);
        for (guint cause = 0; cause < OWED_CAUSES; cause++) {
            int64_t pence = causes_of(causes, i)->owed[cause].pence;
            row->period[cause] = (Money){is_back ? -pence : pence};
        }
    }
}

static int
compare_rows(gconstpointer left, gconstpointer right, gpointer user)
{
    const BridgeRow *a = *(const BridgeRow *const *)left, *b = *(const BridgeRow *const *)right;
    const Bridge *bridge = user;
    guint32 first = codes_find(bridge->schemes, (Span){a->scheme, strlen(a->scheme)});
    guint32 second = codes_find(bridge->schemes, (Span){b->scheme, strlen(b->scheme)});
    return first != second ? (first < second ? -1 : 1) : strcmp(a->provider, b->provider);
}

void
bridge_finish(Bridge *bridge)
{
    g_ptr_array_sort_with_data(bridge->rows, compare_rows, bridge);
}

bool
bridge_row_is_moved(const BridgeRow *row)
{
    for (guint c = 0; c < CAUSE_COUNT; c++)
        if (row->causes[c].pence != 0)
            return true;
    return row->before.status != row->after.status ||
           row->before.entitlement.pence != row->after.entitlement.pence ||
           row->before.paid.pence != row->after.paid.pence ||
           row->before.owed.pence != row->after.owed.pence;
}

guint
bridge_moved(const Bridge *bridge)
{
    guint count = 0;
    for (guint i = 0; i < bridge->rows->len; i++)
        count += bridge_row_is_moved(bridge_row(bridge, i));
    return count;
}

static int64_t
change_of(const BridgeRow *row)
{
    return llabs(row->after.owed.pence - row->before.owed.pence);
}

/* The largest change first. Sorting pointers is stable. */
static int
compare_changes(gconstpointer left, gconstpointer right)
{
    int64_t a = change_of(*(const BridgeRow *const *)left);
    int64_t b = change_of(*(const BridgeRow *const *)right);
    return (a < b) - (a > b);
}

GPtrArray *
bridge_largest(const Bridge *bridge)
{
    GPtrArray *rows = g_ptr_array_new();
    for (guint i = 0; i < bridge->rows->len; i++)
        if (bridge_row_is_moved(bridge_row(bridge, i)))
            g_ptr_array_add(rows, g_ptr_array_index(bridge->rows, i));
    g_ptr_array_sort(rows, compare_changes);
    return rows;
}

/* How many rows have some of an amount, and its sum; offset is the amount's place in the row. */
static guint
add_up(const Bridge *bridge, gsize offset, Sum *sum)
{
    guint count = 0;
    *sum = (Sum){0};
    for (guint i = 0; i < bridge->rows->len; i++) {
        const char *row = (const char *)bridge_row(bridge, i);
        Money amount;
        memcpy(&amount, row + offset, sizeof amount);
        count += amount.pence != 0;
        sum_add(sum, amount);
    }
    return count;
}

guint
bridge_cause(const Bridge *bridge, Cause cause, Sum *sum)
{
    return add_up(bridge, offsetof(BridgeRow, causes) + cause * sizeof(Money), sum);
}

guint
bridge_period(const Bridge *bridge, OwedCause cause, Sum *sum)
{
    return add_up(bridge, offsetof(BridgeRow, period) + cause * sizeof(Money), sum);
}

void
bridge_totals(const Bridge *bridge, Sum *before, Sum *after)
{
    *before = *after = (Sum){0};
    for (guint i = 0; i < bridge->rows->len; i++) {
        sum_add(before, bridge_row(bridge, i)->before.owed);
        sum_add(after, bridge_row(bridge, i)->after.owed);
    }
}
