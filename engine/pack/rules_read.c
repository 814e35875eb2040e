#include "pack/rules_read.h"

#include "pack/rules_indicators.h"
#include "pack/rules_office.h"
#include "pack/rules_payment_file.h"
#include "pack/rules_schemes.h"
#include "pack/rules_tariffs.h"

#include "base/poison.h"

/* Notes the scheme of a row that is at fault: it is the first column of every table. */
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
        if (values_pass(csv, table->columns, table->column_count, &row, FAULT_RULES, reader->faults,
                        values))
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
        return rules; /* faults of the other tables would only repeat that one is missing */
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
