/* Inside the workbook of a claim form: what its sheets share. Not for other folders.
 *
 * The sheet Claim is what is saved as CSV: the header of an activity file, and under it rows that
 * hold nothing until somebody fills them in. All that explains, checks and adds up stands on other
 * sheets, whose formulas read it. */
#pragma once

#include "report/form/form.h"
#include "sheet/cursor.h"
#include "sheet/formula.h"

#define SHEET_CLAIM "Claim"
#define SHEET_CHECK "Check"
#define SHEET_PRICES "Prices and worth"
#define SHEET_LISTS "Months and activities"
#define SHEET_HOW "Save as CSV UTF-8, how"

/* Where the rows of each sheet begin; the columns of Claim are those of INPUT_ACTIVITY. */
#define CLAIM_FIRST 1
#define CHECK_FIRST 6
#define PRICES_FIRST 5
#define LISTS_FIRST 4

enum {
    CHECK_ROW,
    CHECK_MONTH,
    CHECK_ACTIVITY,
    CHECK_TITLE,
    CHECK_PRICE,
    CHECK_COUNTS,
    CHECK_TO_DO,
    CHECK_FILLED, /* from here on: what the others are worked out with */
    CHECK_DAY,
    CHECK_LINE,
    CHECK_SPAN,
    CHECK_SUBMISSION,
    CHECK_TEST,
    CHECK_COLUMNS
};
enum {
    PRICES_NUMBER,
    PRICES_MONTH,
    PRICES_ACTIVITY,
    PRICES_TITLE,
    PRICES_PAID_FOR,
    PRICES_PRICE,
    PRICES_FROM,
    PRICES_TO,
    PRICES_COUNT,
    PRICES_WORTH,
    PRICES_PATIENTS, /* from here on: what Check works with */
    PRICES_GROUP,
    PRICES_SPAN,
    PRICES_GROUPED,
    PRICES_COLUMNS
};
enum {
    LISTS_MONTH,
    LISTS_RECEIVED_BY,
    LISTS_ACTIVITY,
    LISTS_TITLE,
    LISTS_FROM,
    LISTS_TO,
    LISTS_DIGIT, /* from here on: what Check works with */
    LISTS_NO_REFERENCE,
    LISTS_TEST,
    LISTS_COLUMNS
};
#define DIGITS 10

/* No row claims more; so many that sums of a form are exact. */
#define MOST_QUANTITY 999999
#define MOST_SUBMISSION 999

typedef struct {
    const Form *form;
    Book *book;
    Sheet *claim, *check, *prices, *lists, *how;
    GArray *spells;     /* of const Spell *: those that touch the form's months */
    char *of;           /* "SPIRO, Spirometry service: ZP075, Hartley Surgery, 2025-26" */
    GStringChunk *room; /* texts of formulas */
} FormBook;

/* Names of columns, over all rows of their sheet, by which formulas call them: "claim_month". NULL
 * where none does. */
extern const char *const CLAIM_NAMES[ACTIVITY_COLUMNS], *const CHECK_NAMES[CHECK_COLUMNS];
extern const char *const PRICES_NAMES[PRICES_COLUMNS], *const LISTS_NAMES[LISTS_COLUMNS];
/* Defines them; the sheets must be there. */
void form_define_names(const FormBook *book);
/* A row of headings, each to the side on which the cells of its style stand. Ends it. */
void form_headings(Cursor *cursor, const char *const *headings, const StyleId *styles, guint count);
/* A condition: that a cell has ten digits, as an NHS number has, with or without others between. */
const char *form_ten_digits(const FormBook *book, const char *cell);
