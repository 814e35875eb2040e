#include "support.h"

#include <string.h>

#include "base/files.h"
#include "pay/exception_text.h"
#include "pay/work_out.h"

Case *
case_new(void)
{
    Case *c = g_new0(Case, 1);
    g_autoptr(GError) error = NULL;
    c->folder = g_dir_make_tmp("schemepay-unit-XXXXXX", &error);
    g_assert_no_error(error);
    c->text = g_string_new(NULL);
    case_rule(c, "schemes.csv", SCHEMES);
    case_rule(c, "indicators.csv", INDICATORS);
    case_rule(c, "tariffs.csv", TARIFFS);
    case_input(c, "providers.csv", PROVIDERS);
    return c;
}

/* Forgets the last run. */
static void
forget(Case *c)
{
    g_clear_pointer(&c->result, result_free);
    g_clear_pointer(&c->pack, pack_free);
    g_clear_pointer(&c->faults, faults_free);
    g_clear_error(&c->error);
}

void
case_free(Case *c)
{
    if (c == NULL)
        return;
    g_autoptr(GError) error = NULL;
    forget(c);
    if (!tree_remove(c->folder, &error))
        g_test_message("%s", error->message);
    g_free(c->folder);
    g_string_free(c->text, TRUE);
    g_free(c);
}

static void
write_below(Case *c, const char *folder, const char *file, const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(c->folder, folder, file, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
    g_file_set_contents(path, bytes, (gssize)length, &error);
    g_assert_no_error(error);
}

void
case_rule_of(Case *c, const char *year, const char *file, const char *text)
{
    g_autofree char *folder = g_build_filename("rules", year, NULL);
    write_below(c, folder, file, text, strlen(text));
}

void
case_rule(Case *c, const char *file, const char *text)
{
    case_rule_of(c, "2025-26", file, text);
}

void
case_input(Case *c, const char *file, const char *text)
{
    write_below(c, "inputs", file, text, strlen(text));
}

void
case_input_bytes(Case *c, const char *file, const char *bytes, gsize length)
{
    write_below(c, "inputs", file, bytes, length);
}

Case *
case_of_activity(const char *tariffs)
{
    Case *c = case_new();
    g_autofree char *rows = g_strconcat(TARIFFS, tariffs, NULL);
    case_rule(c, "schemes.csv", SCHEMES "S,S,practice,individual,activity,activity,,,,,,,,,,,,x\n");
    case_rule(c, "tariffs.csv", rows);
    case_input(c, "participation.csv",
               PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\nS,C,2025-04-01,,\n");
    return c;
}

Case *
case_of_achievement(const char *value_columns, const char *indicators)
{
    Case *c = case_new();
    g_autofree char *scheme = g_strconcat(SCHEMES "S,S,practice,individual,achievement,outcomes,",
                                          value_columns, ",,,,,x\n", NULL);
    g_autofree char *rows = g_strconcat(INDICATORS, indicators, NULL);
    case_rule(c, "schemes.csv", scheme);
    case_rule(c, "indicators.csv", rows);
    return c;
}

bool
case_run_on(Case *c, const char *period, guint threads)
{
    forget(c);
    g_autofree char *rules = g_build_filename(c->folder, "rules", NULL);
    g_autofree char *inputs = g_build_filename(c->folder, "inputs", NULL);
    PackSource source = {.rules_dir = rules,
                         .inputs_dir = inputs,
                         .ledger = c->ledger,
                         .brought = c->brought,
                         .threads = threads};
    g_assert_true(period_read(period, &source.period));
    c->faults = faults_new();
    c->pack = pack_read(&source, c->faults, &c->error);
    if (c->pack != NULL)
        c->result = work_out_pack(c->pack, c->faults, &c->error);
    g_assert_true((c->result == NULL) == (c->error != NULL));
    return c->result != NULL;
}

bool
case_run(Case *c, const char *period)
{
    return case_run_on(c, period, 1);
}

const char *
case_payments(Case *c)
{
    g_string_truncate(c->text, 0);
    for (guint i = 0; i < c->result->contracts->len; i++) {
        const Contract *contract = result_contract(c->result, i);
        const Money amounts[] = {contract->entitlement, contract->paid, contract->owed,
                                 contract->current, contract->prior};
        g_string_append_printf(c->text, "%s/%s ", contract->scheme->code, contract->provider->code);
        if (contract->has_value)
            money_append(c->text, contract->value);
        else
            g_string_append_c(c->text, '-');
        for (guint a = 0; a < G_N_ELEMENTS(amounts); a++) {
            g_string_append_c(c->text, a == 4 ? '+' : ' ');
            money_append(c->text, amounts[a]);
        }
        g_string_append_printf(c->text, " %s\n", STATUS_NAMES[contract->status]);
    }
    return c->text->str;
}

static void
append_line(GString *text, const Line *line)
{
    g_string_append_printf(text, " %s %s ", LINE_KIND_NAMES[line->kind], line->item);
    if (line->month == MONTH_NONE)
        g_string_append_c(text, '-');
    else
        month_append(text, line->month);
    g_string_append_c(text, ' ');
    if (line->has_count)
        micros_append_count(text, line->count);
    else
        g_string_append_c(text, '-');
    g_string_append_c(text, ' ');
    if (line->has_rate)
        micros_append_rate(text, line->rate);
    else
        g_string_append_c(text, '-');
    g_string_append_c(text, ' ');
    if (line->has_fraction)
        fraction_append(text, line->fraction);
    else
        g_string_append_c(text, '-');
    g_string_append_c(text, ' ');
    money_append(text, line->amount);
    g_string_append_c(text, '\n');
}

const char *
case_lines(Case *c)
{
    g_string_truncate(c->text, 0);
    for (guint i = 0; i < c->result->lines->len; i++) {
        const Line *line = result_line(c->result, i);
        const Contract *contract = result_contract(c->result, line->contract);
        g_string_append_printf(c->text, "%s/%s", contract->scheme->code, contract->provider->code);
        append_line(c->text, line);
    }
    return c->text->str;
}

const char *
case_exceptions(Case *c)
{
    g_autoptr(ExceptionReader) reader = exception_reader_new(c->result);
    g_string_truncate(c->text, 0);
    for (guint i = 0; i < c->result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(c->result, i);
        ExceptionText text;
        exception_reader_read(reader, entry, &text);
        g_string_append_printf(c->text, "%s:%" G_GUINT64_FORMAT ":%s %s %s %s/%s/%s ", text.file,
                               text.line, text.column, REASONS[entry->reason].name, text.outcome,
                               text.scheme, text.provider, text.item);
        if (entry->has_risk)
            money_append(c->text, entry->at_risk);
        else
            g_string_append_c(c->text, '-');
        g_string_append_c(c->text, '\n');
        exception_text_clear(&text);
    }
    return c->text->str;
}

const char *
case_controls(Case *c)
{
    g_string_truncate(c->text, 0);
    for (guint i = 0; i < c->pack->inputs->files->len; i++) {
        const InputFile *file = input_file(c->pack->inputs, i);
        g_string_append_printf(c->text, "%s %" G_GUINT64_FORMAT ":", file->name, file->rows);
        for (guint s = 0; s < STATE_COUNT; s++)
            g_string_append_printf(c->text, " %" G_GUINT64_FORMAT, file->states[s]);
        g_string_append_c(c->text, '\n');
    }
    return c->text->str;
}

/* What faults_each calls back with. */
typedef struct {
    const Case *c;
    bool wants_warnings;
    GString *text;
} Listing;

static void
list_fault(FaultClass class, const char *message, gpointer user)
{
    const Listing *listing = user;
    if (fault_refuses(class) == listing->wants_warnings)
        return;
    g_autofree char *folder = g_strconcat(listing->c->folder, "/", NULL);
    g_autofree char *text = text_replace(message, folder, "");
    g_string_append_printf(listing->text, "%s\n", text);
}

const char *
case_faults(Case *c)
{
    g_string_truncate(c->text, 0);
    faults_each(c->faults, list_fault, &(Listing){c, false, c->text});
    return c->text->str;
}

const char *
case_fault_places(Case *c)
{
    g_auto(GStrv) lines = g_strsplit(case_faults(c), "\n", -1);
    g_string_truncate(c->text, 0);
    for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        const char *file = g_strrstr_len(lines[i], (gssize)strcspn(lines[i], " "), "/");
        const char *place = file == NULL ? lines[i] : file + 1;
        const char *end = strstr(place, ": ");
        if (c->text->len > 0)
            g_string_append_c(c->text, ' ');
        g_string_append_len(c->text, place, end == NULL ? -1 : end - place);
    }
    return c->text->str;
}

const char *
case_warnings(Case *c)
{
    g_string_truncate(c->text, 0);
    faults_each(c->faults, list_fault, &(Listing){c, true, c->text});
    return c->text->str;
}

char *
case_owed(Case *c, const char *scheme, const char *provider)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < c->result->contracts->len; i++) {
        const Contract *contract = result_contract(c->result, i);
        if (strcmp(contract->scheme->code, scheme) == 0 &&
            strcmp(contract->provider->code, provider) == 0)
            money_append(text, contract->owed);
    }
    return g_string_free(text, FALSE);
}

char *
text_replace(const char *text, const char *word, const char *by)
{
    g_auto(GStrv) parts = g_strsplit(text, word, -1);
    return g_strjoinv(by, parts);
}

Span
span_of(const char *text)
{
    return (Span){text, strlen(text)};
}
