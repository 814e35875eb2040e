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
typedef enum { COUNT_QUANTITY, COUNT_PATIENTS, COUNT_EACH, COUNT_FACT } CountKind;
/* From fine to coarse, but for episodes, which have no length of their own. */
typedef enum { PER_NONE, PER_MONTH, PER_QUARTER, PER_HALF_YEAR, PER_YEAR, PER_EPISODE } PatientSpan;
typedef enum { PAID_LAST, PAID_FIRST, PAID_MONTHLY } PaidWhen;
typedef enum { DUE_YEAR_END, DUE_MONTH, DUE_WHEN_MET } DueKind;
typedef enum { ACHIEVED_BY_PROVIDER, ACHIEVED_BY_NETWORK } AchievedBy;
typedef enum { UNIT_SHARE, UNIT_RATE } Unit;

/* A fact that a rule names: its number among Rules.facts, CODE_NONE for none. These two come from
 * list sizes. */
#define FACT_REGISTERED 0
#define FACT_WEIGHTED 1

/* One step of an indicator: achievement reached (of either sign), and the fraction it pays, from 0
 * to 9. */
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
    GArray *steps;              /* of Step, ascending or descending; empty unless METHOD_STEPS */
    bool pays_without_patients; /* if_no_patients is full */
    int64_t min_patients;       /* fewer are as good as none; 0: not given */
    Unit unit;
    guint32 against;    /* the fact that is the baseline, or CODE_NONE */
    char *group;        /* "" where it stands by itself */
    guint32 group_head; /* the first indicator of its group (itself where it has none) */
    DueKind due;
    Month due_month; /* DUE_MONTH only, else MONTH_NONE */
    guint32 factor;  /* the fact by which its points are multiplied, or CODE_NONE */
    guint64 line;    /* in indicators.csv */
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
    guint32 fact; /* COUNT_FACT: the fact that is counted, else CODE_NONE */
    PatientSpan per;
    PaidWhen paid;            /* of each and facts: in which month of the span */
    int64_t cap, patient_cap; /* -1: none; cap: also where it follows a fact */
    guint32 cap_of;           /* the fact that the cap follows, or CODE_NONE */
    Micros cap_share;         /* cap_of: the cap is this × the fact, rounded down */
    PatientSpan cap_per;      /* the span a cap is for */
    char *group;              /* "" where it stands by itself */
    guint32 group_head;       /* the first activity of its group (itself where it has none) */
    PatientSpan group_per;    /* the span of its group: its own per unless that is an episode */
    guint again_after;        /* PER_EPISODE: whole months after which an episode begins anew */
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
    guint32 in_year_of; /* the fact that the in-year share is of, or CODE_NONE: of the value */
    AchievedBy achieved_by;
    guint instalment_months;
    bool has_pro_rata;
    ProRata pro_rata;
    Rounding rounding;
    Recovery recovery;
    char *ledger_code, *paycode; /* for the payment file; "" where not given */
    int claim_months;            /* -1: any time */
    GArray *exclusive;           /* of guint32: schemes, both ways, ascending */
    GArray *indicators;          /* of guint32: into Rules.indicators */
    GArray *activities;          /* of guint32: into Rules.activities */
    GArray *clauses;             /* of guint32: into Rules.clauses, as they are applied */
    Fraction points;             /* of all its indicators, a group counted once, without factors */
    guint64 line;                /* in schemes.csv */
} Scheme;

/* Each frees one with all it holds; pointer is a Scheme, Indicator or Activity. */
void scheme_free(gpointer pointer);
void indicator_free(gpointer pointer);
void activity_free(gpointer pointer);

/* Whether a lower achievement is the better one: its floor lies above its target. */
bool indicator_is_lower_better(const Indicator *indicator);
/* Whether its steps are reached from above: lower is better. */
bool indicator_steps_descend(const Indicator *indicator);
/* Whether an activity is paid for what is claimed; else it counts each or a fact. */
bool activity_is_claimed(const Activity *activity);
/* Whether a provider is paid for so many of it at most, by number or by fact. */
bool activity_is_capped(const Activity *activity);
/* The months of a span of the year, 1 to 12: 3 for a quarter. Not for episodes. */
guint span_months(PatientSpan per);
/* The price in force on a day, or NULL. */
const Price *activity_price_on(const Activity *activity, Day day);
/* Whether a scheme's value needs a list size at all, and whether the weighted one. */
bool scheme_needs_list(const Scheme *scheme);
bool scheme_needs_weighted(const Scheme *scheme);
/* Whether an instalment of the scheme falls due in a month. */
bool scheme_pays_in(const Scheme *scheme, Month month);
