#include "archive/payments.h"

#include <string.h>

#include "base/decimal.h"
#include "base/files.h"

#include "base/poison.h"

enum {
    PAID_SCHEME,
    PAID_PROVIDER,
    PAID_PAYEE,
    PAID_ENTITLEMENT,
    PAID_PAID,
    PAID_OWED,
    PAID_STATUS,
    PAID_CURRENT, /* not every version has written it */
    PAID_COLUMNS
};
static const Column PAYMENT_COLUMNS[PAID_COLUMNS] = {
    [PAID_SCHEME] = {"scheme", COLUMN_CODE, true},
    [PAID_PROVIDER] = {"provider", COLUMN_CODE, true},
    [PAID_PAYEE] = {"payee", COLUMN_CODE, true},
    [PAID_ENTITLEMENT] = {"entitlement_to_date", COLUMN_MONEY, true},
    [PAID_PAID] = {"paid_to_date", COLUMN_MONEY, true},
    [PAID_OWED] = {"owed", COLUMN_MONEY, true},
    [PAID_STATUS] = {"status", COLUMN_TEXT, true},
    [PAID_CURRENT] = {"of_which_current", COLUMN_MONEY, false},
};

enum { RISK_REASON, RISK_AMOUNT, RISK_COLUMNS };
static const Column RISK_TABLE[RISK_COLUMNS] = {
    [RISK_REASON] = {"reason", COLUMN_TEXT, true},
    [RISK_AMOUNT] = {"at_risk", COLUMN_MONEY, true},
};

enum { DEFERRED_SCHEME, DEFERRED_PROVIDER, DEFERRED_KIND, DEFERRED_AMOUNT, DEFERRED_COLUMNS };
static const Column DEFERRED_TABLE[DEFERRED_COLUMNS] = {
    [DEFERRED_SCHEME] = {"scheme", COLUMN_CODE, true},
    [DEFERRED_PROVIDER] = {"provider", COLUMN_CODE, true},
    [DEFERRED_KIND] = {"kind", COLUMN_TEXT, true},
    [DEFERRED_AMOUNT] = {"amount", COLUMN_MONEY, true},
};

enum { CONTROL_ROWS, CONTROL_AMOUNT, CONTROL_COLUMNS };
static const Column CONTROL_TABLE[CONTROL_COLUMNS] = {
    [CONTROL_ROWS] = {"rows", COLUMN_WHOLE, true},
    [CONTROL_AMOUNT] = {"amount", COLUMN_MONEY, true},
};

/* A sealed table being read. */
typedef struct {
    Document *document;
    CsvTable *csv;
    RowReader *reader;
    Faults *faults;
} Table;

static void
table_free(Table *table)
{
    if (table == NULL)
        return;
    row_reader_free(table->reader);
    csv_table_free(table->csv);
    document_free(table->document);
    faults_free(table->faults);
    g_free(table);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

static bool
fail_row(const Table *table, gsize offset, const char *what, GError **error)
{
    g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s:%" G_GUINT64_FORMAT ": %s",
                document_name(table->document), document_line(table->document, offset), what);
    return false;
}

static Table *
table_open(const char *path, const char *name, const char *digest, const Column *columns,
           guint column_count, GError **error)
{
    g_autoptr(Table) table = g_new0(Table, 1);
    table->faults = faults_new();
    table->document = document_open(path, name, error);
    if (table->document == NULL)
        return NULL;
    if (!path_is_file(path)) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s: is not a regular file", name);
        return NULL;
    }
    documents_survey(&table->document, 1, 1, FAULT_INPUT, table->faults);
    if (digest != NULL && strcmp(digest, document_digest(table->document)) != 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "%s: is not what was sealed: its SHA-256 is not the manifest's", name);
        return NULL;
    }
    table->csv = csv_table_new(table->document, columns, column_count, FAULT_INPUT, table->faults);
    table->reader = row_reader_new(table->csv, table->faults);
    return g_steal_pointer(&table);
}

static void
keep_first(FaultClass class, const char *message, gpointer user)
{
    char **first = user;
    if (*first == NULL && fault_refuses(class))
        *first = g_strdup(message);
}

/* Whether the table could be read; the error is its first fault. */
static bool
table_pass(Table *table, GError **error)
{
    g_autofree char *first = NULL;
    faults_each(table->faults, keep_first, &first);
    if (first != NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s", first);
    return first == NULL;
}

static void
clear_row(gpointer pointer)
{
    PaymentRow *row = pointer;
    g_free(row->scheme);
    g_free(row->provider);
    g_free(row->payee);
}

/* A code without the apostrophe that the CSV puts before what a spreadsheet takes for a formula. */
static char *
read_code(Span field)
{
    bool is_guarded = field.length > 1 && field.text[0] == '\'';
    return is_guarded ? span_copy((Span){field.text + 1, field.length - 1}) : span_copy(field);
}

static bool
read_status(Span field, Status *status)
{
    for (guint s = 0; s < STATUS_COUNT; s++)
        if (span_is(field, STATUS_NAMES[s])) {
            *status = s;
            return true;
        }
    return false;
}

static bool
read_money(Span field, Money *money)
{
    return decimal_read_money(field.text, field.length, money);
}

static bool
read_payment(const Table *table, const Row *row, PaymentRow *payment, GError **error)
{
    payment->has_current = row->fields[PAID_CURRENT].length > 0;
    for (guint c = 0; c < PAID_COLUMNS; c++)
        if ((row->fields[c].length == 0 && c != PAID_CURRENT) || row->fields[c].length > MAX_FIELD)
            return fail_row(table, row->offset, "has an empty field, or one too long", error);
    if (!read_money(row->fields[PAID_ENTITLEMENT], &payment->entitlement) ||
        !read_money(row->fields[PAID_PAID], &payment->paid) ||
        !read_money(row->fields[PAID_OWED], &payment->owed) ||
        (payment->has_current && !read_money(row->fields[PAID_CURRENT], &payment->current)))
        return fail_row(table, row->offset, "has an amount that cannot be read", error);
    if (!read_status(row->fields[PAID_STATUS], &payment->status))
        return fail_row(table, row->offset, "has a status that is not known", error);
    payment->scheme = read_code(row->fields[PAID_SCHEME]);
    payment->provider = read_code(row->fields[PAID_PROVIDER]);
    payment->payee = read_code(row->fields[PAID_PAYEE]);
    return true;
}

GArray *
payment_rows_read(const char *path, const char *name, const char *digest, GError **error)
{
    g_autoptr(Table) table = table_open(path, name, digest, PAYMENT_COLUMNS, PAID_COLUMNS, error);
    if (table == NULL)
        return NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(PaymentRow));
    g_array_set_clear_func(rows, clear_row);
    Row row;
    while (row_reader_next(table->reader, &row)) {
        PaymentRow payment = {0};
        if (!read_payment(table, &row, &payment, error))
            return NULL;
        g_array_append_val(rows, payment);
    }
    return table_pass(table, error) ? g_steal_pointer(&rows) : NULL;
}

GArray *
payment_rows_of_run(const Run *run, const char *digest, GError **error)
{
    g_autofree char *path = run_path(run, PAYMENTS_PATH);
    g_autofree char *name = g_strdup_printf("%s/%s", run->text, PAYMENTS_PATH);
    return payment_rows_read(path, name, digest, error);
}

GArray *
payment_rows_of_result(const Result *result)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(PaymentRow));
    g_array_set_clear_func(rows, clear_row);
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        PaymentRow row = {.scheme = g_strdup(contract->scheme->code),
                          .provider = g_strdup(contract->provider->code),
                          .payee = g_strdup(contract->provider->in_force->payee),
                          .entitlement = contract->entitlement,
                          .paid = contract->paid,
                          .owed = contract->owed,
                          .has_current = true,
                          .current = contract->current,
                          .status = contract->status};
        g_array_append_val(rows, row);
    }
    return rows;
}

static void
clear_payee(gpointer pointer)
{
    PayeeRow *row = pointer;
    g_free(row->payee);
}

static int
compare_payees(gconstpointer left, gconstpointer right)
{
    return strcmp(((const PayeeRow *)left)->payee, ((const PayeeRow *)right)->payee);
}

GArray *
payment_rows_by_payee(const GArray *rows, GError **error)
{
    g_autoptr(GArray) payees = g_array_new(FALSE, TRUE, sizeof(PayeeRow));
    g_autoptr(Codes) numbers = codes_new();
    g_array_set_clear_func(payees, clear_payee);
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        guint32 number = codes_add(numbers, (Span){row->payee, strlen(row->payee)});
        if (number == payees->len) {
            PayeeRow added = {.payee = g_strdup(row->payee)};
            g_array_append_val(payees, added);
        }
        PayeeRow *payee = &g_array_index(payees, PayeeRow, number);
        if (row->status == STATUS_PAY && !money_add(payee->to_pay, row->owed, &payee->to_pay)) {
            g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "what is paid to %s is out of range",
                        row->payee);
            return NULL;
        }
    }
    g_array_sort(payees, compare_payees);
    return g_steal_pointer(&payees);
}

static void
clear_deferred(gpointer pointer)
{
    DeferredRow *row = pointer;
    g_free(row->scheme);
    g_free(row->provider);
}

GArray *
deferred_rows_of_run(const Run *run, const char *digest, GError **error)
{
    g_autofree char *path = run_path(run, LINES_PATH);
    g_autofree char *name = g_strdup_printf("%s/%s", run->text, LINES_PATH);
    g_autoptr(Table) table =
        table_open(path, name, digest, DEFERRED_TABLE, DEFERRED_COLUMNS, error);
    if (table == NULL)
        return NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(DeferredRow));
    g_array_set_clear_func(rows, clear_deferred);
    Row row;
    while (row_reader_next(table->reader, &row)) {
        DeferredRow deferred = {0};
        if (!span_is(row.fields[DEFERRED_KIND], LINE_KIND_NAMES[LINE_DEFERRED]))
            continue;
        if (!read_money(row.fields[DEFERRED_AMOUNT], &deferred.amount)) {
            (void)fail_row(table, row.offset, "has an amount that cannot be read", error);
            return NULL;
        }
        deferred.scheme = read_code(row.fields[DEFERRED_SCHEME]);
        deferred.provider = read_code(row.fields[DEFERRED_PROVIDER]);
        g_array_append_val(rows, deferred);
    }
    return table_pass(table, error) ? g_steal_pointer(&rows) : NULL;
}

/* Codes have no slash, so that this names one contract. */
static char *
contract_name(const char *scheme, const char *provider)
{
    return g_strconcat(scheme, "/", provider, NULL);
}

GHashTable *
payment_rows_index(const GArray *rows)
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < rows->len; i++) {
        PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        g_hash_table_insert(index, contract_name(row->scheme, row->provider), row);
    }
    return index;
}

const PaymentRow *
payment_rows_find(GHashTable *rows, const char *scheme, const char *provider)
{
    g_autofree char *name = contract_name(scheme, provider);
    return g_hash_table_lookup(rows, name);
}

bool
payment_rows_sum(const GArray *rows, Status status, Money *sum)
{
    Money total = {0};
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        if (row->status == status && !money_add(total, row->owed, &total))
            return false;
    }
    *sum = total;
    return true;
}

bool
payment_control_of_run(const Run *run, const char *digest, PaymentControl *control, GError **error)
{
    g_autofree char *path = run_path(run, PAYMENT_CONTROL_PATH);
    g_autofree char *name = g_strdup_printf("%s/%s", run->text, PAYMENT_CONTROL_PATH);
    g_autoptr(Table) table = table_open(path, name, digest, CONTROL_TABLE, CONTROL_COLUMNS, error);
    if (table == NULL)
        return false;
    PaymentControl read = {0};
    Row row;
    bool is_read = row_reader_next(table->reader, &row) &&
                   decimal_read_whole(row.fields[CONTROL_ROWS].text,
                                      row.fields[CONTROL_ROWS].length, &read.rows) &&
                   read_money(row.fields[CONTROL_AMOUNT], &read.amount);
    if (!table_pass(table, error))
        return false;
    if (is_read)
        *control = read;
    else
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "%s: has no rows and amount", name);
    return is_read;
}

bool
exception_rows_count(const char *path, const char *name, const char *digest, guint64 *count,
                     Money *at_risk, GError **error)
{
    g_autoptr(Table) table = table_open(path, name, digest, RISK_TABLE, RISK_COLUMNS, error);
    if (table == NULL)
        return false;
    guint64 rows = 0;
    Money sum = {0};
    Row row;
    while (row_reader_next(table->reader, &row)) {
        Money risk = {0};
        Span field = row.fields[RISK_AMOUNT];
        if (field.length > 0 && !read_money(field, &risk))
            return fail_row(table, row.offset, "has an amount that cannot be read", error);
        if (!money_add(sum, risk, &sum))
            return fail_row(table, row.offset, "takes the money at risk out of range", error);
        rows++;
    }
    if (!table_pass(table, error))
        return false;
    *count = rows;
    *at_risk = sum;
    return true;
}
