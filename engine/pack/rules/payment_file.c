/* payment-file.csv: the columns of the payment file as an upload wants them, one row a column. The
 * file need not be there. */
#include "pack/rules/payment_file.h"

#include <string.h>

#include "pack/rules/words.h"

#include "base/poison.h"

enum { COLUMN, FIELD, CONSTANT, COLUMNS };

static const Column TEMPLATE_COLUMNS[COLUMNS] = {
    [COLUMN] = {"column", COLUMN_TEXT, true},
    [FIELD] = {"field", COLUMN_TEXT, false},
    [CONSTANT] = {"constant", COLUMN_TEXT, false},
};

static void
read_column(RulesReader *reader)
{
    const Value *values = reader->values;
    GArray *columns = reader->rules->payment_file;
    for (guint i = 0; i < columns->len; i++)
        if (span_is(values[COLUMN].text, g_array_index(columns, PaymentColumn, i).name))
            rules_reader_fault(reader, COLUMN, "this column is given twice");
    if (values[FIELD].is_given && values[CONSTANT].is_given)
        rules_reader_fault(reader, CONSTANT, "a constant beside a field: a column has one of them");
    int field = rules_reader_choice(reader, FIELD, PAYMENT_FIELDS, FIELD_COUNT, -1);
    PaymentColumn column = {.name = span_copy(values[COLUMN].text),
                            .has_field = field >= 0,
                            .field = (PaymentField)MAX(field, 0),
                            .constant = span_copy(values[CONSTANT].text)};
    g_array_append_val(columns, column);
}

/* The file must name the amount, and the payment, so that a file sent twice is not paid twice. */
static void
require_fields(RulesReader *reader)
{
    static const PaymentField REQUIRED[] = {FIELD_PAYMENT_ID, FIELD_AMOUNT};
    const GArray *columns = reader->rules->payment_file;
    reader->line = 1;
    for (guint r = 0; r < G_N_ELEMENTS(REQUIRED); r++) {
        bool is_there = false;
        for (guint i = 0; i < columns->len; i++) {
            const PaymentColumn *column = &g_array_index(columns, PaymentColumn, i);
            is_there = is_there || (column->has_field && column->field == REQUIRED[r]);
        }
        if (!is_there)
            rules_reader_fault(reader, FIELD, "no column holds %s", PAYMENT_FIELDS[REQUIRED[r]]);
    }
}

const RulesTable PAYMENT_FILE_TABLE = {"payment-file.csv", TEMPLATE_COLUMNS, COLUMNS,
                                       read_column,        require_fields,   true};
