#include "report/bridge/picture.h"

#include "sheet/cell.h"
#include "sheet/table.h"

#include "base/poison.h"

#define SHEET_FIGURES "Picture"
#define FIRST_ROW 4
#define WIDTH 980
#define HEIGHT 420
#define BLACK 0x1a1a1a
#define DARK 0x003087
#define PALE 0xd8dde0

/* Columns of the figures. A column of the picture may cross nought: what is above it and what is
 * below are series of their own. */
enum {
    FIGURE_LABEL,
    FIGURE_CHANGE,
    FIGURE_FROM,
    FIGURE_TO,
    FIGURE_BASE,
    FIGURE_MORE,
    FIGURE_MORE_BELOW,
    FIGURE_LESS,
    FIGURE_LESS_BELOW,
    FIGURE_DIFFERENCE,
    FIGURES
};

typedef struct {
    Book *book;
    const BridgePicture *picture;
    lxw_worksheet *sheet;
    guint used; /* a bit for each column that has something other than nought */
    GString *formula;
} Figures;

/* Puts a column's formula together: $x is column x of the same row, "^D" the row above. */
static void
append_figure(Figures *figures, const char *pattern, lxw_row_t row)
{
    for (const char *at = pattern; *at != '\0'; at++)
        if (*at == '$')
            g_string_append_printf(figures->formula, "%c%u", *++at, row + 1);
        else if (*at == '^')
            g_string_append_printf(figures->formula, "%c%u", *++at, row);
        else
            g_string_append_c(figures->formula, *at);
}

static void
put_money(Figures *figures, lxw_row_t row, guint column, int64_t pence)
{
    CellValue cell = {.style = STYLE_MONEY, .formula = figures->formula->str};
    cell_set_money(&cell, (Money){pence});
    book_cell(figures->book, figures->sheet, row, (lxw_col_t)column, &cell);
    g_string_truncate(figures->formula, 0);
    figures->used |= (pence != 0 ? 1U : 0U) << column;
}

/* The name with the amount under it, as it stands below the column. */
static void
put_label(Figures *figures, lxw_row_t row, const char *name, int64_t pence)
{
    g_autoptr(GString) label = g_string_new(name);
    g_string_append_c(label, '\n');
    money_append_pounds(label, (Money){pence});
    g_string_append_printf(figures->formula, "&CHAR(10)&TEXT($B$%u,\"£#,##0.00;-£#,##0.00\")",
                           row + 1);
    CellValue cell = {.style = STYLE_TEXT, .formula = figures->formula->str};
    cell_set_text(&cell, label->str);
    book_cell(figures->book, figures->sheet, row, FIGURE_LABEL, &cell);
    g_string_truncate(figures->formula, 0);
}

/* From where a column goes to where, and its parts. */
static void
put_parts(Figures *figures, lxw_row_t row, int64_t from, int64_t to, bool is_difference)
{
    int64_t low = MIN(from, to), high = MAX(from, to);
    int64_t above = MAX(0, high) - MAX(0, low), below = MIN(0, low) - MIN(0, high);
    bool is_more = !is_difference && to > from, is_less = !is_difference && to < from;
    static const char ABOVE[] = "MAX(0,$C,$D)-MAX(0,MIN($C,$D))";
    static const char BELOW[] = "MIN(0,$C,$D)-MIN(0,MAX($C,$D))";
    static const char *const CONDITIONS[] = {"=IF($B>0,", "=IF($B<0,"};
    int64_t parts[] = {is_more ? above : 0, is_more ? below : 0, is_less ? above : 0,
                       is_less ? below : 0};
    append_figure(figures, is_difference ? "=0" : "=MAX(0,MIN($C,$D))+MIN(0,MAX($C,$D))", row);
    put_money(figures, row, FIGURE_BASE, is_difference ? 0 : MAX(0, low) + MIN(0, high));
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (is_difference) {
            g_string_append(figures->formula, "=0");
        } else {
            append_figure(figures, CONDITIONS[i / 2], row);
            append_figure(figures, i % 2 == 0 ? ABOVE : BELOW, row);
            g_string_append(figures->formula, ",0)");
        }
        put_money(figures, row, FIGURE_MORE + i, parts[i]);
    }
    append_figure(figures, is_difference ? "=$D" : "=0", row);
    put_money(figures, row, FIGURE_DIFFERENCE, is_difference ? to : 0);
}

static void
write_step(Figures *figures, guint number, int64_t from, int64_t change)
{
    const BridgePicture *picture = figures->picture;
    const BridgeStep *step = &picture->steps[number];
    lxw_row_t row = FIRST_ROW + number;
    g_string_append_c(figures->formula, '=');
    sheet_append_cell(figures->formula, picture->sheet, step->row, picture->causes);
    put_label(figures, row, CAUSE_NAMES[step->cause], change);
    g_string_append_c(figures->formula, '=');
    sheet_append_cell(figures->formula, picture->sheet, step->row, picture->pounds);
    put_money(figures, row, FIGURE_CHANGE, change);
    append_figure(figures, number == 0 ? "=0" : "=^D", row);
    put_money(figures, row, FIGURE_FROM, from);
    append_figure(figures, "=$C+$B", row);
    put_money(figures, row, FIGURE_TO, from + change);
    put_parts(figures, row, from, from + change, false);
}

static void
write_difference(Figures *figures, int64_t difference)
{
    lxw_row_t row = FIRST_ROW + figures->picture->count;
    g_string_append(figures->formula, "=\"difference\"");
    put_label(figures, row, "difference", difference);
    append_figure(figures, "=^D", row);
    put_money(figures, row, FIGURE_CHANGE, difference);
    g_string_append(figures->formula, "=0");
    put_money(figures, row, FIGURE_FROM, 0);
    append_figure(figures, "=$C+$B", row);
    put_money(figures, row, FIGURE_TO, difference);
    put_parts(figures, row, 0, difference, true);
}

static void
write_headings(Figures *figures)
{
    static const char *const HEADINGS[FIGURES] = {"Column",   "Change",    "From",  "To",
                                                  "Not seen", "More",      "below", "Less",
                                                  "below",    "Difference"};
    book_title(figures->book, figures->sheet, "What the picture is drawn from",
               "Each column goes from where the one before it came to.");
    for (guint c = 0; c < FIGURES; c++) {
        book_note(figures->book, cell_column_width(figures->sheet, (lxw_col_t)c, c == 0 ? 24 : 16));
        book_text(figures->book, figures->sheet, FIRST_ROW - 1, (lxw_col_t)c, HEADINGS[c],
                  c == 0 ? STYLE_HEADING : STYLE_HEADING_RIGHT);
    }
}

static void
dress(lxw_chart_series *series, guint column)
{
    lxw_chart_fill unseen = {.none = LXW_TRUE}, dark = {.color = DARK},
                   white = {.color = LXW_COLOR_WHITE};
    lxw_chart_line outline = {.color = BLACK}, no_line = {.none = LXW_TRUE};
    lxw_chart_pattern hatched = {.fg_color = BLACK,
                                 .bg_color = LXW_COLOR_WHITE,
                                 .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
    chart_series_set_line(series, column == FIGURE_BASE ? &no_line : &outline);
    if (column == FIGURE_BASE)
        chart_series_set_fill(series, &unseen);
    else if (column == FIGURE_MORE || column == FIGURE_MORE_BELOW)
        chart_series_set_fill(series, &dark);
    else if (column == FIGURE_LESS || column == FIGURE_LESS_BELOW)
        chart_series_set_pattern(series, &hatched);
    else
        chart_series_set_fill(series, &white);
}

static void
add_series(const Figures *figures, lxw_chart *chart, guint column)
{
    static const char *const NAMES[FIGURES] = {
        [FIGURE_BASE] = "not seen",   [FIGURE_MORE] = "more",
        [FIGURE_MORE_BELOW] = "more", [FIGURE_LESS] = "less",
        [FIGURE_LESS_BELOW] = "less", [FIGURE_DIFFERENCE] = "difference"};
    lxw_row_t last = FIRST_ROW + figures->picture->count;
    g_autoptr(GString) labels = g_string_new("='" SHEET_FIGURES "'!");
    g_autoptr(GString) values = g_string_new(labels->str);
    append_range(labels, FIRST_ROW, last, FIGURE_LABEL);
    append_range(values, FIRST_ROW, last, column);
    lxw_chart_series *series = chart_add_series(chart, labels->str, values->str);
    if (series == NULL) {
        book_note(figures->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_name(series, NAMES[column]);
    chart_set_series_gap(chart, 40);
    dress(series, column);
}

static void
lay_out(lxw_chart *chart)
{
    lxw_chart_font title = {.size = 11, .bold = LXW_TRUE}, font = {.size = 9};
    lxw_chart_line grid = {.color = PALE};
    chart_title_set_name(chart, "From one run to the other, by cause");
    chart_title_set_name_font(chart, &title);
    chart_axis_set_num_font(chart->x_axis, &font);
    chart_axis_set_num_font(chart->y_axis, &font);
    chart_axis_set_num_format(chart->y_axis, "£#,##0;-£#,##0");
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
}

/* Columns with nothing in them are left out of picture and legend, and each name stands in the
 * legend once. */
static void
draw(const Figures *figures)
{
    int16_t unnamed[FIGURES + 1], number = 0;
    guint unnamed_count = 0;
    bool has_more = false, has_less = false;
    lxw_chart *chart = workbook_add_chart(figures->book->workbook, LXW_CHART_COLUMN_STACKED);
    if (chart == NULL) {
        book_note(figures->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (guint c = FIGURE_BASE; c < FIGURES; c++) {
        if ((figures->used >> c & 1) == 0 && c != FIGURE_DIFFERENCE)
            continue;
        bool is_named = c != FIGURE_BASE && !(c == FIGURE_MORE_BELOW && has_more) &&
                        !(c == FIGURE_LESS_BELOW && has_less);
        has_more = has_more || c == FIGURE_MORE;
        has_less = has_less || c == FIGURE_LESS;
        add_series(figures, chart, c);
        if (!is_named)
            unnamed[unnamed_count++] = number;
        number++;
    }
    unnamed[unnamed_count] = -1;
    lay_out(chart);
    if (unnamed_count > 0)
        book_note(figures->book, chart_legend_delete_series(chart, unnamed));
    book_note(figures->book,
              cell_chart(figures->picture->sheet, figures->picture->row, chart, 0, WIDTH, HEIGHT));
}

void
bridge_picture_add(Book *book, const BridgePicture *picture)
{
    g_autoptr(GString) formula = g_string_new(NULL);
    Figures figures = {book, picture, NULL, 0, formula};
    Money reached, change;
    Sum sum = {0};
    for (guint i = 0; i < picture->count; i++) {
        sum.pence += picture->steps[i].sum.pence;
        if (!sum_money(sum, &reached) || !sum_money(picture->steps[i].sum, &change))
            return;
    }
    figures.sheet = book_add_sheet(book, SHEET_FIGURES, false);
    if (figures.sheet == NULL)
        return;
    write_headings(&figures);
    int64_t from = 0;
    for (guint i = 0; i < picture->count; i++) {
        int64_t step = (int64_t)picture->steps[i].sum.pence;
        write_step(&figures, i, from, step);
        from += step;
    }
    write_difference(&figures, from);
    draw(&figures);
}
