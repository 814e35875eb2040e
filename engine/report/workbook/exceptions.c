#include "report/workbook/sheets.h"

#include <string.h>

#include "pay/exception_text.h"
#include "sheet/table.h"

#include "base/poison.h"

#define MOST_ADDRESS 200

/* The exceptions, one read after the other. */
typedef struct {
    const Result *result;
    ExceptionReader *reader;
    ExceptionText text; /* of the row that was loaded last */
    bool is_loaded;
} Exceptions;

static const ExceptionEntry *
row_entry(const TableRow *row)
{
    const Exceptions *exceptions = row->user;
    return result_exception(exceptions->result, (guint)row->index);
}

static const ExceptionText *
row_text(const TableRow *row)
{
    const Exceptions *exceptions = row->user;
    return &exceptions->text;
}

static void
unload(Exceptions *exceptions)
{
    if (exceptions->is_loaded)
        exception_text_clear(&exceptions->text);
    exceptions->text = (ExceptionText){0};
    exceptions->is_loaded = false;
}

static void
load(gpointer user, guint64 index)
{
    Exceptions *exceptions = user;
    unload(exceptions);
    exception_reader_read(exceptions->reader, result_exception(exceptions->result, (guint)index),
                          &exceptions->text);
    exceptions->is_loaded = true;
}

/* Whether an address can be made of a file's name as it is. */
static bool
is_plain(const char *file)
{
    for (const char *at = file; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && strchr("/-_. ", *at) == NULL)
            return false;
    return strlen(file) < MOST_ADDRESS;
}

/* The file leads to its copy in the archive, beside the folder of the workbook, and to the line. */
static void
show_file(const TableRow *row, Cell *cell)
{
    const char *file = row_text(row)->file;
    cell->figure = figure_text(file);
    if (file[0] == '\0' || !is_plain(file))
        return;
    g_string_printf(row->scratch, "external:../inputs/%s#A%" G_GUINT64_FORMAT, file,
                    row_text(row)->line);
    cell->link = row->scratch->str;
    cell->style = STYLE_LINK;
}

static void
show_line(const TableRow *row, Cell *cell)
{
    if (row_text(row)->line > 0)
        cell->figure = figure_whole(row_text(row)->line);
}

static void
show_column(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_text(row)->column);
}

static void
show_reason(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(REASONS[row_entry(row)->reason].name);
}

static void
show_outcome(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_text(row)->outcome);
    if (REASONS[row_entry(row)->reason].state == STATE_HELD)
        cell->style = STYLE_HOLD;
}

static void
show_scheme(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_text(row)->scheme);
}

static void
show_provider(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_text(row)->provider);
}

/* The provider's name, where the register knows the code. */
static void
show_name(const TableRow *row, Cell *cell)
{
    const Exceptions *exceptions = row->user;
    const Register *reg = exceptions->result->pack->reg;
    const char *code = row_text(row)->provider;
    guint32 provider = codes_find(reg->codes, (Span){code, strlen(code)});
    if (provider != CODE_NONE)
        cell->figure = figure_text(register_provider(reg, provider)->in_force->name);
}

static void
show_month(const TableRow *row, Cell *cell)
{
    cell->figure = figure_month(row_text(row)->month);
}

static void
show_item(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_text(row)->item);
}

static void
show_at_risk(const TableRow *row, Cell *cell)
{
    if (row_entry(row)->has_risk)
        cell->figure = figure_money(row_entry(row)->at_risk);
}

static void
show_message(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_text(row)->message);
}

static const TableColumn TABLE_COLUMNS[] = {
    {NULL, "Scheme", STYLE_TEXT, 14, 30, false, show_scheme},
    {NULL, "Provider", STYLE_TEXT, 11, 30, false, show_provider},
    {NULL, "Name", STYLE_WRAP, 28, 32, false, show_name},
    {NULL, "Month", STYLE_MONTH, 10, 10, false, show_month},
    {NULL, "Activity or indicator", STYLE_TEXT, 14, 32, false, show_item},
    {NULL, "Reason", STYLE_TEXT, 21, 21, false, show_reason},
    {NULL, "Outcome", STYLE_TEXT, 10, 10, false, show_outcome},
    {NULL, "Money at risk", STYLE_MONEY, 14, 26, true, show_at_risk},
    {NULL, "What it is about", STYLE_WRAP, 70, 70, false, show_message},
    {NULL, "File", STYLE_WRAP, 30, 30, false, show_file},
    {NULL, "Line", STYLE_WHOLE, 9, 9, false, show_line},
    {NULL, "Column", STYLE_TEXT, 14, 14, false, show_column},
};

void
workbook_fill_exceptions(Workbook *workbook)
{
    const Result *result = workbook->result;
    if (workbook->exception_groups != NULL) {
        workbook_fill_exceptions_summed(workbook);
        return;
    }
    g_autofree char *title = wording_title("Exceptions", &result->pack->period);
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    Exceptions exceptions = {.result = result, .reader = reader};
    Table table = {
        .pages = workbook->exceptions,
        .title = title,
        .note = "Every row and contract that is not paid as claimed, in the order of file and "
                "line; the file's name leads to its copy in the archive. Money at risk is empty "
                "where no price is known.",
        .columns = TABLE_COLUMNS,
        .column_count = G_N_ELEMENTS(TABLE_COLUMNS),
        .frozen = 3,
        .row_count = result->exceptions->len,
        .user = &exceptions,
        .load = load,
    };
    table_add(workbook->book, &table);
    unload(&exceptions);
}
