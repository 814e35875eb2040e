/* Rows of a CSV file against a slow reader of the same dialect, and however they are cut. */
#include <string.h>

#include "base/rowparser.h"
#include "base/csvtable.h"

#include "support.h"

#define LONG_FIELD 700 /* beyond it the parser may refuse: its limit is small here */
#define MANY_FIELDS 60 /* and so with a row of more fields */

/* A row as the slow reader found it. */
typedef struct {
    gsize offset;
    bool is_faulty, has_line_end;
    GPtrArray *fields; /* of GString */
} SlowRow;

static void
slow_row_free(gpointer pointer)
{
    SlowRow *row = pointer;
    g_ptr_array_unref(row->fields);
    g_free(row);
}

static void
free_string(gpointer text)
{
    g_string_free(text, TRUE);
}

static gsize
skip_blanks(Span text, gsize at)
{
    while (at < text.length) {
        if (text.text[at] == ' ' || text.text[at] == '\t')
            at++;
        else if (at + 1 < text.length && memcmp(text.text + at, "\xc2\xa0", 2) == 0)
            at += 2;
        else
            break;
    }
    return at;
}

static bool
is_line_end(Span text, gsize at)
{
    return at >= text.length || text.text[at] == '\n' || text.text[at] == '\r';
}

static gsize
skip_line_end(Span text, gsize at)
{
    if (at + 1 < text.length && text.text[at] == '\r' && text.text[at + 1] == '\n')
        return at + 2;
    return MIN(at + 1, text.length);
}

/* Reads one field; false where it breaks the dialect. */
static bool
slow_field(Span text, gsize *at, GString *field)
{
    gsize i = skip_blanks(text, *at);
    if (i < text.length && text.text[i] == '"') {
        for (i++;; i++) {
            if (i >= text.length)
                return false;
            if (text.text[i] != '"')
                g_string_append_c(field, text.text[i]);
            else if (i + 1 < text.length && text.text[i + 1] == '"')
                g_string_append_c(field, text.text[i++]);
            else
                break;
        }
        *at = skip_blanks(text, i + 1);
        return is_line_end(text, *at) || text.text[*at] == ',';
    }
    for (; !is_line_end(text, i) && text.text[i] != ','; i++) {
        if (text.text[i] == '"')
            return false;
        g_string_append_c(field, text.text[i]);
    }
    *at = i;
    return true;
}

/* The next row, or NULL at the end; *at moves behind it. */
static SlowRow *
slow_row(Span text, gsize *at)
{
    for (gsize stop; *at < text.length; *at = skip_line_end(text, stop)) {
        stop = skip_blanks(text, *at);
        if (!is_line_end(text, stop))
            break;
    }
    if (*at >= text.length)
        return NULL;
    SlowRow *row = g_new0(SlowRow, 1);
    row->offset = *at;
    row->fields = g_ptr_array_new_with_free_func(free_string);
    for (;; (*at)++) {
        g_autoptr(GString) field = g_string_new(NULL);
        if (!slow_field(text, at, field)) {
            row->is_faulty = true;
            return row;
        }
        Span trimmed = span_trim((Span){field->str, field->len});
        g_ptr_array_add(row->fields, g_string_new_len(trimmed.text, (gssize)trimmed.length));
        if (is_line_end(text, *at))
            break;
    }
    row->has_line_end = *at < text.length;
    *at = skip_line_end(text, *at);
    return row;
}

/* All rows up to the first that breaks the dialect. */
static GPtrArray *
slow_rows(Span text, bool *is_faulty)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(slow_row_free);
    SlowRow *row;
    gsize at = 0;
    *is_faulty = false;
    while (!*is_faulty && (row = slow_row(text, &at)) != NULL) {
        g_ptr_array_add(rows, row);
        *is_faulty = row->is_faulty;
    }
    return rows;
}

/* Whether a row may be refused for its size. */
static bool
has_large_row(const GPtrArray *rows)
{
    for (guint r = 0; r < rows->len; r++) {
        const SlowRow *row = g_ptr_array_index(rows, r);
        if (row->fields->len > MANY_FIELDS)
            return true;
        for (guint f = 0; f < row->fields->len; f++)
            if (((const GString *)g_ptr_array_index(row->fields, f))->len > LONG_FIELD)
                return true;
    }
    return false;
}

static void
compare_field(Span field, guint index, gpointer user)
{
    const SlowRow *row = user;
    if (row->is_faulty)
        return;
    CHECK(index < row->fields->len);
    const GString *expected = g_ptr_array_index(row->fields, index);
    CHECK(field.length == expected->len);
    CHECK(field.length == 0 || memcmp(field.text, expected->str, field.length) == 0);
}

/* Reads rows first … of a piece; how many. */
static guint
compare_rows(RowParser *parser, const GPtrArray *rows, guint first)
{
    for (guint r = first;; r++) {
        RowPlace place;
        SlowRow *row = r < rows->len ? g_ptr_array_index(rows, r) : NULL;
        SlowRow none = {.is_faulty = true};
        RowOutcome outcome =
            row_parser_next(parser, compare_field, row == NULL ? &none : row, &place);
        if (outcome == ROW_END || (row != NULL && row->is_faulty)) {
            CHECK((outcome == ROW_FAULTY) == (row != NULL && row->is_faulty));
            return r - first;
        }
        CHECK(outcome == ROW_OK && row != NULL);
        CHECK(place.offset == row->offset);
        CHECK(place.fields == row->fields->len);
    }
}

/* However a text is cut, and wherever one begins to read, the rows are the same. */
static void
compare_pieces(const Document *document, const GPtrArray *rows)
{
    g_autoptr(RowParser) parser = row_parser_new(document);
    gsize length = document_text(document).length;
    guint read = 0;
    g_autoptr(GArray) cuts = document_cuts(document, 0);
    for (guint c = 1; c < cuts->len; c++) {
        gsize from = g_array_index(cuts, gsize, c - 1), to = g_array_index(cuts, gsize, c);
        CHECK(from < to);
        row_parser_seek(parser, from, to);
        while (row_parser_at(parser) < to) {
            RowPlace place;
            SlowRow *row = read < rows->len ? g_ptr_array_index(rows, read) : NULL;
            SlowRow none = {.is_faulty = true};
            RowOutcome outcome =
                row_parser_next(parser, compare_field, row == NULL ? &none : row, &place);
            if (outcome == ROW_END)
                break;
            CHECK(outcome == ROW_OK && row != NULL && place.offset == row->offset);
            read++;
        }
    }
    CHECK(read == rows->len);
    for (guint r = 0; r < rows->len; r++) {
        SlowRow *row = g_ptr_array_index(rows, r);
        RowPlace place;
        row_parser_seek(parser, row->offset, length);
        CHECK(row_parser_next(parser, compare_field, row, &place) == ROW_OK);
        CHECK(place.offset == row->offset);
    }
}

static const Column COLUMNS[] = {
    {"scheme", COLUMN_TEXT, true},
    {"as_at", COLUMN_TEXT, false},
    {"note", COLUMN_PROSE, false},
};

static const GString *
slow_field_of(const SlowRow *row, guint field)
{
    return g_ptr_array_index(row->fields, field);
}

static bool
is_same_name(const char *a, const char *b)
{
    g_autofree char *one = g_ascii_strdown(a, -1), *other = g_ascii_strdown(b, -1);
    return strcmp(g_strdelimit(one, " -", '_'), g_strdelimit(other, " -", '_')) == 0;
}

/* Which field of the header names a column; -1 where none does, -2 where two do. */
static int
slow_find(const SlowRow *header, const char *name)
{
    int found = -1;
    for (guint f = 0; f < header->fields->len; f++)
        if (is_same_name(slow_field_of(header, f)->str, name))
            found = found == -1 ? (int)f : -2;
    return found;
}

static bool
is_empty_row(const SlowRow *row)
{
    for (guint f = 0; f < row->fields->len; f++)
        if (slow_field_of(row, f)->len > 0)
            return false;
    return true;
}

static guint
commas_of(const char *line)
{
    guint commas = 0;
    for (; *line != '\0'; line++)
        commas += *line == ',' ? 1 : 0;
    return commas;
}

/* Whether a row has a line break where none may be. */
static bool
slow_breaks(const SlowRow *row, const SlowRow *header, const int *fields)
{
    for (guint f = 0; f < row->fields->len; f++) {
        const GString *field = slow_field_of(row, f);
        g_auto(GStrv) lines = g_strsplit_set(field->str, "\n\r", -1);
        guint count = g_strv_length(lines);
        if (count < 2)
            continue;
        bool holds_row =
            commas_of(lines[0]) + commas_of(lines[count - 1]) + 1 >= header->fields->len;
        for (guint i = 0; i < count; i++)
            holds_row = holds_row || commas_of(lines[i]) + 1 >= header->fields->len;
        if ((int)f == fields[0] || (int)f == fields[1] || field->len > MAX_FIELD || holds_row)
            return true;
    }
    return false;
}

/* Whether a row is a header. */
static bool
slow_repeats(const SlowRow *row, const SlowRow *header)
{
    guint names = 0, others = 0;
    bool has_required = false;
    for (guint f = 0; f < row->fields->len; f++) {
        const char *field = slow_field_of(row, f)->str;
        bool is_name = slow_find(header, field) != -1;
        for (guint c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
            is_name = is_name || is_same_name(field, COLUMNS[c].name);
        if (field[0] == '\0')
            continue;
        if (!is_name && names == 0)
            return false;
        *(is_name ? &names : &others) += 1;
        has_required = has_required || is_same_name(field, COLUMNS[0].name);
    }
    return (others == 0 && names >= MIN(header->fields->len, 2)) || (names >= 2 && has_required);
}

static void
compare_cell(Span cell, const SlowRow *row, int field)
{
    if (field < 0 || (guint)field >= row->fields->len) {
        CHECK(cell.length == 0);
        return;
    }
    const GString *expected = g_ptr_array_index(row->fields, (guint)field);
    CHECK(cell.length == expected->len);
    CHECK(memcmp(cell.text, expected->str, MIN(cell.length, MAX_FIELD + 1)) == 0);
}

/* Whether a row has something beyond the header's fields. */
static bool
has_surplus(const SlowRow *row, guint fields)
{
    for (guint f = fields; f < row->fields->len; f++)
        if (((const GString *)g_ptr_array_index(row->fields, f))->len > 0)
            return true;
    return false;
}

/* Whether a row is no row of the table: empty, or refused. */
static bool
is_left_out(const SlowRow *row, const SlowRow *header, const int *fields)
{
    return is_empty_row(row) || slow_breaks(row, header, fields) || slow_repeats(row, header) ||
           has_surplus(row, header->fields->len) ||
           (row->fields->len < header->fields->len && !row->has_line_end);
}

/* The same rows by the names of their columns. */
static void
compare_sheet(const Document *document, const GPtrArray *rows, bool is_faulty, Faults *faults)
{
    g_autoptr(CsvTable) table =
        csv_table_new(document, COLUMNS, G_N_ELEMENTS(COLUMNS), FAULT_INPUT, faults);
    g_autoptr(RowReader) reader = row_reader_new(table, faults);
    guint r = 0;
    while (r < rows->len && !((const SlowRow *)g_ptr_array_index(rows, r))->is_faulty &&
           is_empty_row(g_ptr_array_index(rows, r)))
        r++;
    const SlowRow *header = r < rows->len ? g_ptr_array_index(rows, r++) : NULL;
    int fields[G_N_ELEMENTS(COLUMNS)];
    bool is_usable = header != NULL && !header->is_faulty;
    for (guint c = 0; is_usable && c < G_N_ELEMENTS(COLUMNS); c++)
        fields[c] = slow_find(header, COLUMNS[c].name);
    is_usable = is_usable && fields[0] >= 0 && fields[1] != -2 && fields[2] != -2;
    CHECK(is_usable || csv_table_is_broken(table));
    is_usable = is_usable && !csv_table_is_broken(table); /* else a name is misspelt, or odd */
    Row row;
    while (row_reader_next(reader, &row)) {
        CHECK(is_usable);
        while (r < rows->len && !((const SlowRow *)g_ptr_array_index(rows, r))->is_faulty &&
               is_left_out(g_ptr_array_index(rows, r), header, fields))
            r++;
        const SlowRow *expected = r < rows->len ? g_ptr_array_index(rows, r++) : NULL;
        if (expected == NULL || expected->is_faulty)
            break; /* what comes behind a fault is only there to name further ones */
        CHECK(row.offset == expected->offset);
        for (guint c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
            compare_cell(row.fields[c], expected, fields[c]);
    }
    for (; is_usable && !is_faulty && r < rows->len; r++)
        CHECK(is_left_out(g_ptr_array_index(rows, r), header, fields));
    CHECK(!is_faulty || csv_table_is_broken(table));
    CHECK(csv_table_is_broken(table) == (faults_count(faults, FAULT_INPUT) > 0));
    csv_table_finish(table, faults);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Span raw = {(const char *)bytes, length};
    if (!g_utf8_validate_len(raw.text, raw.length, NULL))
        return 0; /* encodings are the target survey's */
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(Document) document = document_of(raw, 1, faults);
    Span text = raw;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        text = (Span){raw.text + 3, raw.length - 3};
    CHECK(document_text(document).length == text.length);
    bool is_faulty;
    g_autoptr(GPtrArray) rows = slow_rows(text, &is_faulty);
    if (has_large_row(rows))
        return 0;
    for (guint r = 0; r < rows->len; r++) {
        const SlowRow *row = g_ptr_array_index(rows, r);
        CHECK(document_line(document, row->offset) == slow_line(text, row->offset));
    }
    for (guint way = 0; way < 2; way++) {
        g_autoptr(RowParser) parser = row_parser_new(document);
        if (way == 1)
            row_parser_use_libcsv_alone(parser);
        CHECK(compare_rows(parser, rows, 0) == rows->len - (is_faulty ? 1 : 0));
    }
    if (!is_faulty)
        compare_pieces(document, rows);
    compare_sheet(document, rows, is_faulty, faults);
    check_messages(faults);
    return 0;
}
