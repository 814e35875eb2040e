#include "archive/rework.h"

#include <string.h>

#include "archive/litter.h"
#include "archive/since.h"
#include "base/files.h"
#include "pay/work_out.h"

#include "base/poison.h"

Period
rework_period(const Run *run)
{
    RunName name = run->name;
    if (run->manifest != NULL && !run_name_read(run->manifest->run, &name))
        name = run->name;
    return name.period;
}

static bool
is_csv(const char *name)
{
    gsize length = strlen(name);
    return length >= 4 && g_ascii_strcasecmp(name + length - 4, ".csv") == 0;
}

/* Where litter among the inputs has the name of a CSV file, reads the others by their names. */
static bool
pass_litter_over(PackSource *source, GPtrArray *names, GPtrArray *paths, GError **error)
{
    g_autoptr(GPtrArray) files = tree_files(source->inputs_dir, error);
    if (files == NULL)
        return false;
    bool has_litter = false;
    for (guint i = 0; i < files->len; i++) {
        const char *name = g_ptr_array_index(files, i);
        if (!is_csv(name))
            continue;
        has_litter = has_litter || litter_has_name(name);
        if (litter_has_name(name))
            continue;
        g_ptr_array_add(names, g_strdup(name));
        g_ptr_array_add(paths, g_build_filename(source->inputs_dir, name, NULL));
    }
    if (has_litter) {
        source->inputs_dir = NULL;
        source->input_names = names;
        source->input_paths = paths;
    }
    return true;
}

Rework *
rework_new(const Archive *archive, const Run *run, guint threads, GPtrArray *findings,
           Faults *faults, GError **error)
{
    return rework_if(archive, run, NULL, NULL, threads, findings, faults, error);
}

Rework *
rework_if(const Archive *archive, const Run *run, const char *rules_dir, const char *inputs_dir,
          guint threads, GPtrArray *findings, Faults *faults, GError **error)
{
    g_autoptr(Rework) rework = g_new0(Rework, 1);
    g_autofree char *sealed = run_path(run, INPUTS_FOLDER);
    const char *inputs = inputs_dir == NULL ? sealed : inputs_dir;
    bool is_sealed = inputs_dir == NULL && run->manifest != NULL;
    rework->rules_dir = rules_dir == NULL ? run_path(run, RULES_FOLDER) : g_strdup(rules_dir);
    rework->ledger = ledger_read_counted(archive, run, findings, error);
    if (rework->ledger == NULL)
        return NULL;
    PackSource source = {.rules_dir = rework->rules_dir,
                         .inputs_dir = inputs,
                         .left_out = is_sealed ? run->manifest->left_out : NULL,
                         .ledger = rework->ledger->entries,
                         .brought = &rework->ledger->brought,
                         .period = rework_period(run),
                         .threads = threads};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (inputs_dir == NULL && path_is_folder(inputs) &&
        !pass_litter_over(&source, names, paths, error))
        return NULL;
    rework->pack = pack_read(&source, faults, error);
    if (rework->pack == NULL)
        return NULL;
    rework->result = work_out_pack(rework->pack, faults, error);
    if (rework->result == NULL ||
        !since_mark(rework->result, rework->ledger, run->text, findings, error) ||
        !earlier_read(rework->ledger, &source.period, run->text, findings, &rework->earlier, error))
        return NULL;
    return g_steal_pointer(&rework);
}

void
rework_free(Rework *rework)
{
    if (rework == NULL)
        return;
    g_free(rework->rules_dir);
    earlier_free(rework->earlier);
    result_free(rework->result);
    pack_free(rework->pack);
    ledger_free(rework->ledger);
    g_free(rework);
}
