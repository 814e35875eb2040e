/* The rules and inputs that a new year begins with, as they are carried over from the year before
 * (engine/archive/README.md, A new year): texts of files in memory, with notes on what is to be
 * confirmed and on what is left out. Nothing is written here. */
#pragma once

#include "base/csvtable.h"
#include "base/date.h"

typedef enum { NEXT_RULES, NEXT_INPUTS } NextFolder;

/* A file of the new year. */
typedef struct {
    NextFolder folder;
    char *name;
    GString *text;
    guint64 rows, of; /* carried over, of so many */
} NextFile;

/* A note on a row. */
typedef struct {
    const NextFile *file; /* of the new year, or NULL: then */
    char *name;           /* one of the year before, as messages call it */
    guint64 line;
    const char *column; /* NULL: the row */
    char *text;
} NextNote;

typedef struct {
    int year;            /* the new one, by its first year */
    GPtrArray *files;    /* of NextFile */
    GArray *to_confirm;  /* of NextNote, on files of the new year */
    GArray *left_out;    /* of NextNote, on those of the year before */
    GStringChunk *texts; /* cells being written */
} NextYear;

NextYear *next_year_new(int year) G_GNUC_WARN_UNUSED_RESULT;
void next_year_free(NextYear *next);
const NextFile *next_year_file(const NextYear *next, guint file);

/* A table being carried over, row by row. */
typedef struct {
    NextYear *next;
    NextFile *file;
    const Column *columns;
    guint count;
    guint64 line; /* of the row that was written last */
} NextTable;

/* Adds a file with the header of a table. */
NextTable next_table_begin(NextYear *next, NextFolder folder, const char *name,
                           const Column *columns, guint count) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a row of as many cells, each as it was read. */
void next_table_row(NextTable *table, const char *const *cells);
/* Notes that a cell of the row written last is to be confirmed. */
void next_table_confirm(NextTable *table, guint column, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* Notes that something of the year before is left out. */
void next_year_leave_out(NextYear *next, const char *name, guint64 line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Cells, which live as long as the new year: a text, and a day as 2026-07-01 (DAY_OPEN: empty). */
const char *next_text(NextYear *next, Span text);
const char *next_day(NextYear *next, Day day);
/* The same day of the year after; 28 February for a 29 February. */
Day day_a_year_on(Day day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(NextYear, next_year_free)
