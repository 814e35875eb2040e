/* A CSV file with a header row, read by the names of its columns (fixtures/README.md, How files are
 * written).
 *
 * Dialect (fixtures/README.md, How files may be written): RFC 4180 through libcsv in its strict
 * mode; rows end with LF, CRLF or CR; header names match without regard to case, and to spaces or
 * hyphens for "_"; columns come in any order; fields are trimmed; lines with nothing in them, or
 * nothing but empty fields, are skipped; a short row has empty fields at its end. What breaks the
 * dialect (What refuses a whole run) is a fault.
 *
 * A CsvTable is made once and read from several threads, each with a RowReader of its own.
 */
#pragma once

#include "base/document.h"

/* How a column's fields are read; see pack/value.h. */
typedef enum {
    COLUMN_TEXT,            /* any text */
    COLUMN_PROSE,           /* text for people, which may have several lines */
    COLUMN_KEY,             /* a code as somebody claims it: any text that is compared */
    COLUMN_REFERENCE,       /* the same of a patient, where "none" and the like are none */
    COLUMN_CODE,            /* a well-formed code */
    COLUMN_DATE,            /* a day */
    COLUMN_MONTH,           /* a month */
    COLUMN_PUBLISHED_DATE,  /* a day in a file of somebody else's */
    COLUMN_PUBLISHED_MONTH, /* a month in such a file */
    COLUMN_WHOLE,           /* a whole number */
    COLUMN_COUNT,           /* a count, in millionths */
    COLUMN_SIGNED_COUNT,    /* the same of either sign */
    COLUMN_RATE,            /* an amount or rate, 0 or more, in millionths */
    COLUMN_NUMBER,          /* the same of either sign */
    COLUMN_SHARE,           /* a share, 0 or more, or a percentage, in millionths */
    COLUMN_THRESHOLD,       /* the same of either sign */
    COLUMN_SUM,             /* an amount, 0 or more, in pence */
    COLUMN_MONEY            /* an amount of either sign, in pence */
} ColumnKind;

typedef struct {
    const char *name;
    ColumnKind kind;
    bool is_required; /* must be in the header, and be filled */
} Column;

/* No table has more columns than this. */
#define MAX_COLUMNS 32
/* No field may be longer, in bytes. */
#define MAX_FIELD 256

typedef struct CsvTable CsvTable;
/* Where a file of somebody else's has the columns: see base/csvmapping.h. */
typedef struct CsvMapping CsvMapping;

/* Reads the header of a surveyed document. Faults of it are of the class given; then the table
 * has no rows. columns must outlive the table, which does not own the document. */
CsvTable *csv_table_new(const Document *document, const Column *columns, guint column_count,
                        FaultClass class, Faults *faults);
/* The same of a file of somebody else's, whose columns are where a mapping says, which must outlive
 * the table. Columns that it does not name are none of ours, and no misspelt ones. */
CsvTable *csv_table_new_mapped(const Document *document, const CsvMapping *mapping,
                               FaultClass class, Faults *faults);
void csv_table_free(CsvTable *table);
const Document *csv_table_document(const CsvTable *table);
/* Where the rows begin: the end of the header row, or the first row where there is none. */
gsize csv_table_rows_from(const CsvTable *table);
/* Whether any reader met a fault of the dialect so far. */
bool csv_table_is_broken(const CsvTable *table);
/* How many rows the filters of its mapping left out, once all rows were read. */
guint64 csv_table_left_out(const CsvTable *table);
/* To be called once, when all rows were read to their end, by one reader or several: faults and
 * warnings that are about the file as a whole. */
void csv_table_finish(CsvTable *table, Faults *faults);

/* Reads rows one after the other. */
typedef struct RowReader RowReader;

/* fields[c] is the trimmed field of column c; absent columns are empty. Valid until the next call
 * on the reader. */
typedef struct {
    gsize offset;  /* of the row in the document's text */
    bool is_short; /* it has fewer fields than the header */
    guint32 split; /* bit c: column c holds what a comma without quotes left of an amount */
    Span fields[MAX_COLUMNS];
} Row;

/* faults may be NULL: then the reader stops at the first fault and marks the table broken. Else
 * it lists each and goes on at the next line. */
RowReader *row_reader_new(CsvTable *table, Faults *faults);
void row_reader_free(RowReader *reader);
/* Sets the piece to read: from the start of a row up to the end of another. */
void row_reader_seek(RowReader *reader, gsize from, gsize to);
/* False at the end. */
bool row_reader_next(RowReader *reader, Row *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvTable, csv_table_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RowReader, row_reader_free)
