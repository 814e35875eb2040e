#include "report/form/prices_sheet.h"

#include "pack/rules/words.h"
#include "report/figures/words.h"
#include "sheet/entry.h"
#include "sheet/layout.h"
#include "sheet/range.h"

#include "base/poison.h"

static const char *const HEADINGS[] = {
    "Line",  "Month", "Activity", "What it is", "Paid for",          "Price",  "From", "To",
    "Count", "Worth", "Patients", "Group",      "Months of\na span", "Grouped"};
static const guint WIDTHS[] = {7, 11, 20, 44, 34, 11, 12, 12, 10, 14, 10, 8, 10, 10};
#define HEADLINE_HEIGHT 26
static const StyleId STYLES[] = {
    STYLE_MUTED_RIGHT, STYLE_MONTH,       STYLE_TEXT,        STYLE_WRAP,       STYLE_WRAP,
    STYLE_RATE,        STYLE_DAY,         STYLE_DAY,         STYLE_WHOLE,      STYLE_MONEY,
    STYLE_MUTED_RIGHT, STYLE_MUTED_RIGHT, STYLE_MUTED_RIGHT, STYLE_MUTED_RIGHT};
G_STATIC_ASSERT(G_N_ELEMENTS(HEADINGS) == PRICES_COLUMNS);
G_STATIC_ASSERT(G_N_ELEMENTS(WIDTHS) == PRICES_COLUMNS);

/* "a patient a quarter, dearest of FEES", "each, at most 40 a year, 6 a patient a year" */
static void
append_paid_for(GString *text, const Rules *rules, const Activity *activity)
{
    if (form_counts_patients(activity))
        g_string_append_printf(text, "a patient %s %s", activity->per == PER_EPISODE ? "an" : "a",
                               PER_WORDS[activity->per]);
    else
        g_string_append(text, "each");
    if (activity->again_after > 0)
        g_string_append_printf(text, ", again after %u months", activity->again_after);
    if (activity->group[0] != '\0')
        g_string_append_printf(text, ", dearest of %s", activity->group);
    if (activity_is_capped(activity))
        words_append_cap(g_string_append(text, ", at most "), rules, activity);
    if (activity->patient_cap >= 0)
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT " a patient a year",
                               activity_is_capped(activity) ? ", " : ", at most ",
                               activity->patient_cap);
}

/* What the counted of a line are worth, rounded as the scheme says. */
static const char *
worth(const FormBook *book, const FormPrice *price, const char *count, const char *priced)
{
    Term counted = term_count(count, (Int128)book->form->rows * MOST_QUANTITY);
    Term each =
        term_micros(book->room, priced, price->price->price, term_decimals(price->price->price));
    Term above = term_times(book->room, counted, each), one = term_one(book->room, 0);
    term_settle(book->room, &above, &one);
    const char *formula = formula_pounds(book->room, above, one, book->form->scheme->rounding);
    return formula != NULL ? formula : formula_print(book->room, "=ROUND(%s*%s,2)", count, priced);
}

static void
write_line(Cursor *at, const FormBook *book, guint number)
{
    const FormPrice *price = form_price(book->form, number);
    const Activity *activity = price->activity;
    g_autoptr(GString) text = g_string_new(NULL);
    bool is_grouped = activity->group[0] != '\0';
    append_paid_for(text, book->form->pack->rules, activity);
    CellName line = range_cell(at->row, PRICES_NUMBER), count = range_cell(at->row, PRICES_COUNT),
             priced = range_cell(at->row, PRICES_PRICE);
    const char *counted = formula_print(book->room, "=SUMIF(%s,%s,%s)", CHECK_NAMES[CHECK_LINE],
                                        line.text, CHECK_NAMES[CHECK_COUNTS]);
    const Figure figures[PRICES_COLUMNS] = {
        [PRICES_NUMBER] = figure_whole(number + 1),
        [PRICES_MONTH] = figure_month(price->month),
        [PRICES_ACTIVITY] = figure_text(activity->code),
        [PRICES_TITLE] = figure_text(price->price->title),
        [PRICES_PAID_FOR] = figure_text(text->str),
        [PRICES_PRICE] = figure_rate(price->price->price),
        [PRICES_FROM] = figure_day(price->from),
        [PRICES_TO] = figure_day(price->to),
        [PRICES_COUNT] = figure_whole(0),
        [PRICES_WORTH] = figure_money((Money){0}),
        [PRICES_PATIENTS] = figure_whole(form_counts_patients(activity)),
        [PRICES_GROUP] = figure_whole(price->group),
        [PRICES_SPAN] = figure_whole(span_months(activity->group_per)),
        [PRICES_GROUPED] = figure_whole(is_grouped)};
    const char *const formulas[PRICES_COLUMNS] = {
        [PRICES_COUNT] = counted, [PRICES_WORTH] = worth(book, price, count.text, priced.text)};
    for (guint c = 0; c < PRICES_COLUMNS; c++)
        cursor_formula(at, c, formulas[c] == NULL ? "" : formulas[c], figures[c], STYLES[c]);
    cursor_next(at);
}

void
prices_sheet_fill(const FormBook *book)
{
    const Form *form = book->form;
    cursor_title(book->book, book->prices, SHEET_PRICES, book->of);
    Cursor at = cursor_new(book->book, book->prices, 2, WIDTHS, PRICES_COLUMNS);
    layout_height(book->book, book->prices, at.row, HEADLINE_HEIGHT);
    cursor_text(&at, 0, "The claim is worth", STYLE_HEADLINE);
    cursor_fill(&at, 1, PRICES_COUNT, STYLE_HEADLINE);
    cursor_formula(&at, PRICES_WORTH,
                   formula_print(book->room, "=SUM(%s)", PRICES_NAMES[PRICES_WORTH]),
                   figure_money((Money){0}), STYLE_HEADLINE_MONEY);
    cursor_next(&at);
    cursor_text(&at, 0,
                "Rows with something to do on the sheet Check are left out. What is paid can be "
                "less: caps, other claims for the same patient and other rules of the scheme are "
                "not looked at here.",
                STYLE_NOTE);
    cursor_next(&at);
    form_headings(&at, HEADINGS, STYLES, PRICES_COLUMNS);
    for (guint i = 0; i < form->prices->len && !book_has_failed(book->book); i++)
        write_line(&at, book, i);
    layout_freeze(book->prices, PRICES_FIRST, 0);
    layout_repeat(book->book, book->prices, PRICES_FIRST - 1, PRICES_FIRST - 1);
    layout_print_to(book->book, book->prices, at.row - 1, PRICES_WORTH);
    entry_protect(book->prices);
}
