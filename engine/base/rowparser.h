/* Rows of a document, one after the other, each with its offset.
 *
 * A row with a quote in it is parsed by one call of libcsv. A row without any is just split at its
 * commas, in place. The fuzz target rows compares the two ways. */
#pragma once

#include "base/document.h"

/* Called for each field of a row, trimmed. */
typedef void (*FieldFunc)(Span field, guint index, gpointer user);

typedef enum { ROW_OK, ROW_END, ROW_FAULTY } RowOutcome;

typedef struct {
    gsize offset;       /* where the row starts */
    guint fields;       /* how many fields it has (of a faulty row: before the fault) */
    gsize fault_offset; /* of a faulty row: where parsing stopped */
    const char *fault;  /* of a faulty row: what is wrong with it */
    bool has_quotes;    /* so that a field may hold line breaks */
    bool has_line_end;  /* false for the last row of a text that ends without one */
} RowPlace;

typedef struct RowParser RowParser;

RowParser *row_parser_new(const Document *document);
void row_parser_free(RowParser *parser);
/* Sets the piece to read, in whole rows. */
void row_parser_seek(RowParser *parser, gsize from, gsize to);
/* Where the next row is looked for. */
gsize row_parser_at(const RowParser *parser);
/* Gives every row to libcsv, quotes or not: to compare the two ways. */
void row_parser_use_libcsv_alone(RowParser *parser);
/* Reads the next row that is not empty. After a faulty one, reading goes on at the next line.
 * each, where it is not NULL, is called for its fields. */
RowOutcome row_parser_next(RowParser *parser, FieldFunc each, gpointer user, RowPlace *place);
/* The trimmed fields of the row read last, place->fields of them; valid until the next call. */
const Span *row_parser_fields(const RowParser *parser);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RowParser, row_parser_free)
