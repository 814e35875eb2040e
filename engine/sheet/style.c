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
#define GREEN 0x007f3b
#define RED 0xb1121f

/* The NHS asks for Arial where its own typeface is not at hand. */
#define FONT "Arial"
#define FONT_SIZE 10

/* Negative amounts have their minus and are red: black-and-white print tells them, too. */
#define POUNDS "£#,##0.00;[Red]-£#,##0.00"

typedef struct {
    const char *number_format;
    guint size;       /* of the font, in points; 0: as usual */
    const char *font; /* NULL: as usual */
    bool is_bold, is_number, is_wrapped, is_underlined, has_line, is_centred;
    lxw_color_t colour, fill; /* 0: black on nothing */
} StyleRow;

static const StyleRow STYLES[STYLE_COUNT] = {
    [STYLE_TITLE] = {.size = 16, .is_bold = true, .colour = DARK_BLUE},
    [STYLE_NOTE] = {.size = 10, .colour = GREY},
    [STYLE_SECTION] = {.size = 12, .is_bold = true, .colour = DARK_BLUE},
    [STYLE_HEADING] = {.is_bold = true,
                       .is_wrapped = true,
                       .is_centred = true,
                       .colour = LXW_COLOR_WHITE,
                       .fill = BLUE},
    [STYLE_HEADING_RIGHT] = {.is_bold = true,
                             .is_wrapped = true,
                             .is_number = true,
                             .is_centred = true,
                             .colour = LXW_COLOR_WHITE,
                             .fill = BLUE},
    [STYLE_TEXT] = {.has_line = true},
    [STYLE_WRAP] = {.has_line = true, .is_wrapped = true},
    [STYLE_MONO] = {.has_line = true, .font = "Courier New", .size = 9},
    [STYLE_MONEY] = {.has_line = true, .is_number = true, .number_format = POUNDS},
    [STYLE_RATE] = {.has_line = true, .is_number = true, .number_format = "£#,##0.00####"},
    [STYLE_WHOLE] = {.has_line = true, .is_number = true, .number_format = "#,##0"},
    [STYLE_DECIMAL] = {.has_line = true, .is_number = true, .number_format = "#,##0.00####"},
    [STYLE_PERCENT] = {.has_line = true, .is_number = true, .number_format = "0.00%"},
    [STYLE_MONTH] = {.has_line = true, .is_number = true, .number_format = "mmm yyyy"},
    [STYLE_DAY] = {.has_line = true, .is_number = true, .number_format = "dd/mm/yyyy"},
    [STYLE_MUTED] = {.has_line = true, .colour = GREY},
    [STYLE_MUTED_RIGHT] = {.has_line = true, .is_number = true, .colour = GREY},
    [STYLE_HOLD] = {.has_line = true, .fill = AMBER},
    [STYLE_HOLD_WHOLE] = {.has_line = true,
                          .is_number = true,
                          .fill = AMBER,
                          .number_format = "#,##0"},
    [STYLE_RECOVER] = {.has_line = true, .fill = ROSE},
    [STYLE_TOTAL] = {.is_bold = true, .fill = PALE_BLUE},
    [STYLE_TOTAL_MONEY] = {.is_bold = true,
                           .is_number = true,
                           .fill = PALE_BLUE,
                           .number_format = POUNDS},
    [STYLE_TOTAL_WHOLE] = {.is_bold = true,
                           .is_number = true,
                           .fill = PALE_BLUE,
                           .number_format = "#,##0"},
    [STYLE_LINK] = {.has_line = true, .colour = BLUE, .is_underlined = true},
    [STYLE_CHECK] = {.has_line = true,
                     .is_number = true,
                     .number_format = "\"TRUE\";\"FALSE\";\"FALSE\""},
    [STYLE_ENGINE] = {.has_line = true, .is_number = true, .colour = GREY, .number_format = POUNDS},
    [STYLE_VERDICT] = {.is_bold = true,
                       .size = 12,
                       .number_format = "\"All checks pass\";\"A check FAILS: see Checks\";"
                                        "\"A check FAILS: see Checks\""},
    [STYLE_HEADLINE] = {.is_bold = true, .is_centred = true, .size = 14, .fill = PALE_BLUE},
    [STYLE_HEADLINE_MONEY] = {.is_bold = true,
                              .is_centred = true,
                              .is_number = true,
                              .size = 14,
                              .fill = PALE_BLUE,
                              .number_format = "£#,##0.00"},
    [STYLE_GOOD] = {.colour = LXW_COLOR_WHITE, .fill = GREEN, .is_bold = true},
    [STYLE_BAD] = {.colour = LXW_COLOR_WHITE, .fill = RED, .is_bold = true},
};

static void
dress(lxw_format *format, const StyleRow *style)
{
    if (style->number_format != NULL)
        format_set_num_format(format, style->number_format);
    cell_font_size(format, style->size > 0 ? style->size : FONT_SIZE);
    format_set_font_name(format, style->font != NULL ? style->font : FONT);
    if (style->is_bold)
        format_set_bold(format);
    if (style->is_underlined)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (style->is_wrapped)
        format_set_text_wrap(format);
    if (style->colour != 0)
        format_set_font_color(format, style->colour);
    if (style->fill != 0)
        format_set_bg_color(format, style->fill);
    if (style->has_line) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, PALE_GREY);
    }
    format_set_align(format, style->is_number ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    if (!style->is_number && (style->has_line || style->fill != 0))
        format_set_indent(format, 1); /* away from the number on its left */
    format_set_align(format,
                     style->is_centred ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
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
    return STYLES[style].is_number ? STYLE_HEADING_RIGHT : STYLE_HEADING;
}
