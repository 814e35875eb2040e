/* Where the lines of a result come from: the input rows behind each, by file.
 *
 * Behind an activity line stand the claims that counted; behind an indicator the rows that
 * count and the baseline; behind an adjustment the row that gave it; behind an instalment the
 * participation, lists and facts it was worked out from. */
#pragma once

#include "pay/result.h"

typedef struct Trace Trace;

/* Rows of one file behind a line. */
typedef struct {
    guint32 line, file;
    guint64 rows;
} TraceEntry;

/* Traces all lines of a result, which must outlive the trace. Free with trace_free. */
Trace *trace_new(const Result *result);
void trace_free(Trace *trace);
/* The entries of a line, by file: *count of them from the pointer returned. */
const TraceEntry *trace_line(const Trace *trace, guint line, guint *count);
/* How many rows stand behind a line, in all files. */
guint64 trace_rows(const Trace *trace, guint line);

/* The places of the rows behind one line, in the order of file and line: of RowPlaceId, to be
 * freed with g_array_unref. Reads all claims: for single lines only. */
GArray *trace_places(const Result *result, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trace, trace_free)
