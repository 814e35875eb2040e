#include "pack/rules/read.h"

#include <string.h>

#include "base/files.h"
#include "pack/rules/budgets.h"
#include "pack/rules/headings.h"
#include "pack/rules/indicators.h"
#include "pack/rules/limits.h"
#include "pack/rules/office.h"
#include "pack/rules/payment_file.h"
#include "pack/rules/response_file.h"
#include "pack/rules/schemes.h"
#include "pack/rules/tariffs.h"

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
    csv_table_finish(csv, reader->faults);
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

/* Whether a file's name is that of the approvers but for letter case or an ending: a policy that
 * would not be found would bind nobody. */
static bool
is_nearly_approvers(const char *name)
{
    gsize length = strlen(APPROVERS_FILE);
    return g_ascii_strncasecmp(name, APPROVERS_FILE, length) == 0 &&
           !g_ascii_isalnum(name[length]) && strcmp(name, APPROVERS_FILE) != 0;
}

static bool
is_known_file(const char *name, const RulesTable *const *tables, guint count)
{
    for (guint i = 0; i < count; i++)
        if (strcmp(name, tables[i]->file) == 0)
            return true;
    return strcmp(name, APPROVERS_FILE) == 0 || strcmp(name, AUTHORITIES_FILE) == 0;
}

/* Names what lies in the folder and is not read. */
static void
name_other_files(const Rules *rules, const char *rules_dir, const RulesTable *const *tables,
                 guint count, Faults *faults)
{
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, rules->year);
    g_autofree char *folder = g_build_filename(rules_dir, year->str, NULL);
    g_autoptr(GPtrArray) names = folder_names(folder, NULL);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (is_known_file(name, tables, count))
            continue;
        if (is_nearly_approvers(name))
            faults_add(faults, FAULT_RULES, path, 0, NULL,
                       "is not read, but looks like the list of approvers: it must be "
                       "called " APPROVERS_FILE);
        else
            faults_add(faults, FAULT_WARNING, path, 0, NULL, "is no file of the rules: not read");
    }
}

Rules *
rules_read(const char *rules_dir, int year, Faults *faults)
{
    static const RulesTable *const TABLES[] = {
        &SCHEMES_TABLE,      &INDICATORS_TABLE,    &TARIFFS_TABLE, &LIMITS_TABLE,  &OFFICE_TABLE,
        &PAYMENT_FILE_TABLE, &RESPONSE_FILE_TABLE, &BUDGETS_TABLE, &HEADINGS_TABLE};
    const Document *documents[G_N_ELEMENTS(TABLES)];
    Rules *rules = rules_new(year);
    bool is_complete = true;
    for (guint i = 0; i < G_N_ELEMENTS(TABLES); i++) {
        documents[i] = open_file(rules, rules_dir, TABLES[i]->file, TABLES[i]->is_optional, faults);
        is_complete = is_complete && (documents[i] != NULL || TABLES[i]->is_optional);
    }
    (void)open_file(rules, rules_dir, APPROVERS_FILE, true, faults);
    (void)open_file(rules, rules_dir, AUTHORITIES_FILE, true, faults);
    name_other_files(rules, rules_dir, TABLES, G_N_ELEMENTS(TABLES), faults);
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

bool
rules_read_budgets(Rules *rules, const char *path, Faults *faults, GError **error)
{
    g_autoptr(GError) reason = NULL;
    Document *document = document_open(path, path, &reason);
    if (document == NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_ptr_array_add(rules->documents, document);
    g_array_set_size(rules->budgets, 0);
    documents_survey(&document, 1, 1, FAULT_RULES, faults);
    g_autoptr(Codes) none = codes_new();
    RulesReader reader = {.rules = rules,
                          .faults = faults,
                          .lost_schemes = none,
                          .lost_items = none,
                          .knows_schemes = true};
    read_table(&reader, &BUDGETS_TABLE, document);
    return faults_pass(faults, error);
}
