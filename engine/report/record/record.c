#include "report/record/record.h"

#include "report/record/outfile.h"
#include "report/record/columns.h"

#include "base/poison.h"

/* Writes the row at hand. */
static bool
write_row(OutFile *file, CsvOut *out, const RecordTable *table, const RecordRow *row,
          GError **error)
{
    for (guint c = 0; c < table->column_count; c++)
        table->columns[c].write(out, row);
    csv_out_end_row(out);
    return out_file_flush_full(file, error);
}

typedef bool (*WriteRowsFunc)(OutFile *file, CsvOut *out, RecordRow *row, GError **error);

static bool
write_payments(OutFile *file, CsvOut *out, RecordRow *row, GError **error)
{
    for (guint i = 0; i < row->result->contracts->len; i++) {
        row->contract = result_contract(row->result, i);
        if (!write_row(file, out, &RECORD_TABLE[RECORD_PAYMENTS], row, error))
            return false;
    }
    return true;
}

static bool
write_lines(OutFile *file, CsvOut *out, RecordRow *row, GError **error)
{
    for (guint i = 0; i < row->result->lines->len; i++) {
        row->line = result_line(row->result, i);
        row->contract = result_contract(row->result, row->line->contract);
        if (!write_row(file, out, &RECORD_TABLE[RECORD_LINES], row, error))
            return false;
    }
    return true;
}

static bool
write_exceptions(OutFile *file, CsvOut *out, RecordRow *row, GError **error)
{
    g_autoptr(ExceptionReader) reader = exception_reader_new(row->result);
    for (guint i = 0; i < row->result->exceptions->len; i++) {
        ExceptionText text = {0};
        row->exception = result_exception(row->result, i);
        exception_reader_read(reader, row->exception, &text);
        row->text = &text;
        bool is_written = write_row(file, out, &RECORD_TABLE[RECORD_EXCEPTIONS], row, error);
        exception_text_clear(&text);
        if (!is_written)
            return false;
    }
    return true;
}

static bool
write_controls(OutFile *file, CsvOut *out, RecordRow *row, GError **error)
{
    const InputFiles *inputs = row->result->pack->inputs;
    for (guint i = 0; i < inputs->files->len; i++) {
        row->file = input_file(inputs, i);
        if (!write_row(file, out, &RECORD_TABLE[RECORD_CONTROLS], row, error))
            return false;
    }
    return true;
}

static const WriteRowsFunc WRITE_ROWS[RECORD_TABLES] = {
    [RECORD_PAYMENTS] = write_payments,
    [RECORD_LINES] = write_lines,
    [RECORD_EXCEPTIONS] = write_exceptions,
    [RECORD_CONTROLS] = write_controls,
};

static bool
write_table(const Result *result, const char *period, RecordTableId id, const char *folder,
            GError **error)
{
    const RecordTable *table = &RECORD_TABLE[id];
    g_autoptr(OutFile) file = out_file_new(folder, table->file, error);
    if (file == NULL)
        return false;
    CsvOut out = {out_file_text(file), false};
    for (guint c = 0; c < table->column_count; c++)
        csv_out_text(&out, table->columns[c].name);
    csv_out_end_row(&out);
    RecordRow row = {.result = result, .period = period};
    return WRITE_ROWS[id](file, &out, &row, error) && out_file_close(file, error);
}

bool
record_write(const Result *result, const char *folder, GError **error)
{
    g_autofree char *period = period_text(&result->pack->period);
    for (RecordTableId id = 0; id < RECORD_TABLES; id++) {
        if (!write_table(result, period, id, folder, error))
            return false;
    }
    return true;
}

void
record_describe(GString *markdown)
{
    for (RecordTableId id = 0; id < RECORD_TABLES; id++) {
        const RecordTable *table = &RECORD_TABLE[id];
        g_string_append_printf(markdown, "%s`%s`: %s.\n\n| column | what it is |\n|---|---|\n",
                               id == 0 ? "" : "\n", table->file, table->about);
        for (guint c = 0; c < table->column_count; c++)
            g_string_append_printf(markdown, "| `%s` | %s |\n", table->columns[c].name,
                                   table->columns[c].about);
    }
}
