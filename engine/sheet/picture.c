#include "sheet/picture.h"

#include "sheet/cell.h"
#include "sheet/inside.h"
#include "sheet/range.h"

#include "base/poison.h"

#define DARK 0x003087
#define BLACK 0x1a1a1a
#define TITLE_SIZE 10
#define PALE 0xd8dde0
#define POUNDS "£#,##0;-£#,##0"

static const guint8 TYPES[] = {[PICTURE_BARS] = LXW_CHART_BAR,
                               [PICTURE_COLUMNS] = LXW_CHART_COLUMN,
                               [PICTURE_STACKS] = LXW_CHART_COLUMN_STACKED,
                               [PICTURE_LINES] = LXW_CHART_LINE};

static void
dress_area(lxw_chart_series *series, PictureLook look)
{
    lxw_chart_fill dark = {.color = DARK}, white = {.color = LXW_COLOR_WHITE};
    lxw_chart_fill pale = {.color = PALE};
    lxw_chart_fill unseen = {.none = LXW_TRUE};
    lxw_chart_pattern hatched = {.fg_color = BLACK,
                                 .bg_color = LXW_COLOR_WHITE,
                                 .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
    lxw_chart_line outline = {.color = BLACK}, no_line = {.none = LXW_TRUE};
    lxw_chart_pattern dotted = {
        .fg_color = BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_PERCENT_20};
    chart_series_set_line(series, look == LOOK_UNSEEN ? &no_line : &outline);
    if (look == LOOK_HATCHED)
        chart_series_set_pattern(series, &hatched);
    else if (look == LOOK_DOTTED)
        chart_series_set_pattern(series, &dotted);
    else
        chart_series_set_fill(series, look == LOOK_DARK    ? &dark
                                      : look == LOOK_WHITE ? &white
                                      : look == LOOK_PALE  ? &pale
                                                           : &unseen);
}

static void
dress_line(lxw_chart_series *series, guint number)
{
    static const guint8 DASHES[] = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_LONG_DASH,
                                    LXW_CHART_LINE_DASH_ROUND_DOT};
    static const lxw_color_t COLOURS[] = {DARK, BLACK, BLACK};
    lxw_chart_line line = {
        .color = COLOURS[number], .width = number == 0 ? 3 : 2, .dash_type = DASHES[number]};
    chart_series_set_line(series, &line);
}

/* "='Summary'!$F$6:$F$10": a column of the figures. */
static char *
range_of(const Picture *picture, guint column)
{
    GString *range = g_string_new("=");
    range_append_sheet(range, picture->figures);
    range_append(range, picture->first, picture->last, column);
    return g_string_free(range, FALSE);
}

static void
add_series(Book *book, lxw_chart *chart, const Picture *picture, guint number)
{
    static const PictureLook LOOKS[] = {LOOK_DARK, LOOK_HATCHED, LOOK_WHITE, LOOK_PALE};
    const PictureSeries *plan = &picture->series[number];
    g_autofree char *names = range_of(picture, picture->names);
    g_autofree char *values = range_of(picture, plan->column);
    lxw_chart_series *series = chart_add_series(chart, names, values);
    if (series == NULL) {
        book_note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_name(series, plan->name);
    if (picture->kind == PICTURE_LINES)
        dress_line(series, number);
    else
        dress_area(series, plan->look != LOOK_BY_NUMBER ? plan->look : LOOKS[number]);
    if (picture->kind == PICTURE_BARS) {
        lxw_chart_font font = {.size = 9};
        chart_series_set_labels(series);
        chart_series_set_labels_font(series, &font);
        chart_series_set_labels_num_format(series, POUNDS);
    }
}

/* Each name once, and none for what is not seen. */
static void
add_legend(Book *book, lxw_chart *chart, const Picture *picture)
{
    int16_t unnamed[PICTURE_MOST_SERIES + 1];
    guint count = 0;
    for (guint i = 0; i < picture->series_count; i++)
        if (picture->series[i].is_unnamed)
            unnamed[count++] = (int16_t)i;
    unnamed[count] = -1;
    chart_legend_set_position(chart, picture->series_count > 1 ? LXW_CHART_LEGEND_BOTTOM
                                                               : LXW_CHART_LEGEND_NONE);
    if (count > 0)
        book_note(book, chart_legend_delete_series(chart, unnamed));
}

static void
lay_out_axes(lxw_chart *chart, const Picture *picture)
{
    lxw_chart_font font = {.size = 9};
    lxw_chart_line grid = {.color = PALE};
    const char *format = picture->is_percent ? "0%" : POUNDS;
    bool is_bars = picture->kind == PICTURE_BARS; /* whose categories are those of the y axis */
    lxw_chart_axis *across = is_bars ? chart->y_axis : chart->x_axis;
    lxw_chart_axis *up = is_bars ? chart->x_axis : chart->y_axis;
    chart_axis_set_num_font(across, &font);
    chart_axis_set_num_font(up, &font);
    chart_axis_set_num_format(up, format);
    chart_axis_major_gridlines_set_line(up, &grid);
    chart_axis_set_label_position(across, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    if (is_bars)
        chart_axis_set_reverse(across); /* the first scheme on top, as in the table */
    if (picture->kind == PICTURE_LINES) {
        chart_axis_set_label_position(across, LXW_CHART_AXIS_LABEL_POSITION_NONE);
        chart_axis_set_major_tick_mark(across, LXW_CHART_AXIS_TICK_MARK_NONE);
    }
    if (picture->category_name != NULL) {
        chart_axis_set_name(across, picture->category_name);
        chart_axis_set_name_font(across, &font);
    }
    if (picture->value_name != NULL) {
        chart_axis_set_name(up, picture->value_name);
        chart_axis_set_name_font(up, &font);
    }
}

/* What a picture says to whoever cannot see it: its kind and title, what it compares, and the cells
 * that it is drawn from, which say the same in figures. */
static char *
describe(const Picture *picture)
{
    static const char *const KINDS[] = {[PICTURE_BARS] = "Bars",
                                        [PICTURE_COLUMNS] = "Columns",
                                        [PICTURE_STACKS] = "Stacked columns",
                                        [PICTURE_LINES] = "Lines"};
    g_autoptr(GString) text = g_string_new(NULL);
    guint leftmost = picture->names, rightmost = leftmost, named = 0;
    g_string_append_printf(text, "%s: %s.", KINDS[picture->kind], picture->title);
    for (guint i = 0; i < picture->series_count; i++) {
        const PictureSeries *series = &picture->series[i];
        leftmost = MIN(leftmost, series->column);
        rightmost = MAX(rightmost, series->column);
        if (!series->is_unnamed)
            g_string_append_printf(text, "%s%s", named++ == 0 ? " It shows: " : ", ", series->name);
    }
    g_string_append(text, ". Its figures stand in ");
    range_append_sheet(text, picture->figures);
    range_append_block(text, picture->first, picture->last, leftmost, rightmost);
    g_string_append_c(text, '.');
    return g_string_free(g_steal_pointer(&text), FALSE);
}

void
picture_add(Book *book, Sheet *sheet, const Picture *picture, const PicturePlace *place)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, TYPES[picture->kind]);
    if (chart == NULL) {
        book_note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    lxw_chart_font font = {.size = picture->title_size > 0 ? picture->title_size : TITLE_SIZE,
                           .bold = true};
    for (guint i = 0; i < picture->series_count; i++)
        add_series(book, chart, picture, i);
    if (picture->gap > 0)
        chart_set_series_gap(chart, (guint16)picture->gap);
    chart_title_set_name(chart, picture->title);
    chart_title_set_name_font(chart, &font);
    lay_out_axes(chart, picture);
    add_legend(book, chart, picture);
    g_autofree char *description = describe(picture);
    cell_chart(book, sheet, place->row, chart, place->left, place->width, place->height,
               description);
}
