/* One of the two files that may use binary floating point; so it does not include poison.h. */
#include "sheet/cell.h"

#define MOST_UNITS 32767
#define MOST_DIGITS INT64_C(999999999999999)

/* Whether XML 1.0 has the character. CR is not among them here: readers make LF of it. */
static bool
is_legal(gunichar c)
{
    return c == '\t' || c == '\n' || (c >= 0x20 && c < 0xfffe) || c > 0xffff;
}

/* Whether "_x0041_" stands here, which spreadsheets would read as one character. */
static bool
is_escape(const char *at)
{
    return at[0] == '_' && at[1] == 'x' && g_ascii_isxdigit(at[2]) && g_ascii_isxdigit(at[3]) &&
           g_ascii_isxdigit(at[4]) && g_ascii_isxdigit(at[5]) && at[6] == '_';
}

/* Whether a text is plain ASCII of a moderate length, and so legal as it is: nearly all are. */
static bool
is_plain(const char *text)
{
    for (guint length = 0; length < MOST_UNITS; length++) {
        char c = text[length];
        if (c == '\0')
            return true;
        if (c < ' ' || c > '~' || c == '_')
            return false;
    }
    return false;
}

char *
cell_legal_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *legal = g_string_new(NULL);
    guint units = 0;
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool starts_escape = is_escape(at);
        units += starts_escape ? 7 : c > 0xffff ? 2 : 1;
        if (units > MOST_UNITS)
            break;
        if (c == '\r' && at[1] == '\n')
            continue;
        if (starts_escape)
            g_string_append(legal, "_x005F_");
        else if (c == '\r')
            g_string_append_c(legal, '\n');
        else
            g_string_append_unichar(legal, is_legal(c) ? c : 0xfffd);
    }
    return g_string_free(legal, FALSE);
}

lxw_error
cell_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
          lxw_format *format)
{
    if (text[0] == '\0')
        return worksheet_write_blank(sheet, row, column, format);
    g_autofree char *legal = is_plain(text) ? NULL : cell_legal_text(text);
    return worksheet_write_string(sheet, row, column, legal != NULL ? legal : text, format);
}

static double
pounds(Money money)
{
    return (double)money.pence / 100.0;
}

lxw_error
cell_money(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Money money, lxw_format *format)
{
    return worksheet_write_number(sheet, row, column, pounds(money), format);
}

lxw_error
cell_micros(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Micros micros,
            lxw_format *format)
{
    return worksheet_write_number(sheet, row, column, (double)micros / (double)MICROS_PER_UNIT,
                                  format);
}

lxw_error
cell_whole(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, guint64 number,
           lxw_format *format)
{
    return worksheet_write_number(sheet, row, column, (double)number, format);
}

/* The number of a day in spreadsheets. */
static double
serial(Day day)
{
    return (double)(day - day_of(1899, 12, 30));
}

lxw_error
cell_day(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Day day, lxw_format *format)
{
    if (day >= day_of(1900, 3, 1))
        return worksheet_write_number(sheet, row, column, serial(day), format);
    g_autoptr(GString) text = g_string_new(NULL);
    day_append(text, day);
    return cell_text(sheet, row, column, text->str, format);
}

lxw_error
cell_fraction(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Fraction fraction,
              lxw_format *format)
{
    double value = (double)fraction.num / (double)fraction.den;
    if (fraction.den == 1 || fraction.den > MOST_DIGITS || fraction.num > MOST_DIGITS ||
        fraction.num < -MOST_DIGITS)
        return worksheet_write_number(sheet, row, column, value, format);
    g_autoptr(GString) formula = g_string_new("=");
    fraction_append(formula, fraction);
    return worksheet_write_formula_num(sheet, row, column, formula->str, format, value);
}

lxw_error
cell_formula_money(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *formula,
                   Money money, lxw_format *format)
{
    return worksheet_write_formula_num(sheet, row, column, formula, format, pounds(money));
}

lxw_error
cell_formula_whole(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *formula,
                   guint64 number, lxw_format *format)
{
    return worksheet_write_formula_num(sheet, row, column, formula, format, (double)number);
}

lxw_error
cell_formula_micros(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *formula,
                    Micros micros, lxw_format *format)
{
    return worksheet_write_formula_num(sheet, row, column, formula, format,
                                       (double)micros / (double)MICROS_PER_UNIT);
}

lxw_error
cell_formula_fraction(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *formula,
                      Fraction fraction, lxw_format *format)
{
    return worksheet_write_formula_num(sheet, row, column, formula, format,
                                       (double)fraction.num / (double)fraction.den);
}

lxw_error
cell_formula_day(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *formula,
                 Day day, lxw_format *format)
{
    return worksheet_write_formula_num(sheet, row, column, formula, format, serial(day));
}

lxw_error
cell_formula_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *formula,
                  const char *text, lxw_format *format)
{
    g_autofree char *legal = cell_legal_text(text);
    return worksheet_write_formula_str(sheet, row, column, formula, format, legal);
}

lxw_error
cell_link(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *address,
          const char *text, lxw_format *format)
{
    g_autofree char *legal = cell_legal_text(text);
    return worksheet_write_url_opt(sheet, row, column, address, format, legal, NULL);
}

lxw_error
cell_chart(lxw_worksheet *sheet, lxw_row_t row, lxw_chart *chart, guint left, guint width,
           guint height)
{
    lxw_chart_options options = {.x_offset = (int32_t)left,
                                 .x_scale = width / 480.0, /* the library's own size */
                                 .y_scale = height / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE};
    return worksheet_insert_chart_opt(sheet, row, 0, chart, &options);
}

lxw_error
cell_column_width(lxw_worksheet *sheet, lxw_col_t column, guint characters)
{
    return worksheet_set_column(sheet, column, column, (double)characters, NULL);
}

lxw_error
cell_row_height(lxw_worksheet *sheet, lxw_row_t row, guint points)
{
    return worksheet_set_row(sheet, row, (double)points, NULL);
}

void
cell_page_margins(lxw_worksheet *sheet)
{
    worksheet_set_margins(sheet, 0.4, 0.4, 0.7, 0.65);
}

void
cell_font_size(lxw_format *format, guint points)
{
    format_set_font_size(format, (double)points);
}
