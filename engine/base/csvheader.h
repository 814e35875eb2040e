/* The header row of a CSV file: which column each of its fields is. */
#pragma once

#include "base/csvtable.h"

/* What a header's field means, where it is no column. */
#define TARGET_UNKNOWN (-1)
#define TARGET_UNNAMED (-2)

typedef struct {
    GPtrArray *names;            /* of char *: the header's fields as written */
    GArray *targets;             /* of int: which column each field is, or TARGET_ */
    guint field_of[MAX_COLUMNS]; /* which field a column is, or names->len */
    guint32 lengths;             /* bit n: some name, here or of a column, has n letters */
    bool is_straight;            /* it names all columns in their order, and no more */
} CsvHeader;

void csv_header_init(CsvHeader *header);
void csv_header_clear(CsvHeader *header);
/* Whether two names are alike: without regard to case, and to spaces or hyphens for "_". */
bool csv_names_agree(Span a, Span b);
/* Whether no name holds control characters; else that is a fault. */
bool csv_header_is_clean(const CsvHeader *header, const char *file, guint64 line, FaultClass class,
                         Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
/* What is wrong with a file whose header lacks a required column, or cannot be read, where lines of
 * text from its header's on tell: fields are separated by something else than commas, or the header
 * stands further down. Adds that one fault, and is true then. first is the number of the first
 * line. */
bool csv_header_explain(Span text, const char *file, guint64 first, const Column *columns,
                        guint column_count, FaultClass class, Faults *faults);
/* Whether the names hold every column that is required. */
bool csv_header_has_required(const CsvHeader *header, const Column *columns, guint column_count);
/* Matches names to columns. False where the file cannot be read by it: a required column is
 * missing, one is named twice, a name is a known one misspelt or holds control characters; each is
 * a fault. */
bool csv_header_match(CsvHeader *header, const char *file, guint64 line, const Column *columns,
                      guint column_count, FaultClass class,
                      Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a row says nothing but names of columns, or names all that are required: the header
 * again, or another one. Cheap for other rows. */
bool csv_header_is_repeated(const CsvHeader *header, const Column *columns, guint column_count,
                            const Span *fields, guint count);
/* Warns, once, of columns that are not used; has_unnamed: unnamed ones with text among them. */
void csv_header_warn_unused(const CsvHeader *header, const char *file, bool has_unnamed,
                            Faults *faults);
