#include "pack/claims/row_lookup.h"

#include "base/poison.h"

struct RowLookup {
    const InputFiles *inputs;
    RowReader *rows; /* of the file read last, or NULL */
    guint file;
    Row row;
    Value values[MAX_COLUMNS];
    RowPlaceId counted; /* the place whose line is known, or PLACE_NONE */
    guint64 line;
};

RowLookup *
row_lookup_new(const InputFiles *inputs)
{
    RowLookup *lookup = g_new0(RowLookup, 1);
    lookup->inputs = inputs;
    lookup->counted = PLACE_NONE;
    return lookup;
}

void
row_lookup_free(RowLookup *lookup)
{
    if (lookup == NULL)
        return;
    row_reader_free(lookup->rows);
    g_free(lookup);
}

const Value *
row_lookup_values(RowLookup *lookup, RowPlaceId place)
{
    guint number = place_file(place);
    const InputFile *file = input_file(lookup->inputs, number);
    if (lookup->rows == NULL || lookup->file != number) {
        row_reader_free(lookup->rows);
        lookup->rows = row_reader_new(file->csv, NULL);
        lookup->file = number;
    }
    row_reader_seek(lookup->rows, place_offset(place), document_text(file->document).length);
    /* A mapped file that somebody changed since may hold another row here, or none. Sealing finds
     * that out and refuses the run; until then the row is taken as empty. */
    if (!row_reader_next(lookup->rows, &lookup->row))
        for (guint c = 0; c < MAX_COLUMNS; c++)
            lookup->row.fields[c] = (Span){"", 0};
    const InputTable *table = &INPUT_TABLES[file->kind];
    values_read(file->columns, table->column_count, &lookup->row, lookup->values);
    return lookup->values;
}

bool
row_lookup_is_short(const RowLookup *lookup)
{
    return lookup->row.is_short;
}

guint64
row_lookup_line(RowLookup *lookup, RowPlaceId place)
{
    const Document *document = input_file(lookup->inputs, place_file(place))->document;
    gsize offset = place_offset(place);
    bool is_near = lookup->counted != PLACE_NONE && lookup->counted <= place &&
                   place_file(lookup->counted) == place_file(place) &&
                   offset - place_offset(lookup->counted) < 2048;
    if (is_near)
        lookup->line += document_lines_between(document, place_offset(lookup->counted), offset);
    else
        lookup->line = document_line(document, offset);
    lookup->counted = place;
    return lookup->line;
}
