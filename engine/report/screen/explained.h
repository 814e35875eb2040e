/* How the figures of a contract came about, step by step: rule, arithmetic with the numbers in it,
 * and the input rows behind it.
 *
 * Every figure is one of the Result's, told in the words that statements use. */
#pragma once

#include "pay/result.h"

/* One step. Texts are owned. */
typedef struct {
    char *what; /* "contract value", "FENO-DX, Jul 2025" */
    char *how;  /* "12 × £37.50"; may be "" */
    bool has_amount;
    Money amount;
    char *rule;      /* where the rule stands: "tariffs.csv:3"; NULL where there is none */
    char *source;    /* the paper and clause it comes from, or NULL */
    GPtrArray *rows; /* of char *: "activity/2025-07.csv:12, 14, 15" */
} ExplainedStep;

/* One contract. */
typedef struct {
    const Contract *contract; /* of the result */
    GPtrArray *steps;         /* of ExplainedStep: value, lines, entitlement, paid, owed */
    GPtrArray *exceptions;    /* of ExplainedStep: what was not paid, or not yet */
    GPtrArray *replaced;      /* of ExplainedStep: what later submissions replaced, and by what */
    char *status;             /* why it is marked as it is */
} ExplainedContract;

/* What an approved run paid the provider in a scheme. */
typedef struct {
    char *run, *scheme;
    Money amount;
} PaidByRun;

/* Explains the contracts of a provider, or the one in a scheme where that is not NULL: an array of
 * ExplainedContract, to be freed with g_ptr_array_unref. paid (of PaidByRun) says which run paid
 * what. NULL with SP_ERROR_NO_INPUT where the run has no such contract. */
GPtrArray *explained_new(const Result *result, const char *provider, const char *scheme,
                         const GArray *paid, GError **error) G_GNUC_WARN_UNUSED_RESULT;
