#include "report/form/claim_sheet.h"

#include "sheet/entry.h"
#include "sheet/layout.h"
#include "sheet/range.h"

#include "base/poison.h"

/* A column of the claim. */
typedef struct {
    guint width;
    bool is_filled; /* by a formula */
    StyleId style;
    bool is_required; /* coloured where it is missing in a row that is begun */
    const char *prompt, *refusal;
} ClaimColumn;

static const ClaimColumn COLUMNS[ACTIVITY_COLUMNS] = {
    [ACTIVITY_MONTH] = {12, false, STYLE_INPUT_MONTH, true,
                        "Choose a month of the list: those in which you take part and something "
                        "has a price. Choose it before the date.",
                        "Please choose a month of the list."},
    [ACTIVITY_SCHEME] = {14, true, STYLE_FILLED, false, NULL, NULL},
    [ACTIVITY_PROVIDER] = {14, true, STYLE_FILLED, false, NULL, NULL},
    [ACTIVITY_ACTIVITY] = {20, false, STYLE_INPUT_TEXT, true,
                           "Choose an activity of the list. What each is and pays stands on the "
                           "sheet Prices and worth.",
                           "Please choose an activity of the list."},
    [ACTIVITY_PATIENT_REF] = {20, false, STYLE_INPUT_TEXT, false,
                              "Your own reference of the patient, the same in every claim. Never "
                              "an NHS number, a name or a date of birth. Needed where patients "
                              "are paid for.",
                              "Ten digits look like an NHS number. Please give your own reference "
                              "of the patient."},
    [ACTIVITY_DATE] = {15, false, STYLE_INPUT_DAY, false,
                       "The day it was done, as 05/09/2025. It may stay empty unless the sheet "
                       "Check asks for it.",
                       "Please choose the month first. The date is a day of that month, on which "
                       "you take part in the scheme."},
    [ACTIVITY_QUANTITY] = {10, false, STYLE_INPUT_WHOLE, true,
                           "How many: a whole number, 1 or more. A patient counts once.",
                           "Please give a whole number from 1 to 999,999."},
    [ACTIVITY_SUBMISSION] = {12, false, STYLE_INPUT_WHOLE, false,
                             "Leave it empty, unless you are asked to number what you submit.",
                             "Please give a whole number from 1 to 999, or nothing."},
    [ACTIVITY_RECEIVED] = {14, false, STYLE_INPUT_DAY, false,
                           "Leave it empty: whoever receives the claim fills it in.",
                           "Please give a date from the claim's month on, up to the last day for "
                           "claims of that month, or nothing."},
};

/* The columns whose entries make a row one that is begun. */
static const char *
begun(const FormBook *book, guint row)
{
    CellName first = range_cell(row, ACTIVITY_ACTIVITY), last = range_cell(row, ACTIVITY_RECEIVED);
    return formula_print(book->room, "COUNTA($%s,$%s:$%s)", range_cell(row, ACTIVITY_MONTH).text,
                         first.text, last.text);
}

/* Scheme and provider stand in rows that are begun alone: a row that nobody filled in is saved as
 * nothing but commas, which readers skip. */
static void
write_row(const FormBook *book, guint row)
{
    const char *const codes[ACTIVITY_COLUMNS] = {[ACTIVITY_SCHEME] = book->form->scheme->code,
                                                 [ACTIVITY_PROVIDER] = book->form->provider->code};
    for (guint c = 0; c < ACTIVITY_COLUMNS; c++) {
        Cell cell =
            cell_of(COLUMNS[c].is_filled ? figure_text("") : figure_empty(), COLUMNS[c].style);
        if (COLUMNS[c].is_filled)
            cell.formula =
                formula_print(book->room, "=IF(%s=0,\"\",\"%s\")", begun(book, row), codes[c]);
        cell_write(book->book, book->claim, row, c, &cell);
    }
}

/* A cell of the first row, as formulas for all rows name it: "$F2". */
static const char *
in_row(const FormBook *book, guint column)
{
    return formula_print(book->room, "$%s", range_cell(CLAIM_FIRST, column).text);
}

/* That a date is in the row's month, and on a day on which the contract takes part. */
static const char *
date_test(const FormBook *book)
{
    const char *day = in_row(book, ACTIVITY_DATE), *month = in_row(book, ACTIVITY_MONTH);
    return formula_print(
        book->room, "=AND(%s>=%s,%s<=EOMONTH(%s,0),SUMPRODUCT((%s<=%s)*(%s>=%s))>0)", day, month,
        day, month, LISTS_NAMES[LISTS_FROM], day, LISTS_NAMES[LISTS_TO], day);
}

static const char *
received_test(const FormBook *book)
{
    const char *day = in_row(book, ACTIVITY_RECEIVED), *month = in_row(book, ACTIVITY_MONTH);
    if (book->form->scheme->claim_months < 0)
        return formula_print(book->room, "=AND(ISNUMBER(%s),%s>=%s)", day, day, month);
    return formula_print(book->room, "=AND(%s>=%s,%s<=INDEX(%s,MATCH(%s,%s,0)))", day, month, day,
                         LISTS_NAMES[LISTS_RECEIVED_BY], month, LISTS_NAMES[LISTS_MONTH]);
}

/* What may be typed into a column. */
static Entry
entry_of(const FormBook *book, guint column)
{
    Entry entry = {.title = INPUT_TABLES[INPUT_ACTIVITY].columns[column].name,
                   .prompt = COLUMNS[column].prompt,
                   .refusal = COLUMNS[column].refusal,
                   .kind = ENTRY_TEST,
                   .least = 1};
    if (column == ACTIVITY_MONTH || column == ACTIVITY_ACTIVITY) {
        guint list = column == ACTIVITY_MONTH ? LISTS_MONTH : LISTS_ACTIVITY;
        entry.kind = ENTRY_LIST;
        entry.formula = formula_print(book->room, "=%s", LISTS_NAMES[list]);
    } else if (column == ACTIVITY_QUANTITY || column == ACTIVITY_SUBMISSION) {
        entry.kind = ENTRY_WHOLE;
        entry.most = column == ACTIVITY_QUANTITY ? MOST_QUANTITY : MOST_SUBMISSION;
    } else if (column == ACTIVITY_PATIENT_REF) {
        entry.formula =
            formula_print(book->room, "=NOT(%s)", form_ten_digits(book, in_row(book, column)));
    } else {
        entry.formula = column == ACTIVITY_DATE ? date_test(book) : received_test(book);
    }
    return entry;
}

static void
allow_entries(const FormBook *book)
{
    guint last = CLAIM_FIRST + book->form->rows - 1;
    for (guint c = 0; c < ACTIVITY_COLUMNS; c++) {
        if (COLUMNS[c].is_filled)
            continue;
        Entry entry = entry_of(book, c);
        entry_allow(book->book, book->claim, CLAIM_FIRST, last, c, &entry);
        if (COLUMNS[c].is_required)
            entry_mark(book->book, book->claim, CLAIM_FIRST, last, c,
                       formula_print(book->room, "=AND(%s>0,%s=\"\")", begun(book, CLAIM_FIRST),
                                     range_cell(CLAIM_FIRST, c).text));
    }
}

void
claim_sheet_fill(const FormBook *book)
{
    for (guint c = 0; c < ACTIVITY_COLUMNS; c++) {
        layout_width(book->book, book->claim, c, COLUMNS[c].width);
        cell_text(book->book, book->claim, 0, c, INPUT_TABLES[INPUT_ACTIVITY].columns[c].name,
                  style_heading(COLUMNS[c].style));
    }
    for (guint row = 0; row < book->form->rows; row++)
        write_row(book, CLAIM_FIRST + row);
    allow_entries(book);
    layout_freeze(book->claim, CLAIM_FIRST, 0);
    layout_repeat(book->book, book->claim, 0, 0);
    entry_protect(book->claim);
}
