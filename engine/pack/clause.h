/* Clauses of limits.csv: what a scheme says on what its contracts earn. See rules/README.md,
 * limits.csv.
 *
 * What is here has passed every check: codes resolve, tests are trees, spans never become finer,
 * pots come last. Numbers are in millionths; pounds as well, so that parts of a penny are exact
 * until an amount is rounded. */
#pragma once

#include "pack/scheme.h"

typedef enum {
    LIMIT_ONLY_IF,    /* nothing, unless a test is met */
    LIMIT_TIMES,      /* × the fraction of an indicator */
    LIMIT_LESS,       /* less an amount, or what another scheme has earned */
    LIMIT_ON_ACCOUNT, /* an amount in parts, until the span is over */
    LIMIT_AT_MOST,
    LIMIT_AT_LEAST,
    LIMIT_KEEP_IF,   /* not less than the instalments, where a test is met */
    LIMIT_POT,       /* all contracts together not more than this */
    LIMIT_WHOLE_POT, /* and at year-end not less */
    LIMIT_COUNT
} Limit;

/* Pounds; with a fact, so many pounds for each of it. */
typedef struct {
    Micros pounds;
    guint32 fact; /* CODE_NONE: none */
} Amount;

typedef enum {
    TEST_INDICATOR, /* the achievement of an indicator of the scheme */
    TEST_ACTIVITY,  /* what is counted of a claimed activity of the scheme */
    TEST_FACT,      /* a fact of the provider */
    TEST_SCHEME,    /* whether the provider takes part in a scheme */
    TEST_SOME       /* whether so many of several tests are met */
} TestKind;

typedef enum {
    COMPARISON_AT_LEAST,
    COMPARISON_ABOVE,
    COMPARISON_AT_MOST,
    COMPARISON_BELOW,
    COMPARISON_COUNT
} Comparison;

/* A test as a tree, of at most two levels: TEST_SOME has others below it, all others have none. */
typedef struct Test {
    TestKind kind;
    guint32 subject;       /* by kind: the indicator, activity, fact or scheme */
    Comparison comparison; /* of the first three kinds: subject ≥ number, and so on */
    Micros number;
    guint least;      /* TEST_SOME: how many must be met, 1 to tests->len */
    GPtrArray *tests; /* TEST_SOME: of Test; else NULL */
} Test;

typedef struct {
    char *code, *title, *source;
    char *is; /* as it is written */
    guint32 scheme;
    Limit limit;
    PatientSpan per;      /* PER_MONTH, PER_QUARTER, PER_HALF_YEAR or PER_YEAR */
    Test *test;           /* LIMIT_ONLY_IF and LIMIT_KEEP_IF, else NULL */
    guint32 indicator;    /* LIMIT_TIMES, else CODE_NONE */
    guint32 other_scheme; /* LIMIT_LESS of an earlier scheme, else CODE_NONE */
    Amount amount;        /* all others; pots have no fact */
    guint64 line;         /* in limits.csv */
} Clause;

/* Each frees one with all it holds; pointer is a Clause or a Test. */
void clause_free(gpointer pointer);
void test_free(gpointer pointer);
/* Whether a clause is a pot: of the scheme, not of one contract. */
bool clause_is_pot(const Clause *clause);
/* Whether a test, or one below it, asks for an indicator. */
bool test_asks_for(const Test *test, guint32 indicator);
/* Whether a clause asks for an indicator: in its test, or to multiply by it. */
bool clause_asks_for(const Clause *clause, guint32 indicator);
