#include "sheet/style.h"

#include "sheet/cell.h"
#include "sheet/inside.h"

#include "base/poison.h"

#define BLUE 0x005eb8
#define DARK_BLUE 0x003087
#define PALE_BLUE 0xe3edf7
#define GREY 0x4c6272
#define PALE_GREY 0xd8dde0
#define AMBER 0xfff2cc
#define ROSE 0xfbe0dd
#define PALE_GREEN 0xe2f1e4
#define PALE_YELLOW 0xfffbe0
#define LIGHT_GREY 0xf0f3f5
#define MIDDLE_GREY 0x87939b
#define GREEN 0x007f3b
#define RED 0xb1121f

/* The NHS asks for Arial where its own typeface is not at hand. */
#define FONT "Arial"
#define FONT_SIZE 10

/* Negative amounts have their minus. The red that number formats can give them is too pale to read
 * on white, as the test of contrast has it. */
#define POUNDS "£#,##0.00;-£#,##0.00"

/* How a cell looks, besides its font, colours and number format. */
enum {
    BOLD = 1 << 0,
    NUMBER = 1 << 1, /* to the right */
    WRAPPED = 1 << 2,
    UNDERLINED = 1 << 3,
    LINED = 1 << 4, /* with a thin line below */
    CENTRED = 1 << 5,
    BOXED = 1 << 6,   /* with a thin line all around */
    UNLOCKED = 1 << 7 /* can be filled in where the sheet is protected */
};

typedef struct {
    unsigned looks;
    const char *number_format;
    const char *font;         /* NULL: as usual */
    guint size;               /* of the font, in points; 0: as usual */
    lxw_color_t colour, fill; /* 0: black on nothing */
} StyleRow;

static const StyleRow STYLES[STYLE_COUNT] = {
    [STYLE_TITLE] = {BOLD, .size = 16, .colour = DARK_BLUE},
    [STYLE_NOTE] = {0, .size = 10, .colour = GREY},
    [STYLE_SECTION] = {BOLD, .size = 12, .colour = DARK_BLUE},
    [STYLE_HEADING] = {BOLD | WRAPPED | CENTRED, .colour = LXW_COLOR_WHITE, .fill = BLUE},
    [STYLE_HEADING_RIGHT] = {BOLD | NUMBER | WRAPPED | CENTRED, .colour = LXW_COLOR_WHITE,
                             .fill = BLUE},
    [STYLE_TEXT] = {.looks = LINED},
    [STYLE_WRAP] = {.looks = WRAPPED | LINED},
    [STYLE_MONO] = {LINED, .font = "Courier New", .size = 9},
    [STYLE_MONEY] = {NUMBER | LINED, .number_format = POUNDS},
    [STYLE_RATE] = {NUMBER | LINED, .number_format = "£#,##0.00####"},
    [STYLE_WHOLE] = {NUMBER | LINED, .number_format = "#,##0"},
    [STYLE_DECIMAL] = {NUMBER | LINED, .number_format = "#,##0.00####"},
    [STYLE_PERCENT] = {NUMBER | LINED, .number_format = "0.00%"},
    [STYLE_MONTH] = {NUMBER | LINED, .number_format = "mmm yyyy"},
    [STYLE_DAY] = {NUMBER | LINED, .number_format = "dd/mm/yyyy"},
    [STYLE_MUTED] = {LINED, .colour = GREY},
    [STYLE_MUTED_RIGHT] = {NUMBER | LINED, .colour = GREY},
    [STYLE_HOLD] = {LINED, .fill = AMBER},
    [STYLE_HOLD_WHOLE] = {NUMBER | LINED, "#,##0", .fill = AMBER},
    [STYLE_RECEIVED] = {LINED, "#,##0", .fill = PALE_GREEN},
    [STYLE_RECOVER] = {LINED, .fill = ROSE},
    [STYLE_TOTAL] = {BOLD, .fill = PALE_BLUE},
    [STYLE_TOTAL_MONEY] = {BOLD | NUMBER, POUNDS, .fill = PALE_BLUE},
    [STYLE_TOTAL_WHOLE] = {BOLD | NUMBER, "#,##0", .fill = PALE_BLUE},
    [STYLE_LINK] = {UNDERLINED | LINED, .colour = BLUE},
    [STYLE_CHECK] = {NUMBER | LINED, .number_format = "\"TRUE\";\"FALSE\";\"FALSE\""},
    [STYLE_ENGINE] = {NUMBER | LINED, POUNDS, .colour = GREY},
    [STYLE_VERDICT] = {BOLD,
                       "\"All checks pass\";\"A check FAILS: see Checks\";"
                       "\"A check FAILS: see Checks\"",
                       .size = 12},
    [STYLE_HEADLINE] = {BOLD | CENTRED, .size = 14, .fill = PALE_BLUE},
    [STYLE_HEADLINE_MONEY] = {BOLD | NUMBER | CENTRED, "£#,##0.00", .size = 14, .fill = PALE_BLUE},
    [STYLE_GOOD] = {BOLD, .colour = LXW_COLOR_WHITE, .fill = GREEN},
    [STYLE_BAD] = {BOLD, .colour = LXW_COLOR_WHITE, .fill = RED},
    [STYLE_INPUT_TEXT] = {BOXED | UNLOCKED, "@", .fill = PALE_YELLOW},
    [STYLE_INPUT_WHOLE] = {NUMBER | BOXED | UNLOCKED, .fill = PALE_YELLOW},
    [STYLE_INPUT_MONTH] = {NUMBER | BOXED | UNLOCKED, "yyyy-mm", .fill = PALE_YELLOW},
    [STYLE_INPUT_DAY] = {NUMBER | BOXED | UNLOCKED, "dd/mm/yyyy", .fill = PALE_YELLOW},
    [STYLE_FILLED] = {BOXED, .colour = GREY, .fill = LIGHT_GREY},
};

static void
dress(lxw_format *format, const StyleRow *style)
{
    bool is_number = (style->looks & NUMBER) != 0, is_centred = (style->looks & CENTRED) != 0;
    bool is_cell = (style->looks & LINED) != 0 || style->fill != 0;
    if (style->number_format != NULL)
        format_set_num_format(format, style->number_format);
    cell_font_size(format, style->size > 0 ? style->size : FONT_SIZE);
    format_set_font_name(format, style->font != NULL ? style->font : FONT);
    if ((style->looks & BOLD) != 0)
        format_set_bold(format);
    if ((style->looks & UNDERLINED) != 0)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if ((style->looks & WRAPPED) != 0)
        format_set_text_wrap(format);
    if (style->colour != 0)
        format_set_font_color(format, style->colour);
    if (style->fill != 0)
        format_set_bg_color(format, style->fill);
    if ((style->looks & LINED) != 0) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, PALE_GREY);
    }
    if ((style->looks & BOXED) != 0) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, MIDDLE_GREY);
    }
    if ((style->looks & UNLOCKED) != 0)
        format_set_unlocked(format);
    format_set_align(format, is_number ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    if (!is_number && is_cell)
        format_set_indent(format, 1); /* away from the number on its left */
    format_set_align(format, is_centred ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
}

bool
styles_make(lxw_workbook *workbook, lxw_format **formats)
{
    /* The first format is the workbook's own: widths of columns are counted in its digits. */
    lxw_format *own = STAILQ_FIRST(workbook->formats);
    format_set_font_name(own, FONT);
    cell_font_size(own, FONT_SIZE);
    for (guint s = 0; s < STYLE_COUNT; s++) {
        formats[s] = workbook_add_format(workbook);
        if (formats[s] == NULL)
            return false;
        dress(formats[s], &STYLES[s]);
    }
    return true;
}

StyleId
style_heading(StyleId style)
{
    return (STYLES[style].looks & NUMBER) != 0 ? STYLE_HEADING_RIGHT : STYLE_HEADING;
}

StyleLook
style_look(StyleId style)
{
    const StyleRow *row = &STYLES[style];
    bool is_lined = (row->looks & LINED) != 0;
    return (StyleLook){.is_bold = (row->looks & BOLD) != 0,
                       .is_right = (row->looks & NUMBER) != 0,
                       .is_wrapped = (row->looks & WRAPPED) != 0,
                       .is_lined = is_lined,
                       .is_centred = (row->looks & CENTRED) != 0,
                       .is_cell = is_lined || row->fill != 0,
                       .points = row->size > 0 ? row->size : FONT_SIZE,
                       .colour = row->colour,
                       .fill = row->fill,
                       .negative = RED,
                       .line = PALE_GREY};
}
