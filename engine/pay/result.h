/* The result of a run: contracts, their lines, exceptions and controls. The second verb, work out.
 *
 * Invariants
 * - Pure: worked out from a Pack alone; no file is opened, no clock is read.
 * - Contracts stand in the order of payments.csv (scheme, then provider), lines in that of
 *   lines.csv, exceptions in that of exceptions.csv.
 * - For every contract the amounts of its lines add up to its entitlement, and
 *   entitlement − paid = owed. Every report prints these figures and none of its own.
 */
#pragma once

#include "base/sum.h"
#include "pack/pack.h"

typedef enum {
    STATUS_PAY,
    STATUS_NIL,
    STATUS_HOLD,
    STATUS_CARRY,
    STATUS_INVOICE,
    STATUS_COUNT
} Status;
extern const char *const STATUS_NAMES[STATUS_COUNT];
/* Whether what is marked so counts as paid once its run is approved: pay and invoice. */
bool status_is_settled(Status status);

typedef enum {
    LINE_BROUGHT_FORWARD,
    LINE_INSTALMENT,
    LINE_INDICATOR,
    LINE_ACTIVITY,
    LINE_LIMIT, /* what a clause of limits.csv adds or takes */
    LINE_ADJUSTMENT,
    LINE_DEFERRED, /* what a recovery leaves for later runs */
    LINE_HELD,
    LINE_KINDS
} LineKind;
extern const char *const LINE_KIND_NAMES[LINE_KINDS];

/* One line of how an entitlement comes about. */
typedef struct {
    guint contract; /* into Result.contracts */
    LineKind kind;
    const char *item; /* not owned: lives in the pack or in static memory */
    Month month;      /* MONTH_NONE: empty */
    bool has_count, has_rate, has_fraction;
    Micros count; /* in millionths */
    Micros rate;  /* £ in millionths: price, or the share or value it is a fraction of */
    Fraction fraction;
    Money amount;
    guint32 rule;       /* the indicator, activity or clause of the rules, else CODE_NONE */
    const Price *price; /* activity: the price row, else NULL */
    RowPlaceId place;   /* the input row of an indicator, adjustment or decision, else PLACE_NONE */
} Line;

typedef struct {
    guint32 key;                /* into Pack.contracts */
    const ContractKey *parties; /* numbers of scheme and provider, and the spells */
    const Scheme *scheme;
    const Provider *provider;
    bool touches_year; /* its participation touches the financial year */
    bool has_value;    /* contract value: an achievement scheme whose list and factors are known */
    Money value;
    bool has_base; /* of an achievement scheme in a month: what its instalments are of is known */
    Micros base;   /* that, £ in millionths */
    Reason held;   /* why it is held, or REASON_NONE */
    Money entitlement, paid, owed, current, prior;
    Status status;
    guint first_line, line_count; /* into Result.lines */
} Contract;

/* What an exception is about. */
typedef enum {
    EXCEPTION_CLAIM,
    EXCEPTION_ACHIEVEMENT,
    EXCEPTION_CONTRACT,
    EXCEPTION_LOST /* a contract that could not be brought forward */
} ExceptionKind;

typedef struct {
    ExceptionKind kind;
    guint64 index; /* into Pack.claims, Pack.achievements, Result.contracts or Payments.lost */
    guint64 line;  /* of a row in its file; 0 for a contract */
    Reason reason;
    bool is_part;       /* outcome "part": accepted for what fits */
    ItemKind item_kind; /* of a contract: what item is */
    guint32 item;       /* of a contract: the indicator, activity or clause, or CODE_NONE */
    bool has_risk;
    Money at_risk;
    const Period *since; /* of the run that listed it first; NULL: this is the first. Not owned:
                            see archive/since.h */
} ExceptionEntry;

/* What some rows of one input file add up of an activity line. */
typedef struct {
    guint32 file, rows;
    guint32 provider, activity;
    guint8 month; /* of the year, from 0 */
    Micros price;
    int64_t count;
    bool is_displaced; /* counted to the month before alone: see Claim.was_counted */
} ActivitySum;

/* How the rows of a contract's month ended; those that are later are not in it. */
typedef struct {
    guint64 rows[STATE_COUNT];
} ReceivedMonth;
#define MONTHS_OF_YEAR 12

/* The rows of one submission of a contract's month in one file, where a later submission replaced
 * an earlier one. */
typedef struct {
    guint32 contract; /* into Pack.contracts */
    guint32 submission, file;
    guint8 month;     /* of the year, from 0 */
    bool is_replaced; /* by the highest submission */
    guint64 rows, unpriced;
    Sum money; /* quantity × price of the rows that have a price, before duplicates and caps */
} SubmissionPart;

/* How a clause acted on a contract in one of its spans, whether or not that made a line. */
typedef struct {
    guint contract;      /* into Result.contracts */
    guint32 rule;        /* the clause */
    Month from, to;      /* of the span */
    Month month;         /* of its line: the last of the span, or the run's where that is earlier */
    Money before, after; /* earned in the span to date */
    bool has_rate, has_fraction;
    Money rate; /* the amount that it works with */
    Fraction fraction;
} ClauseStep;

/* A count that is above what the contract or others claim: see pay/unusual.h. */
typedef struct {
    guint contract;   /* into Result.contracts */
    guint32 activity; /* of the rules */
    Month month;
    Micros count;
    Fraction median;
    bool is_by_list; /* the median is of the other providers' counts by registered patient */
    Money above;     /* (count − median) × price, rounded as the scheme says */
} Unusual;

typedef struct {
    const Pack *pack;        /* not owned; must outlive the result */
    GArray *contracts;       /* of Contract */
    GArray *lines;           /* of Line */
    GArray *exceptions;      /* of ExceptionEntry */
    GArray *activity_sums;   /* of ActivitySum, those of a line in the order of their rows */
    ReceivedMonth *received; /* twelve months for each contract of the pack; NULL: no claims */
    GArray *submissions;     /* of SubmissionPart, by contract, month, submission, file */
    GArray *steps;           /* of ClauseStep, in the order of contracts, clauses and spans; also of
                                those that a person stopped; without pots */
    GArray *unusual;         /* of Unusual, in the order of the lines */
} Result;

void result_free(Result *result);
const Contract *result_contract(const Result *result, guint contract);
const Line *result_line(const Result *result, guint line);
/* What an activity line counts: in a forecast it may be a part of one, count × fraction. Only of
 * activities that are claimed. */
Fraction line_counted(const Line *line);
const ExceptionEntry *result_exception(const Result *result, guint exception);
/* How the rows of a contract of the pack ended in a month of the year, counted from 0. */
const ReceivedMonth *result_received(const Result *result, guint32 contract, guint month);
/* Whether such a month is received: a row of it is accepted, held or rejected. */
bool received_is_there(const ReceivedMonth *received);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Result, result_free)
