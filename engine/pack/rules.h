/* The rules of one financial year: schemes, their indicators and their tariffs, with the clause
 * each comes from.
 *
 * Invariants
 * - Schemes stand in the order of schemes.csv, which is the order of every report; indicators and
 *   activities of a scheme in the order of their first row.
 * - What is here has passed every check of the rules: ranges, steps that ascend, prices that do
 *   not overlap, references that resolve.
 */
#pragma once

#include "base/codes.h"
#include "base/date.h"
#include "base/number.h"
#include "base/csvtable.h"
#include "pack/period.h"

typedef enum { TYPE_PRACTICE, TYPE_PCN, TYPE_FEDERATION, TYPE_OTHER, TYPE_COUNT } ProviderType;
extern const char *const PROVIDER_TYPES[TYPE_COUNT];
/* The type of that name, or TYPE_COUNT. */
ProviderType provider_type_read(Span name);

typedef enum { PAYMENT_ACHIEVEMENT, PAYMENT_ACTIVITY } PaymentKind;
typedef enum {
    BASIS_NONE,
    BASIS_ANNUAL_VALUE,
    BASIS_PER_REGISTERED_PATIENT,
    BASIS_PER_WEIGHTED_PATIENT,
    BASIS_PER_POINT
} ValueBasis;
typedef enum { PRO_RATA_NONE, PRO_RATA_DAYS, PRO_RATA_MONTHS } ProRata;
typedef enum { RECOVERY_NEXT_PAYMENT, RECOVERY_INVOICE } Recovery;
typedef enum { METHOD_SLIDING, METHOD_ALL_OR_NOTHING, METHOD_STEPS } Method;
typedef enum { COUNT_QUANTITY, COUNT_PATIENTS } CountKind;
typedef enum { PER_NONE, PER_MONTH, PER_QUARTER, PER_YEAR } PatientSpan;

/* One step of an indicator: achievement reached, and the fraction it pays. */
typedef struct {
    Micros reached;
    Micros pays;
} Step;

typedef struct {
    char *code, *title, *source;
    guint32 scheme;
    Micros points;
    Method method;
    bool has_floor, has_target;
    Micros floor, target;
    GArray *steps;              /* of Step, ascending; empty unless METHOD_STEPS */
    bool pays_without_patients; /* if_no_patients is full */
    guint64 line;               /* in indicators.csv */
} Indicator;

typedef struct {
    Micros price;
    Day from, to; /* to: inclusive, DAY_OPEN where it has no end */
    char *title, *source;
    guint64 line; /* in tariffs.csv */
} Price;

typedef struct {
    char *code;
    guint32 scheme;
    CountKind count;
    PatientSpan per;
    int64_t cap, patient_cap; /* -1: none */
    GArray *prices;           /* of Price, by from */
} Activity;

typedef struct {
    char *code, *title, *source;
    unsigned delivered_by; /* a bit for each ProviderType */
    char *commissioned, *measured_by;
    PaymentKind payment;
    Day review_from, review_to; /* DAY_NONE: not given */
    ValueBasis basis;
    Micros value;
    Day list_date;       /* DAY_NONE: not given */
    Micros average_list; /* 0: no list factor */
    Micros in_year_share;
    guint instalment_months;
    ProRata pro_rata;
    Rounding rounding;
    Recovery recovery;
    char *ledger_code, *paycode; /* for the payment file; "" where not given */
    int claim_months;            /* -1: any time */
    GArray *exclusive;           /* of guint32: schemes, both ways, ascending */
    GArray *indicators;          /* of guint32: into Rules.indicators */
    GArray *activities;          /* of guint32: into Rules.activities */
    Fraction points;             /* of all its indicators */
    guint64 line;                /* in schemes.csv */
} Scheme;

/* Whom to ask about a payment: office.csv. Texts are "" where not given. */
typedef struct {
    char *name, *email, *telephone;
    char *reply_by; /* a date as it was written, or other words */
    Day reply_day;  /* DAY_NONE where reply_by is not a date */
} Office;

/* What a column of the payment file can hold. */
typedef enum {
    FIELD_PAYMENT_ID,
    FIELD_PAYEE,
    FIELD_PAYEE_NAME,
    FIELD_SCHEME,
    FIELD_SCHEME_TITLE,
    FIELD_AMOUNT,
    FIELD_CURRENT,
    FIELD_PRIOR,
    FIELD_EARNED_FROM,
    FIELD_EARNED_TO,
    FIELD_PAID_PERIOD,
    FIELD_RUN_DATE,
    FIELD_RUN_DATE_UK,
    FIELD_LEDGER_CODE,
    FIELD_PAYCODE,
    FIELD_COUNT
} PaymentField;
extern const char *const PAYMENT_FIELDS[FIELD_COUNT];

/* A column of the payment file as an upload wants it: a row of payment-file.csv. */
typedef struct {
    char *name;
    bool has_field;
    PaymentField field;
    char *constant; /* what stands in every row where there is no field; may be "" */
} PaymentColumn;

typedef struct {
    int year;
    GPtrArray *documents;  /* of Document: the files as read, three tables at least */
    GPtrArray *schemes;    /* of Scheme */
    GPtrArray *indicators; /* of Indicator */
    GPtrArray *activities; /* of Activity */
    Codes *scheme_codes;   /* number = place in schemes */
    Codes *item_codes;     /* texts of indicator and activity codes */
    GHashTable *items;     /* scheme << 32 | item code -> index + 1 */
    Office *office;        /* NULL where there is no office.csv */
    GArray *payment_file;  /* of PaymentColumn; empty where there is no payment-file.csv */
} Rules;

/* Who may approve, and by which keys: OpenSSH reads it, not we. */
#define APPROVERS_FILE "approvers"

/* Reads rules_dir/<year>/{schemes,indicators,tariffs}.csv, and office.csv and payment-file.csv
 * where they are there; approvers, where it is there, is one of the documents. Every fault is added
 * to faults as one of the rules, one of the three that is missing, too. What is returned is usable
 * only where there is none. Free with rules_free. */
Rules *rules_read(const char *rules_dir, int year, Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void rules_free(Rules *rules);

guint rules_scheme_count(const Rules *rules);
const Scheme *rules_scheme(const Rules *rules, guint32 scheme);
const Indicator *rules_indicator(const Rules *rules, guint32 indicator);
const Activity *rules_activity(const Rules *rules, guint32 activity);
/* The index of a scheme's indicator or activity of that code, or CODE_NONE. */
guint32 rules_find_item(const Rules *rules, guint32 scheme, Span code);

/* Whether a lower achievement is the better one: its floor lies above its target. */
bool indicator_is_lower_better(const Indicator *indicator);
/* The price in force on a day, or NULL. */
const Price *activity_price_on(const Activity *activity, Day day);
/* Whether a scheme's value needs a list size at all, and whether the weighted one. */
bool scheme_needs_list(const Scheme *scheme);
bool scheme_needs_weighted(const Scheme *scheme);
/* Whether an instalment of the scheme falls due in a month. */
bool scheme_pays_in(const Scheme *scheme, Month month);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)
