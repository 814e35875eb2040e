/* The tables of record, column by column: what writes the files and what documents them. */
#pragma once

#include "base/csvout.h"
#include "pay/exception_text.h"

/* The row at hand; only what its table needs is set. */
typedef struct {
    const Result *result;
    const char *period;
    const Contract *contract;
    const Line *line;
    const ExceptionEntry *exception;
    const ExceptionText *text;
    const InputFile *file;
} RecordRow;

typedef struct {
    const char *name;                                 /* in the header */
    void (*write)(CsvOut *out, const RecordRow *row); /* appends one cell */
    const char *about;                                /* in words, for the documentation */
} RecordColumn;

typedef enum {
    RECORD_PAYMENTS,
    RECORD_LINES,
    RECORD_EXCEPTIONS,
    RECORD_CONTROLS,
    RECORD_TABLES
} RecordTableId;

typedef struct {
    const char *file; /* its name in the folder of outputs */
    const char *about;
    const RecordColumn *columns;
    guint column_count;
} RecordTable;

extern const RecordTable RECORD_TABLE[RECORD_TABLES];
