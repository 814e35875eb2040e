#include "base/sorting.h"

#include <string.h>

#include "base/poison.h"

/* One pass: by the byte of the key at shift. False where all keys have the same: nothing moved. */
static gboolean
sort_by_byte(const Keyed *from, Keyed *to, gsize count, unsigned shift)
{
    gsize starts[257] = {0};
    for (gsize i = 0; i < count; i++)
        starts[(from[i].key >> shift & 255) + 1]++;
    if (starts[(from[0].key >> shift & 255) + 1] == count)
        return FALSE;
    for (unsigned b = 0; b < 256; b++)
        starts[b + 1] += starts[b];
    for (gsize i = 0; i < count; i++)
        to[starts[from[i].key >> shift & 255]++] = from[i];
    return TRUE;
}

void
keyed_sort(Keyed *items, gsize count)
{
    if (count < 2)
        return;
    Keyed *spare = g_new(Keyed, count), *from = items, *to = spare;
    for (unsigned shift = 0; shift < 64; shift += 8)
        if (sort_by_byte(from, to, count, shift)) {
            Keyed *swap = from;
            from = to;
            to = swap;
        }
    if (from != items)
        memcpy(items, from, count * sizeof(Keyed));
    g_free(spare);
}
