/* Reading single rows again, by their places: for messages, and for explaining a figure. */
#pragma once

#include "pack/input.h"

typedef struct RowLookup RowLookup;

RowLookup *row_lookup_new(const InputFiles *inputs);
void row_lookup_free(RowLookup *lookup);
/* Reads the row at a place by the columns of its file's kind; the values are valid until the next
 * call. Cheapest in the order of the files. */
const Value *row_lookup_values(RowLookup *lookup, RowPlaceId place);
/* Whether the row whose values were asked for last has fewer fields than the header. */
bool row_lookup_is_short(const RowLookup *lookup);
/* The line of a row, counted on from the row asked for before. */
guint64 row_lookup_line(RowLookup *lookup, RowPlaceId place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RowLookup, row_lookup_free)
