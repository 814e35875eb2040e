/* Fields of a row as values: reading each by its column's kind, and saying what is wrong with it.
 */
#pragma once

#include "base/number.h"
#include "base/csvtable.h"
#include "pack/reason.h"

/* One field. number holds a Day, a Month, a whole number, a count or rate in millionths, or an
 * amount in pence, by the kind of the column; text columns have the text alone. */
typedef struct {
    Span text;
    int64_t number;
    bool is_given; /* not empty */
    bool is_split; /* what a thousands comma without quotes left of an amount */
    Reason fault;  /* why it cannot be read, or REASON_NONE */
} Value;

/* What a patient's reference says, in any letter case, where there is none: "-", "unknown". */
#define NO_REFERENCE_COUNT 11
extern const char *const NO_REFERENCES[NO_REFERENCE_COUNT];

/* Reads one field; an empty one is a fault where the column is required. */
void value_read(const Column *column, Span text, Value *value);
/* A text for people as it may be printed: see nhs_number_mask. Free with g_free. */
char *value_text(const Value *value) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a number is written as what stands behind a thousands comma, and hardly otherwise: three
 * digits, the first of them a nought. */
bool value_is_behind_comma(const Value *value);
/* Reads all fields of a row into values[0 … count − 1]. */
void values_read(const Column *columns, guint count, const Row *row, Value *values);
/* The first fault in the order of the reasons, then of the columns; *column receives which. */
Reason values_first_fault(const Value *values, guint count, guint *column);
/* Says what is wrong with a field: '"12.5x" is not a whole number'. The value is left out where
 * is_private. */
void value_describe(GString *message, const Column *column, const Value *value, bool is_private);

/* For tables in which any fault refuses the run: adds a fault for every field that cannot be
 * read, and returns whether there was none. */
bool values_pass(CsvTable *table, const Column *columns, guint count, const Row *row,
                 FaultClass class, Faults *faults, Value *values);
