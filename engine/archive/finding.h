/* What is found wrong with an archive: which run, what of it changed, and by how many pounds. */
#pragma once

#include "base/number.h"

typedef enum {
    FINDING_INPUT,       /* an archived input is not as it was sealed */
    FINDING_RULES,       /* an archived table of rules is not as it was sealed */
    FINDING_OUTPUT,      /* an output is not as it was sealed, or not what is worked out now */
    FINDING_MANIFEST,    /* the manifest is not as it was sealed */
    FINDING_APPROVAL,    /* the approval is not as it was given, or not signed as it must be */
    FINDING_TIMESTAMP,   /* the timestamp is not as it was kept, or not what a witness gave */
    FINDING_MISSING_RUN, /* a run that was sealed is not there */
    FINDING_CHAIN,       /* runs do not follow each other as they were sealed */
    FINDING_INDEX,       /* the archive's index is not whole */
    FINDING_STRAY,       /* something is there that was not sealed */
    FINDING_POUNDS,      /* a contract's figures are not what is worked out now */
    FINDING_ENGINE,      /* this version of the engine works it out otherwise */
    FINDING_NOTE,        /* something to know: no difference */
    FINDING_KINDS
} FindingKind;
/* Their names, as they are printed. */
extern const char *const FINDING_NAMES[FINDING_KINDS];

typedef struct {
    FindingKind kind;
    char *run;  /* "2025-09/001", or NULL: the archive as a whole */
    char *text; /* what it is, one line */
    bool is_difference;
    bool is_worked_out; /* whether it was found by working the run out again */
    char *cause; /* the run that must have changed, "2025-08/001", or NULL: this one itself */
    /* Of pounds: the contract, and its owed as sealed and as worked out now. */
    char *scheme, *provider;
    Money sealed, now;
} Finding;

/* A list of findings, in the order they were made; owns them. */
GPtrArray *findings_new(void);
/* Adds one. All are differences, but for notes and for what the engine works out otherwise: that is
 * one where it moves pounds. What is in the text cannot steer a terminal, nor make a line more. */
void findings_add(GPtrArray *findings, FindingKind kind, const char *run, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/* Adds one that is a difference, whatever its kind. */
void findings_add_difference(GPtrArray *findings, FindingKind kind, const char *run,
                             const char *text);
/* Adds a contract whose figures differ: a difference. */
void findings_add_pounds(GPtrArray *findings, FindingKind kind, const char *run, const char *scheme,
                         const char *provider, Money sealed, Money now, const char *text);
/* Says of the last one that another run is its cause. */
void findings_name_cause(GPtrArray *findings, const char *run);
/* Says of those from a number on that they were found by working the run out again. */
void findings_mark_worked_out(GPtrArray *findings, guint from);
const Finding *findings_get(const GPtrArray *findings, guint finding);
/* What a finding says, its contract in front where it has one; free with g_free. */
char *finding_line(const Finding *finding) G_GNUC_WARN_UNUSED_RESULT;
/* How many of them are differences. */
guint findings_differences(const GPtrArray *findings);
