#include "pack/networks.h"

#include <string.h>

#include "base/poison.h"

struct Networks {
    Codes *names; /* of the networks */
    Tally index;  /* scheme and network, and indicator, to its place among the sums */
    GArray *sums; /* of NetworkSum */
};

typedef struct {
    Achieved achieved;
    GArray *places; /* of RowPlaceId */
} NetworkSum;

bool
provider_has_network(const Provider *provider)
{
    return provider->in_force->pcn != NULL && provider->in_force->pcn[0] != '\0';
}

static Span
network_of(const Provider *provider)
{
    return (Span){provider->in_force->pcn, strlen(provider->in_force->pcn)};
}

static void
clear_sum(gpointer pointer)
{
    NetworkSum *sum = pointer;
    g_array_unref(sum->places);
}

static void
add_row(Networks *networks, const AchievementRow *row, guint32 network)
{
    bool is_new;
    int64_t *place =
        tally_add(&networks->index, (guint64)row->scheme << 32 | network, row->indicator, &is_new);
    NetworkSum first = {.achieved = {.as_at = row->as_at, .is_in_range = true}};
    if (is_new) {
        first.places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
        *place = networks->sums->len;
        g_array_append_val(networks->sums, first);
    }
    NetworkSum *sum = &g_array_index(networks->sums, NetworkSum, *place);
    Achieved *achieved = &sum->achieved;
    achieved->as_at = MAX(achieved->as_at, row->as_at);
    achieved->is_in_range =
        achieved->is_in_range &&
        !__builtin_add_overflow(achieved->numerator, row->numerator, &achieved->numerator) &&
        !__builtin_add_overflow(achieved->denominator, row->denominator, &achieved->denominator) &&
        !__builtin_add_overflow(achieved->exceptions, row->exceptions, &achieved->exceptions);
    g_array_append_val(sum->places, row->place);
}

Networks *
networks_sum(const Achievements *achievements, const Rules *rules, const Register *reg,
             const Contracts *contracts)
{
    Networks *networks = g_new0(Networks, 1);
    networks->names = codes_new();
    networks->sums = g_array_new(FALSE, FALSE, sizeof(NetworkSum));
    g_array_set_clear_func(networks->sums, clear_sum);
    tally_init(&networks->index);
    for (guint i = 0; i < achievements->rows->len; i++) {
        const AchievementRow *row = &g_array_index(achievements->rows, AchievementRow, i);
        if (row->state != STATE_ACCEPTED ||
            rules_scheme(rules, row->scheme)->achieved_by != ACHIEVED_BY_NETWORK)
            continue;
        const Provider *provider = register_provider(reg, row->provider);
        guint32 contract = contracts_find(contracts, row->scheme, row->provider);
        if (provider_has_network(provider) &&
            contracts_key(contracts, contract)->merged_into == CODE_NONE)
            add_row(networks, row, codes_add(networks->names, network_of(provider)));
    }
    return networks;
}

void
networks_free(Networks *networks)
{
    if (networks == NULL)
        return;
    codes_free(networks->names);
    g_array_unref(networks->sums);
    tally_clear(&networks->index);
    g_free(networks);
}

bool
networks_find(const Networks *networks, guint32 scheme, const Provider *provider, guint32 indicator,
              Achieved *achieved)
{
    guint32 network = codes_find(networks->names, network_of(provider));
    if (network == CODE_NONE)
        return false;
    const int64_t *place = tally_find(&networks->index, (guint64)scheme << 32 | network, indicator);
    if (place == NULL)
        return false;
    const NetworkSum *sum = &g_array_index(networks->sums, NetworkSum, *place);
    *achieved = sum->achieved;
    achieved->places = (const RowPlaceId *)(gconstpointer)sum->places->data;
    achieved->row_count = sum->places->len;
    return true;
}
