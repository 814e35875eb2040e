#include "pack/rules/nextrules.h"

#include <string.h>

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

/* Columns whose values are those of one year, by name in whatever table: to be confirmed. */
static const char *const VALUES[] = {"value", "average_list", "price", "budget"};

/* A table being carried over. */
typedef struct {
    const Rules *rules;
    NextYear *next;
    const RulesTable *table;
    const Document *document;
    NextTable written;
    const Row *row; /* the row at hand */
    guint64 line;   /* in the year before */
    const char *cells[MAX_COLUMNS];
} Carrying;

static guint
column_of(const RulesTable *table, const char *name)
{
    guint column = 0;
    while (strcmp(table->columns[column].name, name) != 0)
        column++;
    return column;
}

/* The price of a line of tariffs.csv, with its activity. */
static const Price *
price_at(const Rules *rules, guint64 line, const Activity **activity)
{
    for (guint a = 0; a < rules->activities->len; a++) {
        *activity = rules_activity(rules, a);
        for (guint p = 0; p < (*activity)->prices->len; p++) {
            const Price *price = &g_array_index((*activity)->prices, Price, p);
            if (price->line == line)
                return price;
        }
    }
    return NULL;
}

/* Whether an activity has a price in the new year. */
static bool
is_carried(const Rules *rules, guint32 activity)
{
    return activity_price_on(rules_activity(rules, activity), year_last_day(rules->year)) != NULL;
}

/* Whether a test, or one below it, asks for an activity that is left out. */
static bool
asks_for_lost(const Rules *rules, const Test *test)
{
    if (test->kind == TEST_ACTIVITY)
        return !is_carried(rules, test->subject);
    for (guint i = 0; test->kind == TEST_SOME && i < test->tests->len; i++)
        if (asks_for_lost(rules, g_ptr_array_index(test->tests, i)))
            return true;
    return false;
}

static const Clause *
clause_at(const Rules *rules, guint64 line)
{
    for (guint i = 0; i < rules->clauses->len; i++)
        if (rules_clause(rules, i)->line == line)
            return rules_clause(rules, i);
    return NULL;
}

/* Whether what a clause says is an amount of pounds. */
static bool
has_amount(const Clause *clause)
{
    return clause->test == NULL && clause->indicator == CODE_NONE &&
           clause->other_scheme == CODE_NONE;
}

/* Says which activities have no price any more, and which prices begin too late to be carried. */
static void
note_prices(const Rules *rules, NextYear *next, const char *name)
{
    int march = rules->year + 1;
    for (guint a = 0; a < rules->activities->len; a++) {
        const Activity *activity = rules_activity(rules, a);
        const Price *last = &g_array_index(activity->prices, Price, activity->prices->len - 1);
        if (last->from > year_last_day(rules->year))
            next_year_leave_out(next, name, last->line,
                                "the price of %s that begins after 31 March %d", activity->code,
                                march);
        if (!is_carried(rules, a))
            next_year_leave_out(next, name, last->line,
                                "%s, which has no price in force on 31 March %d", activity->code,
                                march);
    }
}

/* Whether the row is carried over: of tariffs the price of 31 March, of clauses those whose
 * activities are. */
static bool
is_row_carried(const Carrying *at)
{
    if (at->table == &TARIFFS_TABLE) {
        const Activity *activity = NULL;
        const Price *price = price_at(at->rules, at->line, &activity);
        return price == activity_price_on(activity, year_last_day(at->rules->year));
    }
    const Clause *clause = at->table == &LIMITS_TABLE ? clause_at(at->rules, at->line) : NULL;
    if (clause == NULL || clause->test == NULL || !asks_for_lost(at->rules, clause->test))
        return true;
    next_year_leave_out(at->next, document_name(at->document), at->line,
                        "the clause %s, which asks for an activity that is left out", clause->code);
    return false;
}

/* A day or a month that is written in a cell, moved by a year; false where it holds neither. */
static bool
move_cell(Carrying *at, guint column)
{
    const char *name = at->table->columns[column].name;
    Span cell = at->row->fields[column];
    bool is_due = at->table == &INDICATORS_TABLE && strcmp(name, "due") == 0;
    bool is_constant = at->table == &HEADINGS_TABLE && strcmp(name, "constant") == 0;
    const Column *dated = is_constant ? headings_dated_column(at->row->fields) : NULL;
    bool is_day = at->table->columns[column].kind == COLUMN_DATE || strcmp(name, "reply_by") == 0 ||
                  (dated != NULL && dated->kind == COLUMN_DATE);
    is_due = is_due || (dated != NULL && dated->kind == COLUMN_MONTH);
    Day day = is_day ? day_read_published(cell.text, cell.length) : DAY_NONE;
    Month month = is_due ? month_read_published(cell.text, cell.length) : MONTH_NONE;
    if (day != DAY_NONE) {
        at->cells[column] = next_day(at->next, day_a_year_on(day));
    } else if (month != MONTH_NONE) {
        g_autoptr(GString) text = g_string_new(NULL);
        month_append(text, month + 12);
        at->cells[column] = g_string_chunk_insert(at->next->texts, text->str);
    }
    return day != DAY_NONE || month != MONTH_NONE;
}

static bool
is_value(const Carrying *at, guint column)
{
    const char *name = at->table->columns[column].name;
    if (at->cells[column][0] == '\0')
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(VALUES); i++)
        if (strcmp(name, VALUES[i]) == 0)
            return true;
    const Clause *clause = at->table == &LIMITS_TABLE ? clause_at(at->rules, at->line) : NULL;
    return clause != NULL && strcmp(name, "is") == 0 && has_amount(clause);
}

/* Carries the row at hand over. */
static void
carry_row(Carrying *at)
{
    bool is_moved[MAX_COLUMNS] = {false};
    for (guint c = 0; c < at->table->column_count; c++) {
        at->cells[c] = next_text(at->next, at->row->fields[c]);
        is_moved[c] = at->table != &TARIFFS_TABLE && move_cell(at, c);
    }
    if (at->table == &TARIFFS_TABLE) {
        at->cells[column_of(at->table, "from")] =
            next_day(at->next, year_first_day(at->next->year));
        at->cells[column_of(at->table, "to")] = "";
    }
    next_table_row(&at->written, at->cells);
    for (guint c = 0; c < at->table->column_count; c++) {
        if (is_moved[c])
            next_table_confirm(&at->written, c, "%s, was %.*s", at->cells[c],
                               (int)at->row->fields[c].length, at->row->fields[c].text);
        else if (is_value(at, c))
            next_table_confirm(&at->written, c, "%s", at->cells[c]);
    }
}

static void
carry_table(const Rules *rules, const RulesTable *table, NextYear *next)
{
    const Document *document = rules_document(rules, table->file);
    if (document == NULL)
        return;
    g_autoptr(Faults) ignored = faults_new(); /* the rules have passed */
    g_autoptr(CsvTable) csv =
        csv_table_new(document, table->columns, table->column_count, FAULT_RULES, ignored);
    g_autoptr(RowReader) reader = row_reader_new(csv, ignored);
    Row row;
    Carrying at = {.rules = rules, .next = next, .table = table, .document = document, .row = &row};
    at.written =
        next_table_begin(next, NEXT_RULES, table->file, table->columns, table->column_count);
    while (row_reader_next(reader, &row)) {
        at.line = document_line(document, row.offset);
        at.written.file->of++;
        if (is_row_carried(&at))
            carry_row(&at);
    }
    if (table == &TARIFFS_TABLE)
        note_prices(rules, next, document_name(document));
}

/* Who may approve, and whose timestamps count, stays as it is. */
static void
carry_whole(const Rules *rules, const char *file, NextYear *next)
{
    const Document *document = rules_document(rules, file);
    if (document == NULL)
        return;
    Span raw = document_raw(document);
    NextTable written = next_table_begin(next, NEXT_RULES, file, NULL, 0);
    g_string_append_len(written.file->text, raw.text, (gssize)raw.length);
}

void
next_rules_carry(const Rules *rules, NextYear *next)
{
    static const RulesTable *const TABLES[] = {
        &SCHEMES_TABLE,      &INDICATORS_TABLE,    &TARIFFS_TABLE, &LIMITS_TABLE,  &OFFICE_TABLE,
        &PAYMENT_FILE_TABLE, &RESPONSE_FILE_TABLE, &BUDGETS_TABLE, &HEADINGS_TABLE};
    for (guint i = 0; i < G_N_ELEMENTS(TABLES); i++)
        carry_table(rules, TABLES[i], next);
    carry_whole(rules, APPROVERS_FILE, next);
    carry_whole(rules, AUTHORITIES_FILE, next);
}
