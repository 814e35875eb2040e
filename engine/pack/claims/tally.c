#include "pack/claims/tally.h"

#include "base/poison.h"

void
tally_init(Tally *tally)
{
    tally_init_for(tally, 0);
}

void
tally_init_for(Tally *tally, gsize expected)
{
    tally->size = 64;
    while (tally->size < expected * 2)
        tally->size *= 2;
    tally->used = 0;
    tally->entries = g_new0(TallyEntry, tally->size);
}

void
tally_clear(Tally *tally)
{
    g_clear_pointer(&tally->entries, g_free);
}

/* The low bits of a product do not depend on the high bits of its factors, in which keys may
 * differ. So after each product its upper half is folded over the lower one. */
static guint64
fold(guint64 product)
{
    return product ^ (product >> 32);
}

guint64
tally_hash(guint64 first, guint64 second)
{
    guint64 one =
        (first ^ G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    guint64 other = second * G_GUINT64_CONSTANT(0xd6e8feb86659fd93);
    return fold((fold(one) + fold(other)) * G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53));
}

/* The entry of a key, or the unused one where it would go. */
static TallyEntry *
find_entry(const Tally *tally, guint64 first, guint64 second)
{
    gsize mask = tally->size - 1;
    for (gsize at = tally_hash(first, second) & mask;; at = (at + 1) & mask) {
        TallyEntry *entry = &tally->entries[at];
        if (!entry->is_used || (entry->first == first && entry->second == second))
            return entry;
    }
}

int64_t *
tally_find(const Tally *tally, guint64 first, guint64 second)
{
    TallyEntry *entry = find_entry(tally, first, second);
    return entry->is_used ? &entry->value : NULL;
}

static void
grow(Tally *tally)
{
    Tally larger = {g_new0(TallyEntry, tally->size * 2), tally->size * 2, tally->used};
    for (gsize i = 0; i < tally->size; i++) {
        const TallyEntry *entry = &tally->entries[i];
        if (entry->is_used)
            *find_entry(&larger, entry->first, entry->second) = *entry;
    }
    g_free(tally->entries);
    *tally = larger;
}

int64_t *
tally_add(Tally *tally, guint64 first, guint64 second, bool *is_new)
{
    if (tally->used * 2 >= tally->size)
        grow(tally);
    TallyEntry *entry = find_entry(tally, first, second);
    *is_new = !entry->is_used;
    if (*is_new) {
        *entry = (TallyEntry){first, second, 0, 0, true};
        tally->used++;
    }
    entry->times++;
    return &entry->value;
}
