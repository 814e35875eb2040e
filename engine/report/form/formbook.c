#include "report/form/formbook.h"

#include <string.h>

#include "report/form/check_sheet.h"
#include "sheet/range.h"

#include "base/poison.h"

const char *const CLAIM_NAMES[ACTIVITY_COLUMNS] = {"claim_month",
                                                   NULL,
                                                   NULL,
                                                   "claim_activity",
                                                   "claim_patient",
                                                   "claim_date",
                                                   "claim_quantity",
                                                   NULL,
                                                   "claim_received"};
const char *const CHECK_NAMES[CHECK_COLUMNS] = {
    [CHECK_ROW] = "row_number",    [CHECK_PRICE] = "row_price",
    [CHECK_COUNTS] = "row_counts", [CHECK_FILLED] = "row_filled",
    [CHECK_DAY] = "row_day",       [CHECK_LINE] = "row_line",
    [CHECK_SPAN] = "row_span",     [CHECK_SUBMISSION] = "row_submission",
    [CHECK_TEST] = "row_test"};
const char *const PRICES_NAMES[PRICES_COLUMNS] = {[PRICES_NUMBER] = "price_line",
                                                  [PRICES_MONTH] = "price_month",
                                                  [PRICES_ACTIVITY] = "price_activity",
                                                  [PRICES_TITLE] = "price_title",
                                                  [PRICES_PRICE] = "price_each",
                                                  [PRICES_FROM] = "price_from",
                                                  [PRICES_TO] = "price_to",
                                                  [PRICES_WORTH] = "price_worth",
                                                  [PRICES_PATIENTS] = "price_patients",
                                                  [PRICES_GROUP] = "price_group",
                                                  [PRICES_SPAN] = "price_span",
                                                  [PRICES_GROUPED] = "price_grouped"};
const char *const LISTS_NAMES[LISTS_COLUMNS] = {[LISTS_MONTH] = "months",
                                                [LISTS_RECEIVED_BY] = "received_by",
                                                [LISTS_ACTIVITY] = "activities",
                                                [LISTS_FROM] = "part_from",
                                                [LISTS_TO] = "part_to",
                                                [LISTS_DIGIT] = "digits",
                                                [LISTS_NO_REFERENCE] = "no_references",
                                                [LISTS_TEST] = "tests"};

/* Defines names of a sheet's columns, each over its rows from the first on. */
static void
define(const FormBook *book, const Sheet *sheet, guint first, const char *const *names,
       const guint *rows, guint columns)
{
    for (guint c = 0; c < columns; c++)
        if (names[c] != NULL)
            range_define(book->book, names[c], sheet, first, first + MAX(rows[c], 1) - 1, c);
}

void
form_define_names(const FormBook *book)
{
    const Form *form = book->form;
    const guint lists[LISTS_COLUMNS] = {[LISTS_MONTH] = form->months->len,
                                        [LISTS_RECEIVED_BY] = form->months->len,
                                        [LISTS_ACTIVITY] = form->activities->len,
                                        [LISTS_FROM] = book->spells->len,
                                        [LISTS_TO] = book->spells->len,
                                        [LISTS_DIGIT] = DIGITS,
                                        [LISTS_NO_REFERENCE] = NO_REFERENCE_COUNT,
                                        [LISTS_TEST] = CHECK_TEXT_COUNT};
    guint rows[CHECK_COLUMNS], lines[PRICES_COLUMNS]; /* Check has the most */
    for (guint c = 0; c < G_N_ELEMENTS(rows); c++)
        rows[c] = form->rows;
    for (guint c = 0; c < PRICES_COLUMNS; c++)
        lines[c] = form->prices->len;
    define(book, book->claim, CLAIM_FIRST, CLAIM_NAMES, rows, ACTIVITY_COLUMNS);
    define(book, book->check, CHECK_FIRST, CHECK_NAMES, rows, CHECK_COLUMNS);
    define(book, book->prices, PRICES_FIRST, PRICES_NAMES, lines, PRICES_COLUMNS);
    define(book, book->lists, LISTS_FIRST, LISTS_NAMES, lists, LISTS_COLUMNS);
}

void
form_headings(Cursor *cursor, const char *const *headings, const StyleId *styles, guint count)
{
    for (guint c = 0; c < count; c++) {
        cursor_text(cursor, c, headings[c], style_heading(styles[c]));
        cursor->lines = strchr(headings[c], '\n') != NULL ? 2 : cursor->lines;
    }
    cursor_next(cursor);
}

const char *
form_ten_digits(const FormBook *book, const char *cell)
{
    return formula_print(book->room, "SUMPRODUCT(LEN(%s)-LEN(SUBSTITUTE(%s,%s,\"\")))=%d", cell,
                         cell, LISTS_NAMES[LISTS_DIGIT], DIGITS);
}
