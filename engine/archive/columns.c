#include "archive/columns.h"

#include <string.h>

#include "base/poison.h"

void
columns_take_row(Span *text, GArray *fields)
{
    bool is_quoted = false;
    gsize from = 0, at = 0;
    g_array_set_size(fields, 0);
    for (; at < text->length && (is_quoted || text->text[at] != '\n'); at++) {
        if (text->text[at] == '"')
            is_quoted = !is_quoted;
        if (text->text[at] != ',' || is_quoted)
            continue;
        Span field = {text->text + from, at - from};
        g_array_append_val(fields, field);
        from = at + 1;
    }
    Span last = {text->text + from, at - from};
    g_array_append_val(fields, last);
    at = MIN(at + 1, text->length);
    *text = (Span){text->text + at, text->length - at};
}

bool
columns_find(const GArray *header, const char *const *names, guint count, guint *places)
{
    for (guint i = 0; i < count; i++) {
        guint place = 0;
        while (place < header->len && !span_is(g_array_index(header, Span, place), names[i]))
            place++;
        if (place == header->len)
            return false;
        places[i] = place;
    }
    return true;
}

static Span
field_at(const GArray *row, guint field)
{
    return g_array_index(row, Span, field);
}

/* Where each column of the sealed file stands in the present one. False where one is not there. */
static bool
find_columns(const GArray *sealed, const GArray *now, GArray *places)
{
    for (guint s = 0; s < sealed->len; s++) {
        guint place = 0;
        while (place < now->len && !span_equals(field_at(sealed, s), field_at(now, place)))
            place++;
        if (place == now->len)
            return false;
        g_array_append_val(places, place);
    }
    return true;
}

bool
columns_agree(Span sealed, Span now)
{
    g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(Span));
    g_autoptr(GArray) right = g_array_new(FALSE, FALSE, sizeof(Span));
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));
    columns_take_row(&sealed, left);
    columns_take_row(&now, right);
    if (!find_columns(left, right, places))
        return false;
    const guint sealed_columns = left->len, now_columns = right->len;
    while (sealed.length > 0 && now.length > 0) {
        columns_take_row(&sealed, left);
        columns_take_row(&now, right);
        if (left->len != sealed_columns || right->len != now_columns)
            return false;
        for (guint s = 0; s < sealed_columns; s++)
            if (!span_equals(field_at(left, s), field_at(right, g_array_index(places, guint, s))))
                return false;
    }
    return sealed.length == 0 && now.length == 0;
}
