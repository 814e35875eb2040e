/* The terms of a scheme in words, for the sheet Rules: schemes.csv as it was read. Not for other
 * modules. */
#pragma once

#include "report/workbook/contracts.h"

typedef struct {
    const char *label;
    /* Appends the words of a term, or nothing where the rules say nothing. */
    void (*say)(GString *text, const Rules *rules, const Scheme *scheme);
    /* The number of a term, as it was read; false where the rules give none. NULL: it has none. */
    bool (*number)(const Scheme *scheme, Micros *number);
    StyleId style;
    gsize cell; /* in SchemeCells: where the number stands */
} SchemeTerm;

#define SCHEME_TERM_COUNT 12
extern const SchemeTerm SCHEME_TERMS[SCHEME_TERM_COUNT];
