/* The workbook of a run while it is being made: its sheets, and what their formulas need to know
 * of each other. Not for other modules.
 *
 * All sheets are made first; then they are filled, those that others refer to before those that
 * refer to them: Rules, Contracts, schemes, Payments, and the rest. */
#pragma once

#include "pay/trace.h"
#include "sheet/book.h"
#include "sheet/pages.h"
#include "sheet/table.h"
#include "report/figures/edition.h"
#include "report/figures/fields.h"
#include "report/figures/months.h"
#include "report/figures/payees.h"
#include "report/figures/words.h"

/* Names of the sheets that are our own. */
#define SHEET_SUMMARY "Summary"
#define SHEET_PAYMENTS "Payments"
#define SHEET_PAYEES "Payees"
#define SHEET_CHANGES "Changes"
#define SHEET_CONTRACTS "Contracts"
#define SHEET_SHARES "Shares"
#define SHEET_SPANS "Spans"
#define SHEET_ACHIEVED "Achieved"
#define SHEET_CLAUSES "Clauses"
#define SHEET_POTS "Pots"
#define SHEET_TESTS "Tests"
#define SHEET_JUDGED "Judged"
#define SHEET_RECOVERIES "Recoveries"
#define SHEET_FACTS "Facts"
#define SHEET_RECEIVED "Claims received"
#define SHEET_RESUBMITTED "Resubmissions"
#define SHEET_UNUSUAL "Unusual"
#define SHEET_EXCEPTIONS "Exceptions"
#define SHEET_CHECKS "Checks"
#define SHEET_CONTROLS "Controls"
#define SHEET_RULES "Rules"

/* The column of Checks that says whether one holds. */
#define CHECKS_HOLDS 4

/* Columns that formulas of other sheets refer to. */
enum { RULES_NUMBER = 2, RULES_FLOOR = 4, RULES_TARGET, RULES_STEP, RULES_STEP_PAYS, RULES_NOBODY };
enum { RULES_PRICE_FROM = 4, RULES_PRICE_TO };
/* Behind the source, of indicators that say more. */
enum { RULES_LEAST = RULES_NOBODY + 2, RULES_DUE, RULES_GROUP, RULES_FACTOR, RULES_AGAINST };
/* Of clauses: how many tests must be met, and the number of each test. */
enum { RULES_TESTS = 6, RULES_TEST_NUMBER = 8 };
enum {
    PAYMENTS_SCHEME,
    PAYMENTS_ENTITLEMENT = 6,
    PAYMENTS_PAID,
    PAYMENTS_OWED,
    PAYMENTS_CURRENT,
    PAYMENTS_PRIOR,
    PAYMENTS_STATUS,
    PAYMENTS_ENGINE,
    PAYMENTS_CHECK,
    PAYMENTS_ID,
    PAYMENTS_TYPE,
    PAYMENTS_NETWORK,
    PAYMENTS_PAYEE, /* the number of payee and scheme, or 0: see workbook_payee_number */
    PAYMENTS_KEY
};
/* Contracts have a number, their place in payments.csv: by it formulas find the rows of a contract
 * on Payments, Contracts and the sheets of schemes, whatever these are sorted by. */
#define HEADING_KEY "Contract\nno."
/* Two layouts share these places, one row an exception and one row a group; a count has the second
 * alone. */
enum { EXCEPTIONS_COUNT = 5, EXCEPTIONS_OUTCOME, EXCEPTIONS_AT_RISK };
enum {
    CHANGES_FIRST = 3, /* a column a cause */
    CHANGES_OWED = CHANGES_FIRST + OWED_CAUSES,
    CHANGES_ENGINE,
    CHANGES_CHECK
};
enum { CONTROLS_ROWS = 1, CONTROLS_ACCEPTED, CONTROLS_REJECTED = 5, CONTROLS_HELD, CONTROLS_LEFT };

/* Rows of the Rules sheet that hold the numbers of a scheme. */
typedef struct {
    guint first, value, average, share, points;
} SchemeCells;

/* The rows of a contract on its scheme's sheet. */
typedef struct {
    guint64 first_row, row_count;
} ContractPlace;

/* The last place of a file whose line was asked for; line 0: none yet. */
typedef struct {
    gsize offset;
    guint64 line;
} LineCursor;

typedef struct SchemeSheet SchemeSheet;

typedef struct {
    Book *book;
    const Result *result;
    const Edition *edition;
    const Totals *totals;
    const Causes *causes;
    Trace *trace;
    MonthTotals months;
    Sheet *summary, *checks, *rules;
    Pages *payments, *changes, *contracts, *exceptions, *controls;
    /* Each NULL where nothing stands on it. */
    Pages *shares, *spans, *clauses, *pots, *tests, *judged, *together, *recoveries, *facts;
    Pages *payee_pages, *received, *resubmitted, *unusual;
    Payees *payees;
    GArray *payee_of;      /* of guint into payees, by contract of the result */
    GPtrArray *schemes;    /* of SchemeSheet, as in the rules */
    GArray *scheme_cells;  /* of SchemeCells */
    GArray *indicator_row; /* of guint on Rules, by number of the rules */
    GHashTable *rule_row;  /* Price, Clause or Test to its row on Rules */
    GArray *places;        /* of ContractPlace, as in the result */
    GArray *contract_rows; /* of ContractRow: what stands on Contracts */
    GArray *share_rows;    /* of ShareRow */
    GArray *span_rows;     /* of SpanRow */
    GArray *together_rows; /* of TogetherRow, and the number of those that count together by */
    GHashTable *together_number; /* where their places are */
    GArray *step_rows;           /* of guint into Result.steps: what stands on Clauses, */
    GArray *step_proved;         /* and, of gboolean, what of it is worked out again */
    GArray *pot_rows;            /* of PotRow */
    GArray *test_rows;           /* of TestRow */
    GArray *judged_rows;         /* of JudgedRow */
    GArray *recovery_rows;       /* of guint into Result.lines */
    GPtrArray *facts_used;       /* of Fact: what stands on Facts, and the number of each */
    GHashTable *fact_number;
    GArray *claiming;         /* of guint: contracts of activity schemes, in Result.contracts */
    GArray *replaced;         /* of Replacement: what stands on Resubmissions */
    GArray *exception_groups; /* where exceptions are too many to list, else NULL */
    GArray *exception_order;  /* of guint into Result.exceptions, as they are listed: new ones
                                 first; NULL where there are groups */
    GArray *cursors;          /* of LineCursor, by input file */
    guint64 exception_rows;   /* on Exceptions */
    /* Shares, clauses and pots that are worked out again. */
    guint64 share_checks, clause_checks, pot_checks;
    guint64 value_checks; /* contracts whose value is worked out again */
    guint verdict_row;    /* of Checks: whether all of them hold */
    Record record;        /* of the row at hand */
} Workbook;

/* Each file fills its sheet; failures are noted in the book. */
void workbook_fill_summary(Workbook *workbook);
void workbook_fill_payments(Workbook *workbook);
/* Finds whom each contract pays. */
void workbook_plan_payees(Workbook *workbook);
void workbook_fill_payees(Workbook *workbook);
/* The number that Payments has for a contract's payee and scheme, which Payees adds up by; 0 where
 * nothing is to be paid. */
guint64 workbook_payee_number(const Workbook *workbook, guint contract);
/* The column of Payees that has the checks, or the totals. */
guint workbook_payees_column(const Workbook *workbook, bool is_check);
/* Finds what stands on the three sheets about claims. */
void workbook_plan_claims(Workbook *workbook);
void workbook_fill_received(Workbook *workbook);
void workbook_fill_resubmitted(Workbook *workbook);
void workbook_fill_unusual(Workbook *workbook);
void workbook_fill_changes(Workbook *workbook);
/* Sums exceptions up in exception_groups where there are too many. */
void workbook_plan_exceptions(Workbook *workbook);
void workbook_fill_exceptions(Workbook *workbook);
void workbook_fill_checks(Workbook *workbook);
void workbook_fill_controls(Workbook *workbook);
void workbook_fill_rules(Workbook *workbook);
