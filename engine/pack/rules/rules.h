/* The rules of one financial year: schemes, their indicators, tariffs and limits, with the paper
 * each comes from; see rules_read.h for how they are read.
 *
 * Schemes stand in the order of schemes.csv, which is the order of every report; indicators and
 * activities of a scheme in the order of their first row. */
#pragma once

#include "base/codes.h"
#include "base/near.h"
#include "base/document.h"
#include "pack/rules/clause.h"

/* Whom to ask about a payment: office.csv. Texts are "" where not given. */
typedef struct {
    char *name, *email, *telephone;
    char *reply_by; /* a date as it was written, or other words */
    Day reply_day;  /* DAY_NONE where reply_by is not a date */
} Office;

/* What makes a count unusual: see pay/unusual.h. */
typedef struct {
    Micros times;  /* above so many times the median, */
    Micros pounds; /* and above it by more than so many pounds */
} UnusualLimits;

/* What the year may cost by a scheme: a row of budgets.csv. */
typedef struct {
    guint32 scheme;
    Money amount;
} Budget;

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

/* A column of the payment file as an upload wants it: a row of payment-file.csv. */
typedef struct {
    char *name;
    bool has_field;
    PaymentField field;
    char *constant; /* what stands in every row where there is no field; may be "" */
} PaymentColumn;

/* What a column of the answer to a payment file can hold. */
typedef enum {
    RESPONSE_PAYMENT_ID,
    RESPONSE_AMOUNT,
    RESPONSE_OUTCOME,
    RESPONSE_COUNT
} ResponseField;

/* A column of what comes back from whoever pays: a row of response-file.csv. */
typedef struct {
    char *name;
    ResponseField field;
    GPtrArray *paid, *rejected; /* of char *: the words of an outcome; none of another field */
} ResponseColumn;

/* What a scheme has of its own, each by codes of its own. */
typedef enum { ITEM_INDICATOR, ITEM_ACTIVITY, ITEM_CLAUSE, ITEM_KINDS } ItemKind;

typedef struct {
    int year;
    GPtrArray *documents;  /* of Document: the files as read, three tables at least */
    GPtrArray *schemes;    /* of Scheme */
    GPtrArray *indicators; /* of Indicator */
    GPtrArray *activities; /* of Activity */
    GPtrArray *clauses;    /* of Clause */
    Codes *facts;          /* the facts that rules name; registered and weighted are the first */
    Codes *scheme_codes;   /* number = place in schemes */
    Codes *item_codes;     /* texts of the codes of items */
    GHashTable *items[ITEM_KINDS]; /* scheme << 32 | item code -> index + 1 */
    Office *office;                /* NULL where there is no office.csv */
    UnusualLimits unusual;         /* as office.csv has them, else 5 times and £500 */
    GArray *budgets;               /* of Budget; empty where there is no budgets.csv */
    GArray *payment_file;          /* of PaymentColumn; empty where there is no payment-file.csv */
    GPtrArray *headings;           /* of Headings; empty where there is no headings.csv */
    GArray *response_file; /* of ResponseColumn; empty where there is no response-file.csv */
} Rules;

/* Who may approve, and by which keys. Only OpenSSH reads what is in it. */
#define APPROVERS_FILE "approvers"
/* Certificates of the authorities whose timestamps count (PEM). Only libcrypto reads what is in it.
 */
#define AUTHORITIES_FILE "timestamp-authorities.pem"

/* The rules of a year with nothing in them; its table readers fill them. Free with rules_free. */
Rules *rules_new(int year) G_GNUC_WARN_UNUSED_RESULT;
void rules_free(Rules *rules);

/* The document of a file of the year, as "tariffs.csv", or NULL where it is not there. */
const Document *rules_document(const Rules *rules, const char *file);
guint rules_scheme_count(const Rules *rules);
const Scheme *rules_scheme(const Rules *rules, guint32 scheme);
const Indicator *rules_indicator(const Rules *rules, guint32 indicator);
const Activity *rules_activity(const Rules *rules, guint32 activity);
const Clause *rules_clause(const Rules *rules, guint32 clause);
/* What a fact is called. */
const char *rules_fact_name(const Rules *rules, guint32 fact);
/* The index of a scheme's item of that kind and code, or CODE_NONE. */
guint32 rules_find_item(const Rules *rules, ItemKind kind, guint32 scheme, Span code);
/* Adds an item of a scheme. False where the code is there already: then *index is that of the
 * first. */
bool rules_add_item(Rules *rules, ItemKind kind, guint32 scheme, Span code, guint32 *index);
/* The codes of the schemes, as what may have been meant by another. Free with near_codes_free. */
NearCodes *rules_near_schemes(const Rules *rules) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)
