#include "sheet/table.h"

#include "sheet/cell.h"

#include "base/poison.h"

#define HEADING_HEIGHT 32
#define MARGIN 2 /* characters of room beside the widest cell; the filter's arrow needs it */
#define ZOOM 90

/* The part of a table that stands on one sheet. */
typedef struct {
    Book *book;
    lxw_worksheet *sheet;
    const Table *table;
    guint64 first, count;
    bool is_whole; /* whether the table has no other part */
    Sum *sums;     /* by column */
    guint *widths; /* by column */
    GString *scratch;
} Part;

static CellValue
cell_of(const Part *part, guint column, guint64 number)
{
    const TableColumn *c = &part->table->columns[column];
    CellValue cell = {.kind = CELL_EMPTY, .text = "", .style = c->style};
    TableRow row = {part->table->user, part->first + number, (lxw_row_t)(TABLE_FIRST_ROW + number),
                    part->scratch};
    g_string_truncate(part->scratch, 0);
    c->cell(&row, &cell);
    return cell;
}

/* How many characters a cell shows. */
static guint
cell_characters(const CellValue *cell)
{
    g_autoptr(GString) text = g_string_new(NULL);
    switch (cell->kind) {
    case CELL_TEXT:
        return (guint)MIN(g_utf8_strlen(cell->text, -1), 1000);
    case CELL_MONEY:
        money_append_pounds(text, cell->money);
        return (guint)g_utf8_strlen(text->str, -1);
    case CELL_MICROS:
        micros_append_rate(text, cell->micros);
        return (guint)(text->len + text->len / 4 + 1);
    case CELL_WHOLE:
        g_string_append_printf(text, "%" G_GUINT64_FORMAT, cell->whole);
        return (guint)(text->len + text->len / 4);
    case CELL_EMPTY:
    case CELL_DAY:
    case CELL_FRACTION:
        break;
    }
    return 10;
}

static void
add_to_sum(Sum *sum, const CellValue *cell)
{
    if (cell->kind == CELL_MONEY)
        sum_add(sum, cell->money);
    else if (cell->kind == CELL_WHOLE)
        sum_add(sum, (Money){(int64_t)cell->whole});
}

static guint
sum_characters(Sum sum)
{
    g_autoptr(GString) text = g_string_new(NULL);
    sum_append_pounds(text, sum);
    return (guint)(g_utf8_strlen(text->str, -1) * 11 / 10); /* it is bold */
}

static bool
is_money(const TableColumn *column)
{
    return column->style == STYLE_MONEY || column->style == STYLE_ENGINE;
}

/* Adds up the totals and measures the columns before anything is written: both stand above the
 * rows. Rows that must be loaded are not measured. */
static void
survey(Part *part)
{
    const Table *table = part->table;
    for (guint c = 0; c < table->column_count; c++) {
        const TableColumn *column = &table->columns[c];
        guint widest = 0;
        for (guint64 i = 0; i < part->count; i++) {
            if (!column->is_totalled && (table->load != NULL || column->least == column->most))
                break;
            CellValue cell = cell_of(part, c, i);
            widest = MAX(widest, cell_characters(&cell));
            if (column->is_totalled)
                add_to_sum(&part->sums[c], &cell);
        }
        if (column->is_totalled && is_money(column))
            widest = MAX(widest, sum_characters(part->sums[c]));
        guint most = table->load != NULL && !column->is_totalled ? column->least : column->most;
        part->widths[c] = CLAMP(widest + MARGIN, column->least, most);
    }
}

static lxw_error
write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const CellValue *cell,
           lxw_format *format)
{
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        if (cell->formula != NULL)
            return cell_formula_text(sheet, row, column, cell->formula, cell->text, format);
        if (cell->link != NULL && sheet->hlink_count < LXW_MAX_NUMBER_URLS)
            return cell_link(sheet, row, column, cell->link, cell->text, format);
        return cell_text(sheet, row, column, cell->text, format);
    case CELL_MONEY:
        if (cell->formula != NULL)
            return cell_formula_money(sheet, row, column, cell->formula, cell->money, format);
        return cell_money(sheet, row, column, cell->money, format);
    case CELL_MICROS:
        if (cell->formula != NULL)
            return cell_formula_micros(sheet, row, column, cell->formula, cell->micros, format);
        return cell_micros(sheet, row, column, cell->micros, format);
    case CELL_WHOLE:
        if (cell->formula != NULL)
            return cell_formula_whole(sheet, row, column, cell->formula, cell->whole, format);
        return cell_whole(sheet, row, column, cell->whole, format);
    case CELL_DAY:
        if (cell->formula != NULL)
            return cell_formula_day(sheet, row, column, cell->formula, cell->day, format);
        return cell_day(sheet, row, column, cell->day, format);
    case CELL_FRACTION:
        if (cell->formula != NULL)
            return cell_formula_fraction(sheet, row, column, cell->formula, cell->fraction, format);
        return cell_fraction(sheet, row, column, cell->fraction, format);
    }
    return cell_text(sheet, row, column, "", format);
}

void
book_cell(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const CellValue *cell)
{
    book_count_cell(book, sheet);
    book_note(book, write_cell(sheet, row, column, cell, book_style(book, cell->style)));
}

static void
write_total(Part *part, lxw_col_t column)
{
    lxw_row_t last = (lxw_row_t)(TABLE_FIRST_ROW + MAX(part->count, 1) - 1);
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(range, TABLE_FIRST_ROW, column, last, column);
    g_autofree char *formula = g_strconcat("=SUBTOTAL(9,", range, ")", NULL);
    CellValue cell = {.formula = formula};
    cell_set_sum(&cell, part->sums[column], is_money(&part->table->columns[column]));
    book_cell(part->book, part->sheet, TABLE_TOTALS_ROW, column, &cell);
}

static void
write_totals(Part *part)
{
    const Table *table = part->table;
    bool has_total = false;
    for (guint c = 0; c < table->column_count; c++)
        has_total = has_total || table->columns[c].is_totalled;
    if (!has_total)
        return;
    for (guint c = 0; c < table->column_count; c++) {
        if (table->columns[c].is_totalled)
            write_total(part, (lxw_col_t)c);
        else
            book_text(part->book, part->sheet, TABLE_TOTALS_ROW, (lxw_col_t)c,
                      c > 0            ? ""
                      : part->is_whole ? "Total"
                                       : "Total of this sheet",
                      STYLE_TOTAL);
    }
}

static void
write_headings(Part *part)
{
    const Table *table = part->table;
    book_note(part->book, cell_row_height(part->sheet, TABLE_HEADINGS_ROW, HEADING_HEIGHT));
    for (guint c = 0; c < table->column_count; c++) {
        book_note(part->book, cell_column_width(part->sheet, (lxw_col_t)c, part->widths[c]));
        book_text(part->book, part->sheet, TABLE_HEADINGS_ROW, (lxw_col_t)c,
                  table->columns[c].heading,
                  style_is_number(table->columns[c].style) ? STYLE_HEADING_RIGHT : STYLE_HEADING);
    }
}

static void
write_row(const Part *part, guint64 number)
{
    lxw_row_t row = (lxw_row_t)(TABLE_FIRST_ROW + number);
    guint lines = 1;
    for (guint c = 0; c < part->table->column_count; c++) {
        CellValue cell = cell_of(part, c, number);
        if (cell.style == STYLE_WRAP)
            lines = MAX(lines, book_lines(cell_characters(&cell), part->widths[c]));
        book_cell(part->book, part->sheet, row, (lxw_col_t)c, &cell);
    }
    if (!part->book->is_long)
        book_row_lines(part->book, part->sheet, row, lines);
}

static void
write_rows(Part *part)
{
    const Table *table = part->table;
    for (guint64 i = 0; i < part->count && !book_has_failed(part->book); i++) {
        if (table->load != NULL)
            table->load(table->user, part->first + i);
        write_row(part, i);
    }
    if (part->count == 0)
        book_text(part->book, part->sheet, TABLE_FIRST_ROW, 0, "None.", STYLE_MUTED);
}

static void
write_part(Part *part)
{
    const Table *table = part->table;
    lxw_col_t last_column = (lxw_col_t)(table->column_count - 1);
    lxw_row_t last_row = (lxw_row_t)(TABLE_HEADINGS_ROW + part->count);
    survey(part);
    book_title(part->book, part->sheet, table->title, table->note);
    write_totals(part);
    write_headings(part);
    /* Before the rows: a streamed sheet takes nothing that lies above its last row. */
    book_note(part->book,
              worksheet_autofilter(part->sheet, TABLE_HEADINGS_ROW, 0, last_row, last_column));
    write_rows(part);
    worksheet_freeze_panes(part->sheet, TABLE_FIRST_ROW, (lxw_col_t)table->frozen);
    worksheet_set_zoom(part->sheet, ZOOM);
    book_note(part->book,
              worksheet_repeat_rows(part->sheet, TABLE_HEADINGS_ROW, TABLE_HEADINGS_ROW));
    if (table->printed > 0)
        book_note(part->book,
                  worksheet_print_area(part->sheet, 0, 0, MAX(last_row, TABLE_FIRST_ROW),
                                       (lxw_col_t)(table->printed - 1)));
}

static void
add_part(Book *book, const Table *table, const Pages *pages, guint page)
{
    g_autofree Sum *sums = g_new0(Sum, table->column_count);
    g_autofree guint *widths = g_new0(guint, table->column_count);
    g_autoptr(GString) scratch = g_string_new(NULL);
    guint64 first = page * pages->rows_per_page;
    Part part = {book,
                 pages_sheet(pages, page),
                 table,
                 first,
                 MIN(pages->rows_per_page, table->row_count - first),
                 pages_count(pages) == 1,
                 sums,
                 widths,
                 scratch};
    write_part(&part);
}

static void
add_parts(Book *book, const Table *table, const Pages *pages)
{
    for (guint page = 0; page < pages_count(pages) && !book_has_failed(book); page++)
        add_part(book, table, pages, page);
}

void
table_add(Book *book, const Table *table)
{
    if (table->pages != NULL) {
        add_parts(book, table, table->pages);
        return;
    }
    g_autoptr(Pages) own = pages_add(book, table->name, table->is_reserved, table->row_count);
    add_parts(book, table, own);
}

void
cell_set_text(CellValue *cell, const char *text)
{
    cell->kind = CELL_TEXT;
    cell->text = text;
}

void
cell_set_money(CellValue *cell, Money money)
{
    cell->kind = CELL_MONEY;
    cell->money = money;
}

void
cell_set_whole(CellValue *cell, guint64 number)
{
    cell->kind = CELL_WHOLE;
    cell->whole = number;
}

void
cell_set_sum(CellValue *cell, Sum sum, bool is_money)
{
    Money money;
    cell->style = is_money ? STYLE_TOTAL_MONEY : STYLE_TOTAL_WHOLE;
    if (!sum_money(sum, &money))
        cell_set_text(cell, "out of range");
    else if (is_money)
        cell_set_money(cell, money);
    else
        cell_set_whole(cell, (guint64)money.pence);
}

void
cell_set_month(CellValue *cell, Month month)
{
    if (month == MONTH_NONE)
        return;
    cell->kind = CELL_DAY;
    cell->day = month_first_day(month);
}

void
cell_set_count(CellValue *cell, Micros micros)
{
    cell->kind = CELL_MICROS;
    cell->micros = micros;
    cell->style = micros % MICROS_PER_UNIT == 0 ? STYLE_WHOLE : STYLE_DECIMAL;
}
