/* Achievement in pictures: for each indicator of a scheme its practices, lowest first, against the
 * thresholds. The pictures stand on a sheet of their own beside the scheme's; the figures they show
 * under them, as formulas of the scheme's sheet and of Rules. */
#include "report/workbook/terms.h"

#include "sheet/cell.h"
#include "sheet/picture.h"

#include "sheet/layout.h"

#include "sheet/cursor.h"

#include "base/poison.h"

#define SUFFIX " achievement"
/* More points than that are not a picture. */
#define MOST_ROWS 20000

#define MOST_TITLE 90
#define PICTURE_WIDTH 560
#define PICTURE_HEIGHT 300
#define ROWS_OF_A_PICTURE 16
#define FIRST_ROW 3
#define PRINT_SCALE                                                                                \
    72          /* percent: two pictures fill the width of a page, two rows of them its height */
#define A_ROW 2 /* pictures beside each other */

/* Columns of one indicator, and one to part it from the next. */
enum { BLOCK_PROVIDER, BLOCK_NAME, BLOCK_REACHED, BLOCK_FROM, BLOCK_FULL, BLOCK_GAP, BLOCK };
static const guint WIDTHS[BLOCK] = {10, 24, 11, 11, 11, 3};
/* As many columns as the pictures stand over. */
#define PRINTED_COLUMNS (2 * BLOCK + 2)

/* A provider's point in the picture of an indicator. */
typedef struct {
    guint64 row; /* on the scheme's sheet */
    Fraction achievement;
} Point;

typedef struct {
    const SchemeSheet *sheet;
    Book *book;
    Sheet *page;
    GPtrArray *points; /* by indicator of the scheme: GArray of Point, sorted */
    guint headings;    /* of the figures */
    GString *formula;  /* scratch */
} Pictures;

/* Lowest first; of equal ones the order of the sheet. */
static int
compare_points(gconstpointer left, gconstpointer right)
{
    const Point *a = left, *b = right;
    int order = 0;
    if (!fraction_compare(a->achievement, b->achievement, &order) || order == 0)
        return (a->row > b->row) - (a->row < b->row);
    return order;
}

static void
add_point(Pictures *pictures, guint64 number)
{
    const SchemeSheet *sheet = pictures->sheet;
    TableRow row = {.user = sheet, .index = number, .sheet_row = 0, .scratch = pictures->formula};
    if (row_line(&row)->kind != LINE_INDICATOR)
        return;
    const AchievementRow *achieved = row_achieved(&row);
    if (achieved->denominator == achieved->exceptions)
        return; /* nobody to reach anything with */
    Point point = {number,
                   fraction_of(achieved->numerator, achieved->denominator - achieved->exceptions)};
    for (guint i = 0; i < pictures->points->len; i++)
        if (g_array_index(sheet->scheme->indicators, guint32, i) == row_line(&row)->rule)
            g_array_append_val((GArray *)g_ptr_array_index(pictures->points, i), point);
}

static void
collect_points(Pictures *pictures)
{
    for (guint i = 0; i < pictures->sheet->scheme->indicators->len; i++)
        g_ptr_array_add(pictures->points, g_array_new(FALSE, FALSE, sizeof(Point)));
    for (guint64 row = 0; row < pictures->sheet->rows->len; row++)
        add_point(pictures, row);
    for (guint i = 0; i < pictures->points->len; i++)
        g_array_sort(g_ptr_array_index(pictures->points, i), compare_points);
}

static const Indicator *
indicator_of(const Pictures *pictures, guint number)
{
    return rules_indicator(pictures->sheet->workbook->result->pack->rules,
                           g_array_index(pictures->sheet->scheme->indicators, guint32, number));
}

/* The rule's cell that says from where it pays, or pays in full; its column, step and value. False
 * where there is none. */
static bool
find_threshold(const Indicator *indicator, bool is_full, guint *column, guint *step, Micros *value)
{
    *step = 0;
    if (indicator->method == METHOD_STEPS) {
        *step = is_full ? indicator->steps->len - 1 : 0;
        *column = RULES_STEP;
        *value = g_array_index(indicator->steps, Step, *step).reached;
        return true;
    }
    *column = is_full ? RULES_TARGET : RULES_FLOOR;
    *value = is_full ? indicator->target : indicator->floor;
    return is_full || indicator->method == METHOD_SLIDING;
}

static void
put_text(Pictures *pictures, guint row, guint column, const char *text, StyleId style)
{
    cell_text(pictures->book, pictures->page, row, column, text, style);
}

static void
put_threshold(Pictures *pictures, guint row, guint number, bool is_full)
{
    const Workbook *workbook = pictures->sheet->workbook;
    guint32 rule = g_array_index(pictures->sheet->scheme->indicators, guint32, number);
    guint column, step;
    Micros threshold;
    Cell cell = {.style = STYLE_PERCENT};
    if (find_threshold(indicator_of(pictures, number), is_full, &column, &step, &threshold))
        cell.figure = figure_rate(threshold);
    g_string_assign(pictures->formula, "=");
    range_append_cell(pictures->formula, workbook->rules,
                      g_array_index(workbook->indicator_row, guint, rule) + step, column);
    cell.formula = pictures->formula->str;
    cell_write(pictures->book, pictures->page, row,
               (number * BLOCK + (is_full ? BLOCK_FULL : BLOCK_FROM)), &cell);
}

/* One provider of an indicator: the figures of a point. */
static void
put_point(Pictures *pictures, guint row, guint number, const Point *point)
{
    const SchemeSheet *sheet = pictures->sheet;
    TableRow line = {
        .user = sheet, .index = point->row, .sheet_row = 0, .scratch = pictures->formula};
    const Provider *provider = row_contract(&line)->provider;
    Cell reached = {.figure = figure_fraction(point->achievement), .style = STYLE_PERCENT};
    put_text(pictures, row, number * BLOCK + BLOCK_PROVIDER, provider->code, STYLE_TEXT);
    put_text(pictures, row, number * BLOCK + BLOCK_NAME, provider->in_force->name, STYLE_TEXT);
    g_string_assign(pictures->formula, "=");
    pages_append_cell(pictures->formula, sheet->pages, point->row, INDICATOR_ACHIEVEMENT);
    reached.formula = pictures->formula->str;
    cell_write(pictures->book, pictures->page, row, (number * BLOCK + BLOCK_REACHED), &reached);
    put_threshold(pictures, row, number, false);
    put_threshold(pictures, row, number, true);
}

static void
put_headings(Pictures *pictures)
{
    static const char *const HEADINGS[BLOCK_GAP] = {"Provider", "Name", "Achievement", "Pays from",
                                                    "In full at"};
    for (guint number = 0; number < pictures->points->len; number++)
        put_text(pictures, pictures->headings - 1, number * BLOCK,
                 indicator_of(pictures, number)->code, STYLE_SECTION);
    for (guint number = 0; number < pictures->points->len; number++)
        for (guint c = 0; c < BLOCK_GAP; c++)
            put_text(pictures, pictures->headings, number * BLOCK + c, HEADINGS[c],
                     c < BLOCK_REACHED ? STYLE_HEADING : STYLE_HEADING_RIGHT);
}

/* Row by row from the top, as long workbooks must be written. */
static void
put_figures(Pictures *pictures)
{
    guint most = 0;
    put_headings(pictures);
    for (guint i = 0; i < pictures->points->len; i++)
        most = MAX(most, ((GArray *)g_ptr_array_index(pictures->points, i))->len);
    for (guint rank = 0; rank < most; rank++) {
        for (guint i = 0; i < pictures->points->len; i++) {
            const GArray *points = g_ptr_array_index(pictures->points, i);
            if (rank < points->len)
                put_point(pictures, pictures->headings + 1 + rank, i,
                          &g_array_index(points, Point, rank));
        }
    }
}

/* "='QIF achievement'!$C$40:$C$184" */
static char *
range_of(const Pictures *pictures, guint number, guint column)
{
    const GArray *points = g_ptr_array_index(pictures->points, number);
    GString *range = g_string_new(NULL);
    g_string_printf(range, "='%s'!", sheet_name(pictures->page));
    range_append(range, pictures->headings + 1, pictures->headings + points->len,
                 number * BLOCK + column);
    return g_string_free(range, FALSE);
}

/* Code and title, cut where they would fill the picture. */
static char *
picture_title(const Indicator *indicator)
{
    g_autofree char *valid = g_utf8_make_valid(indicator->title, -1);
    bool is_long = g_utf8_strlen(valid, -1) > MOST_TITLE;
    g_autofree char *kept = is_long ? g_utf8_substring(valid, 0, MOST_TITLE) : g_strdup(valid);
    g_autofree char *title = g_strconcat(indicator->code, ": ", kept, is_long ? "…" : "", NULL);
    return cell_legal_text(title);
}

static void
put_picture(Pictures *pictures, guint number)
{
    const Indicator *indicator = indicator_of(pictures, number);
    const GArray *points = g_ptr_array_index(pictures->points, number);
    guint column, step;
    Micros value;
    if (points->len == 0)
        return;
    bool has_floor = find_threshold(indicator, false, &column, &step, &value);
    bool is_lower_better = indicator_is_lower_better(indicator);
    g_autofree char *title = picture_title(indicator);
    g_autofree char *below = g_strdup_printf("%u providers, lowest achievement first%s",
                                             points->len, is_lower_better ? " (the best)" : "");
    g_autofree char *names = range_of(pictures, number, BLOCK_PROVIDER);
    g_autofree char *reached = range_of(pictures, number, BLOCK_REACHED);
    g_autofree char *full = range_of(pictures, number, BLOCK_FULL);
    g_autofree char *from = range_of(pictures, number, BLOCK_FROM);
    Picture picture = {
        .kind = PICTURE_LINES,
        .title = title,
        .categories = names,
        .category_name = below,
        .is_percent = true,
        .series = {{"Achievement", reached}, {"Pays in full at", full}, {"Pays from", from}},
        .series_count = has_floor ? 3 : 2};
    PicturePlace place = {FIRST_ROW + number / A_ROW * ROWS_OF_A_PICTURE,
                          number % A_ROW * (PICTURE_WIDTH + 16) + 6, PICTURE_WIDTH, PICTURE_HEIGHT};
    picture_add(pictures->book, pictures->page, &picture, &place);
}

/* On paper four pictures a page, none across two. */
static void
break_pages(Pictures *pictures, guint indicators)
{
    g_autoptr(GArray) breaks = g_array_new(FALSE, FALSE, sizeof(guint));
    guint a_page = ROWS_OF_A_PICTURE * 2, end = pictures->headings - 1;
    for (guint row = FIRST_ROW + a_page; row + 1 < end && indicators > 0; row += a_page)
        g_array_append_val(breaks, row);
    layout_scale(pictures->page, PRINT_SCALE);
    layout_break(pictures->book, pictures->page, (const guint *)(gpointer)breaks->data,
                 breaks->len);
}

static void
fill(Pictures *pictures)
{
    const SchemeSheet *sheet = pictures->sheet;
    guint indicators = sheet->scheme->indicators->len;
    g_autofree char *title =
        wording_title(sheet->scheme->title, &sheet->workbook->result->pack->period);
    pictures->headings = FIRST_ROW + (indicators + A_ROW - 1) / A_ROW * ROWS_OF_A_PICTURE + 1;
    cursor_title(pictures->book, pictures->page, title,
                 "Achievement of each indicator, provider by provider, against what it pays from "
                 "and in full at. The figures stand below the pictures.");
    for (guint c = 0; c < MAX(indicators * BLOCK, PRINTED_COLUMNS); c++)
        layout_width(pictures->book, pictures->page, c, WIDTHS[c % BLOCK]);
    put_figures(pictures);
    for (guint i = 0; i < indicators; i++)
        put_picture(pictures, i);
    layout_print_to(pictures->book, pictures->page, pictures->headings - 2, PRINTED_COLUMNS - 1);
    break_pages(pictures, indicators);
    layout_zoom(pictures->page, 90);
}

bool
scheme_has_pictures(const SchemeSheet *sheet)
{
    const Workbook *workbook = sheet->workbook;
    return workbook->result->pack->period.is_year_end && sheet->rows->len > 0 &&
           sheet->contract_count <= MIN(MOST_ROWS, book_rows_per_sheet(workbook->book) / 2) &&
           sheet->scheme->indicators->len > 0 &&
           sheet->scheme->indicators->len * BLOCK <= SHEET_MOST_COLUMNS;
}

void
scheme_add_pictures(SchemeSheet *sheet)
{
    g_autofree char *name =
        g_strdup_printf("%.*s" SUFFIX, 31 - (int)(sizeof SUFFIX - 1), sheet->scheme->code);
    sheet->pictures = book_add_sheet(sheet->workbook->book, name, false);
}

void
scheme_fill_pictures(const SchemeSheet *sheet)
{
    g_autoptr(GPtrArray) points = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autoptr(GString) formula = g_string_new(NULL);
    Pictures pictures = {sheet, sheet->workbook->book, sheet->pictures, points, 0, formula};
    collect_points(&pictures);
    fill(&pictures);
}
