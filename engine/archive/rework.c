#include "archive/rework.h"

#include "archive/since.h"
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

Rework *
rework_new(const Archive *archive, const Run *run, guint threads, GPtrArray *findings,
           Faults *faults, GError **error)
{
    g_autoptr(Rework) rework = g_new0(Rework, 1);
    g_autofree char *rules = run_path(run, RULES_FOLDER);
    g_autofree char *inputs = run_path(run, INPUTS_FOLDER);
    rework->ledger = ledger_read_counted(archive, run, findings, error);
    if (rework->ledger == NULL)
        return NULL;
    PackSource source = {.rules_dir = rules,
                         .inputs_dir = inputs,
                         .ledger = rework->ledger->entries,
                         .brought = &rework->ledger->brought,
                         .period = rework_period(run),
                         .threads = threads};
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
    earlier_free(rework->earlier);
    result_free(rework->result);
    pack_free(rework->pack);
    ledger_free(rework->ledger);
    g_free(rework);
}
