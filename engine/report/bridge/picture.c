#include "report/bridge/picture.h"

#include <string.h>

#include "sheet/cursor.h"
#include "sheet/layout.h"
#include "sheet/picture.h"
#include "sheet/range.h"

#include "base/poison.h"

#define SHEET_FIGURES "Picture"
#define FIRST_ROW 4
#define WIDTH 980
#define HEIGHT 420

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
    Sheet *sheet;
    guint used; /* a bit for each column that has something other than nought */
    GString *formula;
} Figures;

/* Puts a column's formula together: $x is column x of the same row, "^D" the row above. */
static void
append_figure(Figures *figures, const char *pattern, guint row)
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
put_money(Figures *figures, guint row, guint column, int64_t pence)
{
    Cell cell = {.style = STYLE_MONEY, .formula = figures->formula->str};
    cell.figure = figure_money((Money){pence});
    cell_write(figures->book, figures->sheet, row, column, &cell);
    g_string_truncate(figures->formula, 0);
    figures->used |= (pence != 0 ? 1U : 0U) << column;
}

/* The name with the amount under it, as it stands below the column. */
static void
put_label(Figures *figures, guint row, const char *name, int64_t pence)
{
    g_autoptr(GString) label = g_string_new(name);
    g_string_append_c(label, '\n');
    money_append_pounds(label, (Money){pence});
    g_string_append_printf(figures->formula, "&CHAR(10)&TEXT($B$%u,\"£#,##0.00;-£#,##0.00\")",
                           row + 1);
    Cell cell = {.style = STYLE_TEXT, .formula = figures->formula->str};
    cell.figure = figure_text(label->str);
    cell_write(figures->book, figures->sheet, row, FIGURE_LABEL, &cell);
    g_string_truncate(figures->formula, 0);
}

/* From where a column goes to where, and its parts. */
static void
put_parts(Figures *figures, guint row, int64_t from, int64_t to, bool is_difference)
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
    guint row = FIRST_ROW + number;
    g_string_append_c(figures->formula, '=');
    range_append_cell(figures->formula, picture->sheet, step->row, picture->causes);
    put_label(figures, row, cause_name(step->cause), change);
    g_string_append_c(figures->formula, '=');
    range_append_cell(figures->formula, picture->sheet, step->row, picture->pounds);
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
    guint row = FIRST_ROW + figures->picture->count;
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

/* "='Picture'!$F$5:$F$9" */
static char *
range_of(const Figures *figures, guint column)
{
    GString *range = g_string_new("='" SHEET_FIGURES "'!");
    range_append(range, FIRST_ROW, FIRST_ROW + figures->picture->count, column);
    return g_string_free(range, FALSE);
}

static void
write_headings(Figures *figures)
{
    static const char *const HEADINGS[FIGURES] = {"Column",   "Change",    "From",  "To",
                                                  "Not seen", "More",      "below", "Less",
                                                  "below",    "Difference"};
    cursor_title(figures->book, figures->sheet, "What the picture is drawn from",
                 "Each column goes from where the one before it came to.");
    for (guint c = 0; c < FIGURES; c++) {
        layout_width(figures->book, figures->sheet, c, c == 0 ? 24 : 16);
        cell_text(figures->book, figures->sheet, FIRST_ROW - 1, c, HEADINGS[c],
                  c == 0 ? STYLE_HEADING : STYLE_HEADING_RIGHT);
    }
}

/* Columns with nothing in them are left out of picture and legend, and each name stands in the
 * legend once. */
static void
draw(const Figures *figures)
{
    static const struct {
        const char *name;
        PictureLook look;
    } SERIES[FIGURES] = {
        [FIGURE_BASE] = {"not seen", LOOK_UNSEEN},
        [FIGURE_MORE] = {"more", LOOK_DARK},
        [FIGURE_MORE_BELOW] = {"more", LOOK_DARK},
        [FIGURE_LESS] = {"less", LOOK_HATCHED},
        [FIGURE_LESS_BELOW] = {"less", LOOK_HATCHED},
        [FIGURE_DIFFERENCE] = {"difference", LOOK_WHITE},
    };
    g_autofree char *labels = range_of(figures, FIGURE_LABEL);
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    Picture picture = {.kind = PICTURE_STACKS,
                       .title = "From one run to the other, by cause",
                       .title_size = 11,
                       .categories = labels,
                       .gap = 40};
    const PicturePlace place = {figures->picture->row, 0, WIDTH, HEIGHT};
    for (guint c = FIGURE_BASE; c < FIGURES; c++) {
        if ((figures->used >> c & 1) == 0 && c != FIGURE_DIFFERENCE)
            continue;
        bool is_named = c != FIGURE_BASE;
        for (guint i = 0; i < picture.series_count; i++)
            is_named = is_named && strcmp(picture.series[i].name, SERIES[c].name) != 0;
        char *range = range_of(figures, c);
        g_ptr_array_add(values, range);
        picture.series[picture.series_count++] =
            (PictureSeries){SERIES[c].name, range, SERIES[c].look, !is_named};
    }
    picture_add(figures->book, figures->picture->sheet, &picture, &place);
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
