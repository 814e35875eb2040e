#include "pack/parties.h"

#include <string.h>

#include "base/poison.h"

/* What tells the two kinds of row apart. */
typedef struct {
    guint scheme, provider, item; /* columns */
    ItemKind item_kind;
    Reason unknown_item;
} RowKind;

static const RowKind ROW_KINDS[INPUT_KINDS] = {
    [INPUT_ACTIVITY] = {ACTIVITY_SCHEME, ACTIVITY_PROVIDER, ACTIVITY_ACTIVITY, ITEM_ACTIVITY,
                        REASON_UNKNOWN_ACTIVITY},
    [INPUT_ACHIEVEMENT] = {ACHIEVEMENT_SCHEME, ACHIEVEMENT_PROVIDER, ACHIEVEMENT_INDICATOR,
                           ITEM_INDICATOR, REASON_UNKNOWN_INDICATOR},
};

/* The tests by scheme, provider and item alone. */
static Reason
test_codes(const RowContext *context, const RowKind *kind, const Parties *parties, guint8 *column)
{
    *column = (guint8)kind->scheme;
    if (parties->scheme == CODE_NONE)
        return REASON_UNKNOWN_SCHEME;
    *column = (guint8)kind->provider;
    if (parties->provider == CODE_NONE)
        return REASON_UNKNOWN_PROVIDER;
    *column = (guint8)kind->item;
    if (parties->item == CODE_NONE)
        return kind->unknown_item;
    if (kind->item_kind == ITEM_ACTIVITY &&
        !activity_is_claimed(rules_activity(context->rules, parties->item)))
        return REASON_NOT_CLAIMED;
    *column = (guint8)kind->provider;
    ProviderType type = register_provider(context->reg, parties->provider)->in_force->type;
    return (rules_scheme(context->rules, parties->scheme)->delivered_by & 1u << type) == 0
               ? REASON_WRONG_LEVEL
               : REASON_NONE;
}

Parties
parties_find(const RowContext *context, InputKind kind, const Value *values)
{
    const RowKind *row = &ROW_KINDS[kind];
    const Value *scheme = &values[row->scheme], *provider = &values[row->provider],
                *item = &values[row->item];
    Parties parties = {CODE_NONE, CODE_NONE, CODE_NONE, CODE_NONE, REASON_NONE, 0};
    if (scheme->fault == REASON_NONE)
        parties.scheme = codes_find(context->rules->scheme_codes, scheme->text);
    if (provider->fault == REASON_NONE)
        parties.provider = codes_find(context->reg->codes, provider->text);
    if (parties.scheme != CODE_NONE && item->fault == REASON_NONE)
        parties.item = rules_find_item(context->rules, row->item_kind, parties.scheme, item->text);
    if (parties.scheme != CODE_NONE && parties.provider != CODE_NONE)
        parties.contract = contracts_find(context->contracts, parties.scheme, parties.provider);
    parties.reason = (guint8)test_codes(context, row, &parties, &parties.column);
    return parties;
}

Reason
parties_test(const RowContext *context, const Parties *parties, Day from, Day to, guint *column)
{
    *column = parties->column;
    if (parties->reason != REASON_NONE)
        return (Reason)parties->reason;
    return parties->contract != CODE_NONE &&
                   contract_touches(context->contracts, parties->contract, from, to)
               ? REASON_NONE
               : REASON_NOT_PARTICIPATING;
}

/* Parties that were looked up, found by a hash of the texts. A place of the table holds one of
 * them: the one looked up last. */
#define KNOWN_PARTIES 2048
#define KNOWN_TEXT 43

typedef struct {
    guint8 length; /* 0: the place is empty */
    char text[KNOWN_TEXT];
    Parties parties;
} KnownParties;

struct PartiesCache {
    const RowContext *context;
    Parties found; /* the last parties whose texts were too long for the table */
    KnownParties known[KNOWN_PARTIES];
};

PartiesCache *
parties_cache_new(const RowContext *context)
{
    PartiesCache *cache = g_new0(PartiesCache, 1);
    cache->context = context;
    return cache;
}

void
parties_cache_free(PartiesCache *cache)
{
    g_free(cache);
}

/* Scheme, provider and activity as one text: that of the row where only commas part them, which
 * are in no field of such a row, else joined in the room given. Empty where that is too small. */
static Span
join_parts(const Value *values, char room[KNOWN_TEXT])
{
    const Span scheme = values[ACTIVITY_SCHEME].text, provider = values[ACTIVITY_PROVIDER].text,
               activity = values[ACTIVITY_ACTIVITY].text;
    gsize length = scheme.length + 1 + provider.length + 1 + activity.length;
    if (scheme.length > KNOWN_TEXT || provider.length > KNOWN_TEXT || length > KNOWN_TEXT)
        return (Span){NULL, 0};
    const char *second = scheme.text + scheme.length + 1, *third = second + provider.length + 1;
    if (provider.text == second && second[-1] == ',' && activity.text == third && third[-1] == ',')
        return (Span){scheme.text, length};
    /* A NUL joins them, which no text has: no other parts look the same. */
    memcpy(room, scheme.text, scheme.length);
    room[scheme.length] = '\0';
    memcpy(room + scheme.length + 1, provider.text, provider.length);
    room[scheme.length + 1 + provider.length] = '\0';
    memcpy(room + length - activity.length, activity.text, activity.length);
    return (Span){room, length};
}

const Parties *
parties_cache_find(PartiesCache *cache, const Value *values)
{
    char room[KNOWN_TEXT];
    Span parts = join_parts(values, room);
    if (parts.length == 0) {
        cache->found = parties_find(cache->context, INPUT_ACTIVITY, values);
        return &cache->found;
    }
    KnownParties *known = &cache->known[codes_hash(parts.text, parts.length) & (KNOWN_PARTIES - 1)];
    if (known->length != parts.length || memcmp(known->text, parts.text, parts.length) != 0) {
        known->parties = parties_find(cache->context, INPUT_ACTIVITY, values);
        known->length = (guint8)parts.length;
        memcpy(known->text, parts.text, parts.length);
    }
    return &known->parties;
}
