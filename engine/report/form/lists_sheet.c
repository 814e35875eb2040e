#include "report/form/lists_sheet.h"

#include "report/form/check_sheet.h"
#include "sheet/entry.h"
#include "sheet/layout.h"

#include "base/poison.h"

static const char *const HEADINGS[] = {"Month",
                                       "Claims are\nreceived by",
                                       "Activity",
                                       "What it is",
                                       "You take\npart from",
                                       "to",
                                       "Digits",
                                       "No reference",
                                       "What to do"};
static const char *const DIGIT_TEXTS[DIGITS] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
static const guint WIDTHS[] = {12, 14, 20, 60, 14, 14, 9, 14, 60};
static const StyleId STYLES[] = {
    [LISTS_MONTH] = STYLE_MONTH, [LISTS_RECEIVED_BY] = STYLE_DAY,    [LISTS_ACTIVITY] = STYLE_TEXT,
    [LISTS_TITLE] = STYLE_WRAP,  [LISTS_FROM] = STYLE_DAY,           [LISTS_TO] = STYLE_DAY,
    [LISTS_DIGIT] = STYLE_MUTED, [LISTS_NO_REFERENCE] = STYLE_MUTED, [LISTS_TEST] = STYLE_MUTED};
G_STATIC_ASSERT(G_N_ELEMENTS(HEADINGS) == LISTS_COLUMNS);
G_STATIC_ASSERT(G_N_ELEMENTS(WIDTHS) == LISTS_COLUMNS);

/* What stands in a column, in a row of the lists; nothing below their ends. */
static Figure
figure_in(const FormBook *book, guint row, guint column)
{
    const Form *form = book->form;
    const Spell *spell =
        row < book->spells->len ? g_array_index(book->spells, const Spell *, row) : NULL;
    const FormMonth *month = row < form->months->len ? form_month(form, row) : NULL;
    const Activity *activity = row < form->activities->len ? form_activity(form, row) : NULL;
    const int year = form->pack->period.year;
    if (column == LISTS_MONTH && month != NULL)
        return figure_month(month->month);
    if (column == LISTS_RECEIVED_BY && month != NULL)
        return month->received_by == DAY_OPEN ? figure_text("any day")
                                              : figure_day(month->received_by);
    if (column == LISTS_ACTIVITY && activity != NULL)
        return figure_text(activity->code);
    if (column == LISTS_TITLE && activity != NULL)
        return figure_text(g_array_index(activity->prices, Price, 0).title);
    if (column == LISTS_FROM && spell != NULL)
        return figure_day(MAX(spell->from, year_first_day(year)));
    if (column == LISTS_TO && spell != NULL)
        return figure_day(MIN(spell->to, year_last_day(year)));
    if (column == LISTS_DIGIT && row < DIGITS)
        return figure_text(DIGIT_TEXTS[row]);
    if (column == LISTS_NO_REFERENCE && row < NO_REFERENCE_COUNT)
        return figure_text(NO_REFERENCES[row]);
    if (column == LISTS_TEST && row < CHECK_TEXT_COUNT)
        return figure_text(CHECK_TEXTS[row]);
    return figure_empty();
}

void
lists_sheet_fill(const FormBook *book)
{
    const Form *form = book->form;
    guint printed = MAX(MAX(form->months->len, form->activities->len), book->spells->len);
    guint rows = MAX(printed, MAX(MAX(DIGITS, NO_REFERENCE_COUNT), CHECK_TEXT_COUNT));
    cursor_title(book->book, book->lists, SHEET_LISTS,
                 "What can be chosen on the sheet Claim, and the days on which you take part.");
    Cursor at = cursor_new(book->book, book->lists, LISTS_FIRST - 1, WIDTHS, LISTS_COLUMNS);
    form_headings(&at, HEADINGS, STYLES, LISTS_COLUMNS);
    for (guint row = 0; row < rows; row++) {
        for (guint c = 0; c < LISTS_COLUMNS; c++) {
            Figure figure = figure_in(book, row, c);
            if (figure.kind != FIGURE_EMPTY)
                cursor_figure(&at, c, figure, STYLES[c]);
        }
        cursor_next(&at);
    }
    layout_freeze(book->lists, LISTS_FIRST, 0);
    layout_print_to(book->book, book->lists, LISTS_FIRST + printed - 1, LISTS_DIGIT - 1);
    entry_protect(book->lists);
}
