#include "sheet/cell.h"
#include "report/workbook/scheme_terms.h"
#include "sheet/table.h"
#include "report/figures/wording.h"

#include "sheet/layout.h"

#include "sheet/cursor.h"

#include "base/poison.h"

/* The rules as they were read: a part for each scheme, with its terms, and its indicators or
 * prices under them. Where a number of theirs stands is noted for the formulas of other sheets. */
typedef struct {
    Book *book;
    Sheet *sheet;
    const Rules *rules;
    Workbook *workbook;
    SchemeCells cells; /* of the scheme being written */
    guint row;
} RulesSheet;

enum { COLUMN_LABEL, COLUMN_TITLE, COLUMN_FIRST, COLUMN_SOURCE = 9, COLUMNS };

static const guint WIDTHS[COLUMNS] = {20, 52, 14, 14, 11, 11, 14, 14, 14, 70};

static const char *const METHODS[] = {[METHOD_SLIDING] = "sliding",
                                      [METHOD_ALL_OR_NOTHING] = "all-or-nothing",
                                      [METHOD_STEPS] = "steps"};
static const char *const COUNTS[] = {[COUNT_QUANTITY] = "quantity", [COUNT_PATIENTS] = "patients"};
static const char *const SPANS[] = {
    [PER_NONE] = "", [PER_MONTH] = "month", [PER_QUARTER] = "quarter", [PER_YEAR] = "year"};

static guint
lines_of(const char *text, guint column)
{
    return layout_lines(text, WIDTHS[column]);
}

/* Ends a row with a title and a source, both wrapped. */
static void
end_row(RulesSheet *sheet, const char *title, const char *source)
{
    guint lines = MAX(lines_of(title, COLUMN_TITLE), lines_of(source, COLUMN_SOURCE));
    layout_row_lines(sheet->book, sheet->sheet, sheet->row, lines);
    sheet->row++;
}

static void
put_text(RulesSheet *sheet, guint column, const char *text, StyleId style)
{
    cell_text(sheet->book, sheet->sheet, sheet->row, column, text, style);
}

static void
put_micros(RulesSheet *sheet, guint column, Micros micros, StyleId style)
{
    Cell cell = {.figure = figure_rate(micros), .style = style};
    cell_write(sheet->book, sheet->sheet, sheet->row, column, &cell);
}

static void
put_points(RulesSheet *sheet, guint column, Micros points)
{
    Cell cell = {.style = STYLE_WHOLE};
    cell = cell_count(points);
    cell_write(sheet->book, sheet->sheet, sheet->row, column, &cell);
}

static void
put_day(RulesSheet *sheet, guint column, Day day)
{
    Cell cell = {.figure = figure_day(day), .style = STYLE_DAY};
    cell_write(sheet->book, sheet->sheet, sheet->row, column, &cell);
}

static void
put_cap(RulesSheet *sheet, guint column, int64_t cap)
{
    Cell cell = {.style = STYLE_WHOLE};
    if (cap >= 0)
        cell.figure = figure_whole((guint64)cap);
    cell_write(sheet->book, sheet->sheet, sheet->row, column, &cell);
}

static void
fill(RulesSheet *sheet, guint first, guint last)
{
    for (guint c = first; c <= last; c++)
        put_text(sheet, c, "", STYLE_TEXT);
}

/* Headings of a scheme's table, the numbers among them to the right. */
static void
write_headings(RulesSheet *sheet, const char *const headings[COLUMNS], guint numbers)
{
    for (guint c = 0; c < COLUMNS; c++)
        put_text(sheet, c, headings[c],
                 (numbers & (1U << c)) != 0 ? STYLE_HEADING_RIGHT : STYLE_HEADING);
    sheet->row++;
}

static void
write_terms(RulesSheet *sheet, const Scheme *scheme)
{
    g_autofree char *name = g_strdup_printf("%s: %s", scheme->code, scheme->title);
    put_text(sheet, COLUMN_LABEL, name, STYLE_SECTION);
    sheet->row++;
    for (guint i = 0; i < SCHEME_TERM_COUNT; i++) {
        const SchemeTerm *term = &SCHEME_TERMS[i];
        g_autoptr(GString) text = g_string_new(NULL);
        term->say(text, sheet->rules, scheme);
        if (text->len == 0)
            continue;
        put_text(sheet, COLUMN_LABEL, term->label, STYLE_MUTED);
        put_text(sheet, COLUMN_TITLE, text->str, STYLE_TEXT);
        Micros number;
        if (term->number != NULL && term->number(scheme, &number)) {
            G_STRUCT_MEMBER(guint, &sheet->cells, term->cell) = sheet->row;
            put_micros(sheet, COLUMN_FIRST, number, term->style);
            fill(sheet, COLUMN_FIRST + 1, COLUMNS - 1);
        }
        sheet->row++;
    }
}

static void
put_threshold(RulesSheet *sheet, guint column, bool is_given, Micros threshold)
{
    if (is_given)
        put_micros(sheet, column, threshold, STYLE_DECIMAL);
    else
        put_text(sheet, column, "", STYLE_DECIMAL);
}

/* A step, on a row of the indicator's or on one of its own under it. */
static void
put_step(RulesSheet *sheet, const Indicator *indicator, guint number)
{
    bool is_given = number < indicator->steps->len;
    Step step = is_given ? g_array_index(indicator->steps, Step, number) : (Step){0, 0};
    put_threshold(sheet, RULES_STEP, is_given, step.reached);
    put_threshold(sheet, RULES_STEP_PAYS, is_given, step.pays);
}

static void
write_indicator(RulesSheet *sheet, guint32 number)
{
    const Indicator *indicator = rules_indicator(sheet->rules, number);
    g_array_index(sheet->workbook->indicator_row, guint, number) = sheet->row;
    put_text(sheet, 0, indicator->code, STYLE_TEXT);
    put_text(sheet, 1, indicator->title, STYLE_WRAP);
    put_points(sheet, RULES_NUMBER, indicator->points);
    put_text(sheet, 3, METHODS[indicator->method], STYLE_TEXT);
    put_threshold(sheet, RULES_FLOOR, indicator->has_floor, indicator->floor);
    put_threshold(sheet, RULES_TARGET, indicator->has_target, indicator->target);
    put_step(sheet, indicator, 0);
    put_text(sheet, RULES_NOBODY, indicator->pays_without_patients ? "full" : "nothing",
             STYLE_TEXT);
    put_text(sheet, COLUMN_SOURCE, indicator->source, STYLE_WRAP);
    end_row(sheet, indicator->title, indicator->source);
    for (guint step = 1; step < indicator->steps->len; step++) {
        fill(sheet, 0, RULES_TARGET);
        put_step(sheet, indicator, step);
        fill(sheet, RULES_NOBODY, COLUMNS - 1);
        sheet->row++;
    }
}

static void
write_indicators(RulesSheet *sheet, const Scheme *scheme)
{
    static const char *const HEADINGS[COLUMNS] = {
        "Indicator", "Title",       "Points",     "Method",         "Floor",
        "Target",    "Steps: from", "Steps: pay", "If no patients", "Source"};
    if (scheme->indicators->len == 0)
        return;
    write_headings(sheet, HEADINGS, 1U << 2 | 1U << 4 | 1U << 5 | 1U << 6 | 1U << 7);
    for (guint i = 0; i < scheme->indicators->len; i++)
        write_indicator(sheet, g_array_index(scheme->indicators, guint32, i));
}

static void
write_price(RulesSheet *sheet, const Activity *activity, const Price *price)
{
    g_hash_table_insert(sheet->workbook->price_row, (gpointer)price, GUINT_TO_POINTER(sheet->row));
    put_text(sheet, 0, activity->code, STYLE_TEXT);
    put_text(sheet, 1, price->title, STYLE_WRAP);
    put_micros(sheet, RULES_NUMBER, price->price, STYLE_RATE);
    put_text(sheet, 3, COUNTS[activity->count], STYLE_TEXT);
    put_day(sheet, 4, price->from);
    put_day(sheet, 5, price->to);
    put_text(sheet, 6, SPANS[activity->per], STYLE_TEXT);
    put_cap(sheet, 7, activity->cap);
    put_cap(sheet, 8, activity->patient_cap);
    put_text(sheet, COLUMN_SOURCE, price->source, STYLE_WRAP);
    end_row(sheet, price->title, price->source);
}

static void
write_prices(RulesSheet *sheet, const Scheme *scheme)
{
    static const char *const HEADINGS[COLUMNS] = {
        "Activity",   "Title",         "Price", "Counted", "From", "To", "Once a patient and …",
        "Cap a year", "Cap a patient", "Source"};
    if (scheme->activities->len == 0)
        return;
    write_headings(sheet, HEADINGS, 1U << 2 | 1U << 4 | 1U << 5 | 1U << 7 | 1U << 8);
    for (guint i = 0; i < scheme->activities->len; i++) {
        const Activity *activity =
            rules_activity(sheet->rules, g_array_index(scheme->activities, guint32, i));
        for (guint p = 0; p < activity->prices->len; p++)
            write_price(sheet, activity, &g_array_index(activity->prices, Price, p));
    }
}

static void
write_documents(RulesSheet *sheet)
{
    put_text(sheet, COLUMN_LABEL, "Files of the rules", STYLE_SECTION);
    sheet->row++;
    for (guint i = 0; i < sheet->rules->documents->len; i++) {
        const Document *document = g_ptr_array_index(sheet->rules->documents, i);
        /* Where the folder lies is nobody's business: the same rules give the same bytes. */
        g_autofree char *name = g_path_get_basename(document_name(document));
        put_text(sheet, COLUMN_LABEL, name, STYLE_TEXT);
        put_text(sheet, COLUMN_TITLE, document_digest(document), STYLE_MONO);
        sheet->row++;
    }
}

void
workbook_fill_rules(Workbook *workbook)
{
    const Rules *rules = workbook->result->pack->rules;
    Book *book = workbook->book;
    Sheet *page = workbook->rules;
    RulesSheet sheet = {book, page, rules, workbook, {0}, 3};
    g_autoptr(GString) title = g_string_new("Rules: ");
    year_append(title, rules->year);
    cursor_title(book, page, title->str,
                 "The rules this run was worked out by, as read, each with the paper and clause it "
                 "comes from. The formulas of the other sheets read these cells.");
    for (guint c = 0; c < COLUMNS; c++)
        layout_width(book, page, c, WIDTHS[c]);
    for (guint s = 0; s < rules_scheme_count(rules); s++) {
        const Scheme *scheme = rules_scheme(rules, s);
        sheet.cells = (SchemeCells){.first = sheet.row};
        write_terms(&sheet, scheme);
        g_array_append_val(workbook->scheme_cells, sheet.cells);
        write_indicators(&sheet, scheme);
        write_prices(&sheet, scheme);
        sheet.row++;
    }
    write_documents(&sheet);
    layout_zoom(page, 90);
}
