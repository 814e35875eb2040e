#include "report/workbook/achievement.h"

#include "report/workbook/lines.h"
#include "sheet/cursor.h"
#include "sheet/layout.h"
#include "sheet/picture.h"

#include "base/poison.h"

#define SUFFIX " achievement"
/* More points than that are not a picture. */
#define MOST_ROWS 20000

#define MOST_TITLE 90
#define PICTURE_WIDTH 560
#define PICTURE_HEIGHT 300
#define ROWS_OF_A_PICTURE 16
#define FIRST_ROW 3
#define A_ROW 2        /* pictures beside each other */
#define PRINT_SCALE 72 /* percent: two pictures fill the width of a page, two rows its height */

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
} Pictures;

static guint32
rule_of(const SchemeSheet *sheet, guint number)
{
    return g_array_index(sheet->scheme->indicators, guint32, number);
}

static const Indicator *
indicator_of(const Pictures *pictures, guint number)
{
    return rules_indicator(pictures->sheet->workbook->result->pack->rules,
                           rule_of(pictures->sheet, number));
}

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

/* The points of an indicator, of all providers who have somebody to reach anything with. */
static GArray *
collect_points(const SchemeSheet *sheet, guint32 rule)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(Point));
    for (guint64 row = 0; row < sheet->rows->len; row++) {
        const Line *line = lines_first(sheet, row);
        if (line->kind != LINE_INDICATOR || line->rule != rule)
            continue;
        Reached reached = lines_reached(sheet, line);
        Point point = {row, reached.a};
        if (reached.kind == REACHED_KNOWN)
            g_array_append_val(points, point);
    }
    g_array_sort(points, compare_points);
    return points;
}

/* Where the rules say from what an indicator pays, or what it pays in full at. */
typedef struct {
    bool is_given;
    guint column, step; /* on Rules: the indicator's column, and how many rows down */
    Micros value;
} Threshold;

static Threshold
threshold_of(const Indicator *indicator, bool is_full)
{
    if (indicator->method == METHOD_STEPS) {
        guint step = is_full ? indicator->steps->len - 1 : 0;
        return (Threshold){true, RULES_STEP, step,
                           g_array_index(indicator->steps, Step, step).reached};
    }
    if (is_full)
        return (Threshold){true, RULES_TARGET, 0, indicator->target};
    return (Threshold){indicator->method == METHOD_SLIDING, RULES_FLOOR, 0, indicator->floor};
}

static void
put_text(const Pictures *pictures, guint row, guint column, const char *text, StyleId style)
{
    cell_text(pictures->book, pictures->page, row, column, text, style);
}

static void
put_percent(const Pictures *pictures, guint row, guint column, Figure figure, const char *formula)
{
    Cell cell = {.figure = figure, .formula = formula, .style = STYLE_PERCENT};
    cell_write(pictures->book, pictures->page, row, column, &cell);
}

static void
put_threshold(const Pictures *pictures, guint row, guint number, bool is_full)
{
    const Workbook *workbook = pictures->sheet->workbook;
    guint rule = g_array_index(workbook->indicator_row, guint, rule_of(pictures->sheet, number));
    Threshold threshold = threshold_of(indicator_of(pictures, number), is_full);
    g_autoptr(GString) formula = g_string_new("=");
    range_append_cell(formula, workbook->rules, rule + threshold.step, threshold.column);
    put_percent(pictures, row, number * BLOCK + (is_full ? BLOCK_FULL : BLOCK_FROM),
                threshold.is_given ? figure_rate(threshold.value) : figure_empty(), formula->str);
}

/* One provider of an indicator: the figures of a point. */
static void
put_point(const Pictures *pictures, guint row, guint number, const Point *point)
{
    const SchemeSheet *sheet = pictures->sheet;
    guint contract = lines_first(sheet, point->row)->contract;
    const Provider *provider = result_contract(sheet->workbook->result, contract)->provider;
    put_text(pictures, row, number * BLOCK + BLOCK_PROVIDER, provider->code, STYLE_TEXT);
    put_text(pictures, row, number * BLOCK + BLOCK_NAME, provider->in_force->name, STYLE_TEXT);
    put_percent(pictures, row, number * BLOCK + BLOCK_REACHED, figure_fraction(point->achievement),
                NULL);
    put_threshold(pictures, row, number, false);
    put_threshold(pictures, row, number, true);
}

static void
put_headings(const Pictures *pictures)
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
put_figures(const Pictures *pictures)
{
    bool has_more = true;
    put_headings(pictures);
    for (guint rank = 0; has_more; rank++) {
        has_more = false;
        for (guint i = 0; i < pictures->points->len; i++) {
            const GArray *points = g_ptr_array_index(pictures->points, i);
            if (rank >= points->len)
                continue;
            has_more = true;
            put_point(pictures, pictures->headings + 1 + rank, i,
                      &g_array_index(points, Point, rank));
        }
    }
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
put_picture(const Pictures *pictures, guint number)
{
    const Indicator *indicator = indicator_of(pictures, number);
    const GArray *points = g_ptr_array_index(pictures->points, number);
    if (points->len == 0)
        return;
    g_autofree char *title = picture_title(indicator);
    bool is_down = indicator_is_lower_better(indicator) || indicator_steps_descend(indicator);
    g_autofree char *below =
        g_strdup_printf("%u provider%s, lowest achievement first%s", points->len,
                        text_plural(points->len), is_down ? " (the best)" : "");
    guint first = number * BLOCK; /* column of its figures */
    Picture picture = {.kind = PICTURE_LINES,
                       .title = title,
                       .figures = pictures->page,
                       .first = pictures->headings + 1,
                       .last = pictures->headings + points->len,
                       .names = first + BLOCK_PROVIDER,
                       .category_name = below,
                       .is_percent = true,
                       .series = {{.name = "Achievement", .column = first + BLOCK_REACHED},
                                  {.name = "Pays in full at", .column = first + BLOCK_FULL},
                                  {.name = "Pays from", .column = first + BLOCK_FROM}},
                       .series_count = threshold_of(indicator, false).is_given ? 3 : 2};
    PicturePlace place = {FIRST_ROW + number / A_ROW * ROWS_OF_A_PICTURE,
                          number % A_ROW * (PICTURE_WIDTH + 16) + 6, PICTURE_WIDTH, PICTURE_HEIGHT};
    picture_add(pictures->book, pictures->page, &picture, &place);
}

/* On paper four pictures a page, none across two. */
static void
break_pages(const Pictures *pictures, guint indicators)
{
    g_autoptr(GArray) breaks = g_array_new(FALSE, FALSE, sizeof(guint));
    guint a_page = ROWS_OF_A_PICTURE * 2, end = pictures->headings - 1;
    for (guint row = FIRST_ROW + a_page; row + 1 < end && indicators > 0; row += a_page)
        g_array_append_val(breaks, row);
    layout_scale(pictures->page, PRINT_SCALE);
    layout_break(pictures->book, pictures->page, (const guint *)(gpointer)breaks->data,
                 breaks->len);
}

/* Whether there are pictures to show: at a year-end, of no more points than can be told apart. */
static bool
has_pictures(const SchemeSheet *sheet)
{
    const Workbook *workbook = sheet->workbook;
    guint indicators = sheet->scheme->indicators->len;
    return workbook->result->pack->period.is_year_end && sheet->rows->len > 0 &&
           sheet->contract_count <= MIN(MOST_ROWS, book_rows_per_sheet(workbook->book) / 2) &&
           indicators > 0 && indicators * BLOCK <= SHEET_MOST_COLUMNS;
}

void
achievement_add_sheet(SchemeSheet *sheet)
{
    if (!has_pictures(sheet))
        return;
    g_autofree char *name =
        g_strdup_printf("%.*s" SUFFIX, 31 - (int)(sizeof SUFFIX - 1), sheet->scheme->code);
    sheet->pictures = book_add_sheet(sheet->workbook->book, name, false);
}

void
achievement_fill(const SchemeSheet *sheet)
{
    const Workbook *workbook = sheet->workbook;
    guint indicators = sheet->scheme->indicators->len;
    g_autoptr(GPtrArray) points = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    guint headings = FIRST_ROW + (indicators + A_ROW - 1) / A_ROW * ROWS_OF_A_PICTURE + 1;
    Pictures pictures = {sheet, workbook->book, sheet->pictures, points, headings};
    g_autofree char *title = words_title(sheet->scheme->title, &workbook->result->pack->period);
    for (guint i = 0; i < indicators; i++)
        g_ptr_array_add(points, collect_points(sheet, rule_of(sheet, i)));
    cursor_title(pictures.book, pictures.page, title,
                 "Achievement of each indicator, provider by provider, against what it pays from "
                 "and in full at. The figures stand below the pictures.");
    for (guint c = 0; c < MAX(indicators * BLOCK, PRINTED_COLUMNS); c++)
        layout_width(pictures.book, pictures.page, c, WIDTHS[c % BLOCK]);
    put_figures(&pictures);
    for (guint i = 0; i < indicators; i++)
        put_picture(&pictures, i);
    layout_print_to(pictures.book, pictures.page, headings - 2, PRINTED_COLUMNS - 1);
    break_pages(&pictures, indicators);
    layout_zoom(pictures.page, 90);
}
