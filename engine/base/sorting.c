#include "base/sorting.h"

#include <string.h>

#include "base/poison.h"

/* One pass: by the byte of the key at shift. */
static void
sort_by_byte(const Keyed *from, Keyed *to, gsize count, unsigned shift)
{
    gsize starts[257] = {0};
    for (gsize i = 0; i < count; i++)
        starts[(from[i].key >> shift & 255) + 1]++;
    for (unsigned b = 0; b < 256; b++)
        starts[b + 1] += starts[b];
    for (gsize i = 0; i < count; i++)
        to[starts[from[i].key >> shift & 255]++] = from[i];
}

void
keyed_sort(Keyed *items, gsize count)
{
    guint64 varying = 0; /* the bits in which any two keys differ */
    for (gsize i = 1; i < count; i++)
        varying |= items[i].key ^ items[0].key;
    if (varying == 0)
        return;
    Keyed *spare = g_new(Keyed, count), *from = items, *to = spare;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if ((varying >> shift & 255) == 0)
            continue;
        sort_by_byte(from, to, count, shift);
        Keyed *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof(Keyed));
    g_free(spare);
}
