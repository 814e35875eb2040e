#include "base/csvheader.h"

#include <string.h>

#include "base/near.h"

#include "base/poison.h"

#define MOST_NAMED 10      /* unused columns in a warning */
#define MOST_GUESSED 64    /* fields of a line that may be a header */
#define LINES_LOOKED_AT 20 /* for a header further down */

void
csv_header_init(CsvHeader *header)
{
    *header = (CsvHeader){.names = g_ptr_array_new_with_free_func(g_free),
                          .targets = g_array_new(FALSE, FALSE, sizeof(int))};
}

void
csv_header_clear(CsvHeader *header)
{
    g_ptr_array_unref(header->names);
    g_array_unref(header->targets);
}

static char
fold(char c)
{
    return c == ' ' || c == '-' ? '_' : g_ascii_tolower(c);
}

bool
csv_names_agree(Span a, Span b)
{
    if (a.length != b.length)
        return false;
    for (gsize i = 0; i < a.length; i++)
        if (fold(a.text[i]) != fold(b.text[i]))
            return false;
    return true;
}

static Span
column_name(const Column *column)
{
    return (Span){column->name, strlen(column->name)};
}

static int
find_column(Span name, const Column *columns, guint column_count)
{
    if (name.length == 0)
        return TARGET_UNNAMED;
    for (guint c = 0; c < column_count; c++)
        if (csv_names_agree(name, column_name(&columns[c])))
            return (int)c;
    return TARGET_UNKNOWN;
}

static Span
name_at(const CsvHeader *header, guint field)
{
    const char *name = g_ptr_array_index(header->names, field);
    return (Span){name, strlen(name)};
}

/* Whether a name holds what a line end of another system may be taken for. */
static bool
has_control(Span name)
{
    for (gsize i = 0; i < name.length; i++) {
        guchar c = (guchar)name.text[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 127)
            return true;
        Span rest = {name.text + i, MIN(name.length - i, 3)};
        if (span_is((Span){rest.text, MIN(rest.length, 2)}, "\xc2\x85") ||
            span_is(rest, "\xe2\x80\xa8") || span_is(rest, "\xe2\x80\xa9"))
            return true;
    }
    return false;
}

/* A name that is no column's, but one's that is missing, misspelt. */
static bool
check_unknown(const CsvHeader *header, Span name, const char *file, guint64 line,
              const Column *columns, guint column_count, FaultClass class, Faults *faults)
{
    for (guint c = 0; c < column_count; c++) {
        const char *known = columns[c].name;
        if (header->field_of[c] < header->names->len ||
            !near_name(name, (Span){known, strlen(known)}))
            continue;
        g_autoptr(GString) quoted = g_string_new(NULL);
        text_append_quoted(quoted, name);
        faults_add(faults, class, file, line, NULL,
                   "the header's %s is no column: did you mean %s?", quoted->str, known);
        return false;
    }
    return true;
}

bool
csv_header_is_clean(const CsvHeader *header, const char *file, guint64 line, FaultClass class,
                    Faults *faults)
{
    for (guint f = 0; f < header->names->len; f++) {
        if (!has_control(name_at(header, f)))
            continue;
        faults_add(faults, class, file, line, NULL,
                   "the header holds control characters or other line ends than LF, CRLF and CR: "
                   "save the file as CSV UTF-8");
        return false;
    }
    return true;
}

static bool
check_names(const CsvHeader *header, const char *file, guint64 line, const Column *columns,
            guint column_count, FaultClass class, Faults *faults)
{
    bool is_sound = true;
    if (!csv_header_is_clean(header, file, line, class, faults))
        return false;
    for (guint f = 0; f < header->names->len; f++)
        if (g_array_index(header->targets, int, f) == TARGET_UNKNOWN)
            is_sound = check_unknown(header, name_at(header, f), file, line, columns, column_count,
                                     class, faults) &&
                       is_sound;
    return is_sound;
}

/* Notes which field each column is; one that is named twice is a fault. */
static bool
find_fields(CsvHeader *header, const char *file, guint64 line, const Column *columns,
            guint column_count, FaultClass class, Faults *faults)
{
    bool is_sound = true;
    for (guint c = 0; c < column_count; c++) {
        header->field_of[c] = header->names->len;
        header->lengths |= 1U << MIN(strlen(columns[c].name), 31);
    }
    for (guint f = 0; f < header->names->len; f++) {
        int column = find_column(name_at(header, f), columns, column_count);
        g_array_append_val(header->targets, column);
        header->lengths |= 1U << MIN(name_at(header, f).length, 31);
        if (column < 0)
            continue;
        if (header->field_of[column] < header->names->len) {
            is_sound = false;
            faults_add(faults, class, file, line, columns[column].name,
                       "the header names this column twice");
        }
        header->field_of[column] = f;
    }
    return is_sound;
}

bool
csv_header_match(CsvHeader *header, const char *file, guint64 line, const Column *columns,
                 guint column_count, FaultClass class, Faults *faults)
{
    bool is_sound = find_fields(header, file, line, columns, column_count, class, faults);
    header->is_straight = header->names->len == column_count;
    for (guint c = 0; c < column_count; c++)
        header->is_straight = header->is_straight && header->field_of[c] == c;
    for (guint c = 0; c < column_count; c++)
        if (columns[c].is_required && header->field_of[c] == header->names->len) {
            is_sound = false;
            faults_add(faults, class, file, line, columns[c].name,
                       "the header lacks this column, which is required");
        }
    return check_names(header, file, line, columns, column_count, class, faults) && is_sound;
}

/* Whether a field is the name of a column, or stands in the header. */
static bool
is_name(const CsvHeader *header, const Column *columns, guint column_count, Span field)
{
    for (guint f = 0; f < header->names->len; f++)
        if (csv_names_agree(field, name_at(header, f)))
            return true;
    return find_column(field, columns, column_count) >= 0;
}

/* Whether a row names all columns that are required. */
static bool
names_required(const Column *columns, guint column_count, const Span *fields, guint count)
{
    for (guint c = 0; c < column_count; c++) {
        bool is_named = !columns[c].is_required;
        for (guint i = 0; i < count && !is_named; i++)
            is_named = csv_names_agree(fields[i], column_name(&columns[c]));
        if (!is_named)
            return false;
    }
    return true;
}

bool
csv_header_is_repeated(const CsvHeader *header, const Column *columns, guint column_count,
                       const Span *fields, guint count)
{
    guint first = 0, names = 0, others = 0;
    while (first < count && fields[first].length == 0)
        first++;
    if (first == count || (header->lengths >> MIN(fields[first].length, 31) & 1) == 0 ||
        !is_name(header, columns, column_count, fields[first]))
        return false;
    for (guint i = first; i < count; i++)
        if (fields[i].length > 0)
            *(is_name(header, columns, column_count, fields[i]) ? &names : &others) += 1;
    return (others == 0 && names >= MIN(header->names->len, 2)) ||
           (names >= 2 && names_required(columns, column_count, fields, count));
}

void
csv_header_warn_unused(const CsvHeader *header, const char *file, bool has_unnamed, Faults *faults)
{
    g_autoptr(GString) names = g_string_new(NULL);
    guint count = 0;
    for (guint f = 0; f < header->targets->len; f++) {
        if (g_array_index(header->targets, int, f) == TARGET_UNKNOWN && count++ < MOST_NAMED) {
            g_string_append(names, names->len > 0 ? ", " : "");
            text_append_quoted(names, name_at(header, f));
        }
    }
    if (count > MOST_NAMED)
        g_string_append_printf(names, " and %u more", count - MOST_NAMED);
    if (has_unnamed)
        g_string_append(names, names->len > 0 ? ", and unnamed ones" : "unnamed ones");
    if (names->len > 0)
        faults_add(faults, FAULT_WARNING, file, 0, NULL, "has columns that are not used: %s",
                   names->str);
}

bool
csv_header_has_required(const CsvHeader *header, const Column *columns, guint column_count)
{
    g_autofree Span *names = g_new(Span, header->names->len + 1);
    for (guint f = 0; f < header->names->len; f++)
        names[f] = name_at(header, f);
    return names_required(columns, column_count, names, header->names->len);
}

/* The fields of a line that is cut at a separator, without quotes around them. */
static guint
cut_line(Span line, char separator, Span *fields)
{
    guint count = 0;
    const char *at = line.text, *end = line.text + line.length;
    while (count < MOST_GUESSED) {
        const char *next = memchr(at, separator, (gsize)(end - at));
        Span field = span_trim((Span){at, (gsize)((next == NULL ? end : next) - at)});
        if (field.length >= 2 && field.text[0] == '"' && field.text[field.length - 1] == '"')
            field = span_trim((Span){field.text + 1, field.length - 2});
        fields[count++] = field;
        if (next == NULL)
            break;
        at = next + 1;
    }
    return count;
}

/* The name of the separator that makes a header of a line: "," where all required columns are
 * named, another where two columns are. NULL where none does. */
static const char *
find_separator(Span line, const Column *columns, guint column_count)
{
    static const struct {
        char separator;
        const char *name;
    } SEPARATORS[] = {{',', ","}, {';', ";"}, {'\t', "tabs"}, {'|', "|"}};
    for (guint i = 0; i < G_N_ELEMENTS(SEPARATORS); i++) {
        Span fields[MOST_GUESSED];
        guint count = cut_line(line, SEPARATORS[i].separator, fields);
        guint known = 0;
        for (guint f = 0; f < count; f++)
            known += find_column(fields[f], columns, column_count) >= 0 ? 1 : 0;
        bool is_comma = SEPARATORS[i].separator == ',';
        if (is_comma ? names_required(columns, column_count, fields, count) : known >= 2)
            return SEPARATORS[i].name;
    }
    return NULL;
}

bool
csv_header_explain(Span text, const char *file, guint64 first, const Column *columns,
                   guint column_count, FaultClass class, Faults *faults)
{
    gsize at = 0;
    for (guint64 line = first; line < first + LINES_LOOKED_AT && at < text.length; line++) {
        gsize end = at;
        while (end < text.length && text.text[end] != '\n' && text.text[end] != '\r')
            end++;
        const char *separator =
            find_separator((Span){text.text + at, end - at}, columns, column_count);
        bool has_commas = separator != NULL && separator[0] == ',';
        if (separator != NULL && !has_commas)
            faults_add(faults, class, file, line, NULL,
                       "fields are separated by %s, not by commas: save the file as CSV UTF-8",
                       separator);
        else if (has_commas && line > first)
            faults_add(faults, class, file, first, NULL,
                       "is no header: the header seems to be line %" G_GUINT64_FORMAT
                       ", so delete the lines above it",
                       line);
        if (separator != NULL)
            return !has_commas || line > first;
        bool is_crlf =
            end + 1 < text.length && text.text[end] == '\r' && text.text[end + 1] == '\n';
        at = end + (is_crlf ? 2 : 1);
    }
    return false;
}
