/* Prints the program's own tables as Markdown, for the READMEs: see tests/docs/docs.t.
 *
 * Each table begins with a line "table: NAME" and ends with an empty line. */
#include <stdio.h>

#include "report/workbook/sheets.h"

/* The commands and exit statuses are in main.c alone. */
int schemepay_main(int argc, char **argv);
#define main schemepay_main
#include "main.c"
#undef main

#include "archive/finding.h"
#include "pack/input.h"
#include "pack/rules/budgets.h"
#include "pack/rules/headings.h"
#include "pack/rules/indicators.h"
#include "pack/rules/limits.h"
#include "pack/rules/office.h"
#include "pack/rules/payment_file.h"
#include "pack/rules/reader.h"
#include "pack/rules/response_file.h"
#include "pack/rules/schemes.h"
#include "pack/rules/tariffs.h"
#include "pack/rules/words.h"
#include "pay/result.h"
#include "report/bridge/bridge.h"
#include "report/figures/fields.h"
#include "report/forecast/journal.h"
#include "report/forecast/rows.h"
#include "report/record/payment_file.h"
#include "report/screen/reconciliation.h"
#include "report/screen/sample.h"
#include "report/statement/mailing.h"

#include "base/poison.h"

/* What stands in a field of each kind, in a word. */
static const char *const KIND_NAMES[] = {
    [COLUMN_TEXT] = "text",
    [COLUMN_PROSE] = "prose",
    [COLUMN_KEY] = "text",
    [COLUMN_REFERENCE] = "reference",
    [COLUMN_CODE] = "code",
    [COLUMN_DATE] = "date",
    [COLUMN_MONTH] = "month",
    [COLUMN_WHOLE] = "whole",
    [COLUMN_COUNT] = "count",
    [COLUMN_RATE] = "rate",
    [COLUMN_SHARE] = "share",
    [COLUMN_MONEY] = "money",
    [COLUMN_NUMBER] = "number",
    [COLUMN_THRESHOLD] = "threshold",
    [COLUMN_SIGNED_COUNT] = "signed count",
    [COLUMN_SUM] = "pounds",
};

/* Names the table that follows. */
static void
begin(const char *name, const char *header)
{
    guint cells = 0;
    for (const char *at = header; *at != '\0'; at++)
        cells += *at == '|';
    printf("table: %s\n%s\n|", name, header);
    for (guint c = 1; c < cells; c++)
        printf("---|");
    printf("\n");
}

static void
print_columns(const char *name, const Column *columns, guint count)
{
    begin(name, "| column | form |");
    for (guint c = 0; c < count; c++)
        printf("| `%s`%s | %s |\n", columns[c].name, columns[c].is_required ? "*" : "",
               KIND_NAMES[columns[c].kind]);
    printf("\n");
}

static void
print_names(const char *name, const char *header, const char *const *names, guint count)
{
    begin(name, header);
    for (guint n = 0; n < count; n++)
        printf("| `%s` |\n", names[n]);
    printf("\n");
}

/* A closed list of words that a column may hold; an empty first one is not a word. */
static void
print_words(const char *column, const char *const *words, guint count)
{
    g_autofree char *name = g_strconcat("words: ", column, NULL);
    g_autofree char *header = g_strconcat("| `", column, "` |", NULL);
    guint first = words[0][0] == '\0' ? 1 : 0;
    print_names(name, header, words + first, count - first);
}

static void
print_inputs(void)
{
    for (guint k = 0; k < INPUT_KINDS; k++)
        print_columns(INPUT_TABLES[k].name, INPUT_TABLES[k].columns, INPUT_TABLES[k].column_count);
    begin("reasons", "| reason | outcome | meaning |");
    for (guint r = REASON_NONE + 1; r < REASON_COUNT; r++)
        printf("| `%s` | %s | %s |\n", REASONS[r].name, STATE_NAMES[REASONS[r].state],
               REASONS[r].meaning);
    printf("\n");
    print_names("states", "| state |", STATE_NAMES, STATE_COUNT);
}

static void
print_rules(void)
{
    static const RulesTable *const TABLES[] = {
        &SCHEMES_TABLE,      &INDICATORS_TABLE,    &TARIFFS_TABLE, &LIMITS_TABLE,  &OFFICE_TABLE,
        &PAYMENT_FILE_TABLE, &RESPONSE_FILE_TABLE, &BUDGETS_TABLE, &HEADINGS_TABLE};
    for (guint t = 0; t < G_N_ELEMENTS(TABLES); t++) {
        g_autofree char *name = g_strconcat("rules: ", TABLES[t]->file, NULL);
        print_columns(name, TABLES[t]->columns, TABLES[t]->column_count);
    }
    print_words("commissioned", COMMISSIONED_WORDS, G_N_ELEMENTS(COMMISSIONED_WORDS));
    print_words("payment", PAYMENT_WORDS, G_N_ELEMENTS(PAYMENT_WORDS));
    print_words("measured_by", MEASURED_BY_WORDS, G_N_ELEMENTS(MEASURED_BY_WORDS));
    print_words("value_basis", BASIS_WORDS, G_N_ELEMENTS(BASIS_WORDS));
    print_words("pro_rata", PRO_RATA_WORDS, G_N_ELEMENTS(PRO_RATA_WORDS));
    print_words("rounding", ROUNDING_WORDS, G_N_ELEMENTS(ROUNDING_WORDS));
    print_words("recovery", RECOVERY_WORDS, G_N_ELEMENTS(RECOVERY_WORDS));
    print_words("method", METHOD_WORDS, G_N_ELEMENTS(METHOD_WORDS));
    print_words("achieved_by", ACHIEVED_BY_WORDS, G_N_ELEMENTS(ACHIEVED_BY_WORDS));
    print_words("unit", UNIT_WORDS, G_N_ELEMENTS(UNIT_WORDS));
    print_words("paid", PAID_WORDS, G_N_ELEMENTS(PAID_WORDS));
    print_words("limit", LIMIT_WORDS, G_N_ELEMENTS(LIMIT_WORDS));
    print_words("count", COUNT_WORDS, G_N_ELEMENTS(COUNT_WORDS));
    print_words("per", PER_WORDS, G_N_ELEMENTS(PER_WORDS));
    print_words("type", PROVIDER_TYPES, TYPE_COUNT);
}

static void
print_fields(const char *file, const Field *fields, guint count)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    fields_describe(rows, fields, count);
    begin(file, "| column | what it says |");
    printf("%s\n", rows->str);
}

static void
print_payment_file(void)
{
    begin("payment-file.csv", "| field | what it is | in the file without a template |");
    for (guint f = 0; f < FIELD_COUNT; f++)
        printf("| `%s` | %s | %s |\n", PAYMENT_FIELDS[f], PAYMENT_FILE_FIELDS[f].about,
               PAYMENT_FILE_FIELDS[f].is_usual ? "yes" : "");
    printf("\n");
}

static void
print_forecast(void)
{
    print_fields("forecast", FORECAST_FIELDS, FORECAST_ROW_FIELDS);
    print_fields("forecast: schemes", FORECAST_SUMMARY_FIELDS, SUMMARY_FIELDS);
    print_fields("forecast: journal", JOURNAL_FIELDS, JOURNAL_FIELD_COUNT);
    begin("forecast: methods", "| kind |");
    for (guint k = 0; k < FORECAST_KINDS; k++)
        printf("| `%s` |\n", FORECAST_METHODS[k].name);
    printf("\n");
}

static void
print_outputs(void)
{
    static const char *const SHEETS[] = {
        SHEET_SUMMARY,     SHEET_PAYMENTS,   SHEET_PAYEES,     SHEET_CHANGES, SHEET_CONTRACTS,
        SHEET_SHARES,      SHEET_SPANS,      SHEET_JUDGED,     SHEET_CLAUSES, SHEET_POTS,
        SHEET_TESTS,       SHEET_RECOVERIES, SHEET_ACHIEVED,   SHEET_FACTS,   SHEET_RECEIVED,
        SHEET_RESUBMITTED, SHEET_UNUSUAL,    SHEET_EXCEPTIONS, SHEET_CHECKS,  SHEET_CONTROLS,
        SHEET_RULES};
    print_fields("payments.csv", CONTRACT_FIELDS, CONTRACT_RECORDED);
    print_fields("lines.csv", LINE_FIELDS, LINE_RECORDED);
    print_fields("exceptions.csv", EXCEPTION_FIELDS, EXCEPTION_RECORDED);
    print_fields("controls.csv", CONTROL_FIELDS, CONTROL_RECORDED);
    print_payment_file();
    print_fields("reconcile", RECONCILED_FIELDS, RECONCILED_FIELD_COUNT);
    print_fields("corrections", CORRECTION_FIELDS, CORRECTION_FIELD_COUNT);
    print_fields("sample", SAMPLE_FIELDS, SAMPLE_FIELD_COUNT);
    print_fields("mailing.csv", MAILING_FIELDS, MAILING_FIELD_COUNT);
    print_names("statuses", "| status |", STATUS_NAMES, STATUS_COUNT);
    print_names("kinds of lines", "| kind |", LINE_KIND_NAMES, LINE_KINDS);
    print_names("sheets", "| sheet |", SHEETS, G_N_ELEMENTS(SHEETS));
    begin("causes", "| cause |");
    for (guint c = 0; c < CAUSE_COUNT; c++)
        printf("| `%s` |\n", cause_name(c));
    printf("\n");
    begin("causes of a period", "| cause | on the screen | what it is |");
    for (guint c = BRIDGE_PERIOD; c < BRIDGE_PERIOD + OWED_CAUSES; c++)
        printf("| `%s` | %s | %s |\n", BRIDGE_FIELDS[c].name, BRIDGE_FIELDS[c].heading,
               BRIDGE_FIELDS[c].about);
    printf("\n");
    print_forecast();
    print_names("findings", "| kind |", FINDING_NAMES, FINDING_KINDS);
}

static void
print_option(const OptionRow *option)
{
    g_autofree char *commands = g_strstrip(g_strdup(option->commands ? option->commands : "all"));
    g_auto(GStrv) words = g_strsplit(commands, " ", -1);
    g_autofree char *list = g_strjoinv(", ", words);
    printf("| `--%s%s%s` | %s | %s |\n", option->name, option->value ? " " : "",
           option->value ? option->value : "", option->meaning, list);
}

static void
print_commands(void)
{
    begin("commands", "| command | does |");
    for (guint c = 0; c < G_N_ELEMENTS(COMMANDS); c++) {
        g_auto(GStrv) parts = g_strsplit(COMMANDS[c].usage, "|", -1);
        g_autofree char *usage = g_strjoinv("\\|", parts);
        printf("| `%s%s%s` | %s |\n", COMMANDS[c].name, usage[0] == '\0' ? "" : " ", usage,
               COMMANDS[c].summary);
    }
    printf("\n");
    begin("options", "| option | does | with |");
    for (guint o = 0; o < OPTION_COUNT; o++)
        print_option(&OPTION_ROWS[o]);
    printf("\n");
    begin("exit statuses", "| status | when |");
    for (guint e = 0; e < G_N_ELEMENTS(EXITS); e++)
        printf("| %d | %s |\n", EXITS[e].status, EXITS[e].meaning);
    printf("\n");
}

int
main(void)
{
    print_inputs();
    print_rules();
    print_outputs();
    print_commands();
    return 0;
}
