/* Why a row, or a contract, is not paid as claimed: the closed list, in the order of the tests. */
#pragma once

#include <glib.h>

typedef enum {
    REASON_NONE,
    REASON_BAD_NUMBER,
    REASON_BAD_DATE,
    REASON_BAD_MONTH,
    REASON_MISSING_VALUE,
    REASON_TOO_LONG,
    REASON_UNKNOWN_SCHEME,
    REASON_UNKNOWN_PROVIDER,
    REASON_UNKNOWN_ACTIVITY,
    REASON_UNKNOWN_INDICATOR,
    REASON_NOT_CLAIMED,
    REASON_WRONG_LEVEL,
    REASON_NOT_PARTICIPATING,
    REASON_OUTSIDE_YEAR,
    REASON_AFTER_DUE,
    REASON_MONTH_MISMATCH,
    REASON_LATE_CLAIM,
    REASON_MISSING_PATIENT,
    REASON_NO_PRICE,
    REASON_EXCEEDS_DENOMINATOR,
    REASON_DUPLICATE,
    REASON_REPEATED,
    REASON_EXCLUSIVE_SCHEME,
    REASON_OTHER_PROVIDER,
    REASON_MISSING_FACT,
    REASON_OVER_CAP,
    REASON_NO_LIST_SIZE,
    REASON_HELD_BY_PERSON,
    REASON_MISSING_ACHIEVEMENT,
    REASON_NOT_BROUGHT_FORWARD,
    REASON_COUNT
} Reason;

/* The states a row can end in. */
typedef enum {
    STATE_ACCEPTED,
    STATE_SUPERSEDED,
    STATE_LATER,
    STATE_REJECTED,
    STATE_HELD,
    STATE_COUNT
} RowState;

typedef struct {
    const char *name;    /* as in exceptions.csv */
    RowState state;      /* what becomes of the row: rejected or held */
    const char *meaning; /* in words, for people */
    const char *cure; /* what to do about a file of such rows alone; NULL: there is no such file */
} ReasonRow;

/* One row a reason, indexed by Reason. */
extern const ReasonRow REASONS[REASON_COUNT];
/* Names of the states, indexed by RowState. */
extern const char *const STATE_NAMES[STATE_COUNT];
