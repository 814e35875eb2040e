/* A scheme of the rules, its indicators and its activities: what each is, and what is asked of it.
 *
 * What is here has passed every check of the rules: ranges, steps that ascend, prices that do not
 * overlap, references that resolve. */
#pragma once

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

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

/* Each frees one with all it holds; pointer is a Scheme, Indicator or Activity. */
void scheme_free(gpointer pointer);
void indicator_free(gpointer pointer);
void activity_free(gpointer pointer);

/* Whether a lower achievement is the better one: its floor lies above its target. */
bool indicator_is_lower_better(const Indicator *indicator);
/* The price in force on a day, or NULL. */
const Price *activity_price_on(const Activity *activity, Day day);
/* Whether a scheme's value needs a list size at all, and whether the weighted one. */
bool scheme_needs_list(const Scheme *scheme);
bool scheme_needs_weighted(const Scheme *scheme);
/* Whether an instalment of the scheme falls due in a month. */
bool scheme_pays_in(const Scheme *scheme, Month month);
