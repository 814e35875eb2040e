#include "base/csvtable.h"

#include <string.h>

#include "base/rowparser.h"

#include "base/poison.h"

/* What a header's field means. */
#define TARGET_UNKNOWN (-1)
#define TARGET_UNNAMED (-2)

struct CsvTable {
    const Document *document;
    const Column *columns;
    guint column_count;
    FaultClass class;
    GPtrArray *header;           /* of char *: the header's fields as written */
    GArray *targets;             /* of int: which column each field of the header is, or TARGET_ */
    guint field_of[MAX_COLUMNS]; /* which field of the header a column is, or header->len */
    gsize rows_from;
    bool is_straight;      /* the header names all columns in their order, and no more */
    gint is_broken;        /* set from several threads */
    gint has_unnamed_text; /* set from several threads */
};

static void
take_header_field(Span field, guint index, gpointer user)
{
    (void)index;
    g_ptr_array_add(user, span_copy(field));
}

/* Whether a header names a column: capitals do not matter, nor do spaces or hyphens for "_". */
static bool
name_matches(const char *header, const char *name)
{
    for (; *header != '\0' && *name != '\0'; header++, name++) {
        char c = *header == ' ' || *header == '-' ? '_' : g_ascii_tolower(*header);
        if (c != *name)
            return false;
    }
    return *header == *name;
}

static int
find_column(const CsvTable *table, const char *header)
{
    if (header[0] == '\0')
        return TARGET_UNNAMED;
    for (guint c = 0; c < table->column_count; c++)
        if (name_matches(header, table->columns[c].name))
            return (int)c;
    return TARGET_UNKNOWN;
}

/* Matches the header's fields to columns; missing and repeated ones are faults. */
static void
match_columns(CsvTable *table, guint64 line, Faults *faults)
{
    const char *file = document_name(table->document);
    for (guint c = 0; c < table->column_count; c++)
        table->field_of[c] = table->header->len;
    for (guint f = 0; f < table->header->len; f++) {
        int column = find_column(table, g_ptr_array_index(table->header, f));
        g_array_append_val(table->targets, column);
        if (column < 0)
            continue;
        if (table->field_of[column] < table->header->len) {
            table->is_broken = 1;
            faults_add(faults, table->class, file, line, table->columns[column].name,
                       "the header names this column twice");
        }
        table->field_of[column] = f;
    }
    table->is_straight = table->header->len == table->column_count;
    for (guint c = 0; c < table->column_count; c++)
        table->is_straight = table->is_straight && table->field_of[c] == c;
    for (guint c = 0; c < table->column_count; c++)
        if (table->columns[c].is_required && table->field_of[c] == table->header->len) {
            table->is_broken = 1;
            faults_add(faults, table->class, file, line, table->columns[c].name,
                       "the header lacks this column, which is required");
        }
}

CsvTable *
csv_table_new(const Document *document, const Column *columns, guint column_count, FaultClass class,
              Faults *faults)
{
    g_assert(column_count <= MAX_COLUMNS);
    CsvTable *table = g_new0(CsvTable, 1);
    table->document = document;
    table->columns = columns;
    table->column_count = column_count;
    table->class = class;
    table->header = g_ptr_array_new_with_free_func(g_free);
    table->targets = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(RowParser) parser = row_parser_new(document);
    RowPlace place;
    RowOutcome outcome = row_parser_next(parser, take_header_field, table->header, &place);
    guint64 line = outcome == ROW_END ? 1 : document_line(document, place.offset);
    if (outcome == ROW_FAULTY) {
        table->is_broken = 1;
        faults_add(faults, class, document_name(document), line, NULL, "the header %s",
                   place.fault);
    } else if (document_is_refused(document)) {
        table->is_broken = 1;
    } else if (outcome == ROW_END) {
        table->is_broken = 1;
        faults_add(faults, class, document_name(document), line, NULL,
                   "has no header row: the file is empty");
    } else {
        match_columns(table, line, faults);
    }
    table->rows_from =
        table->is_broken != 0 ? document_text(document).length : row_parser_at(parser);
    return table;
}

void
csv_table_free(CsvTable *table)
{
    if (table == NULL)
        return;
    g_ptr_array_free(table->header, TRUE);
    g_array_free(table->targets, TRUE);
    g_free(table);
}

const Document *
csv_table_document(const CsvTable *table)
{
    return table->document;
}

gsize
csv_table_rows_from(const CsvTable *table)
{
    return table->rows_from;
}

bool
csv_table_is_broken(const CsvTable *table)
{
    return g_atomic_int_get(&table->is_broken) != 0;
}

void
csv_table_warn_unknown(const CsvTable *table, Faults *faults)
{
    g_autoptr(GString) names = g_string_new(NULL);
    guint count = 0;
    for (guint f = 0; f < table->targets->len; f++) {
        int target = g_array_index(table->targets, int, f);
        const char *name = g_ptr_array_index(table->header, f);
        if (target == TARGET_UNKNOWN && count++ < 10) {
            g_string_append(names, names->len > 0 ? ", " : "");
            text_append_quoted(names, (Span){name, strlen(name)});
        }
    }
    if (count > 10)
        g_string_append_printf(names, " and %u more", count - 10);
    if (g_atomic_int_get(&table->has_unnamed_text) != 0)
        g_string_append(names, names->len > 0 ? ", and unnamed ones" : "unnamed ones");
    if (names->len > 0)
        faults_add(faults, FAULT_WARNING, document_name(table->document), 0, NULL,
                   "has columns that are not used: %s", names->str);
}

struct RowReader {
    CsvTable *table;
    Faults *faults;
    RowParser *parser;
    const int *targets; /* of the table: for the innermost loop */
    guint target_count;
};

RowReader *
row_reader_new(CsvTable *table, Faults *faults)
{
    RowReader *reader = g_new0(RowReader, 1);
    reader->table = table;
    reader->faults = faults;
    reader->targets = (const int *)(gpointer)table->targets->data;
    reader->target_count = table->targets->len;
    reader->parser = row_parser_new(table->document);
    row_parser_seek(reader->parser, table->rows_from, document_text(table->document).length);
    return reader;
}

void
row_reader_free(RowReader *reader)
{
    if (reader == NULL)
        return;
    row_parser_free(reader->parser);
    g_free(reader);
}

void
row_reader_seek(RowReader *reader, gsize from, gsize to)
{
    row_parser_seek(reader->parser, from, to);
}

/* Puts the fields of the row just read where their columns are. False where it has more of them
 * than the header, empty ones at its end aside. */
static bool
place_fields(RowReader *reader, guint count, Row *row)
{
    const Span *fields = row_parser_fields(reader->parser);
    if (reader->table->is_straight && count == reader->target_count) {
        memcpy(row->fields, fields, count * sizeof(Span));
        return true;
    }
    for (guint c = 0; c < reader->table->column_count; c++)
        row->fields[c] = (Span){"", 0};
    for (guint i = 0; i < MIN(count, reader->target_count); i++) {
        if (reader->targets[i] >= 0)
            row->fields[reader->targets[i]] = fields[i];
        else if (reader->targets[i] == TARGET_UNNAMED && fields[i].length > 0)
            g_atomic_int_set(&reader->table->has_unnamed_text, 1);
    }
    for (guint i = reader->target_count; i < count; i++)
        if (fields[i].length > 0)
            return false;
    return true;
}

/* Marks the table as broken, and lists the fault where the reader has a list. */
static void
report_fault(RowReader *reader, const RowPlace *place, const char *what)
{
    CsvTable *table = reader->table;
    g_atomic_int_set(&table->is_broken, 1);
    if (reader->faults == NULL)
        return;
    const char *column =
        place->fields < table->header->len ? g_ptr_array_index(table->header, place->fields) : NULL;
    guint64 line = document_line(table->document, place->fault_offset);
    guint64 row_line = document_line(table->document, place->offset);
    if (line == row_line)
        faults_add(reader->faults, table->class, document_name(table->document), line,
                   column != NULL && column[0] != '\0' ? column : NULL, "this row %s", what);
    else
        faults_add(reader->faults, table->class, document_name(table->document), line,
                   column != NULL && column[0] != '\0' ? column : NULL,
                   "the row that starts on line %" G_GUINT64_FORMAT " %s", row_line, what);
}

bool
row_reader_next(RowReader *reader, Row *row)
{
    for (;;) {
        RowPlace place;
        RowOutcome outcome = row_parser_next(reader->parser, NULL, NULL, &place);
        if (outcome == ROW_END)
            return false;
        row->offset = place.offset;
        if (outcome == ROW_OK && place_fields(reader, place.fields, row))
            return true;
        if (outcome == ROW_OK) {
            place.fault_offset = place.offset;
            place.fields = reader->table->header->len;
            report_fault(reader, &place, "has more fields than the header");
        } else {
            report_fault(reader, &place, place.fault);
        }
        if (reader->faults == NULL)
            return false;
    }
}
