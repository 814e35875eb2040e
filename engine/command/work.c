#include "command/work.h"

#include <string.h>

#include "archive/approvers.h"
#include "archive/since.h"
#include "archive/witness.h"
#include "command/console.h"
#include "command/stopwatch.h"
#include "pack/rules/read.h"
#include "pay/exception_text.h"
#include "pay/work_out.h"
#include "report/screen/refusal.h"

#include "base/poison.h"

bool
work_month(const Options *options, Period *period, GError **error)
{
    const char *text = options->month;
    Period read;
    if (period_read_month(text, &read)) {
        *period = read;
        return true;
    }
    g_autoptr(GString) quoted = g_string_new(NULL);
    text_append_quoted(quoted, (Span){text, strlen(text)});
    g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                "--month: %s is not a month: write it as 2025-09 or Sep-25", quoted->str);
    return false;
}

bool
work_year(const Options *options, Period *period, GError **error)
{
    const char *text = options->year;
    int year = year_read(text, strlen(text));
    if (year > 0) {
        *period = period_of_year_end(year, 0);
        return true;
    }
    g_autoptr(GString) quoted = g_string_new(NULL);
    text_append_quoted(quoted, (Span){text, strlen(text)});
    g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                "--year: %s is not a financial year: write it as 2025-26", quoted->str);
    return false;
}

bool
work_period(const Options *options, Period *period, GError **error)
{
    if (options->inputs == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--inputs is needed");
        return false;
    }
    if ((options->month == NULL) == (options->year == NULL)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s",
                    options->month == NULL ? "--month or --year is needed"
                                           : "--month and --year exclude each other");
        return false;
    }
    return options->month != NULL ? work_month(options, period, error)
                                  : work_year(options, period, error);
}

bool
work_say_faults(const Options *options, Faults *faults, GError *refusal, GError **error)
{
    bool is_refused = g_error_matches(refusal, SP_ERROR, SP_ERROR_INPUT) ||
                      g_error_matches(refusal, SP_ERROR, SP_ERROR_RULES);
    console_faults(faults);
    if (refusal == NULL)
        return true;
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json && is_refused)
        refusal_json(faults, refusal->message, text);
    if (!console_print(text->str, error))
        g_error_free(refusal);
    else
        g_propagate_error(error, refusal);
    return false;
}

bool
work_rules_pass(const Options *options, const Period *period, GError **error)
{
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(Rules) rules = rules_read(options->rules, period->year, faults);
    for (guint i = 0; i < rules->documents->len; i++) { /* only the faults matter here */
        const Document *document = g_ptr_array_index(rules->documents, i);
        g_autofree char *name = g_path_get_basename(document_name(document));
        if (strcmp(name, APPROVERS_FILE) == 0)
            approvers_check(document, FAULT_RULES, faults);
        if (strcmp(name, AUTHORITIES_FILE) == 0)
            witness_check_authorities(document, FAULT_RULES, faults);
    }
    GError *refusal = NULL;
    if (faults_pass(faults, &refusal))
        return true;
    if (!options->is_rules_given && !g_file_test(options->rules, G_FILE_TEST_EXISTS))
        console_note(
            "there is no folder of rules here: --rules names another; schemepay --help says "
            "where examples are");
    return work_say_faults(options, faults, refusal, error);
}

Pack *
work_pack(const Options *options, const Ledger *ledger, const Period *period, GError **error)
{
    g_autoptr(Faults) faults = faults_new();
    PackSource source = {.rules_dir = options->rules,
                         .inputs_dir = options->inputs,
                         .ledger = ledger == NULL ? NULL : ledger->entries,
                         .brought = ledger == NULL ? NULL : &ledger->brought,
                         .period = *period,
                         .threads = options->threads};
    Pack *pack = pack_read(&source, faults, error);
    if (pack == NULL)
        console_faults(faults);
    return pack;
}

/* Names the earlier months that have money waiting for an approval. */
static bool
warn_of_drafts(const Archive *archive, const Period *period, Faults *faults, GError **error)
{
    g_autoptr(GPtrArray) drafts = ledger_payable_drafts(archive, period, error);
    if (drafts == NULL)
        return false;
    for (guint i = 0; i < drafts->len; i++) {
        const Run *run = g_ptr_array_index(drafts, i);
        g_autofree char *text = period_text(&run->name.period);
        bool is_closed = ledger_is_closed(archive, &run->name.period);
        faults_add(faults, FAULT_WARNING, NULL, 0, NULL,
                   "%s is not approved, although its newest run, %s, has something to pay: its "
                   "money is in %s",
                   text, run->text, is_closed ? "a later run, which is approved" : "this run");
    }
    return true;
}

/* Makes every rejected or held row a fault, and doubtful ones refuse the run. */
static bool
refuse_exceptions(const Work *work, Faults *faults, GError **error)
{
    guint64 count = 0;
    g_autoptr(ExceptionReader) reader = exception_reader_new(work->result);
    for (guint i = 0; i < work->result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(work->result, i);
        if (entry->kind == EXCEPTION_CONTRACT || entry->kind == EXCEPTION_LOST || entry->is_part)
            continue;
        ExceptionText text = {0};
        exception_reader_read(reader, entry, &text);
        faults_add(faults, FAULT_INPUT, text.file, text.line,
                   text.column[0] == '\0' ? NULL : text.column, "%s (%s)", text.message,
                   REASONS[entry->reason].name);
        exception_text_clear(&text);
        count++;
    }
    guint doubts = faults_count(faults, FAULT_DOUBT);
    if (count == 0 && doubts == 0)
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                "--strict: %" G_GUINT64_FORMAT " row%s rejected or held, and %u warning%s of "
                "doubtful rows: nothing is written",
                count, count == 1 ? " is" : "s are", doubts, text_plural(doubts));
    return false;
}

/* The steps of work_new. Faults are added whether they succeed or not. */
static bool
fill(Work *work, const Options *options, const Archive *archive, const Period *period,
     Faults *faults, GError **error)
{
    Stopwatch stopwatch = stopwatch_start(options);
    work->ledger = ledger_read(archive, period, error);
    if (work->ledger == NULL || !warn_of_drafts(archive, period, faults, error))
        return false;
    PackSource source = {.rules_dir = options->rules,
                         .inputs_dir = options->inputs,
                         .ledger = work->ledger->entries,
                         .brought = &work->ledger->brought,
                         .period = *period,
                         .threads = options->threads};
    console_progress(options, "reading");
    stopwatch_lap("ledger", &stopwatch);
    work->pack = pack_read(&source, faults, error);
    if (work->pack == NULL)
        return false;
    stopwatch_lap("read", &stopwatch);
    console_progress(options, "working out");
    work->result = work_out_pack(work->pack, faults, error);
    if (work->result == NULL)
        return false;
    if (!since_mark(work->result, work->ledger, NULL, NULL, error) ||
        !earlier_read(work->ledger, period, NULL, NULL, &work->earlier, error)) {
        g_prefix_error(error, "the ledger cannot be believed: ");
        return false;
    }
    stopwatch_lap("work out", &stopwatch);
    return !options->strict || refuse_exceptions(work, faults, error);
}

Work *
work_new(const Options *options, const Archive *archive, const Period *period, GError **error)
{
    g_autoptr(Work) work = g_new0(Work, 1);
    g_autoptr(Faults) faults = faults_new();
    GError *refusal = NULL;
    (void)fill(work, options, archive, period, faults, &refusal);
    return work_say_faults(options, faults, refusal, error) ? g_steal_pointer(&work) : NULL;
}

void
work_free(Work *work)
{
    if (work == NULL)
        return;
    earlier_free(work->earlier);
    result_free(work->result);
    pack_free(work->pack);
    ledger_free(work->ledger);
    g_free(work);
}
