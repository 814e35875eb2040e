/* Inside the rules: what the readers of the three tables share. Not for other modules. */
#pragma once

#include "pack/field.h"
#include "pack/rules.h"

typedef struct {
    Rules *rules;
    Faults *faults;
    Sheet *sheet; /* the table being read */
    const Column *columns;
    const Value *values;  /* the row being read, by column */
    guint64 line;         /* the line it is on */
    GPtrArray *exclusive; /* of char *: exclusive_with of each scheme, until all are known */
} RulesReader;

/* A fault of the row being read, at a column (or -1). */
void rules_fault(const RulesReader *reader, int column, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* A fault that quotes a value of the row: '"x" is not a step'. */
void rules_fault_value(const RulesReader *reader, int column, Span value, const char *what);

/* A word out of a closed list: its place in names, or -1 with a fault. An empty field gives
 * fallback without one. */
int rules_choice(const RulesReader *reader, int column, const char *const *names, guint count,
                 int fallback);

/* Splits a field at "|"; the trimmed parts as char *. Free with g_ptr_array_unref. */
GPtrArray *rules_split(Span field);

/* The scheme a row belongs to, or CODE_NONE with a fault. */
guint32 rules_row_scheme(const RulesReader *reader, int column);

/* The tables. Each row function reads one row that has passed the tests of its fields. */
typedef struct {
    const char *file;
    const Column *columns;
    guint column_count;
    void (*read_row)(RulesReader *reader);
    void (*finish)(RulesReader *reader); /* checks across rows; may be NULL */
} RulesTable;
extern const RulesTable SCHEMES_TABLE, INDICATORS_TABLE, TARIFFS_TABLE;

/* Adds an item (indicator or activity) of a scheme. False where the code is there already: then
 * *index is that of the first. */
bool rules_add_item(Rules *rules, guint32 scheme, Span code, guint32 *index);
