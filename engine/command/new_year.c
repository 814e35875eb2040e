#include "command/new_year.h"

#include <string.h>

#include "archive/ledger.h"
#include "archive/open.h"
#include "archive/payments.h"
#include "base/files.h"
#include "base/newfolder.h"
#include "base/temporary.h"
#include "command/console.h"
#include "command/output.h"
#include "command/work.h"
#include "pack/nextinputs.h"
#include "pack/rules/nextrules.h"
#include "report/figures/json.h"

#include "base/poison.h"

/* The years: what the new one is called, and where its rules are to be. */
typedef struct {
    Period before; /* the year-end of the year before */
    Period april;  /* the new year's first month */
    char *name, *rules;
} Years;

static void
years_clear(Years *years)
{
    g_free(years->name);
    g_free(years->rules);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Years, years_clear)

/* What the new year takes over of the archive and of decisions. */
typedef struct {
    const Run *year_end; /* the last approved one of the year before, or NULL */
    GArray *payments;    /* of PaymentRow: its payments; NULL where there is none */
    Ledger *ledger;      /* of April */
} Inheritance;

static void
inheritance_clear(Inheritance *inheritance)
{
    g_clear_pointer(&inheritance->payments, g_array_unref);
    ledger_free(inheritance->ledger);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Inheritance, inheritance_clear)

/* ------------------------------------------------------------------------- reading what there is
 */

static bool
read_years(const Options *options, Years *years, GError **error)
{
    const char *missing = options->year == NULL     ? "year"
                          : options->inputs == NULL ? "inputs"
                          : options->output == NULL ? "output"
                                                    : NULL;
    if (missing != NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--%s is needed", missing);
        return false;
    }
    Period wanted;
    if (!work_year(options, &wanted, error))
        return false;
    g_autoptr(GString) name = g_string_new(NULL);
    year_append(name, wanted.year);
    years->before = period_of_year_end(wanted.year - 1, 0);
    years->april = period_of_month(year_first_month(wanted.year));
    years->rules = g_build_filename(options->rules, name->str, NULL);
    years->name = g_string_free(g_steal_pointer(&name), FALSE);
    return true;
}

/* Whether both new folders may be made. */
static bool
check_places(const Options *options, const Years *years, GError **error)
{
    return output_allows_folder(options, error) && new_folder_allows(years->rules, error);
}

static bool
read_inheritance(const Archive *archive, const Years *years, Inheritance *inheritance,
                 GError **error)
{
    inheritance->ledger = ledger_read(archive, &years->april, error);
    if (inheritance->ledger == NULL)
        return false;
    const char *name = inheritance->ledger->brought.run;
    if (name == NULL)
        return true;
    inheritance->year_end = archive_named(archive, name);
    inheritance->payments = payment_rows_of_run(
        inheritance->year_end, run_digest(inheritance->year_end, PAYMENTS_PATH), error);
    return inheritance->payments != NULL;
}

/* --------------------------------------------------------------------------------------- writing
 */

/* Writes the files of one of the folders. */
static bool
write_files(const NextYear *next, NextFolder folder, const char *path, GError **error)
{
    for (guint i = 0; i < next->files->len; i++) {
        const NextFile *file = next_year_file(next, i);
        g_autofree char *name = g_build_filename(path, file->name, NULL);
        if (file->folder == folder &&
            !file_create(name, (Span){file->text->str, file->text->len}, error))
            return false;
    }
    return true;
}

/* Where a trial is, and what its rules are called to users. */
typedef struct {
    const char *tried, *rules;
} Trial;

static void
say_trial_fault(FaultClass class, const char *message, gpointer user)
{
    const Trial *trial = user;
    g_autoptr(GString) text = g_string_new(message);
    g_string_replace(text, trial->tried, trial->rules, 0);
    if (fault_refuses(class))
        console_complain(text->str);
}

/* Whether the program can read what is to be written, in a temporary folder: nothing is written
 * that a run would be refused for. */
static bool
try_in(const char *folder, const Options *options, const Years *years, const NextYear *next,
       const Ledger *ledger, GError **error)
{
    g_autofree char *all_rules = g_build_filename(folder, "rules", NULL);
    g_autofree char *rules = g_build_filename(all_rules, years->name, NULL);
    g_autofree char *inputs = g_build_filename(folder, "inputs", NULL);
    if (!folder_make(rules, error) || !folder_make(inputs, error) ||
        !write_files(next, NEXT_RULES, rules, error) ||
        !write_files(next, NEXT_INPUTS, inputs, error))
        return false;
    g_autoptr(Faults) faults = faults_new();
    PackSource source = {.rules_dir = all_rules,
                         .inputs_dir = inputs,
                         .ledger = ledger->entries,
                         .brought = &ledger->brought,
                         .period = years->april,
                         .threads = options->threads};
    g_autoptr(Pack) pack = pack_read(&source, faults, error);
    Trial trial = {all_rules, options->rules};
    if (pack == NULL) {
        faults_each(faults, say_trial_fault, &trial);
        g_prefix_error(error, "what %s would begin with is refused: ", years->name);
    }
    return pack != NULL;
}

static bool
try_out(const Options *options, const Years *years, const NextYear *next, const Ledger *ledger,
        GError **error)
{
    Scratch *scratch = scratch_new(error);
    if (scratch == NULL)
        return false;
    bool is_done = try_in(scratch->path, options, years, next, ledger, error);
    return scratch_remove(scratch, is_done ? error : NULL) && is_done;
}

/* Gives both folders their names, the inputs first; where the second fails the first is removed. */
static bool
finish_folders(NewFolder *inputs, NewFolder *rules, const Options *options, GError **error)
{
    if (!new_folder_finish(inputs, error)) {
        new_folder_abandon(rules);
        return false;
    }
    if (new_folder_finish(rules, error))
        return true;
    g_autoptr(GError) ignored = NULL;
    if (!tree_remove(options->output, &ignored))
        g_prefix_error(error, "%s is written, but ", options->output);
    return false;
}

static bool
write_folders(const Options *options, const Years *years, const NextYear *next, GError **error)
{
    NewFolder *inputs = new_folder_begin(options->output, error);
    if (inputs == NULL)
        return false;
    NewFolder *rules = new_folder_begin(years->rules, error);
    if (rules != NULL && write_files(next, NEXT_INPUTS, inputs->staging, error) &&
        write_files(next, NEXT_RULES, rules->staging, error))
        return finish_folders(inputs, rules, options, error);
    if (rules != NULL)
        new_folder_abandon(rules);
    new_folder_abandon(inputs);
    return false;
}

/* --------------------------------------------------------------------------------------- telling
 */

/* What is told: as text, or as JSON. */
typedef struct {
    const Options *options;
    const Years *years;
    const NextYear *next;
    const Pack *pack; /* of the year before */
    const Inheritance *inheritance;
    GString *text;
    Json json;
} Telling;

/* The path of a file of the new year; free with g_free. */
static char *
path_of(const Telling *telling, const NextFile *file)
{
    return g_build_filename(file->folder == NEXT_RULES ? telling->years->rules
                                                       : telling->options->output,
                            file->name, NULL);
}

/* How much of a file is carried over. */
static void
append_extent(GString *text, const char *path, const NextFile *file)
{
    if (file->of > 0)
        g_string_append_printf(text, "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " row%s\n",
                               path, file->rows, file->of, file->of == 1 ? "" : "s");
    else
        g_string_append_printf(text, "%s: %s\n", path,
                               g_str_has_suffix(file->name, ".csv") ? "the header" : "as it is");
}

static void
tell_files(Telling *telling)
{
    const GPtrArray *files = telling->next->files;
    json_open_array(&telling->json, "files");
    for (guint i = 0; i < files->len; i++) {
        const NextFile *file = next_year_file(telling->next, i);
        g_autofree char *path = path_of(telling, file);
        append_extent(telling->text, path, file);
        json_open_object(&telling->json, NULL);
        json_text(&telling->json, "file", path);
        json_whole(&telling->json, "rows", file->rows);
        json_whole(&telling->json, "of", file->of);
        json_close_object(&telling->json);
    }
    json_close_array(&telling->json);
}

static void
tell_notes(Telling *telling, const char *key, const char *heading, const GArray *notes)
{
    if (notes->len > 0)
        g_string_append_printf(telling->text, "\n%s\n", heading);
    json_open_array(&telling->json, key);
    for (guint i = 0; i < notes->len; i++) {
        const NextNote *note = &g_array_index(notes, NextNote, i);
        g_autofree char *path =
            note->file == NULL ? g_strdup(note->name) : path_of(telling, note->file);
        g_string_append_printf(telling->text, "%s:%" G_GUINT64_FORMAT ":%s%s %s\n", path,
                               note->line, note->column == NULL ? "" : note->column,
                               note->column == NULL ? "" : ":", note->text);
        json_open_object(&telling->json, NULL);
        json_text(&telling->json, "file", path);
        json_whole(&telling->json, "line", note->line);
        json_text(&telling->json, "column", note->column == NULL ? "" : note->column);
        json_text(&telling->json, "text", note->text);
        json_close_object(&telling->json);
    }
    json_close_array(&telling->json);
}

/* A contract in a list: with pounds, or with why it is there. */
static void
tell_contract(Telling *telling, const char *scheme, const char *provider, Money money,
              const char *why)
{
    g_string_append_printf(telling->text, "%s/%s: ", scheme, provider);
    json_open_object(&telling->json, NULL);
    json_text(&telling->json, "scheme", scheme);
    json_text(&telling->json, "provider", provider);
    if (why == NULL) {
        money_append_pounds(telling->text, money);
        json_money(&telling->json, "amount", money);
    } else {
        g_string_append(telling->text, why);
        json_text(&telling->json, "why", why);
    }
    g_string_append_c(telling->text, '\n');
    json_close_object(&telling->json);
}

static void
tell_brought_forward(Telling *telling)
{
    const Inheritance *inheritance = telling->inheritance;
    const GArray *carried = inheritance->ledger->carried;
    g_autofree char *before = period_text(&telling->years->before);
    if (inheritance->year_end == NULL)
        g_string_append_printf(telling->text,
                               "\n%s is not approved: what it will carry and hold is not known "
                               "yet\n",
                               before);
    else if (carried->len == 0)
        g_string_append_printf(telling->text, "\n%s brings nothing forward\n",
                               inheritance->year_end->text);
    else
        g_string_append_printf(telling->text, "\nbrought forward from %s\n",
                               inheritance->year_end->text);
    json_text(&telling->json, "year_end",
              inheritance->year_end == NULL ? "" : inheritance->year_end->text);
    json_open_array(&telling->json, "brought_forward");
    for (guint i = 0; i < carried->len; i++) {
        const LedgerEntry *entry = &g_array_index(carried, LedgerEntry, i);
        tell_contract(telling, entry->scheme, entry->provider, entry->paid, NULL);
    }
    json_close_array(&telling->json);
}

/* Decisions that go on after March: the new files have none of them. */
static void
tell_decisions(Telling *telling, const GArray *decisions, const char *what)
{
    const Pack *pack = telling->pack;
    for (guint i = 0; i < decisions->len; i++) {
        const Decision *decision = &g_array_index(decisions, Decision, i);
        if (decision->to <= telling->years->before.month)
            continue;
        const ContractKey *key = contracts_key(pack->contracts, decision->contract);
        g_autofree char *why =
            g_strdup_printf("%s, %s:%" G_GUINT64_FORMAT ", which goes on after March: %s", what,
                            input_file(pack->inputs, place_file(decision->place))->name,
                            input_place_line(pack->inputs, decision->place), decision->reason);
        tell_contract(telling, rules_scheme(pack->rules, key->scheme)->code,
                      register_provider(pack->reg, key->provider)->code, (Money){0}, why);
    }
}

/* What is on hold: contracts that the year-end held, and decisions that have no end yet. */
static void
tell_holds(Telling *telling)
{
    const Inheritance *inheritance = telling->inheritance;
    gsize begun = telling->text->len;
    g_string_append(telling->text, "\non hold, or paid off in parts\n");
    gsize heading = telling->text->len;
    json_open_array(&telling->json, "on_hold");
    for (guint i = 0; inheritance->payments != NULL && i < inheritance->payments->len; i++) {
        const PaymentRow *row = &g_array_index(inheritance->payments, PaymentRow, i);
        g_autofree char *why = g_strdup_printf("held in %s", inheritance->year_end->text);
        if (row->status == STATUS_HOLD)
            tell_contract(telling, row->scheme, row->provider, (Money){0}, why);
    }
    tell_decisions(telling, telling->pack->decisions->holds, "a hold");
    tell_decisions(telling, telling->pack->decisions->recoveries, "a recovery");
    json_close_array(&telling->json);
    if (telling->text->len == heading)
        g_string_truncate(telling->text, begun);
}

/* Tells all of it, both ways at once, and prints the one that is wanted. */
static bool
tell(const Options *options, const Years *years, const NextYear *next, const Pack *pack,
     const Inheritance *inheritance, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) as_json = g_string_new(NULL);
    Telling telling = {options, years, next, pack, inheritance, text, {as_json, 0, false}};
    json_begin(&telling.json);
    json_text(&telling.json, "financial_year", years->name);
    json_text(&telling.json, "rules", years->rules);
    json_text(&telling.json, "inputs", options->output);
    tell_files(&telling);
    tell_notes(&telling, "to_confirm", "to confirm", next->to_confirm);
    tell_notes(&telling, "left_out", "left out", next->left_out);
    tell_brought_forward(&telling);
    tell_holds(&telling);
    json_close_object(&telling.json);
    g_string_append_printf(text, "\n%s can begin: %s and %s are written\n", years->name,
                           years->rules, options->output);
    if (options->json || !options->quiet)
        return console_print(options->json ? as_json->str : text->str, error);
    return true;
}

bool
command_new_year(const Options *options, GError **error)
{
    g_auto(Years) years = {.name = NULL};
    g_auto(Inheritance) inheritance = {.year_end = NULL};
    if (!read_years(options, &years, error) || !check_places(options, &years, error) ||
        !work_rules_pass(options, &years.before, error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require_whole(archive, SP_ERROR_INPUT, error) ||
        !read_inheritance(archive, &years, &inheritance, error))
        return false;
    console_progress(options, "reading");
    g_autoptr(Ledger) ledger = ledger_read(archive, &years.before, error);
    g_autoptr(Pack) pack = ledger == NULL ? NULL : work_pack(options, ledger, &years.before, error);
    if (pack == NULL)
        return false;
    g_autoptr(NextYear) next = next_year_new(years.april.year);
    next_rules_carry(pack->rules, next);
    next_inputs_carry(pack, inheritance.ledger->carried, next);
    return try_out(options, &years, next, inheritance.ledger, error) &&
           write_folders(options, &years, next, error) &&
           tell(options, &years, next, pack, &inheritance, error);
}
