/* Inside the rules: what the readers of the tables share. Not for other modules.
 *
 * A table of the rules is one constant: its file, its columns, and what reads a row of it. */
#pragma once

#include "pack/value.h"
#include "pack/rules/rules.h"

typedef struct {
    Rules *rules;
    Faults *faults;
    CsvTable *csv; /* the table being read */
    const Column *columns;
    const Value *values;  /* the row being read, by column */
    guint64 line;         /* the line it is on */
    GPtrArray *exclusive; /* of char *: exclusive_with of each scheme, until all are known */
    /* Schemes of rows that are at fault and were not read: other rows that name them are right. */
    Codes *lost_schemes; /* of schemes.csv */
    Codes *lost_items;   /* of the other tables, by their scheme */
    bool knows_schemes;  /* schemes.csv could be read, but for lost_schemes */
} RulesReader;

/* A table. Its row function reads one row that has passed the tests of its fields. */
typedef struct {
    const char *file;
    const Column *columns;
    guint column_count;
    void (*read_row)(RulesReader *reader);
    void (*finish)(RulesReader *reader); /* checks across rows; may be NULL */
    bool is_optional;                    /* the file need not be there */
} RulesTable;

/* A fault of the row being read, at a column (or -1). */
void rules_reader_fault(const RulesReader *reader, int column, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* A fault that quotes a value of the row: '"x" is not a step'. */
void rules_reader_fault_value(const RulesReader *reader, int column, Span value, const char *what);

/* A word out of a closed list: its place in names, or -1 with a fault. An empty field gives
 * fallback without one. */
int rules_reader_choice(const RulesReader *reader, int column, const char *const *names,
                        guint count, int fallback);

/* Splits a field at "|"; the trimmed parts as char *. Free with g_ptr_array_unref. */
GPtrArray *rules_reader_split(Span field);

/* The fact that a field names, numbered among those of the rules, or CODE_NONE where it is empty.
 */
guint32 rules_reader_fact(const RulesReader *reader, int column);

/* Whether a scheme that is not known may be one whose row is at fault. */
bool rules_reader_is_lost(const RulesReader *reader, Span scheme);

/* The scheme a row belongs to, or CODE_NONE with a fault (without one where it is lost). */
guint32 rules_reader_scheme(const RulesReader *reader, int column);
