#include "base/csvmapping.h"

#include <string.h>

#include "base/poison.h"

static void
filter_clear(gpointer pointer)
{
    RowFilter *filter = pointer;
    g_free(filter->heading);
    g_ptr_array_unref(filter->only);
}

void
csv_mapping_init(CsvMapping *mapping)
{
    *mapping =
        (CsvMapping){.filters = g_array_new(FALSE, FALSE, sizeof(RowFilter)), .has_header = true};
    g_array_set_clear_func(mapping->filters, filter_clear);
    for (guint c = 0; c < MAX_COLUMNS; c++)
        mapping->constants[c] = (Span){"", 0};
}

void
csv_mapping_clear(CsvMapping *mapping)
{
    g_array_unref(mapping->filters);
}

static Span
span_of(const char *text)
{
    return (Span){text, strlen(text)};
}

static const RowFilter *
filter_at(const CsvMapping *mapping, guint filter)
{
    return &g_array_index(mapping->filters, RowFilter, filter);
}

const RowFilter *
csv_mapping_filter(const CsvMapping *mapping, Span heading)
{
    for (guint i = 0; i < mapping->filters->len; i++)
        if (csv_names_agree(span_of(filter_at(mapping, i)->heading), heading))
            return filter_at(mapping, i);
    return NULL;
}

void
csv_mapping_number(GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++) {
        g_free(names->pdata[i]);
        names->pdata[i] = g_strdup_printf("#%u", i + 1);
    }
}

/* Where names are matched, and whether all is well so far. */
typedef struct {
    const CsvMapping *mapping;
    const CsvHeader *header;
    const char *file;
    guint64 line;
    FaultClass class;
    Faults *faults;
    bool is_sound;
} Matching;

static void
add_fault(Matching *matching, const char *heading, const char *text)
{
    matching->is_sound = false;
    faults_add(matching->faults, matching->class, matching->file, matching->line, heading, "%s",
               text);
}

/* The field under a heading; as many as there are where none is. */
static guint
find_field(Matching *matching, const char *heading, bool is_required)
{
    const GPtrArray *names = matching->header->names;
    guint found = names->len;
    for (guint f = 0; f < names->len; f++) {
        if (!csv_names_agree(span_of(g_ptr_array_index(names, f)), span_of(heading)))
            continue;
        if (found < names->len) {
            add_fault(matching, heading, "the header names this column twice");
            break;
        }
        found = f;
    }
    if (found == names->len && is_required)
        add_fault(matching, heading,
                  matching->mapping->has_header
                      ? "the header lacks this column, which headings.csv asks for"
                      : "the first row has fewer fields: headings.csv asks for this one");
    return found;
}

/* The field that rows are left out by. It may be that of a column, too: then what is wrong with it
 * is said already, unless the column need not be there. */
static guint
find_filtered(Matching *matching, const RowFilter *filter)
{
    const CsvMapping *mapping = matching->mapping;
    for (guint c = 0; c < mapping->column_count; c++) {
        bool is_its = mapping->is_read[c] &&
                      csv_names_agree(span_of(mapping->columns[c].name), span_of(filter->heading));
        bool is_there = matching->header->field_of[c] < matching->header->names->len;
        if (is_its && (is_there || mapping->columns[c].is_required))
            return matching->header->field_of[c];
    }
    return find_field(matching, filter->heading, true);
}

bool
csv_mapping_match(const CsvMapping *mapping, CsvHeader *header, GArray *filter_fields,
                  const char *file, guint64 line, FaultClass class, Faults *faults)
{
    Matching matching = {mapping, header, file, line, class, faults, true};
    int unknown = TARGET_UNKNOWN;
    for (guint f = 0; f < header->names->len; f++) {
        g_array_append_val(header->targets, unknown);
        header->lengths |= 1U << MIN(strlen(g_ptr_array_index(header->names, f)), 31);
    }
    for (guint c = 0; c < mapping->column_count; c++) {
        const Column *column = &mapping->columns[c];
        header->field_of[c] = header->names->len;
        if (mapping->is_read[c])
            header->field_of[c] = find_field(&matching, column->name, column->is_required);
        if (header->field_of[c] < header->names->len)
            g_array_index(header->targets, int, header->field_of[c]) = (int)c;
    }
    for (guint i = 0; i < mapping->filters->len; i++) {
        guint field = find_filtered(&matching, filter_at(mapping, i));
        g_array_append_val(filter_fields, field);
    }
    return csv_header_is_clean(header, file, line, class, faults) && matching.is_sound;
}

void
csv_mapping_place(const CsvMapping *mapping, const CsvHeader *header, const Span *fields,
                  guint count, Span *placed)
{
    for (guint c = 0; c < mapping->column_count; c++) {
        guint field = header->field_of[c];
        placed[c] = field < MIN(count, header->names->len) ? fields[field] : mapping->constants[c];
    }
}

static bool
is_among(const GPtrArray *values, Span field)
{
    for (guint i = 0; i < values->len; i++) {
        const char *value = g_ptr_array_index(values, i);
        if (strlen(value) == field.length &&
            g_ascii_strncasecmp(value, field.text, field.length) == 0)
            return true;
    }
    return false;
}

bool
csv_mapping_passes(const CsvMapping *mapping, const GArray *filter_fields, const Span *fields,
                   guint count)
{
    for (guint i = 0; i < mapping->filters->len; i++) {
        guint field = g_array_index(filter_fields, guint, i);
        Span cell = field < count ? fields[field] : (Span){"", 0};
        if (!is_among(filter_at(mapping, i)->only, cell))
            return false;
    }
    return true;
}
