#include "base/csvtable.h"

#include <string.h>

#include "base/csvmapping.h"
#include "base/rowparser.h"

#include "base/poison.h"

/* What is found of rows beside their fields, by each reader for itself. */
typedef struct {
    gsize first_short; /* the first row with fewer fields than the header, or G_MAXSIZE */
    guint least_extra, most_extra; /* fields that rows have beyond the header */
    gsize unended;                 /* the last row, where no line end follows it, or G_MAXSIZE */
    bool has_rows, has_unnamed_text, has_invisible;
    guint64 left_out; /* rows that a mapping's filters leave out */
} Notes;

static const Notes NO_NOTES = {
    .first_short = G_MAXSIZE, .least_extra = G_MAXUINT, .unended = G_MAXSIZE};

struct CsvTable {
    const Document *document;
    const Column *columns;
    guint column_count;
    FaultClass class;
    CsvHeader header;
    const CsvMapping *mapping; /* NULL: the columns have their own names */
    GArray *filter_fields;     /* of guint: which fields the mapping's filters ask for */
    gsize rows_from;
    bool has_amounts;   /* some column is an amount */
    bool has_invisible; /* the text has characters that do not show */
    gint is_broken;     /* set from several threads */
    GMutex lock;        /* of notes */
    Notes notes;
};

static void
take_header_field(Span field, guint index, gpointer user)
{
    (void)index;
    g_ptr_array_add(user, span_copy(field));
}

static bool
is_amount(ColumnKind kind)
{
    return kind == COLUMN_RATE || kind == COLUMN_NUMBER || kind == COLUMN_SUM ||
           kind == COLUMN_MONEY;
}

static bool
is_compared(ColumnKind kind)
{
    return kind == COLUMN_KEY || kind == COLUMN_REFERENCE || kind == COLUMN_CODE;
}

static bool
is_empty(const Span *fields, guint count)
{
    for (guint i = 0; i < count; i++)
        if (fields[i].length > 0)
            return false;
    return true;
}

static bool
has_header(const CsvTable *table)
{
    return table->mapping == NULL || table->mapping->has_header;
}

/* The first row that is not empty: its fields are the names of the columns. */
static RowOutcome
read_header(RowParser *parser, GPtrArray *names, RowPlace *place)
{
    RowOutcome outcome;
    do {
        g_ptr_array_set_size(names, 0);
        outcome = row_parser_next(parser, take_header_field, names, place);
    } while (outcome == ROW_OK && is_empty(row_parser_fields(parser), place->fields));
    return outcome;
}

/* Whether the mistake in a file without the header it needs is a common one: then it is told, with
 * the cure. */
static bool
explain_header(const CsvTable *table, RowOutcome outcome, gsize offset, guint64 line,
               Faults *faults)
{
    Span text = document_text(table->document);
    if (!has_header(table))
        return false;
    if (outcome == ROW_OK &&
        csv_header_has_required(&table->header, table->columns, table->column_count))
        return false;
    return csv_header_explain((Span){text.text + offset, text.length - offset},
                              document_name(table->document), line, table->columns,
                              table->column_count, table->class, faults);
}

/* Matches the names of the header to columns; see csv_header_match and csv_mapping_match. */
static bool
match_header(CsvTable *table, guint64 line, Faults *faults)
{
    const char *name = document_name(table->document);
    if (table->mapping == NULL)
        return csv_header_match(&table->header, name, line, table->columns, table->column_count,
                                table->class, faults);
    return csv_mapping_match(table->mapping, &table->header, table->filter_fields, name, line,
                             table->class, faults);
}

static CsvTable *
make_table(const Document *document, const Column *columns, guint column_count,
           const CsvMapping *mapping, FaultClass class, Faults *faults)
{
    g_assert(column_count <= MAX_COLUMNS);
    const char *name = document_name(document);
    CsvTable *table = g_new0(CsvTable, 1);
    table->document = document;
    table->columns = columns;
    table->column_count = column_count;
    table->mapping = mapping;
    table->filter_fields = g_array_new(FALSE, FALSE, sizeof(guint));
    table->class = class;
    table->notes = NO_NOTES;
    table->has_invisible = document_has_invisible(document);
    for (guint c = 0; c < column_count; c++)
        table->has_amounts = table->has_amounts || is_amount(columns[c].kind);
    g_mutex_init(&table->lock);
    csv_header_init(&table->header);
    g_autoptr(RowParser) parser = row_parser_new(document);
    RowPlace place;
    RowOutcome outcome = read_header(parser, table->header.names, &place);
    guint64 line = outcome == ROW_END ? 1 : document_line(document, place.offset);
    if (!has_header(table))
        csv_mapping_number(table->header.names);
    if (document_is_refused(document)) {
        table->is_broken = 1;
    } else if (outcome != ROW_END && explain_header(table, outcome, place.offset, line, faults)) {
        table->is_broken = 1;
    } else if (outcome == ROW_FAULTY) {
        table->is_broken = 1;
        faults_add(faults, class, name, line, NULL, "the %s %s",
                   has_header(table) ? "header" : "first row", place.fault);
    } else if (outcome == ROW_END) {
        table->is_broken = 1;
        faults_add(faults, class, name, line, NULL, "has no header row: the file is empty");
    } else if (!match_header(table, line, faults)) {
        table->is_broken = 1;
    }
    if (table->is_broken != 0)
        table->rows_from = document_text(document).length;
    else
        table->rows_from = has_header(table) ? row_parser_at(parser) : place.offset;
    return table;
}

CsvTable *
csv_table_new(const Document *document, const Column *columns, guint column_count, FaultClass class,
              Faults *faults)
{
    return make_table(document, columns, column_count, NULL, class, faults);
}

CsvTable *
csv_table_new_mapped(const Document *document, const CsvMapping *mapping, FaultClass class,
                     Faults *faults)
{
    return make_table(document, mapping->columns, mapping->column_count, mapping, class, faults);
}

void
csv_table_free(CsvTable *table)
{
    if (table == NULL)
        return;
    csv_header_clear(&table->header);
    g_array_unref(table->filter_fields);
    g_mutex_clear(&table->lock);
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

guint64
csv_table_left_out(const CsvTable *table)
{
    return table->notes.left_out;
}

bool
csv_table_is_broken(const CsvTable *table)
{
    return g_atomic_int_get(&table->is_broken) != 0;
}

static void
add_fault(CsvTable *table, Faults *faults, FaultClass class, gsize offset, const char *text)
{
    faults_add(faults, class, document_name(table->document),
               document_line(table->document, offset), NULL, "%s", text);
}

/* Rows may have more fields than the header only where all have the same number more, all of them
 * empty: a spreadsheet's empty columns. Lists the others. */
static void
refuse_longer_rows(CsvTable *table, Faults *faults)
{
    g_autoptr(RowParser) parser = row_parser_new(table->document);
    RowPlace place;
    RowOutcome outcome;
    g_atomic_int_set(&table->is_broken, 1);
    row_parser_seek(parser, table->rows_from, document_text(table->document).length);
    while ((outcome = row_parser_next(parser, NULL, NULL, &place)) != ROW_END) {
        const Span *fields = row_parser_fields(parser);
        bool has_text = false;
        for (guint i = table->header.names->len; outcome == ROW_OK && i < place.fields; i++)
            has_text = has_text || fields[i].length > 0;
        if (outcome == ROW_OK && place.fields > table->header.names->len && !has_text)
            add_fault(table, faults, table->class, place.offset,
                      "this row has more fields than the header, and other rows have not");
    }
}

void
csv_table_finish(CsvTable *table, Faults *faults)
{
    const Notes *notes = &table->notes;
    const char *name = document_name(table->document);
    if (table->header.targets->len == 0)
        return; /* the header could not be read, and that was said */
    if (notes->most_extra > 0 && notes->least_extra != notes->most_extra)
        refuse_longer_rows(table, faults);
    if (notes->first_short != G_MAXSIZE)
        add_fault(table, faults, FAULT_DOUBT, notes->first_short,
                  "this row has fewer fields than the header (the first such row of the file): "
                  "those at its end are read as empty");
    if (notes->unended != G_MAXSIZE)
        add_fault(table, faults, FAULT_WARNING, notes->unended,
                  "the last row has no line end: was the file cut off behind it?");
    if (!notes->has_rows && !csv_table_is_broken(table))
        faults_add(faults, FAULT_WARNING, name, 0, NULL, "has a header and no rows");
    if (notes->has_invisible)
        faults_add(faults, FAULT_WARNING, name, 0, NULL,
                   "has codes or references with characters that do not show: read without them");
    if (table->mapping == NULL)
        csv_header_warn_unused(&table->header, name, notes->has_unnamed_text, faults);
}

struct RowReader {
    CsvTable *table;
    Faults *faults;
    RowParser *parser;
    const int *targets; /* of the header: for the innermost loop */
    guint target_count;
    Notes notes;
    GString *visible; /* fields of the row without the characters that do not show */
};

RowReader *
row_reader_new(CsvTable *table, Faults *faults)
{
    RowReader *reader = g_new0(RowReader, 1);
    reader->table = table;
    reader->faults = faults;
    reader->targets = (const int *)(gpointer)table->header.targets->data;
    reader->target_count = table->header.targets->len;
    reader->parser = row_parser_new(table->document);
    reader->notes = NO_NOTES;
    reader->visible = g_string_new(NULL);
    row_parser_seek(reader->parser, table->rows_from, document_text(table->document).length);
    return reader;
}

void
row_reader_free(RowReader *reader)
{
    if (reader == NULL)
        return;
    row_parser_free(reader->parser);
    g_string_free(reader->visible, TRUE);
    g_free(reader);
}

void
row_reader_seek(RowReader *reader, gsize from, gsize to)
{
    row_parser_seek(reader->parser, from, to);
}

/* Adds what a reader found to what is known of its table. */
static void
hand_in_notes(RowReader *reader)
{
    Notes *all = &reader->table->notes;
    const Notes *own = &reader->notes;
    g_mutex_lock(&reader->table->lock);
    all->first_short = MIN(all->first_short, own->first_short);
    all->least_extra = MIN(all->least_extra, own->least_extra);
    all->most_extra = MAX(all->most_extra, own->most_extra);
    all->unended = MIN(all->unended, own->unended);
    all->has_rows = all->has_rows || own->has_rows;
    all->has_unnamed_text = all->has_unnamed_text || own->has_unnamed_text;
    all->has_invisible = all->has_invisible || own->has_invisible;
    all->left_out += own->left_out;
    g_mutex_unlock(&reader->table->lock);
    reader->notes = NO_NOTES;
}

/* Takes the characters that do not show out of what is compared. */
static void
show_fields(RowReader *reader, Row *row)
{
    const CsvTable *table = reader->table;
    gsize needed = 0;
    for (guint c = 0; c < table->column_count; c++)
        needed += row->fields[c].length;
    g_string_set_size(reader->visible, needed); /* does not move from here on */
    g_string_truncate(reader->visible, 0);
    for (guint c = 0; c < table->column_count; c++) {
        if (!is_compared(table->columns[c].kind) || !span_has_invisible(row->fields[c]))
            continue;
        gsize from = reader->visible->len;
        span_append_visible(reader->visible, row->fields[c]);
        row->fields[c] =
            span_trim((Span){reader->visible->str + from, reader->visible->len - from});
        reader->notes.has_invisible = true;
    }
}

/* Whether a field is digits alone, and perhaps decimals: from least to most of them. */
static bool
is_digits(Span field, gsize least, gsize most, bool with_decimals)
{
    gsize digits = 0;
    while (digits < field.length && g_ascii_isdigit(field.text[digits]))
        digits++;
    if (digits < least || digits > most)
        return false;
    if (digits == field.length)
        return true;
    if (!with_decimals || field.text[digits] != '.')
        return false;
    for (gsize i = digits + 1; i < field.length; i++)
        if (!g_ascii_isdigit(field.text[i]))
            return false;
    return true;
}

/* Whether an amount was cut at a thousands comma without quotes: £1 and 300. Money without £ is
 * where pence follow: 1 and 300.00; what stands behind it is prose, where 300 may be a number. */
static bool
is_split(ColumnKind kind, Span amount, Span next)
{
    if (amount.length > 0 && amount.text[0] == '-')
        amount = (Span){amount.text + 1, amount.length - 1};
    bool has_pound = amount.length > 2 && memcmp(amount.text, "\xc2\xa3", 2) == 0;
    if (has_pound)
        amount = (Span){amount.text + 2, amount.length - 2};
    else if ((kind != COLUMN_MONEY && kind != COLUMN_SUM) || next.length < 4)
        return false;
    return is_digits(amount, 1, 3, false) && is_digits(next, 3, 3, true);
}

static void
find_split_amounts(const RowReader *reader, const Span *fields, guint count, Row *row)
{
    for (guint i = 0; i + 1 < count && i < reader->target_count; i++) {
        int target = reader->targets[i];
        if (target >= 0 && is_amount(reader->table->columns[target].kind) &&
            is_split(reader->table->columns[target].kind, fields[i], fields[i + 1]))
            row->split |= 1U << target;
    }
}

/* Puts the fields of the row just read where their columns are. False where it has text in fields
 * beyond the header. */
static bool
place_fields(RowReader *reader, guint count, Row *row)
{
    const CsvTable *table = reader->table;
    const Span *fields = row_parser_fields(reader->parser);
    guint extra = count > reader->target_count ? count - reader->target_count : 0;
    reader->notes.least_extra = MIN(reader->notes.least_extra, extra);
    reader->notes.most_extra = MAX(reader->notes.most_extra, extra);
    row->is_short = count < reader->target_count;
    row->split = 0;
    if (table->header.is_straight && count == reader->target_count) {
        memcpy(row->fields, fields, count * sizeof(Span));
    } else if (table->mapping != NULL) {
        csv_mapping_place(table->mapping, &table->header, fields, count, row->fields);
    } else {
        for (guint c = 0; c < table->column_count; c++)
            row->fields[c] = (Span){"", 0};
        for (guint i = 0; i < MIN(count, reader->target_count); i++) {
            if (reader->targets[i] >= 0)
                row->fields[reader->targets[i]] = fields[i];
            else if (reader->targets[i] == TARGET_UNNAMED && fields[i].length > 0)
                reader->notes.has_unnamed_text = true;
        }
    }
    for (guint i = reader->target_count; i < count; i++)
        if (fields[i].length > 0)
            return false;
    if (table->has_amounts)
        find_split_amounts(reader, fields, count, row);
    if (table->has_invisible)
        show_fields(reader, row);
    return true;
}

/* Marks the table as broken, and lists the fault where the reader has a list. */
static void
report_fault(RowReader *reader, const RowPlace *place, const char *what)
{
    CsvTable *table = reader->table;
    const CsvHeader *header = &table->header;
    g_atomic_int_set(&table->is_broken, 1);
    if (reader->faults == NULL)
        return;
    const char *column =
        place->fields < header->names->len ? g_ptr_array_index(header->names, place->fields) : NULL;
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

/* Whether line breaks may stand in a field: in prose and in what is not used, where it is short
 * and holds no row. A line of it could be one; or its first line the rest of one row, and its last
 * the beginning of another. */
static bool
may_break(const RowReader *reader, guint field, Span text)
{
    int target = field < reader->target_count ? reader->targets[field] : TARGET_UNNAMED;
    guint commas = 0, most = 0, first = G_MAXUINT;
    if (target >= 0 && reader->table->columns[target].kind != COLUMN_PROSE)
        return false;
    for (gsize i = 0; i < text.length; i++) {
        bool is_break = text.text[i] == '\n' || text.text[i] == '\r';
        if (is_break && first == G_MAXUINT)
            first = commas;
        commas = is_break ? 0 : commas + (text.text[i] == ',' ? 1 : 0);
        most = MAX(most, commas);
    }
    return text.length <= MAX_FIELD && MAX(most, first + commas) + 1 < reader->target_count;
}

/* The first field with a line break that may not be there, or count. */
static guint
find_break(const RowReader *reader, guint count)
{
    const Span *fields = row_parser_fields(reader->parser);
    for (guint i = 0; i < count; i++) {
        bool has_break =
            fields[i].length > 0 && (memchr(fields[i].text, '\n', fields[i].length) != NULL ||
                                     memchr(fields[i].text, '\r', fields[i].length) != NULL);
        if (has_break && !may_break(reader, i, fields[i]))
            return i;
    }
    return count;
}

/* What is wrong with a row that could be parsed; NULL where nothing is, and its fields are in
 * their places then. place->fields becomes the field at fault, or the header's length. */
static const char *
check_row(RowReader *reader, RowPlace *place, Row *row)
{
    const CsvTable *table = reader->table;
    const Span *fields = row_parser_fields(reader->parser);
    guint count = place->fields;
    place->fault_offset = place->offset;
    if (place->has_quotes) {
        place->fields = find_break(reader, count);
        if (place->fields < count)
            return "has a line break inside quotes: was a quote opened or closed by mistake?";
    }
    place->fields = table->header.names->len;
    if (has_header(table) &&
        csv_header_is_repeated(&table->header, table->columns, table->column_count, fields, count))
        return "repeats the header: were two files pasted together?";
    if (count < reader->target_count && !place->has_line_end)
        return "is the last one, is shorter than the header and has no line end: the file was cut "
               "off";
    if (!place_fields(reader, count, row))
        return "has more fields than the header";
    if (row->is_short)
        reader->notes.first_short = MIN(reader->notes.first_short, place->offset);
    if (!place->has_line_end)
        reader->notes.unended = place->offset;
    reader->notes.has_rows = true;
    return NULL;
}

/* Whether the filters of a mapping leave the row just read out; it is counted then. */
static bool
is_left_out(RowReader *reader, guint count)
{
    const CsvTable *table = reader->table;
    if (table->filter_fields->len == 0 ||
        csv_mapping_passes(table->mapping, table->filter_fields, row_parser_fields(reader->parser),
                           count))
        return false;
    reader->notes.left_out++;
    return true;
}

bool
row_reader_next(RowReader *reader, Row *row)
{
    for (;;) {
        RowPlace place;
        RowOutcome outcome = row_parser_next(reader->parser, NULL, NULL, &place);
        if (outcome == ROW_END) {
            hand_in_notes(reader);
            return false;
        }
        row->offset = place.offset;
        if (outcome == ROW_OK && is_empty(row_parser_fields(reader->parser), place.fields))
            continue;
        guint fields = place.fields;
        const char *fault = outcome == ROW_OK ? check_row(reader, &place, row) : place.fault;
        if (fault == NULL && !is_left_out(reader, fields))
            return true;
        if (fault == NULL)
            continue;
        report_fault(reader, &place, fault);
        if (reader->faults == NULL)
            return false;
    }
}
