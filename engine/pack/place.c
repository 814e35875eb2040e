#include "pack/place.h"

#include "base/poison.h"

void
place_add(GArray *places, RowPlaceId place)
{
    for (guint i = 0; i < places->len; i++)
        if (g_array_index(places, RowPlaceId, i) == place)
            return;
    g_array_append_val(places, place);
}
