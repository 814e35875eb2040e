#include "report/bridge/picture.h"

#include <string.h>

#include "sheet/cursor.h"
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

#define ABOVE "MAX(0,$C,$D)-MAX(0,MIN($C,$D))"
#define BELOW "MIN(0,$C,$D)-MIN(0,MAX($C,$D))"

/* What gives the figures of a step, and of the difference in the last row: $x is column x of the
 * same row, ^x that of the row above. */
static const struct {
    const char *step, *difference;
} FORMULAS[FIGURES] = {
    [FIGURE_CHANGE] = {"", "=^D"}, /* a step's is its cause's */
    [FIGURE_FROM] = {"=^D", "=0"},
    [FIGURE_TO] = {"=$C+$B", "=$C+$B"},
    [FIGURE_BASE] = {"=MAX(0,MIN($C,$D))+MIN(0,MAX($C,$D))", "=0"},
    [FIGURE_MORE] = {"=IF($B>0," ABOVE ",0)", "=0"},
    [FIGURE_MORE_BELOW] = {"=IF($B>0," BELOW ",0)", "=0"},
    [FIGURE_LESS] = {"=IF($B<0," ABOVE ",0)", "=0"},
    [FIGURE_LESS_BELOW] = {"=IF($B<0," BELOW ",0)", "=0"},
    [FIGURE_DIFFERENCE] = {"=0", "=$D"},
};

typedef struct {
    const BridgePicture *picture;
    Cursor cursor;
    guint used; /* a bit for each column that has something other than nought */
    GString *formula;
} Figures;

static void
append_formula(Figures *figures, const char *pattern)
{
    guint row = figures->cursor.row;
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '$' || *at == '^') {
            guint number = *at == '$' ? row + 1 : row;
            g_string_append_printf(figures->formula, "%c%u", *++at, number);
        } else {
            g_string_append_c(figures->formula, *at);
        }
    }
}

/* Appends a cell of a step's cause. */
static void
append_cause(Figures *figures, const BridgeStep *step, guint column)
{
    g_string_append_c(figures->formula, '=');
    range_append_cell(figures->formula, figures->picture->sheet, step->row, column);
}

/* Writes the formula that was put together, with its figure. */
static void
put(Figures *figures, guint column, Figure figure, StyleId style)
{
    cursor_formula(&figures->cursor, column, figures->formula->str, figure, style);
    g_string_truncate(figures->formula, 0);
}

/* The name with the amount under it, as it stands below the column. */
static void
put_label(Figures *figures, const BridgeStep *step, int64_t change)
{
    g_autoptr(GString) label = g_string_new(step != NULL ? cause_name(step->cause) : "difference");
    g_string_append_c(label, '\n');
    money_append_pounds(label, (Money){change});
    if (step != NULL)
        append_cause(figures, step, figures->picture->causes);
    else
        g_string_append(figures->formula, "=\"difference\"");
    g_string_append_printf(figures->formula, "&CHAR(10)&TEXT($B$%u,\"£#,##0.00;-£#,##0.00\")",
                           figures->cursor.row + 1);
    put(figures, FIGURE_LABEL, figure_text(label->str), STYLE_TEXT);
}

/* A row: a step, or the difference where that is NULL. */
static void
write_row(Figures *figures, const BridgeStep *step, int64_t from, int64_t change)
{
    int64_t to = from + change, low = MIN(from, to), high = MAX(from, to);
    int64_t above = MAX(0, high) - MAX(0, low), below = MIN(0, low) - MIN(0, high);
    int64_t values[FIGURES] = {0, change, from, to};
    put_label(figures, step, change);
    if (step != NULL) {
        values[FIGURE_BASE] = MAX(0, low) + MIN(0, high);
        values[change > 0 ? FIGURE_MORE : FIGURE_LESS] = above;
        values[change > 0 ? FIGURE_MORE_BELOW : FIGURE_LESS_BELOW] = below;
        append_cause(figures, step, figures->picture->pounds);
    } else {
        values[FIGURE_DIFFERENCE] = to;
    }
    for (guint c = FIGURE_CHANGE; c < FIGURES; c++) {
        bool is_first = c == FIGURE_FROM && figures->cursor.row == FIRST_ROW;
        append_formula(figures,
                       step == NULL || is_first ? FORMULAS[c].difference : FORMULAS[c].step);
        put(figures, c, figure_money((Money){values[c]}), STYLE_MONEY);
        figures->used |= (values[c] != 0 ? 1U : 0U) << c;
    }
    cursor_next(&figures->cursor);
}

static void
begin_figures(Figures *figures, Book *book, Sheet *sheet)
{
    static const char *const HEADINGS[FIGURES] = {"Column",   "Change",    "From",  "To",
                                                  "Not seen", "More",      "below", "Less",
                                                  "below",    "Difference"};
    static const guint WIDTHS[FIGURES] = {24, 16, 16, 16, 16, 16, 16, 16, 16, 16};
    cursor_title(book, sheet, "What the picture is drawn from",
                 "Each column goes from where the one before it came to.");
    figures->cursor = cursor_new(book, sheet, FIRST_ROW - 1, WIDTHS, FIGURES);
    cursor_headings(&figures->cursor, HEADINGS, FIGURES, FIGURE_CHANGE);
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
    Picture picture = {.kind = PICTURE_STACKS,
                       .title = "From one run to the other, by cause",
                       .title_size = 11,
                       .figures = figures->cursor.sheet,
                       .first = FIRST_ROW,
                       .last = FIRST_ROW + figures->picture->count,
                       .names = FIGURE_LABEL,
                       .gap = 40};
    const PicturePlace place = {figures->picture->row, 0, WIDTH, HEIGHT};
    for (guint c = FIGURE_BASE; c < FIGURES; c++) {
        if ((figures->used >> c & 1) == 0 && c != FIGURE_DIFFERENCE)
            continue;
        bool is_named = c != FIGURE_BASE;
        for (guint i = 0; i < picture.series_count; i++)
            is_named = is_named && strcmp(picture.series[i].name, SERIES[c].name) != 0;
        picture.series[picture.series_count++] =
            (PictureSeries){SERIES[c].name, c, SERIES[c].look, !is_named};
    }
    picture_add(figures->cursor.book, figures->picture->sheet, &picture, &place);
}

void
bridge_picture_add(Book *book, const BridgePicture *picture)
{
    g_autoptr(GString) formula = g_string_new(NULL);
    Figures figures = {.picture = picture, .formula = formula};
    Money reached, change;
    Sum sum = {0};
    for (guint i = 0; i < picture->count; i++) {
        sum.pence += picture->steps[i].sum.pence;
        if (!sum_money(sum, &reached) || !sum_money(picture->steps[i].sum, &change))
            return;
    }
    Sheet *sheet = book_add_sheet(book, SHEET_FIGURES, false);
    if (sheet == NULL)
        return;
    begin_figures(&figures, book, sheet);
    int64_t from = 0;
    for (guint i = 0; i < picture->count; i++) {
        const BridgeStep *step = &picture->steps[i];
        write_row(&figures, step, from, (int64_t)step->sum.pence);
        from += (int64_t)step->sum.pence;
    }
    write_row(&figures, NULL, 0, from);
    draw(&figures);
}
