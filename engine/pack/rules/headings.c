#include "pack/rules/headings.h"

#include <string.h>

#include "pack/rules/words.h"

#include "base/poison.h"

enum { FILE_BEGINNING, KIND, COLUMN, HEADING, CONSTANT, ONLY, COLUMNS };

static const Column HEADINGS_COLUMNS[COLUMNS] = {
    [FILE_BEGINNING] = {"file", COLUMN_TEXT, true}, [KIND] = {"kind", COLUMN_TEXT, true},
    [COLUMN] = {"column", COLUMN_TEXT, false},      [HEADING] = {"heading", COLUMN_TEXT, false},
    [CONSTANT] = {"constant", COLUMN_TEXT, false},  [ONLY] = {"only", COLUMN_TEXT, false},
};

void
headings_free(gpointer pointer)
{
    Headings *headings = pointer;
    csv_mapping_clear(&headings->mapping);
    g_string_chunk_free(headings->texts);
    g_free(headings);
}

const Headings *
headings_of(const GPtrArray *list, const char *name)
{
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Headings *headings = g_ptr_array_index(list, i);
        if (g_str_has_prefix(name, headings->file))
            return headings;
    }
    return NULL;
}

/* How a column is read in a file of somebody else's. */
static ColumnKind
published_kind(ColumnKind kind)
{
    if (kind == COLUMN_DATE)
        return COLUMN_PUBLISHED_DATE;
    return kind == COLUMN_MONTH ? COLUMN_PUBLISHED_MONTH : kind;
}

static const char *
keep(Headings *headings, Span text)
{
    return g_string_chunk_insert_len(headings->texts, text.text, (gssize)text.length);
}

/* Files of a kind, none of whose columns is there yet. */
static Headings *
headings_new(Span file, InputKind kind, guint64 line)
{
    const InputTable *table = &INPUT_TABLES[kind];
    Headings *headings = g_new0(Headings, 1);
    headings->texts = g_string_chunk_new(256);
    headings->file = keep(headings, file);
    headings->line = line;
    headings->kind = kind;
    csv_mapping_init(&headings->mapping);
    headings->mapping.column_count = table->column_count;
    for (guint c = 0; c < table->column_count; c++)
        headings->mapping.columns[c] =
            (Column){table->columns[c].name, published_kind(table->columns[c].kind), false};
    return headings;
}

/* Whether one of two beginnings begins with the other: files could belong to both. */
static bool
overlaps(const Headings *headings, Span file)
{
    gsize shorter = MIN(strlen(headings->file), file.length);
    return memcmp(headings->file, file.text, shorter) == 0;
}

/* The files that the row at hand is about; NULL, with a fault, where it cannot be one of them. */
static Headings *
find_headings(RulesReader *reader, InputKind kind)
{
    GPtrArray *list = reader->rules->headings;
    Span file = reader->values[FILE_BEGINNING].text;
    for (guint i = 0; i < list->len; i++) {
        Headings *headings = g_ptr_array_index(list, i);
        if (!overlaps(headings, file))
            continue;
        if (!span_is(file, headings->file)) {
            rules_reader_fault(reader, FILE_BEGINNING,
                               "files may begin with this and with %s (line %" G_GUINT64_FORMAT
                               "), too",
                               headings->file, headings->line);
            return NULL;
        }
        if (headings->kind == kind)
            return headings;
        headings->is_faulty = true;
        rules_reader_fault(reader, KIND, "these files are %s in line %" G_GUINT64_FORMAT,
                           INPUT_TABLES[headings->kind].name, headings->line);
        return NULL;
    }
    Headings *added = headings_new(file, kind, reader->line);
    g_ptr_array_add(list, added);
    return added;
}

/* The column that the row at hand names, or -1 with a fault where the kind has none of it. */
static int
find_column(RulesReader *reader, InputKind kind)
{
    const InputTable *table = &INPUT_TABLES[kind];
    const char *names[MAX_COLUMNS];
    for (guint c = 0; c < table->column_count; c++)
        names[c] = table->columns[c].name;
    return rules_reader_choice(reader, COLUMN, names, table->column_count, -1);
}

/* Whether a heading is # and a number from 1 to 999. */
static bool
is_column_number(Span heading)
{
    bool is_number = heading.length >= 2 && heading.length <= 4 && heading.text[1] != '0';
    for (gsize i = 1; i < heading.length; i++)
        is_number = is_number && g_ascii_isdigit(heading.text[i]);
    return is_number;
}

/* Whether a heading can be one of the files: a name, or the number of a column where they have no
 * header. The first heading settles which. */
static bool
check_heading(RulesReader *reader, Headings *headings)
{
    Span text = reader->values[HEADING].text;
    bool is_number = text.text[0] == '#';
    if (is_number && !is_column_number(text)) {
        rules_reader_fault_value(reader, HEADING, text,
                                 "is not # and the number of a column, from #1 to #999");
        return false;
    }
    bool is_first = headings->mapping.filters->len == 0;
    for (guint c = 0; c < headings->mapping.column_count; c++)
        is_first = is_first && !headings->mapping.is_read[c];
    if (is_first)
        headings->mapping.has_header = !is_number;
    if (headings->mapping.has_header == !is_number)
        return true;
    rules_reader_fault(reader, HEADING,
                       "these files have %s in other rows: a file has a header, or has none",
                       is_number ? "names" : "numbers");
    return false;
}

/* Adds the values that rows must have in a field. */
static bool
add_filter(RulesReader *reader, Headings *headings)
{
    RowFilter filter = {span_copy(reader->values[HEADING].text),
                        rules_reader_split(reader->values[ONLY].text)};
    bool is_sound = true;
    if (csv_mapping_filter(&headings->mapping, reader->values[HEADING].text) != NULL) {
        rules_reader_fault(reader, ONLY,
                           "rows are selected by this heading already: put all values into one "
                           "row, with | between them");
        is_sound = false;
    }
    for (guint i = 0; i < filter.only->len; i++)
        if (((const char *)g_ptr_array_index(filter.only, i))[0] == '\0' && is_sound) {
            rules_reader_fault(reader, ONLY, "a value is empty");
            is_sound = false;
        }
    g_array_append_val(headings->mapping.filters, filter);
    return is_sound;
}

/* Whether a constant can stand in its column. */
static bool
check_constant(RulesReader *reader, const Headings *headings, guint column)
{
    const Column *wanted = &headings->mapping.columns[column];
    g_autoptr(GString) message = g_string_new(NULL);
    Value value;
    value_read(wanted, reader->values[CONSTANT].text, &value);
    if (value.fault != REASON_NONE)
        value_describe(message, wanted, &value, false);
    else if (wanted->kind == COLUMN_REFERENCE)
        g_string_append(message, "a patient reference is not the same in every row");
    else if (wanted->kind == COLUMN_CODE && !code_is_valid(value.text))
        value_describe(message, wanted, &value, false);
    if (message->len > 0)
        rules_reader_fault(reader, CONSTANT, "%s", message->str);
    bool is_type = headings->kind == INPUT_PROVIDERS && column == PROVIDERS_TYPE;
    return message->len == 0 &&
           (!is_type || rules_reader_choice(reader, CONSTANT, PROVIDER_TYPES, TYPE_COUNT, -1) >= 0);
}

/* What is wrong with the row's choice of heading, constant and only; false where nothing can be
 * made of it. */
static bool
check_choice(RulesReader *reader)
{
    const Value *values = reader->values;
    if (values[HEADING].is_given && values[CONSTANT].is_given)
        rules_reader_fault(reader, CONSTANT,
                           "a constant beside a heading: a column has one of them");
    else if (values[ONLY].is_given && !values[HEADING].is_given)
        rules_reader_fault(reader, ONLY, "rows are selected by a heading: it is missing");
    else if (!values[COLUMN].is_given && (values[CONSTANT].is_given || !values[ONLY].is_given))
        rules_reader_fault(reader, COLUMN, "is empty, and the row does not select rows either");
    else if (values[COLUMN].is_given && !values[HEADING].is_given && !values[CONSTANT].is_given)
        rules_reader_fault(reader, HEADING, "a column needs a heading or a constant");
    else
        return true;
    return false;
}

/* Says where a column of the inputs comes from. */
static bool
place_column(RulesReader *reader, Headings *headings, guint column)
{
    const Value *values = reader->values;
    CsvMapping *mapping = &headings->mapping;
    if (mapping->is_read[column] || mapping->constants[column].length > 0) {
        rules_reader_fault(reader, COLUMN, "this column of %s is given twice", headings->file);
        return false;
    }
    if (values[CONSTANT].is_given) {
        const char *kept = keep(headings, values[CONSTANT].text);
        mapping->constants[column] = (Span){kept, strlen(kept)};
        return check_constant(reader, headings, column);
    }
    mapping->is_read[column] = true;
    mapping->columns[column].name = keep(headings, values[HEADING].text);
    mapping->columns[column].is_required = INPUT_TABLES[headings->kind].columns[column].is_required;
    return true;
}

static void
read_row(RulesReader *reader)
{
    const char *names[INPUT_KINDS];
    const Value *values = reader->values;
    for (guint k = 0; k < INPUT_KINDS; k++)
        names[k] = INPUT_TABLES[k].name;
    int kind = rules_reader_choice(reader, KIND, names, INPUT_KINDS, -1);
    Headings *headings = kind < 0 ? NULL : find_headings(reader, (InputKind)kind);
    if (headings == NULL)
        return;
    int column = find_column(reader, headings->kind);
    bool is_sound = check_choice(reader) && (column >= 0 || !values[COLUMN].is_given) &&
                    (!values[HEADING].is_given || check_heading(reader, headings)) &&
                    (column < 0 || place_column(reader, headings, (guint)column)) &&
                    (!values[ONLY].is_given || add_filter(reader, headings));
    headings->is_faulty = headings->is_faulty || !is_sound;
}

/* Every column that the inputs must have must come from somewhere. */
static void
require_columns(RulesReader *reader)
{
    const GPtrArray *list = reader->rules->headings;
    for (guint i = 0; i < list->len; i++) {
        const Headings *headings = g_ptr_array_index(list, i);
        const InputTable *table = &INPUT_TABLES[headings->kind];
        Span file = {headings->file, strlen(headings->file)};
        reader->line = headings->line;
        if (headings->is_faulty || codes_find(reader->lost_items, file) != CODE_NONE)
            continue;
        for (guint c = 0; c < table->column_count; c++)
            if (table->columns[c].is_required && !headings->mapping.is_read[c] &&
                headings->mapping.constants[c].length == 0)
                rules_reader_fault(reader, COLUMN, "no row says where %s has its %s",
                                   headings->file, table->columns[c].name);
    }
}

const Column *
headings_dated_column(const Span *fields)
{
    guint k = 0, c = 0;
    while (!span_is(fields[KIND], INPUT_TABLES[k].name))
        k++; /* the rules have passed */
    while (c < INPUT_TABLES[k].column_count &&
           !span_is(fields[COLUMN], INPUT_TABLES[k].columns[c].name))
        c++;
    if (c == INPUT_TABLES[k].column_count)
        return NULL;
    const Column *found = &INPUT_TABLES[k].columns[c];
    return found->kind == COLUMN_DATE || found->kind == COLUMN_MONTH ? found : NULL;
}

const RulesTable HEADINGS_TABLE = {"headings.csv", HEADINGS_COLUMNS, COLUMNS,
                                   read_row,       require_columns,  true};
