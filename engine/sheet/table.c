#include "sheet/table.h"

#include "sheet/cursor.h"
#include "sheet/layout.h"

#include "base/poison.h"

#define HEADING_HEIGHT 32
#define MARGIN 2 /* characters of room beside the widest cell; the filter's arrow needs it */
#define ZOOM 90

/* The part of a table that stands on one sheet. */
typedef struct {
    Book *book;
    Sheet *sheet;
    const Table *table;
    guint64 first, count;
    bool is_whole; /* whether the table has no other part */
    Sum *sums;     /* by column */
    guint *widths; /* by column; while it is surveyed: what the widest cell needs */
    GString *scratch;
} Part;

/* The row of so many in the part. */
static TableRow
row_of(const Part *part, guint64 number)
{
    const Table *table = part->table;
    guint64 index = part->first + number;
    return (TableRow){.user = table->user,
                      .record = table->record != NULL ? table->record(table->user, index) : NULL,
                      .index = index,
                      .sheet_row = (guint)(TABLE_FIRST_ROW + number),
                      .scratch = part->scratch};
}

static Cell
cell_at(const Table *table, TableRow *row, guint number)
{
    const TableColumn *column = &table->columns[number];
    Cell cell = {.style = column->style};
    row->column = number;
    if (column->field != NULL)
        cell.figure = column->field->get(row->record);
    g_string_truncate(row->scratch, 0);
    if (column->show != NULL)
        column->show(row, &cell);
    if (cell.figure.kind == FIGURE_COUNT)
        cell.style = cell_count(cell.figure.micros).style;
    return cell;
}

static void
add_to_sum(Sum *sum, const Figure *figure)
{
    if (figure->kind == FIGURE_MONEY)
        sum_add(sum, figure->money);
    else if (figure->kind == FIGURE_WHOLE)
        sum_add(sum, (Money){(int64_t)figure->whole});
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

/* Whether the cells of a column are looked at before they are written. */
static bool
is_measured(const Table *table, const TableColumn *column)
{
    return column->is_totalled || (table->load == NULL && column->least != column->most);
}

static void
measure(Part *part, TableRow *row, guint column)
{
    const TableColumn *measured = &part->table->columns[column];
    Cell cell = cell_at(part->table, row, column);
    part->widths[column] = MAX(part->widths[column], cell_characters(&cell));
    if (measured->is_totalled)
        add_to_sum(&part->sums[column], &cell.figure);
}

/* Adds up the totals and measures the columns before anything is written: both stand above the
 * rows. Rows that must be loaded are not measured. */
static void
survey(Part *part)
{
    const Table *table = part->table;
    for (guint64 i = 0; i < part->count; i++) {
        TableRow row = row_of(part, i);
        for (guint c = 0; c < table->column_count; c++)
            if (is_measured(table, &table->columns[c]))
                measure(part, &row, c);
    }
    for (guint c = 0; c < table->column_count; c++) {
        const TableColumn *column = &table->columns[c];
        guint widest = part->widths[c];
        if (column->is_totalled && is_money(column))
            widest = MAX(widest, sum_characters(part->sums[c]));
        guint most = table->load != NULL && !column->is_totalled ? column->least : column->most;
        part->widths[c] = CLAMP(widest + MARGIN, column->least, most);
    }
}

static void
write_totals(Part *part)
{
    const Table *table = part->table;
    guint last = (guint)(TABLE_FIRST_ROW + MAX(part->count, 1) - 1);
    bool has_total = false;
    for (guint c = 0; c < table->column_count; c++)
        has_total = has_total || table->columns[c].is_totalled;
    for (guint c = 0; has_total && c < table->column_count; c++) {
        g_autoptr(GString) formula = g_string_new("=SUBTOTAL(9,");
        const char *label = c > 0 ? "" : part->is_whole ? "Total" : "Total of this sheet";
        Cell cell = cell_of(figure_text(label), STYLE_TOTAL);
        if (table->columns[c].is_totalled) {
            Sum sum = part->sums[c];
            cell = cell_total(is_money(&table->columns[c]) ? figure_sum(sum)
                                                           : figure_whole((guint64)sum.pence));
            range_append_plain(formula, TABLE_FIRST_ROW, last, c);
            cell.formula = g_string_append_c(formula, ')')->str;
        }
        cell_write(part->book, part->sheet, TABLE_TOTALS_ROW, c, &cell);
    }
}

static TableHeading
heading_of(const TableColumn *column)
{
    return (TableHeading){column->heading != NULL ? column->heading : column->field->heading,
                          style_heading(column->style)};
}

static void
write_headings(Part *part)
{
    const Table *table = part->table;
    layout_height(part->book, part->sheet, TABLE_HEADINGS_ROW, HEADING_HEIGHT);
    layout_widths(part->book, part->sheet, part->widths, table->column_count);
    for (guint c = 0; c < table->column_count; c++) {
        TableHeading heading = heading_of(&table->columns[c]);
        cell_text(part->book, part->sheet, TABLE_HEADINGS_ROW, c, heading.text, heading.style);
    }
}

/* Whether no two headings are alike. */
static bool
headings_differ(const TableHeading *headings, guint count)
{
    for (guint c = 1; c < count; c++)
        for (guint before = 0; before < c; before++)
            if (g_ascii_strcasecmp(headings[c].text, headings[before].text) == 0)
                return false;
    return true;
}

/* Marks the table as one; filter buttons alone where the spreadsheet's format does not allow that:
 * a streamed sheet, one without rows, headings that are alike. */
static void
mark(const Part *part, guint last)
{
    const Table *table = part->table;
    g_autofree TableHeading *headings = g_new(TableHeading, table->column_count);
    for (guint c = 0; c < table->column_count; c++)
        headings[c] = heading_of(&table->columns[c]);
    if (!book_is_long(part->book) && part->count > 0 &&
        headings_differ(headings, table->column_count))
        layout_table(part->book, part->sheet, TABLE_HEADINGS_ROW, last, headings,
                     table->column_count);
    else
        layout_filter(part->book, part->sheet, TABLE_HEADINGS_ROW, last, table->column_count - 1);
}

static void
write_row(const Part *part, guint64 number)
{
    TableRow row = row_of(part, number);
    guint lines = 1;
    for (guint c = 0; c < part->table->column_count; c++) {
        Cell cell = cell_at(part->table, &row, c);
        if (cell.style == STYLE_WRAP && cell.figure.kind == FIGURE_TEXT)
            lines = MAX(lines, layout_lines(cell.figure.text, part->widths[c]));
        cell_write(part->book, part->sheet, row.sheet_row, c, &cell);
    }
    if (!book_is_long(part->book))
        layout_row_lines(part->book, part->sheet, row.sheet_row, lines);
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
}

static void
write_part(Part *part)
{
    const Table *table = part->table;
    guint last = (guint)(TABLE_HEADINGS_ROW + part->count);
    survey(part);
    cursor_title(part->book, part->sheet, table->title, table->note);
    write_totals(part);
    write_headings(part);
    /* Before the rows: a streamed sheet takes nothing that lies above its last row. */
    mark(part, last);
    write_rows(part);
    if (part->count == 0)
        cell_text(part->book, part->sheet, TABLE_FIRST_ROW, 0, "None.", STYLE_MUTED);
    layout_freeze(part->sheet, TABLE_FIRST_ROW, table->frozen);
    layout_zoom(part->sheet, ZOOM);
    layout_repeat(part->book, part->sheet, TABLE_HEADINGS_ROW, TABLE_HEADINGS_ROW);
    if (table->printed > 0)
        layout_print_to(part->book, part->sheet, MAX(last, TABLE_FIRST_ROW), table->printed - 1);
}

static void
add_part(Book *book, const Table *table, guint page)
{
    const Pages *pages = table->pages;
    g_autofree Sum *sums = g_new0(Sum, table->column_count);
    g_autofree guint *widths = g_new0(guint, table->column_count);
    g_autoptr(GString) scratch = g_string_new(NULL);
    guint64 first = page * pages->rows_per_page;
    Part part = {book,
                 pages_sheet(pages, page),
                 table,
                 first,
                 MIN(pages->rows_per_page, pages->rows - first),
                 pages_count(pages) == 1,
                 sums,
                 widths,
                 scratch};
    write_part(&part);
}

void
table_add(Book *book, const Table *table)
{
    for (guint page = 0; page < pages_count(table->pages) && !book_has_failed(book); page++)
        add_part(book, table, page);
}
