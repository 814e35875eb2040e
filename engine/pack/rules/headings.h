/* headings.csv: where files of somebody else's, national ones above all, have the columns of the
 * inputs (rules/README.md, Other people's files). The file need not be there. */
#pragma once

#include "base/csvmapping.h"
#include "pack/inputtables.h"
#include "pack/rules/reader.h"

/* The files whose paths begin alike. */
typedef struct {
    GStringChunk *texts; /* what the others point to */
    const char *file;    /* how their paths begin */
    guint64 line;        /* of its first row in headings.csv */
    InputKind kind;
    bool is_faulty; /* a row of it is at fault */
    CsvMapping mapping;
} Headings;

extern const RulesTable HEADINGS_TABLE;

void headings_free(gpointer headings);
/* The one whose files an input of that name is among, or NULL. list (of Headings) may be NULL. */
const Headings *headings_of(const GPtrArray *list, const char *name);
/* The column of the inputs that a row of headings.csv (its fields) is about, where that holds days
 * or months; else NULL. */
const Column *headings_dated_column(const Span *fields);
