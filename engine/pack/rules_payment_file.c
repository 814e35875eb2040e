/* payment-file.csv: the columns of the payment file as an upload wants them, one row a column. The
 * file need not be there. */
#include "pack/rules_read.h"

#include <string.h>

#include "base/poison.h"

enum { COLUMN, FIELD, CONSTANT, COLUMNS };

static const Column TEMPLATE_COLUMNS[COLUMNS] = {
    [COLUMN] = {"column", COLUMN_TEXT, true},
    [FIELD] = {"field", COLUMN_TEXT, false},
    [CONSTANT] = {"constant", COLUMN_TEXT, false},
};

const char *const PAYMENT_FIELDS[FIELD_COUNT] = {
    [FIELD_PAYMENT_ID] = "payment_id",     [FIELD_PAYEE] = "payee",
    [FIELD_PAYEE_NAME] = "payee_name",     [FIELD_SCHEME] = "scheme",
    [FIELD_SCHEME_TITLE] = "scheme_title", [FIELD_AMOUNT] = "amount",
    [FIELD_CURRENT] = "of_which_current",  [FIELD_PRIOR] = "of_which_prior",
    [FIELD_EARNED_FROM] = "earned_from",   [FIELD_EARNED_TO] = "earned_to",
    [FIELD_PAID_PERIOD] = "paid_period",   [FIELD_RUN_DATE] = "run_date",
    [FIELD_RUN_DATE_UK] = "run_date_uk",   [FIELD_LEDGER_CODE] = "ledger_code",
    [FIELD_PAYCODE] = "paycode",
};

void
payment_column_clear(gpointer column)
{
    PaymentColumn *cleared = column;
    g_free(cleared->name);
    g_free(cleared->constant);
}

static void
read_column(RulesReader *reader)
{
    const Value *values = reader->values;
    GArray *columns = reader->rules->payment_file;
    for (guint i = 0; i < columns->len; i++)
        if (span_is(values[COLUMN].text, g_array_index(columns, PaymentColumn, i).name))
            rules_fault(reader, COLUMN, "this column is given twice");
    if (values[FIELD].is_given && values[CONSTANT].is_given)
        rules_fault(reader, CONSTANT, "a constant beside a field: a column has one of them");
    int field = rules_choice(reader, FIELD, PAYMENT_FIELDS, FIELD_COUNT, -1);
    PaymentColumn column = {.name = span_copy(values[COLUMN].text),
                            .has_field = field >= 0,
                            .field = (PaymentField)MAX(field, 0),
                            .constant = span_copy(values[CONSTANT].text)};
    g_array_append_val(columns, column);
}

/* What is sent must tell how much, and which payment it is: a file that is sent twice must not be
 * paid twice. */
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
            rules_fault(reader, FIELD, "no column holds %s", PAYMENT_FIELDS[REQUIRED[r]]);
    }
}

const RulesTable PAYMENT_FILE_TABLE = {"payment-file.csv", TEMPLATE_COLUMNS, COLUMNS,
                                       read_column,        require_fields,   true};
