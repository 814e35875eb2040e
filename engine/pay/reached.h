/* Whose achievement counts for a contract, and what it reaches (rules/README.md, Whose achievement
 * counts). */
#pragma once

#include "pack/pack.h"

typedef enum {
    REACHED_NOTHING,     /* no achievement is accepted */
    REACHED_NOBODY,      /* nobody is left without the exceptions, or less than min_patients */
    REACHED_NO_BASELINE, /* the fact of against is not in force */
    REACHED_KNOWN
} ReachedKind;

typedef struct {
    ReachedKind kind;
    Fraction a;           /* REACHED_KNOWN: achievement, less the baseline; may be out of range */
    Achieved achieved;    /* unless REACHED_NOTHING */
    const Fact *baseline; /* what a is counted from, or NULL */
} Reached;

/* What counts for a contract (of Pack.contracts) and an indicator: its own row, that of the
 * contract it is merged into, or the sums of the network. False where there is nothing. */
bool achieved_find(const Pack *pack, guint32 contract, guint32 indicator, Achieved *achieved);
/* What that reaches. */
Reached indicator_reached(const Pack *pack, guint32 contract, guint32 indicator);
/* Those who are left without the exceptions. */
Micros achieved_people(const Achieved *achieved);
