/* What a clause asked for in the span of one of its lines, for whoever shows it. */
#pragma once

#include "pay/reached.h"
#include "pay/result.h"

/* One test, and what it came to. */
typedef struct {
    const Test *test;
    bool is_met;
    bool has_value; /* false: a scheme, or an indicator of which there is no achievement to judge */
    Fraction value;
    ReachedKind reached; /* of an indicator */
    Day day;             /* of a scheme: the day that is asked for */
    const Fact *fact;    /* of a fact */
} Asked;

typedef struct {
    const Clause *clause;
    Month from, to;     /* months of the span, up to that of the line */
    const Fact *amount; /* the fact that its amount follows, or NULL */
    GArray *tests;      /* of Asked: its test, or the several that it counts; empty without one */
} ClauseAsked;

/* What the clause of a line of kind LINE_LIMIT asked for. Cleared by clause_asked_clear. */
void clause_asked(const Result *result, const Line *line, ClauseAsked *asked);
void clause_asked_clear(ClauseAsked *asked);
/* The input rows behind such a line: facts, and the achievement that it asked for, each once, in
 * their order. Of RowPlaceId; free with g_array_unref. */
GArray *clause_rows(const Result *result, const Line *line) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClauseAsked, clause_asked_clear)
