#include "report/workbook/places.h"

#include "base/poison.h"

#define NEAR 4096 /* bytes */

/* The line of a place, counted on from the last one of its file where that is near. */
static guint64
line_of(const Workbook *workbook, const InputFile *file, RowPlaceId place)
{
    LineCursor *cursor = &g_array_index(workbook->cursors, LineCursor, place_file(place));
    gsize offset = place_offset(place);
    if (cursor->line > 0 && offset >= cursor->offset && offset - cursor->offset < NEAR)
        cursor->line += document_lines_between(file->document, cursor->offset, offset);
    else
        cursor->line = document_line(file->document, offset);
    cursor->offset = offset;
    return cursor->line;
}

void
places_append(GString *text, const Workbook *workbook, RowPlaceId place)
{
    const InputFile *file = input_file(workbook->result->pack->inputs, place_file(place));
    g_string_append_printf(text, "%s:%" G_GUINT64_FORMAT, file->name,
                           line_of(workbook, file, place));
}
