#include "pack/rules.h"

#include <string.h>

#include "pack/rules_read.h"

#include "base/poison.h"

const char *const PROVIDER_TYPES[TYPE_COUNT] = {"practice", "pcn", "federation", "other"};

ProviderType
provider_type_read(Span name)
{
    guint type = 0;
    while (type < TYPE_COUNT && !span_is(name, PROVIDER_TYPES[type]))
        type++;
    return (ProviderType)type;
}

static void
scheme_free(gpointer pointer)
{
    Scheme *scheme = pointer;
    g_free(scheme->code);
    g_free(scheme->title);
    g_free(scheme->source);
    g_free(scheme->commissioned);
    g_free(scheme->measured_by);
    g_free(scheme->ledger_code);
    g_free(scheme->paycode);
    g_array_unref(scheme->exclusive);
    g_array_unref(scheme->indicators);
    g_array_unref(scheme->activities);
    g_free(scheme);
}

static void
indicator_free(gpointer pointer)
{
    Indicator *indicator = pointer;
    g_free(indicator->code);
    g_free(indicator->title);
    g_free(indicator->source);
    g_array_unref(indicator->steps);
    g_free(indicator);
}

static void
activity_free(gpointer pointer)
{
    Activity *activity = pointer;
    for (guint i = 0; i < activity->prices->len; i++) {
        Price *price = &g_array_index(activity->prices, Price, i);
        g_free(price->title);
        g_free(price->source);
    }
    g_free(activity->code);
    g_array_unref(activity->prices);
    g_free(activity);
}

static Rules *
rules_new(int year)
{
    Rules *rules = g_new0(Rules, 1);
    rules->year = year;
    rules->documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    rules->schemes = g_ptr_array_new_with_free_func(scheme_free);
    rules->indicators = g_ptr_array_new_with_free_func(indicator_free);
    rules->activities = g_ptr_array_new_with_free_func(activity_free);
    rules->scheme_codes = codes_new();
    rules->item_codes = codes_new();
    rules->items = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    rules->payment_file = g_array_new(FALSE, FALSE, sizeof(PaymentColumn));
    g_array_set_clear_func(rules->payment_file, payment_column_clear);
    return rules;
}

void
rules_free(Rules *rules)
{
    if (rules == NULL)
        return;
    g_ptr_array_unref(rules->schemes);
    g_ptr_array_unref(rules->indicators);
    g_ptr_array_unref(rules->activities);
    codes_free(rules->scheme_codes);
    codes_free(rules->item_codes);
    g_hash_table_unref(rules->items);
    g_ptr_array_unref(rules->documents);
    g_array_unref(rules->payment_file);
    office_free(rules->office);
    g_free(rules);
}

/* Remembers a row that is at fault by its scheme, the first column of every table. */
static void
lose_row(const RulesReader *reader, const RulesTable *table)
{
    if (reader->values[0].is_given)
        (void)codes_add(table == &SCHEMES_TABLE ? reader->lost_schemes : reader->lost_items,
                        reader->values[0].text);
}

/* Reads the rows of one table. */
static void
read_table(RulesReader *reader, const RulesTable *table, const Document *document)
{
    g_autoptr(CsvTable) csv =
        csv_table_new(document, table->columns, table->column_count, FAULT_RULES, reader->faults);
    g_autoptr(RowReader) rows = row_reader_new(csv, reader->faults);
    Value values[MAX_COLUMNS];
    Row row;
    reader->csv = csv;
    reader->columns = table->columns;
    reader->values = values;
    while (row_reader_next(rows, &row)) {
        reader->line = document_line(document, row.offset);
        if (row_values_pass(csv, table->columns, table->column_count, &row, FAULT_RULES,
                            reader->faults, values))
            table->read_row(reader);
        else
            lose_row(reader, table);
    }
    if (table == &SCHEMES_TABLE)
        reader->knows_schemes = !csv_table_is_broken(csv);
    csv_table_warn_unknown(csv, reader->faults);
    if (table->finish != NULL && !csv_table_is_broken(csv))
        table->finish(reader);
}

/* Opens one file and adds it to the documents; one that cannot be opened is a fault, unless it need
 * not be there. */
static const Document *
open_file(Rules *rules, const char *rules_dir, const char *name, bool is_optional, Faults *faults)
{
    g_autoptr(GString) year_name = g_string_new(NULL);
    year_append(year_name, rules->year);
    g_autofree char *path = g_build_filename(rules_dir, year_name->str, name, NULL);
    g_autoptr(GError) reason = NULL;
    Document *document = document_open(path, path, &reason);
    if (document != NULL)
        g_ptr_array_add(rules->documents, document);
    else if (!is_optional || reason->code != SP_ERROR_NO_INPUT)
        faults_add(faults, FAULT_RULES, NULL, 0, NULL, "%s", reason->message);
    return document;
}

Rules *
rules_read(const char *rules_dir, int year, Faults *faults)
{
    static const RulesTable *const TABLES[] = {&SCHEMES_TABLE, &INDICATORS_TABLE, &TARIFFS_TABLE,
                                               &OFFICE_TABLE, &PAYMENT_FILE_TABLE};
    const Document *documents[G_N_ELEMENTS(TABLES)];
    Rules *rules = rules_new(year);
    bool is_complete = true;
    for (guint i = 0; i < G_N_ELEMENTS(TABLES); i++) {
        documents[i] = open_file(rules, rules_dir, TABLES[i]->file, TABLES[i]->is_optional, faults);
        is_complete = is_complete && (documents[i] != NULL || TABLES[i]->is_optional);
    }
    (void)open_file(rules, rules_dir, APPROVERS_FILE, true, faults);
    documents_survey((Document *const *)rules->documents->pdata, rules->documents->len, 1,
                     FAULT_RULES, faults);
    if (!is_complete)
        return rules; /* without a table, faults of the others would be shadows of that one */
    RulesReader reader = {.rules = rules, .faults = faults};
    reader.exclusive = g_ptr_array_new_with_free_func(g_free);
    reader.lost_schemes = codes_new();
    reader.lost_items = codes_new();
    for (guint i = 0; i < G_N_ELEMENTS(TABLES); i++)
        if (documents[i] != NULL)
            read_table(&reader, TABLES[i], documents[i]);
    g_ptr_array_unref(reader.exclusive);
    codes_free(reader.lost_schemes);
    codes_free(reader.lost_items);
    return rules;
}

void
rules_fault(const RulesReader *reader, int column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    faults_add(reader->faults, FAULT_RULES, document_name(csv_table_document(reader->csv)),
               reader->line, column < 0 ? NULL : reader->columns[column].name, "%s", text);
}

void
rules_fault_value(const RulesReader *reader, int column, Span value, const char *what)
{
    g_autoptr(GString) message = g_string_new(NULL);
    text_append_quoted(message, value);
    rules_fault(reader, column, "%s %s", message->str, what);
}

int
rules_choice(const RulesReader *reader, int column, const char *const *names, guint count,
             int fallback)
{
    const Value *value = &reader->values[column];
    if (!value->is_given)
        return fallback;
    for (guint i = 0; i < count; i++)
        if (span_is(value->text, names[i]))
            return (int)i;
    g_autoptr(GString) message = g_string_new(NULL);
    text_append_quoted(message, value->text);
    for (guint i = 0; i < count; i++)
        g_string_append_printf(message, "%s%s",
                               i == 0           ? " is not one of "
                               : i + 1 == count ? " or "
                                                : ", ",
                               names[i]);
    rules_fault(reader, column, "%s", message->str);
    return -1;
}

GPtrArray *
rules_split(Span field)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    gsize start = 0;
    for (gsize i = 0; i <= field.length; i++) {
        if (i < field.length && field.text[i] != '|')
            continue;
        g_ptr_array_add(parts, span_copy(span_trim((Span){field.text + start, i - start})));
        start = i + 1;
    }
    return parts;
}

bool
rules_scheme_is_lost(const RulesReader *reader, Span scheme)
{
    return !reader->knows_schemes || codes_find(reader->lost_schemes, scheme) != CODE_NONE;
}

guint32
rules_row_scheme(const RulesReader *reader, int column)
{
    guint32 scheme = codes_find(reader->rules->scheme_codes, reader->values[column].text);
    if (scheme == CODE_NONE && !rules_scheme_is_lost(reader, reader->values[column].text))
        rules_fault_value(reader, column, reader->values[column].text,
                          "is not a scheme of schemes.csv");
    return scheme;
}

static gint64
item_key(guint32 scheme, guint32 code)
{
    return (gint64)((guint64)scheme << 32 | code);
}

bool
rules_add_item(Rules *rules, guint32 scheme, Span code, guint32 *index)
{
    gint64 key = item_key(scheme, codes_add(rules->item_codes, code));
    gpointer known = g_hash_table_lookup(rules->items, &key);
    if (known != NULL) {
        *index = GPOINTER_TO_UINT(known) - 1;
        return false;
    }
    g_hash_table_insert(rules->items, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(*index + 1));
    return true;
}

guint32
rules_find_item(const Rules *rules, guint32 scheme, Span code)
{
    guint32 number = codes_find(rules->item_codes, code);
    if (number == CODE_NONE)
        return CODE_NONE;
    gint64 key = item_key(scheme, number);
    gpointer known = g_hash_table_lookup(rules->items, &key);
    return known == NULL ? CODE_NONE : GPOINTER_TO_UINT(known) - 1;
}

guint
rules_scheme_count(const Rules *rules)
{
    return rules->schemes->len;
}

const Scheme *
rules_scheme(const Rules *rules, guint32 scheme)
{
    return g_ptr_array_index(rules->schemes, scheme);
}

const Indicator *
rules_indicator(const Rules *rules, guint32 indicator)
{
    return g_ptr_array_index(rules->indicators, indicator);
}

const Activity *
rules_activity(const Rules *rules, guint32 activity)
{
    return g_ptr_array_index(rules->activities, activity);
}

bool
indicator_is_lower_better(const Indicator *indicator)
{
    return indicator->has_floor && indicator->floor > indicator->target;
}

const Price *
activity_price_on(const Activity *activity, Day day)
{
    for (guint i = 0; i < activity->prices->len; i++) {
        const Price *price = &g_array_index(activity->prices, Price, i);
        if (price->from <= day && day <= price->to)
            return price;
    }
    return NULL;
}

bool
scheme_needs_list(const Scheme *scheme)
{
    return scheme->basis == BASIS_PER_REGISTERED_PATIENT ||
           scheme->basis == BASIS_PER_WEIGHTED_PATIENT ||
           (scheme->basis == BASIS_PER_POINT && scheme->average_list > 0);
}

bool
scheme_needs_weighted(const Scheme *scheme)
{
    return scheme->basis == BASIS_PER_WEIGHTED_PATIENT;
}

bool
scheme_pays_in(const Scheme *scheme, Month month)
{
    if (scheme->instalment_months == 0)
        return false;
    /* Counted from April as 1 to 12, instalments fall on multiples of 12 ÷ their number. */
    guint of_year = (guint)((month_number(month) + 8) % 12) + 1;
    return of_year % (12 / scheme->instalment_months) == 0;
}
