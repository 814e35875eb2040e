#include "report/form/check_sheet.h"

#include "sheet/entry.h"
#include "sheet/layout.h"
#include "sheet/range.h"

#include "base/poison.h"

static const char *const HEADINGS[] = {
    "Row of\nClaim", "Month", "Activity",        "What it is", "Price",      "Counts", "What to do",
    "Filled in",     "Day",   "Line of\nprices", "Span",       "Submission", "Test"};
static const guint WIDTHS[] = {9, 12, 20, 40, 12, 10, 60, 10, 12, 10, 12, 12, 8};
static const StyleId STYLES[] = {
    STYLE_WHOLE,       STYLE_MONTH,       STYLE_TEXT,        STYLE_TEXT, STYLE_RATE,
    STYLE_WHOLE,       STYLE_TEXT,        STYLE_MUTED_RIGHT, STYLE_DAY,  STYLE_MUTED_RIGHT,
    STYLE_MUTED_RIGHT, STYLE_MUTED_RIGHT, STYLE_MUTED_RIGHT};
G_STATIC_ASSERT(G_N_ELEMENTS(HEADINGS) == CHECK_COLUMNS);
G_STATIC_ASSERT(G_N_ELEMENTS(WIDTHS) == CHECK_COLUMNS);
G_STATIC_ASSERT(G_N_ELEMENTS(STYLES) == CHECK_COLUMNS);

/* What formulas of a row name. */
typedef struct {
    const FormBook *book;
    guint row;                           /* from 0 */
    const char *claim[ACTIVITY_COLUMNS]; /* its cells on the sheet Claim */
    CellName own[CHECK_COLUMNS];         /* its cells here */
} CheckRow;

/* A column of the line of prices that the row is paid by. */
static const char *
of_line(const CheckRow *at, guint column)
{
    return formula_print(at->book->room, "INDEX(%s,%s)", PRICES_NAMES[column],
                         at->own[CHECK_LINE].text);
}

/* ------------------------------------------------------------------------------------ what to do
 *
 * Each test of a row gives a condition, which is true where its text is to be shown; NULL: none is
 * asked. They are looked at in the order of the table at the end. */

static const char *
is_month_unknown(const CheckRow *at)
{
    return formula_print(at->book->room, "SUMPRODUCT(--(%s=%s))=0", LISTS_NAMES[LISTS_MONTH],
                         at->claim[ACTIVITY_MONTH]);
}

static const char *
is_activity_unknown(const CheckRow *at)
{
    return formula_print(at->book->room, "SUMPRODUCT(--EXACT(%s,%s))=0",
                         LISTS_NAMES[LISTS_ACTIVITY], at->claim[ACTIVITY_ACTIVITY]);
}

/* Without a date the last day of the month decides whether the contract takes part. */
static const char *
is_date_missing(const CheckRow *at)
{
    const char *month = at->claim[ACTIVITY_MONTH];
    return formula_print(
        at->book->room, "AND(%s=\"\",SUMPRODUCT((%s<=EOMONTH(%s,0))*(%s>=EOMONTH(%s,0)))=0)",
        at->claim[ACTIVITY_DATE], LISTS_NAMES[LISTS_FROM], month, LISTS_NAMES[LISTS_TO], month);
}

static const char *
is_date_outside_month(const CheckRow *at)
{
    const char *day = at->claim[ACTIVITY_DATE], *month = at->claim[ACTIVITY_MONTH];
    return formula_print(at->book->room,
                         "AND(%s<>\"\",OR(NOT(ISNUMBER(%s)),%s<%s,%s>EOMONTH(%s,0)))", day, day,
                         day, month, day, month);
}

static const char *
is_date_outside_spells(const CheckRow *at)
{
    const char *day = at->claim[ACTIVITY_DATE];
    return formula_print(at->book->room, "AND(%s<>\"\",SUMPRODUCT((%s<=%s)*(%s>=%s))=0)", day,
                         LISTS_NAMES[LISTS_FROM], day, LISTS_NAMES[LISTS_TO], day);
}

static const char *
is_without_price(const CheckRow *at)
{
    return formula_print(at->book->room, "%s=0", at->own[CHECK_LINE].text);
}

static const char *
is_patient_missing(const CheckRow *at)
{
    const char *patient = at->claim[ACTIVITY_PATIENT_REF];
    return formula_print(at->book->room, "AND(%s=1,OR(%s=\"\",SUMPRODUCT(--(%s=%s&\"\"))>0))",
                         of_line(at, PRICES_PATIENTS), patient, LISTS_NAMES[LISTS_NO_REFERENCE],
                         patient);
}

static const char *
is_nhs_number(const CheckRow *at)
{
    return form_ten_digits(at->book, at->claim[ACTIVITY_PATIENT_REF]);
}

/* That a cell is no whole number from 1 to most. */
static const char *
is_not_whole(const CheckRow *at, guint column, guint most)
{
    const char *cell = at->claim[column];
    return formula_print(at->book->room, "NOT(IF(ISNUMBER(%s),AND(%s>=1,%s<=%u,%s=INT(%s)),FALSE))",
                         cell, cell, cell, most, cell, cell);
}

static const char *
is_quantity_odd(const CheckRow *at)
{
    return is_not_whole(at, ACTIVITY_QUANTITY, MOST_QUANTITY);
}

static const char *
is_submission_odd(const CheckRow *at)
{
    return formula_print(at->book->room, "AND(%s<>\"\",%s)", at->claim[ACTIVITY_SUBMISSION],
                         is_not_whole(at, ACTIVITY_SUBMISSION, MOST_SUBMISSION));
}

static const char *
is_received_odd(const CheckRow *at)
{
    const char *day = at->claim[ACTIVITY_RECEIVED];
    return formula_print(at->book->room, "AND(%s<>\"\",NOT(ISNUMBER(%s)))", day, day);
}

static const char *
is_received_late(const CheckRow *at)
{
    if (at->book->form->scheme->claim_months < 0)
        return NULL;
    return formula_print(at->book->room, "%s>INDEX(%s,MATCH(%s,%s,0))",
                         at->claim[ACTIVITY_RECEIVED], LISTS_NAMES[LISTS_RECEIVED_BY],
                         at->claim[ACTIVITY_MONTH], LISTS_NAMES[LISTS_MONTH]);
}

/* Rows of a month with a higher submission take the place of the others, whatever else they say. */
static const char *
is_superseded(const CheckRow *at)
{
    const char *own = at->own[CHECK_SUBMISSION].text;
    return formula_print(at->book->room, "AND(%s>=0,SUMPRODUCT((%s=%s)*(%s>%s))>0)", own,
                         CLAIM_NAMES[ACTIVITY_MONTH], at->claim[ACTIVITY_MONTH],
                         CHECK_NAMES[CHECK_SUBMISSION], own);
}

/* Patients are told apart by all but the quantity; of quantities the whole row is compared. One of
 * two submissions takes the other's place: neither repeats it. */
static const char *
is_repeated(const CheckRow *at)
{
    static const guint SAME[] = {ACTIVITY_MONTH, ACTIVITY_DATE};
    static const guint EXACT[] = {ACTIVITY_ACTIVITY, ACTIVITY_PATIENT_REF};
    static const guint OF_QUANTITIES[] = {ACTIVITY_QUANTITY, ACTIVITY_RECEIVED};
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "SUMPRODUCT((%s<%s)", CHECK_NAMES[CHECK_ROW],
                           at->own[CHECK_ROW].text);
    for (guint i = 0; i < G_N_ELEMENTS(SAME); i++)
        g_string_append_printf(text, "*(%s=%s)", CLAIM_NAMES[SAME[i]], at->claim[SAME[i]]);
    for (guint i = 0; i < G_N_ELEMENTS(EXACT); i++)
        g_string_append_printf(text, "*EXACT(%s,%s)", CLAIM_NAMES[EXACT[i]], at->claim[EXACT[i]]);
    g_string_append_printf(text, "*(%s=%s)*(%s+1", CHECK_NAMES[CHECK_SUBMISSION],
                           at->own[CHECK_SUBMISSION].text, of_line(at, PRICES_PATIENTS));
    for (guint i = 0; i < G_N_ELEMENTS(OF_QUANTITIES); i++)
        g_string_append_printf(text, "*(%s=%s)", CLAIM_NAMES[OF_QUANTITIES[i]],
                               at->claim[OF_QUANTITIES[i]]);
    g_string_append(text, ">0))>0");
    return g_string_chunk_insert(at->book->room, text->str);
}

static const char *(*const TESTS[])(const CheckRow *at) = {
    is_month_unknown,      is_superseded,
    is_activity_unknown,   is_date_missing,
    is_date_outside_month, is_date_outside_spells,
    is_without_price,      is_patient_missing,
    is_nhs_number,         is_quantity_odd,
    is_submission_odd,     is_received_odd,
    is_received_late,      is_repeated};
const char *const CHECK_TEXTS[] = {
    "month: choose one of the list",
    "submission: a higher one of the month takes this row's place",
    "activity: choose one of the list",
    "activity_date: is needed, since you do not take part to the month's end",
    "activity_date: a day of the month, as 05/09/2025",
    "activity_date: a day on which you take part in the scheme",
    "activity_date: a day on which the activity has a price",
    "patient_ref: is needed, since patients are paid for",
    "patient_ref: ten digits look like an NHS number",
    "quantity: a whole number from 1 to 999,999",
    "submission: a whole number from 1 to 999, or nothing",
    "received: a date, or nothing",
    "received: later than claims of the month may be",
    "the same claim stands above",
};
const guint CHECK_TEXT_COUNT = G_N_ELEMENTS(CHECK_TEXTS);
G_STATIC_ASSERT(G_N_ELEMENTS(CHECK_TEXTS) == G_N_ELEMENTS(TESTS));

/* The number of the first test that finds something, from 1, or 0. */
static void
append_test(GString *text, const CheckRow *at)
{
    guint open = 1;
    g_string_append_printf(text, "=IF(%s=0,0,", at->own[CHECK_FILLED].text);
    for (guint i = 0; i < G_N_ELEMENTS(TESTS); i++) {
        const char *condition = TESTS[i](at);
        if (condition == NULL)
            continue;
        g_string_append_printf(text, "IF(%s,%u,", condition, i + 1);
        open++;
    }
    g_string_append_c(text, '0');
    for (guint i = 0; i < open; i++)
        g_string_append_c(text, ')');
}

/* --------------------------------------------------------------------------- what a row is worth
 */

static void
append_filled(GString *text, const CheckRow *at)
{
    g_string_append_printf(text, "=IF(COUNTA(%s,%s:%s)>0,1,0)", at->claim[ACTIVITY_MONTH],
                           at->claim[ACTIVITY_ACTIVITY],
                           range_cell(CLAIM_FIRST + at->row, ACTIVITY_RECEIVED).text);
}

/* The day that decides: the activity's, else the first of the month. */
static void
append_day(GString *text, const CheckRow *at)
{
    const char *day = at->claim[ACTIVITY_DATE], *month = at->claim[ACTIVITY_MONTH];
    g_string_append_printf(text, "=IF(%s=0,\"\",IF(%s<>\"\",%s,IF(%s<>\"\",%s,\"\")))",
                           at->own[CHECK_FILLED].text, day, day, month, month);
}

/* The submission: 1 where none is given, below 0 where it is none. */
static void
append_submission(GString *text, const CheckRow *at)
{
    const char *cell = at->claim[ACTIVITY_SUBMISSION];
    g_string_append_printf(text,
                           "=IF(%s=\"\",1,IF(ISNUMBER(%s),IF(AND(%s>=0,%s=INT(%s)),%s,-1),-1))",
                           cell, cell, cell, cell, cell, cell);
}

static void
append_line(GString *text, const CheckRow *at)
{
    const char *day = at->own[CHECK_DAY].text;
    g_string_append_printf(
        text, "=IF(%s=0,0,SUMPRODUCT(EXACT(%s,%s)*(%s=%s)*(%s<=%s)*(%s>=%s)*%s))",
        at->own[CHECK_FILLED].text, PRICES_NAMES[PRICES_ACTIVITY], at->claim[ACTIVITY_ACTIVITY],
        PRICES_NAMES[PRICES_MONTH], at->claim[ACTIVITY_MONTH], PRICES_NAMES[PRICES_FROM], day,
        PRICES_NAMES[PRICES_TO], day, PRICES_NAMES[PRICES_NUMBER]);
}

/* The activity, or its group, and the span in which a patient counts once, as one number. */
static void
append_span(GString *text, const CheckRow *at)
{
    g_string_append_printf(text, "=IF(%s=0,0,%s*100+INT(MOD(MONTH(%s)+8,12)/%s))",
                           at->own[CHECK_LINE].text, of_line(at, PRICES_GROUP),
                           at->claim[ACTIVITY_MONTH], of_line(at, PRICES_SPAN));
}

/* Quantities count as they are. A patient counts once a span: in the first row, or in the dearest
 * where the activity is in a group, of equal ones the first. */
static void
append_counts(GString *text, const CheckRow *at)
{
    const FormBook *book = at->book;
    const char *days = CHECK_NAMES[CHECK_DAY], *day = at->own[CHECK_DAY].text;
    const char *prices = CHECK_NAMES[CHECK_PRICE], *price = at->own[CHECK_PRICE].text;
    const char *earlier = formula_print(book->room, "((%s<%s)+(%s=%s)*(%s<%s))", days, day, days,
                                        day, CHECK_NAMES[CHECK_ROW], at->own[CHECK_ROW].text);
    const char *grouped = of_line(at, PRICES_GROUPED);
    g_string_append_printf(
        text,
        "=IF(%s=0,\"\",IF(%s>0,0,IF(%s=0,%s,IF(SUMPRODUCT((%s=%s)*EXACT(%s,%s)*(%s=0)*"
        "(%s*(%s>%s)+(%s*(%s=%s)+1-%s)*%s))=0,1,0))))",
        at->own[CHECK_FILLED].text, at->own[CHECK_TEST].text, of_line(at, PRICES_PATIENTS),
        at->claim[ACTIVITY_QUANTITY], CHECK_NAMES[CHECK_SPAN], at->own[CHECK_SPAN].text,
        CLAIM_NAMES[ACTIVITY_PATIENT_REF], at->claim[ACTIVITY_PATIENT_REF], CHECK_NAMES[CHECK_TEST],
        grouped, prices, price, grouped, prices, price, grouped, earlier);
}

/* -------------------------------------------------------------------------------------- the sheet
 */

/* A text of the row's, shown where the row is filled in. */
static void
append_shown(GString *text, const CheckRow *at, guint column)
{
    g_string_append_printf(text, "=IF(%s=\"\",\"\",%s)", at->claim[column], at->claim[column]);
}

static void
append_of_line(GString *text, const CheckRow *at, guint column)
{
    g_string_append_printf(text, "=IF(%s=0,\"\",%s)", at->own[CHECK_LINE].text,
                           of_line(at, column));
}

static void
append_formula(GString *text, const CheckRow *at, guint column)
{
    if (column == CHECK_MONTH)
        append_shown(text, at, ACTIVITY_MONTH);
    else if (column == CHECK_ACTIVITY)
        append_shown(text, at, ACTIVITY_ACTIVITY);
    else if (column == CHECK_TITLE)
        append_of_line(text, at, PRICES_TITLE);
    else if (column == CHECK_PRICE)
        append_of_line(text, at, PRICES_PRICE);
    else if (column == CHECK_COUNTS)
        append_counts(text, at);
    else if (column == CHECK_TO_DO)
        g_string_append_printf(text, "=IF(%s=0,\"\",INDEX(%s,%s))", at->own[CHECK_TEST].text,
                               LISTS_NAMES[LISTS_TEST], at->own[CHECK_TEST].text);
    else if (column == CHECK_FILLED)
        append_filled(text, at);
    else if (column == CHECK_DAY)
        append_day(text, at);
    else if (column == CHECK_LINE)
        append_line(text, at);
    else if (column == CHECK_SPAN)
        append_span(text, at);
    else if (column == CHECK_SUBMISSION)
        append_submission(text, at);
    else if (column == CHECK_TEST)
        append_test(text, at);
}

/* What an empty row shows: nothing, or 0 among what others are worked out with. */
static Figure
shown_when_empty(guint column)
{
    bool is_number = column >= CHECK_FILLED && column != CHECK_DAY;
    return is_number ? figure_whole(column == CHECK_SUBMISSION) : figure_text("");
}

static void
write_row(Cursor *cursor, const FormBook *book, guint row)
{
    g_autoptr(GString) formula = g_string_new(NULL);
    CheckRow at = {.book = book, .row = row};
    for (guint c = 0; c < ACTIVITY_COLUMNS; c++)
        at.claim[c] =
            formula_print(book->room, SHEET_CLAIM "!%s", range_cell(CLAIM_FIRST + row, c).text);
    for (guint c = 0; c < CHECK_COLUMNS; c++)
        at.own[c] = range_cell(cursor->row, c);
    cursor_figure(cursor, CHECK_ROW, figure_whole(CLAIM_FIRST + row + 1), STYLES[CHECK_ROW]);
    for (guint c = CHECK_ROW + 1; c < CHECK_COLUMNS; c++) {
        g_string_truncate(formula, 0);
        append_formula(formula, &at, c);
        cursor_formula(cursor, c, formula->str, shown_when_empty(c), STYLES[c]);
    }
    cursor_next(cursor);
}

/* How many rows are filled in, and how many of them are no claim yet. */
static void
write_counts(Cursor *cursor, const FormBook *book)
{
    cursor_text(cursor, 0, "Rows filled in", STYLE_TOTAL);
    cursor_fill(cursor, 1, CHECK_TITLE, STYLE_TOTAL);
    cursor_formula(cursor, CHECK_PRICE,
                   formula_print(book->room, "=SUM(%s)", CHECK_NAMES[CHECK_FILLED]),
                   figure_whole(0), STYLE_TOTAL_WHOLE);
    cursor_next(cursor);
    cursor_text(cursor, 0, "Rows with something to do before they can be accepted", STYLE_TOTAL);
    cursor_fill(cursor, 1, CHECK_TITLE, STYLE_TOTAL);
    cursor_formula(cursor, CHECK_PRICE,
                   formula_print(book->room, "=COUNTIF(%s,\">0\")", CHECK_NAMES[CHECK_TEST]),
                   figure_whole(0), STYLE_TOTAL_WHOLE);
    cursor_next(cursor);
}

void
check_sheet_fill(const FormBook *book)
{
    cursor_title(book->book, book->check, SHEET_CHECK, book->of);
    Cursor at = cursor_new(book->book, book->check, 2, WIDTHS, CHECK_COLUMNS);
    write_counts(&at, book);
    at.row = CHECK_FIRST - 1;
    form_headings(&at, HEADINGS, STYLES, CHECK_COLUMNS);
    for (guint row = 0; row < book->form->rows && !book_has_failed(book->book); row++)
        write_row(&at, book, row);
    layout_freeze(book->check, CHECK_FIRST, 0);
    layout_repeat(book->book, book->check, CHECK_FIRST - 1, CHECK_FIRST - 1);
    layout_print_to(book->book, book->check, at.row - 1, CHECK_TO_DO);
    entry_protect(book->check);
}
