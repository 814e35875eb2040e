/* Where a file of somebody else's has the columns of a table: under their headings there, at their
 * places where it has no header, or nowhere, because they are the same in every row. */
#pragma once

#include "base/csvheader.h"

/* Rows in which a field of the file holds none of some values are left out. */
typedef struct {
    char *heading;
    GPtrArray *only; /* of char *: the values, compared without regard to letter case */
} RowFilter;

struct CsvMapping {
    Column columns[MAX_COLUMNS]; /* named as the file names them, where it has them */
    guint column_count;
    bool is_read[MAX_COLUMNS];   /* the file has them */
    Span constants[MAX_COLUMNS]; /* what the others hold; empty for what the file has */
    GArray *filters;             /* of RowFilter */
    bool has_header;             /* else the first field is called #1, the second #2, and so on */
};

/* No column and no filter. columns, is_read and constants are the caller's to fill, whose texts
 * must outlive the mapping. */
void csv_mapping_init(CsvMapping *mapping);
void csv_mapping_clear(CsvMapping *mapping);
/* The filter of a heading, or NULL. */
const RowFilter *csv_mapping_filter(const CsvMapping *mapping, Span heading);
/* Calls the fields of a first row, as many as it has, by their numbers: "#1", "#2". */
void csv_mapping_number(GPtrArray *names);
/* Matches the names of a file's fields to columns; filter_fields (of guint) receives which field
 * each filter asks for. False where a heading is missing that is required or filtered by, where one
 * that is asked for is there twice, or where a name holds control characters; each is a fault. */
bool csv_mapping_match(const CsvMapping *mapping, CsvHeader *header, GArray *filter_fields,
                       const char *file, guint64 line, FaultClass class,
                       Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
/* Puts the fields of a row where their columns are; those beyond the header's are ignored. */
void csv_mapping_place(const CsvMapping *mapping, const CsvHeader *header, const Span *fields,
                       guint count, Span *placed);
/* Whether a row is to be read: each filter finds one of its values. */
bool csv_mapping_passes(const CsvMapping *mapping, const GArray *filter_fields, const Span *fields,
                        guint count);
