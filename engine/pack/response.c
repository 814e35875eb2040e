#include "pack/response.h"

#include <string.h>

#include "base/document.h"
#include "pack/rules/words.h"
#include "pack/value.h"

#include "base/poison.h"

/* The answer being read. */
typedef struct {
    const ResponseColumn *outcome; /* NULL: no column holds one */
    Column columns[RESPONSE_COUNT];
    guint column_count;
    const char *file;
    Faults *faults;
    GHashTable *lines; /* payment_id to the line it stands in, as guint64 */
    GArray *rows;
} Reading;

static void
clear_row(gpointer pointer)
{
    ResponseRow *row = pointer;
    g_free(row->payment_id);
    g_free(row->shown);
}

/* What the payment file calls a field of its own. */
static const char *
name_in_payment_file(const Rules *rules, PaymentField field)
{
    for (guint i = 0; i < rules->payment_file->len; i++) {
        const PaymentColumn *column = &g_array_index(rules->payment_file, PaymentColumn, i);
        if (column->has_field && column->field == field)
            return column->name;
    }
    return PAYMENT_FIELDS[field];
}

static void
set_columns(Reading *reading, const Rules *rules)
{
    const char *names[RESPONSE_COUNT] = {name_in_payment_file(rules, FIELD_PAYMENT_ID),
                                         name_in_payment_file(rules, FIELD_AMOUNT), NULL};
    for (guint i = 0; i < rules->response_file->len; i++) {
        const ResponseColumn *column = &g_array_index(rules->response_file, ResponseColumn, i);
        names[column->field] = column->name;
        if (column->field == RESPONSE_OUTCOME)
            reading->outcome = column;
    }
    bool has_outcome = reading->outcome != NULL;
    reading->columns[RESPONSE_PAYMENT_ID] = (Column){names[RESPONSE_PAYMENT_ID], COLUMN_KEY, true};
    reading->columns[RESPONSE_AMOUNT] =
        (Column){names[RESPONSE_AMOUNT], COLUMN_MONEY, !has_outcome};
    reading->columns[RESPONSE_OUTCOME] = (Column){names[RESPONSE_OUTCOME], COLUMN_KEY, true};
    reading->column_count = has_outcome ? RESPONSE_COUNT : RESPONSE_OUTCOME;
}

static bool
is_word(const GPtrArray *words, Span text)
{
    for (guint i = 0; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);
        if (strlen(word) == text.length && g_ascii_strncasecmp(word, text.text, text.length) == 0)
            return true;
    }
    return false;
}

static void
add_fault(const Reading *reading, guint64 line, ResponseField field, const char *text)
{
    faults_add(reading->faults, FAULT_INPUT, reading->file, line, reading->columns[field].name,
               "%s", text);
}

/* What became of a payment. An outcome that is not known is a fault: it may mean either. */
static void
read_outcome(const Reading *reading, const Value *values, ResponseRow *row)
{
    if (reading->outcome == NULL) {
        row->is_rejected = row->paid.pence == 0;
        return;
    }
    const Value *outcome = &values[RESPONSE_OUTCOME];
    row->is_rejected = is_word(reading->outcome->rejected, outcome->text);
    if (row->is_rejected) {
        row->paid = (Money){0};
    } else if (!is_word(reading->outcome->paid, outcome->text)) {
        g_autoptr(GString) text = g_string_new(NULL);
        text_append_quoted(text, outcome->text);
        g_string_append(text, " is no outcome of response-file.csv");
        add_fault(reading, row->line, RESPONSE_OUTCOME, text->str);
    } else if (!values[RESPONSE_AMOUNT].is_given) {
        add_fault(reading, row->line, RESPONSE_AMOUNT, "is empty, although it was paid");
    }
}

static void
read_row(Reading *reading, const Value *values, guint64 line)
{
    const Value *id = &values[RESPONSE_PAYMENT_ID];
    ResponseRow row = {
        .payment_id = span_copy(id->text),
        .shown = value_text(id),
        .line = line,
        .paid = {values[RESPONSE_AMOUNT].is_given ? values[RESPONSE_AMOUNT].number : 0}};
    const guint64 *first = g_hash_table_lookup(reading->lines, row.payment_id);
    if (first != NULL) {
        g_autoptr(GString) text = g_string_new(NULL);
        text_append_quoted(text, id->text);
        g_string_append_printf(text, " stands here twice: first in line %" G_GUINT64_FORMAT,
                               *first);
        add_fault(reading, line, RESPONSE_PAYMENT_ID, text->str);
    }
    read_outcome(reading, values, &row);
    g_array_append_val(reading->rows, row);
    guint64 *copy = g_new(guint64, 1);
    *copy = first == NULL ? line : *first;
    g_hash_table_replace(reading->lines, g_strdup(row.payment_id), copy);
}

static void
read_rows(Reading *reading, const Document *document)
{
    g_autoptr(CsvTable) csv = csv_table_new(document, reading->columns, reading->column_count,
                                            FAULT_INPUT, reading->faults);
    g_autoptr(RowReader) rows = row_reader_new(csv, reading->faults);
    Value values[MAX_COLUMNS];
    Row row;
    while (row_reader_next(rows, &row))
        if (values_pass(csv, reading->columns, reading->column_count, &row, FAULT_INPUT,
                        reading->faults, values))
            read_row(reading, values, document_line(document, row.offset));
    csv_table_finish(csv, reading->faults);
}

GArray *
response_read(const char *path, const Rules *rules, Faults *faults, GError **error)
{
    g_autoptr(Document) document = document_open(path, path, error);
    if (document == NULL)
        return NULL;
    documents_survey(&document, 1, 1, FAULT_INPUT, faults);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(ResponseRow));
    g_array_set_clear_func(rows, clear_row);
    g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Reading reading = {.file = path, .faults = faults, .lines = lines, .rows = rows};
    set_columns(&reading, rules);
    read_rows(&reading, document);
    guint count = faults_count(faults, FAULT_INPUT);
    if (count > 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s has %u fault%s: nothing is reconciled",
                    path, count, text_plural(count));
        return NULL;
    }
    return g_steal_pointer(&rows);
}
