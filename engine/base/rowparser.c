#include "base/rowparser.h"

#include <csv.h>
#include <string.h>

#include "base/poison.h"

#define BUFFER_STEP ((size_t)64 << 10)   /* libcsv's own 128 bytes make a long field quadratic */
#define LONGEST_FIELD ((size_t)16 << 20) /* a longer one comes from a quote that is not closed */
#define FIRST_CAPACITY 32u
#define MOST_FIELDS (FIRST_CAPACITY << 15) /* of a row: 1,048,576 */

/* The bytes up to ',' in 64 bytes of text. Line ends, quotes and commas are among them; letters,
 * digits and hyphens, which are nearly all there is, are not. */
typedef struct {
    gsize from;
    guint64 bits; /* bit i: the byte at from + i */
} Marks;

struct RowParser {
    const Document *document;
    Span text;
    gsize at, end;
    Marks marks; /* the ones looked for last */
    bool uses_libcsv_alone;
    struct csv_parser csv;
    GString *quoted; /* texts of the fields that libcsv found */
    Span *spans;     /* the fields of the row */
    guint count, capacity;
    bool has_too_many; /* the row has more fields than are kept */
};

static void
add_span(RowParser *parser, Span span)
{
    if (parser->count == parser->capacity) {
        if (parser->capacity == MOST_FIELDS) {
            parser->has_too_many = true;
            return;
        }
        parser->capacity *= 2;
        parser->spans = g_renew(Span, parser->spans, parser->capacity);
    }
    parser->spans[parser->count++] = span; /* NOLINT: the capacity is never 0 */
}

static void *
reallocate_within_bounds(void *memory, size_t size)
{
    return size == 0 || size > LONGEST_FIELD ? NULL : realloc(memory, size);
}

static void
start_csv(RowParser *parser)
{
    if (csv_init(&parser->csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_APPEND_NULL) != 0)
        g_error("libcsv does not start");
    csv_set_realloc_func(&parser->csv, reallocate_within_bounds);
    csv_set_blk_size(&parser->csv, BUFFER_STEP);
}

RowParser *
row_parser_new(const Document *document)
{
    RowParser *parser = g_new0(RowParser, 1);
    parser->document = document;
    parser->text = document_text(document);
    parser->end = parser->text.length;
    parser->marks.from = G_MAXSIZE - 64; /* none found yet */
    parser->quoted = g_string_new(NULL);
    parser->capacity = FIRST_CAPACITY;
    parser->spans = g_new(Span, parser->capacity);
    start_csv(parser);
    return parser;
}

void
row_parser_free(RowParser *parser)
{
    if (parser == NULL)
        return;
    csv_free(&parser->csv);
    g_string_free(parser->quoted, TRUE);
    g_free(parser->spans);
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

void
row_parser_use_libcsv_alone(RowParser *parser)
{
    parser->uses_libcsv_alone = true;
}

const Span *
row_parser_fields(const RowParser *parser)
{
    return parser->spans;
}

/* Of eight bytes the ones up to the comma, as bits in their order: a byte's top bit, once 0x53 is
 * added to its other seven, says that it is beyond the comma; no sum carries into the next byte. */
static guint64
marks_of_word(const char *text)
{
    const guint64 tops = G_GUINT64_CONSTANT(0x8080808080808080);
    const guint64 beyond = G_GUINT64_CONSTANT(0x5353535353535353); /* 0x80 less the one after ',' */
    guint64 word;
    memcpy(&word, text, sizeof word);
    word = GUINT64_FROM_LE(word);
    guint64 found = ~(((word & ~tops) + beyond) | word) & tops;
    return (found >> 7) * G_GUINT64_CONSTANT(0x0102040810204080) >> 56; /* one bit of each byte */
}

/* Finds the marks from an offset on. Everything from the text's end on counts as marks. */
static void
find_marks(RowParser *parser, gsize from)
{
    char last[64];
    const char *text = parser->text.text + from;
    gsize length = parser->text.length - from;
    if (length < sizeof last) { /* never a byte beyond the text */
        memset(last, '\n', sizeof last);
        memcpy(last, text, length);
        text = last;
    }
    parser->marks = (Marks){from, 0};
    for (unsigned word = 0; word < 8; word++)
        parser->marks.bits |= marks_of_word(text + (gsize)word * 8) << word * 8;
}

/* Splits a row without quotes at its commas. *stop receives the offset of its line end, or the
 * piece's end. False, with *stop untouched, where a quote turns up. Most time is spent here, so
 * what the loop needs is kept in local variables. */
static bool
split_plain(RowParser *parser, gsize start, gsize *stop)
{
    const char *text = parser->text.text;
    const gsize end = parser->end;
    gsize field = start, from = start;
    parser->count = 0;
    parser->has_too_many = false;
    for (;; from = parser->marks.from + 64) {
        if (from < parser->marks.from || from >= parser->marks.from + 64)
            find_marks(parser, from);
        const gsize base = parser->marks.from;
        guint64 bits = parser->marks.bits >> (from - base) << (from - base);
        for (; bits != 0; bits &= bits - 1) {
            gsize at = base + (gsize)__builtin_ctzll(bits);
            char mark = at < end ? text[at] : '\n';
            if (mark == ',') {
                add_span(parser, span_trim((Span){text + field, at - field}));
                field = at + 1;
            } else if (mark == '\n' || mark == '\r') {
                *stop = MIN(at, end);
                add_span(parser, span_trim((Span){text + field, *stop - field}));
                return true;
            } else if (mark == '"') {
                return false;
            } /* else a character of the field */
        }
        if (base + 64 >= end) {
            *stop = end;
            add_span(parser, span_trim((Span){text + field, end - field}));
            return true;
        }
    }
}

/* The offset of the line end outside quotes that ends the row at start, or the piece's end. */
static gsize
find_row_end(const RowParser *parser, gsize start)
{
    const char *text = parser->text.text;
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
    /* The text may move while it grows, so a span holds an offset for now. */
    add_span(parser, (Span){(const char *)parser->quoted->len, length});
    if (!parser->has_too_many)
        g_string_append_len(parser->quoted, text, (gssize)length);
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

/* Starts libcsv anew after a fault, and goes on at the next line. */
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

/* Parses the row at start, which has a quote in it, by libcsv. */
static RowOutcome
parse_quoted(RowParser *parser, gsize start, RowPlace *place)
{
    gsize stop = find_row_end(parser, start);
    bool has_line_end = stop < parser->end;
    gsize length = stop - start + (has_line_end ? 1 : 0);
    RowOutcome outcome = ROW_OK;
    parser->count = 0;
    parser->has_too_many = false;
    g_string_truncate(parser->quoted, 0);
    gsize parsed =
        csv_parse(&parser->csv, parser->text.text + start, length, on_field, on_row, parser);
    if (parsed != length) {
        outcome = fail_row(parser, describe_fault(parser), start + parsed, place);
    } else if (!has_line_end && csv_fini(&parser->csv, on_field, on_row, parser) != 0) {
        outcome = fail_row(parser, "has a quote that is never closed", start, place);
        parser->at = parser->end; /* the field took in all that follows */
    } else {
        parser->at = has_line_end ? skip_line_end(parser, stop) : stop;
    }
    for (guint i = 0; i < parser->count; i++) {
        Span *span = &parser->spans[i];
        span->text = parser->quoted->str + (gsize)span->text;
        *span = span_trim(*span);
    }
    return outcome;
}

/* Whether the row that was split is an empty line: one field with nothing in it. */
static bool
is_empty_line(const RowParser *parser)
{
    return parser->count == 1 && parser->spans[0].length == 0;
}

static bool
ends_with_line_end(Span text)
{
    char last = text.text[text.length - 1];
    return last == '\n' || last == '\r';
}

RowOutcome
row_parser_next(RowParser *parser, FieldFunc each, gpointer user, RowPlace *place)
{
    RowOutcome outcome = ROW_OK;
    for (;;) {
        gsize stop;
        place->offset = parser->at;
        if (parser->at >= parser->end)
            return ROW_END;
        bool is_plain = split_plain(parser, parser->at, &stop);
        if (is_plain && is_empty_line(parser)) {
            parser->at = skip_line_end(parser, stop);
            continue;
        }
        place->has_quotes = !is_plain;
        if (is_plain && !parser->uses_libcsv_alone)
            parser->at = skip_line_end(parser, stop);
        else
            outcome = parse_quoted(parser, parser->at, place);
        place->has_line_end = parser->at < parser->text.length || ends_with_line_end(parser->text);
        break;
    }
    place->fields = parser->count;
    if (parser->has_too_many && outcome == ROW_OK) {
        place->fault = "has more than 1,048,576 fields";
        place->fault_offset = place->offset;
        return ROW_FAULTY;
    }
    for (guint i = 0; each != NULL && i < place->fields; i++)
        each(parser->spans[i], i, user);
    return outcome;
}
