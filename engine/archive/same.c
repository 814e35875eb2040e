#include "archive/same.h"

#include <string.h>

#include "archive/ledger.h"
#include "base/parallel.h"
#include "pack/input.h"
#include "pack/rules/read.h"

#include "base/poison.h"

/* Whether the runs that would be counted now are those that were, with the same approvals. */
static bool
is_same_ledger(const Archive *archive, const Run *run)
{
    g_autoptr(GPtrArray) now = ledger_counts(archive, &run->name.period);
    const GArray *counted = run->manifest->counted;
    if (now->len != counted->len)
        return false;
    for (guint i = 0; i < now->len; i++) {
        const Run *here = g_ptr_array_index(now, i);
        const ManifestCounted *then = &g_array_index(counted, ManifestCounted, i);
        if (strcmp(here->text, then->run) != 0 ||
            strcmp(here->manifest_digest, then->manifest) != 0 ||
            strcmp(here->approval_digest, then->approval) != 0)
            return false;
    }
    return true;
}

/* How many files of a run lie in one of its folders. */
static guint
count_files(const Run *run, const char *folder)
{
    guint count = 0;
    for (guint i = 0; i < run->manifest->files->len; i++)
        if (g_str_has_prefix(g_array_index(run->manifest->files, ManifestFile, i).path, folder))
            count++;
    return count;
}

/* Whether a document is the file of that name that was sealed. */
static bool
is_sealed(const Run *run, const char *name, const Document *document)
{
    const ManifestFile *file = manifest_find(run->manifest, name);
    return file != NULL && file->size == document_raw(document).length &&
           strcmp(file->digest, document_digest(document)) == 0;
}

static bool
is_same_rules(const Run *run, const Rules *rules)
{
    if (rules->documents->len != count_files(run, RULES_FOLDER "/"))
        return false;
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, run->name.period.year);
    for (guint i = 0; i < rules->documents->len; i++) {
        const Document *document = g_ptr_array_index(rules->documents, i);
        g_autofree char *base = g_path_get_basename(document_name(document));
        g_autofree char *name = g_build_filename(RULES_FOLDER, year->str, base, NULL);
        if (!is_sealed(run, name, document))
            return false;
    }
    return true;
}

static bool
is_same_left_out(const Run *run, const InputFiles *inputs)
{
    const GPtrArray *now = inputs->left_out, *then = run->manifest->left_out;
    if (now->len != then->len)
        return false;
    for (guint i = 0; i < now->len; i++)
        if (strcmp(g_ptr_array_index(now, i), g_ptr_array_index(then, i)) != 0)
            return false;
    return true;
}

/* Files are compared by all threads. */
typedef struct {
    const Run *run;
    const InputFiles *inputs;
    gint differs; /* whether any does */
} Comparing;

static void
compare_file(gsize number, gpointer user)
{
    Comparing *comparing = user;
    const InputFile *file = input_file(comparing->inputs, (guint)number);
    g_autofree char *name = g_build_filename(INPUTS_FOLDER, file->name, NULL);
    if (g_atomic_int_get(&comparing->differs) == 0 &&
        (!is_sealed(comparing->run, name, file->document) ||
         !document_require_untouched(file->document, NULL)))
        g_atomic_int_set(&comparing->differs, 1);
}

static bool
is_same_inputs(const Run *run, const SameSource *source, const Rules *rules)
{
    g_autoptr(Faults) faults = faults_new();
    InputFiles *inputs = input_files_find(source->inputs_dir, rules->headings, faults, NULL);
    if (inputs == NULL)
        return false;
    Comparing comparing = {run, inputs, 0};
    bool is_same = faults_count(faults, FAULT_INPUT) == 0 && is_same_left_out(run, inputs) &&
                   inputs->files->len == count_files(run, INPUTS_FOLDER "/");
    if (is_same)
        parallel_for(source->threads, inputs->files->len, compare_file, &comparing);
    input_files_free(inputs);
    return is_same && comparing.differs == 0;
}

bool
run_is_same(const Archive *archive, const Run *run, const SameSource *source)
{
    if (!run->is_there || !run->is_listed || run->manifest == NULL ||
        strcmp(run->manifest->engine, SCHEMEPAY_VERSION) != 0 || !is_same_ledger(archive, run))
        return false;
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(Rules) rules = rules_read(source->rules_dir, run->name.period.year, faults);
    return is_same_rules(run, rules) && is_same_inputs(run, source, rules);
}
