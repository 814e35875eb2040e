#include "base/rowparser.h"

#include <csv.h>
#include <string.h>

#include "base/poison.h"

#define LONGEST_FIELD ((size_t)16 << 20) /* a field beyond this is no field but a broken file */

struct RowParser {
    const Document *document;
    Span text;
    gsize at, end;
    bool has_bare_cr;
    struct csv_parser csv;
    FieldFunc each;
    gpointer user;
    guint fields;
};

static void *
reallocate_within_bounds(void *memory, size_t size)
{
    return size > LONGEST_FIELD ? NULL : realloc(memory, size);
}

static void
start_csv(RowParser *parser)
{
    if (csv_init(&parser->csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_APPEND_NULL) != 0)
        g_error("libcsv does not start");
    csv_set_realloc_func(&parser->csv, reallocate_within_bounds);
}

RowParser *
row_parser_new(const Document *document)
{
    RowParser *parser = g_new0(RowParser, 1);
    parser->document = document;
    parser->text = document_text(document);
    parser->end = parser->text.length;
    parser->has_bare_cr = document_has_bare_cr(document);
    start_csv(parser);
    return parser;
}

void
row_parser_free(RowParser *parser)
{
    if (parser == NULL)
        return;
    csv_free(&parser->csv);
    g_free(parser);
}

void
row_parser_seek(RowParser *parser, gsize from, gsize to)
{
    parser->at = from;
    parser->end = to;
}

gsize
row_parser_at(const RowParser *parser)
{
    return parser->at;
}

/* The offset of the line end outside quotes that ends the row at start, or the piece's end. */
static gsize
find_row_end(const RowParser *parser, gsize start)
{
    const char *text = parser->text.text;
    if (!parser->has_bare_cr) {
        /* The usual row: one line without a quote in it. */
        const char *feed = memchr(text + start, '\n', parser->end - start);
        gsize stop = feed == NULL ? parser->end : (gsize)(feed - text);
        if (memchr(text + start, '"', stop - start) == NULL)
            return stop > start && feed != NULL && text[stop - 1] == '\r' ? stop - 1 : stop;
    }
    bool is_quoted = false;
    for (gsize i = start; i < parser->end; i++) {
        if (text[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (text[i] == '\n' || text[i] == '\r'))
            return i;
    }
    return parser->end;
}

/* The offset behind a line end, which may be two characters. */
static gsize
skip_line_end(const RowParser *parser, gsize at)
{
    const char *text = parser->text.text;
    if (at + 1 < parser->end && text[at] == '\r' && text[at + 1] == '\n')
        return at + 2;
    return MIN(at + 1, parser->end);
}

/* The start of the line after an offset. */
static gsize
next_line(const RowParser *parser, gsize at)
{
    const char *text = parser->text.text;
    while (at < parser->end && text[at] != '\n' && text[at] != '\r')
        at++;
    return at < parser->end ? skip_line_end(parser, at) : at;
}

static void
on_field(void *text, size_t length, void *user)
{
    RowParser *parser = user;
    parser->each(span_trim((Span){text, length}), parser->fields, parser->user);
    parser->fields++;
}

static void
on_row(int end, void *user)
{
    (void)end;
    (void)user;
}

/* What libcsv found wrong at an offset, in words. */
static const char *
describe_fault(RowParser *parser)
{
    if (csv_error(&parser->csv) != CSV_EPARSE)
        return "has a field of more than 16 MiB";
    return parser->csv.quoted != 0 ? "has text after a closing quote"
                                   : "has a quote inside an unquoted field";
}

static RowOutcome
fail_row(RowParser *parser, const char *fault, gsize offset, RowPlace *place)
{
    place->fault = fault;
    place->fault_offset = offset;
    csv_free(&parser->csv);
    start_csv(parser);
    parser->at = next_line(parser, offset);
    return ROW_FAULTY;
}

RowOutcome
row_parser_next(RowParser *parser, FieldFunc each, gpointer user, RowPlace *place)
{
    gsize start = parser->at, stop;
    for (;; start = skip_line_end(parser, stop)) {
        if (start >= parser->end) {
            parser->at = parser->end;
            return ROW_END;
        }
        stop = find_row_end(parser, start);
        const char *text = parser->text.text + start;
        /* Only a line that begins with a blank, or is empty, can be empty. */
        bool may_be_empty = stop == start || text[0] == ' ' || text[0] == '\t' || text[0] == '\xc2';
        if (!may_be_empty || span_trim((Span){text, stop - start}).length > 0)
            break;
    }
    parser->each = each;
    parser->user = user;
    parser->fields = 0;
    place->offset = start;
    bool has_line_end = stop < parser->end;
    gsize length = stop - start + (has_line_end ? 1 : 0);
    gsize parsed =
        csv_parse(&parser->csv, parser->text.text + start, length, on_field, on_row, parser);
    place->fields = parser->fields;
    if (parsed != length)
        return fail_row(parser, describe_fault(parser), start + parsed, place);
    if (!has_line_end && csv_fini(&parser->csv, on_field, on_row, parser) != 0) {
        RowOutcome outcome = fail_row(parser, "has a quote that is never closed", start, place);
        parser->at = parser->end; /* the field took in all that follows */
        return outcome;
    }
    place->fields = parser->fields;
    parser->at = has_line_end ? skip_line_end(parser, stop) : stop;
    return ROW_OK;
}
