/* The one file here that may use binary floating point; so it does not include poison.h. */
#include "sheet/cell.h"

#include "sheet/inside.h"

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

Cell
cell_of(Figure figure, StyleId style)
{
    return (Cell){.figure = figure, .style = style};
}

Cell
cell_count(Micros count)
{
    return cell_of(figure_count(count), count % MICROS_PER_UNIT == 0 ? STYLE_WHOLE : STYLE_DECIMAL);
}

Cell
cell_total(Figure figure)
{
    bool is_count = figure.kind == FIGURE_WHOLE;
    return cell_of(figure, is_count ? STYLE_TOTAL_WHOLE : STYLE_TOTAL_MONEY);
}

/* The number of a day in spreadsheets. */
static double
serial(Day day)
{
    return (double)(day - day_of(1899, 12, 30));
}

/* The number that a spreadsheet has for a figure. */
static double
number_of(const Figure *figure)
{
    switch (figure->kind) {
    case FIGURE_MONEY:
        return (double)figure->money.pence / 100.0;
    case FIGURE_RATE:
    case FIGURE_COUNT:
        return (double)figure->micros / (double)MICROS_PER_UNIT;
    case FIGURE_WHOLE:
        return (double)figure->whole;
    case FIGURE_DAY:
        return serial(figure->day);
    case FIGURE_MONTH:
        return serial(month_first_day(figure->month));
    case FIGURE_FRACTION:
        return (double)figure->fraction.num / (double)figure->fraction.den;
    case FIGURE_EMPTY:
    case FIGURE_TEXT:
        break;
    }
    return 0;
}

/* Whether n/d is a formula that is exact and says more than its value. */
static bool
is_quotient(Fraction fraction)
{
    return fraction.den != 1 && fraction.den <= MOST_DIGITS && fraction.num <= MOST_DIGITS &&
           fraction.num >= -MOST_DIGITS;
}

static lxw_error
write_text(Sheet *sheet, guint row, lxw_col_t column, const Cell *cell, lxw_format *format)
{
    const char *text = cell->figure.text;
    g_autofree char *legal = is_plain(text) ? NULL : cell_legal_text(text);
    if (legal != NULL)
        text = legal;
    if (cell->formula != NULL)
        return worksheet_write_formula_str(sheet, row, column, cell->formula, format, text);
    if (cell->link != NULL && sheet->hlink_count < LXW_MAX_NUMBER_URLS)
        return worksheet_write_url_opt(sheet, row, column, cell->link, format, text, NULL);
    if (text[0] == '\0')
        return worksheet_write_blank(sheet, row, column, format);
    return worksheet_write_string(sheet, row, column, text, format);
}

static lxw_error
write_number(Sheet *sheet, guint row, lxw_col_t column, const Cell *cell, lxw_format *format)
{
    const Figure *figure = &cell->figure;
    double number = number_of(figure);
    if (cell->formula != NULL)
        return worksheet_write_formula_num(sheet, row, column, cell->formula, format, number);
    if (figure->kind != FIGURE_FRACTION || !is_quotient(figure->fraction))
        return worksheet_write_number(sheet, row, column, number, format);
    g_autoptr(GString) quotient = g_string_new("=");
    fraction_append(quotient, figure->fraction);
    return worksheet_write_formula_num(sheet, row, column, quotient->str, format, number);
}

/* Counts a cell of a sheet, as the finished file must hold it. */
static void
count_cell(Book *book, const Sheet *sheet)
{
    if (sheet->index >= book->cell_counts->len)
        g_array_set_size(book->cell_counts, sheet->index + 1U);
    g_array_index(book->cell_counts, guint64, sheet->index)++;
}

void
cell_write(Book *book, Sheet *sheet, guint row, guint column, const Cell *cell)
{
    lxw_format *format = book->styles[cell->style];
    lxw_col_t at = (lxw_col_t)column;
    g_autoptr(GString) text = NULL;
    Cell shown = *cell;
    if (cell->figure.kind == FIGURE_DAY && cell->formula == NULL &&
        cell->figure.day < day_of(1900, 3, 1)) {
        text = g_string_new(NULL);
        day_append(text, cell->figure.day);
        shown.figure = figure_text(text->str);
    }
    count_cell(book, sheet);
    if (shown.figure.kind == FIGURE_EMPTY)
        book_note(book, worksheet_write_blank(sheet, row, at, format));
    else if (shown.figure.kind == FIGURE_TEXT)
        book_note(book, write_text(sheet, row, at, &shown, format));
    else
        book_note(book, write_number(sheet, row, at, &shown, format));
}

void
cell_text(Book *book, Sheet *sheet, guint row, guint column, const char *text, StyleId style)
{
    Cell cell = cell_of(figure_text(text), style);
    cell_write(book, sheet, row, column, &cell);
}

void
cell_merge(Book *book, Sheet *sheet, guint row, guint first, guint last, const char *text,
           StyleId style)
{
    if (last > first)
        book_note(book, worksheet_merge_range(sheet, row, (lxw_col_t)first, row, (lxw_col_t)last,
                                              "", book->styles[style]));
    for (guint c = first + 1; c <= last; c++)
        count_cell(book, sheet);
    cell_text(book, sheet, row, first, text, style);
}

guint
cell_characters(const Cell *cell)
{
    g_autoptr(GString) text = g_string_new(NULL);
    switch (cell->figure.kind) {
    case FIGURE_TEXT:
        return (guint)MIN(g_utf8_strlen(cell->figure.text, -1), 1000);
    case FIGURE_MONEY:
        money_append_pounds(text, cell->figure.money);
        return (guint)g_utf8_strlen(text->str, -1);
    case FIGURE_RATE:
    case FIGURE_COUNT:
        micros_append_rate(text, cell->figure.micros);
        return (guint)(text->len + text->len / 4 + 1);
    case FIGURE_WHOLE:
        g_string_append_printf(text, "%" G_GUINT64_FORMAT, cell->figure.whole);
        return (guint)(text->len + text->len / 4);
    case FIGURE_EMPTY:
    case FIGURE_DAY:
    case FIGURE_MONTH:
    case FIGURE_FRACTION:
        break;
    }
    return 10;
}

void
cell_chart(Book *book, Sheet *sheet, guint row, lxw_chart *chart, guint left, guint width,
           guint height, const char *description)
{
    lxw_chart_options options = {.x_offset = (int32_t)left,
                                 .x_scale = width / 480.0, /* the library's own size */
                                 .y_scale = height / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = (char *)description};
    book_note(book, worksheet_insert_chart_opt(sheet, row, 0, chart, &options));
}

void
cell_column_width(Book *book, Sheet *sheet, guint column, guint characters)
{
    book_note(book, worksheet_set_column(sheet, (lxw_col_t)column, (lxw_col_t)column,
                                         (double)characters, NULL));
}

void
cell_row_height(Book *book, Sheet *sheet, guint row, guint points)
{
    book_note(book, worksheet_set_row(sheet, row, (double)points, NULL));
}

void
cell_page_margins(Sheet *sheet)
{
    worksheet_set_margins(sheet, 0.4, 0.4, 0.7, 0.65);
}

void
cell_font_size(lxw_format *format, guint points)
{
    format_set_font_size(format, (double)points);
}
