#include "report/bridge/bridge.h"

#include <string.h>

#include "base/poison.h"

const char *const CAUSE_NAMES[CAUSE_COUNT] = {
    [CAUSE_PERIOD] = "period",
    [CAUSE_REGISTER] = "register",
    [CAUSE_PARTICIPATION] = "participation",
    [CAUSE_LISTS] = "lists",
    [CAUSE_PAYMENTS] = "payments",
    [CAUSE_CLAIMS] = "claims",
    [CAUSE_ACHIEVEMENT] = "achievement",
    [CAUSE_RULES] = "rules",
    [CAUSE_ENGINE] = "engine",
};

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

static BridgeRow *
row_at(Bridge *bridge, guint row)
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
    for (guint i = 0; i < bridge->rows->len; i++)
        row_at(bridge, i)->next = (Money){0};
}

void
bridge_add(Bridge *bridge, const char *scheme, const char *provider, Money owed)
{
    find_row(bridge, scheme, provider)->next = owed;
}

void
bridge_add_result(Bridge *bridge, const Result *result)
{
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        bridge_add(bridge, contract->scheme->code, contract->provider->code, contract->owed);
    }
}

void
bridge_add_before(Bridge *bridge, const char *scheme, const char *provider,
                  const BridgeFigures *figures)
{
    BridgeRow *row = find_row(bridge, scheme, provider);
    row->before = *figures;
    row->next = figures->owed;
}

void
bridge_add_after(Bridge *bridge, const char *scheme, const char *provider,
                 const BridgeFigures *figures)
{
    BridgeRow *row = find_row(bridge, scheme, provider);
    row->after = *figures;
    row->next = figures->owed;
}

void
bridge_end_first(Bridge *bridge)
{
    for (guint i = 0; i < bridge->rows->len; i++)
        row_at(bridge, i)->at = row_at(bridge, i)->next;
}

void
bridge_end_stage(Bridge *bridge, Cause cause)
{
    for (guint i = 0; i < bridge->rows->len; i++) {
        BridgeRow *row = row_at(bridge, i);
        /* Every stage is below 10^14 pence, so a few of them cannot leave 64 bits. */
        row->causes[cause].pence += row->next.pence - row->at.pence;
        row->at = row->next;
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

guint
bridge_cause(const Bridge *bridge, Cause cause, Sum *sum)
{
    guint count = 0;
    *sum = (Sum){0};
    for (guint i = 0; i < bridge->rows->len; i++) {
        Money amount = bridge_row(bridge, i)->causes[cause];
        count += amount.pence != 0;
        sum_add(sum, amount);
    }
    return count;
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
