#include "report/record/record.h"

#include "report/record/outfile.h"

#include "base/poison.h"

const RecordTable RECORD_TABLE[RECORD_TABLES] = {
    [RECORD_PAYMENTS] = {"payments.csv", "the record of what is owed: a row a contract",
                         CONTRACT_FIELDS, CONTRACT_RECORDED},
    [RECORD_LINES] = {"lines.csv", "how each entitlement comes about", LINE_FIELDS, LINE_RECORDED},
    [RECORD_EXCEPTIONS] = {"exceptions.csv", "every row and contract that is not paid as claimed",
                           EXCEPTION_FIELDS, EXCEPTION_RECORDED},
    [RECORD_CONTROLS] = {"controls.csv", "control totals of every input file", CONTROL_FIELDS,
                         CONTROL_RECORDED},
};

/* The rows of a table, one after the other. */
typedef struct {
    RecordTableId table;
    Record record;
    ExceptionReader *reader;
    ExceptionText text; /* of the record, where it is an exception */
} Rows;

static guint
rows_count(const Rows *rows)
{
    const Result *result = rows->record.result;
    const guint counts[RECORD_TABLES] = {
        [RECORD_PAYMENTS] = result->contracts->len,
        [RECORD_LINES] = result->lines->len,
        [RECORD_EXCEPTIONS] = result->exceptions->len,
        [RECORD_CONTROLS] = result->pack->inputs->files->len,
    };
    return counts[rows->table];
}

/* Makes the record that of a row. */
static void
rows_load(Rows *rows, guint row)
{
    Record *record = &rows->record;
    switch (rows->table) {
    case RECORD_PAYMENTS:
        record->contract = result_contract(record->result, row);
        break;
    case RECORD_LINES:
        record->line = result_line(record->result, row);
        record->contract = result_contract(record->result, record->line->contract);
        break;
    case RECORD_EXCEPTIONS:
        exception_text_clear(&rows->text);
        record->exception = result_exception(record->result, row);
        exception_reader_read(rows->reader, record->exception, &rows->text);
        break;
    case RECORD_CONTROLS:
    case RECORD_TABLES:
        record->file = input_file(record->result->pack->inputs, row);
        break;
    }
}

static bool
write_rows(Rows *rows, const char *folder, GError **error)
{
    const RecordTable *table = &RECORD_TABLE[rows->table];
    g_autoptr(OutFile) file = out_file_new(folder, table->file, error);
    if (file == NULL)
        return false;
    CsvOut out = {out_file_text(file), false};
    csv_out_fields(&out, table->columns, table->column_count, NULL);
    for (guint row = 0; row < rows_count(rows); row++) {
        rows_load(rows, row);
        csv_out_fields(&out, table->columns, table->column_count, &rows->record);
        if (!out_file_flush_full(file, error))
            return false;
    }
    return out_file_close(file, error);
}

bool
record_write(const Result *result, const char *folder, GError **error)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    Rows rows = {.record = {.result = result, .scratch = scratch}, .reader = reader};
    rows.record.text = &rows.text;
    bool is_written = true;
    for (RecordTableId table = 0; is_written && table < RECORD_TABLES; table++) {
        rows.table = table;
        is_written = write_rows(&rows, folder, error);
    }
    exception_text_clear(&rows.text);
    return is_written;
}
