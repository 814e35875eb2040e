#include "archive/hybrid.h"

#include <string.h>

#include "archive/payments.h"
#include "pay/work_out.h"

#include "base/poison.h"

/* One of the two runs: as it was sealed, and as it is worked out again. */
typedef struct {
    const Run *run; /* NULL: it was never sealed */
    const Rework *rework;
} Side;

typedef struct {
    Side before, after;
    guint threads;
    unsigned taken; /* a bit for each cause whose part is taken from the second run */
    Bridge *bridge;
} Hybrid;

/* The cause that the files of a kind belong to. */
static const Cause CAUSE_OF_KIND[INPUT_KINDS] = {
    [INPUT_PROVIDERS] = CAUSE_REGISTER,
    [INPUT_PARTICIPATION] = CAUSE_PARTICIPATION,
    [INPUT_LIST_SIZES] = CAUSE_LISTS,
    [INPUT_ACTIVITY] = CAUSE_CLAIMS,
    [INPUT_ACHIEVEMENT] = CAUSE_ACHIEVEMENT,
    [INPUT_PAYMENTS_BEFORE] = CAUSE_PAYMENTS,
    [INPUT_ADJUSTMENTS] = CAUSE_PAYMENTS,
    [INPUT_FACTS] = CAUSE_FACTS,
    [INPUT_HOLDS] = CAUSE_HOLDS,
    [INPUT_RECOVERIES] = CAUSE_HOLDS,
};

static bool
is_taken(const Hybrid *hybrid, Cause cause)
{
    return (hybrid->taken >> cause & 1) != 0;
}

/* The run that a part comes from in the present hybrid. */
static const Side *
side_of(const Hybrid *hybrid, Cause cause)
{
    return is_taken(hybrid, cause) ? &hybrid->after : &hybrid->before;
}

/* Adds the files of one run whose parts come from it. */
static void
add_files(const Hybrid *hybrid, const Side *side, GPtrArray *names, GPtrArray *paths)
{
    const InputFiles *inputs = side->rework->pack->inputs;
    for (guint i = 0; i < inputs->files->len; i++) {
        const InputFile *file = input_file(inputs, i);
        if (side_of(hybrid, CAUSE_OF_KIND[file->kind]) != side)
            continue;
        g_ptr_array_add(names, file->name);
        g_ptr_array_add(paths, file->path);
    }
}

/* Whether a hybrid fails because its parts do not fit together. Each part was read before: the
 * rules of one run are at fault only where they are not those of the other's year. */
static bool
is_misfit(const GError *reason, const PackSource *source, const Side *rules)
{
    return reason->code == SP_ERROR_INPUT ||
           (reason->code == SP_ERROR_RULES &&
            rules->rework->pack->rules->year != source->period.year);
}

/* Makes a result the next stage. Where it is the first run's for another period, says why that
 * moves what it moves. */
static void
add_result(const Hybrid *hybrid, const Result *result, Cause cause)
{
    bridge_begin_stage(hybrid->bridge);
    bridge_add_result(hybrid->bridge, result);
    if (cause == CAUSE_PERIOD)
        bridge_explain_period(hybrid->bridge, hybrid->before.rework->result, result);
}

/* Works the present hybrid, which has just taken a cause's part, out into a stage of the bridge,
 * unless its parts do not fit together: *is_stage says whether there is one. */
static bool
add_stage(const Hybrid *hybrid, Cause cause, bool *is_stage, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    add_files(hybrid, &hybrid->before, names, paths);
    add_files(hybrid, &hybrid->after, names, paths);
    PackSource source = {
        .rules_dir = side_of(hybrid, CAUSE_RULES)->rework->rules_dir,
        .input_names = names,
        .input_paths = paths,
        .ledger = side_of(hybrid, CAUSE_PAYMENTS)->rework->ledger->entries,
        .brought = &side_of(hybrid, CAUSE_PAYMENTS)->rework->ledger->brought,
        .period = side_of(hybrid, CAUSE_PERIOD)->rework->pack->period,
        .threads = hybrid->threads,
    };
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(GError) reason = NULL;
    g_autoptr(Pack) pack = pack_read(&source, faults, &reason);
    g_autoptr(Result) result = pack == NULL ? NULL : work_out_pack(pack, faults, &reason);
    *is_stage = result != NULL;
    if (result == NULL) {
        if (is_misfit(reason, &source, side_of(hybrid, CAUSE_RULES)))
            return true;
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    add_result(hybrid, result, cause);
    return true;
}

/* The next file of a run that belongs to a cause, from a number on. */
static const InputFile *
next_file(const InputFiles *inputs, Cause cause, guint *at)
{
    while (*at < inputs->files->len) {
        const InputFile *file = input_file(inputs, (*at)++);
        if (CAUSE_OF_KIND[file->kind] == cause)
            return file;
    }
    return NULL;
}

/* Whether both runs have the same files of a cause, byte for byte. */
static bool
files_agree(const Hybrid *hybrid, Cause cause)
{
    const InputFiles *left = hybrid->before.rework->pack->inputs;
    const InputFiles *right = hybrid->after.rework->pack->inputs;
    const InputFile *a, *b;
    guint i = 0, j = 0;
    do {
        a = next_file(left, cause, &i);
        b = next_file(right, cause, &j);
        if ((a == NULL) != (b == NULL))
            return false;
        if (a != NULL && (strcmp(a->name, b->name) != 0 ||
                          strcmp(document_digest(a->document), document_digest(b->document)) != 0))
            return false;
    } while (a != NULL);
    return true;
}

static bool
rules_agree(const Hybrid *hybrid)
{
    const Rules *a = hybrid->before.rework->pack->rules, *b = hybrid->after.rework->pack->rules;
    if (a->documents->len != b->documents->len)
        return false; /* one has a table that the other lacks */
    for (guint i = 0; i < a->documents->len; i++)
        if (strcmp(document_digest(g_ptr_array_index(a->documents, i)),
                   document_digest(g_ptr_array_index(b->documents, i))) != 0)
            return false;
    return a->year == b->year;
}

/* Whether both runs have the same part, so that swapping it would move nothing. */
static bool
parts_agree(const Hybrid *hybrid, Cause cause)
{
    const Rework *a = hybrid->before.rework, *b = hybrid->after.rework;
    if (cause == CAUSE_PERIOD)
        return period_compare(&a->pack->period, &b->pack->period) == 0;
    if (cause == CAUSE_RULES)
        return rules_agree(hybrid);
    if (cause == CAUSE_PAYMENTS && !ledgers_agree(a->ledger, b->ledger))
        return false;
    return files_agree(hybrid, cause);
}

/* Adds what a run that was never sealed comes to as the last stage. */
static void
add_unsealed(const Hybrid *hybrid, const Result *result)
{
    bridge_begin_stage(hybrid->bridge);
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        BridgeFigures figures = {contract->entitlement, contract->paid, contract->owed,
                                 contract->status};
        bridge_add_sealed(hybrid->bridge, contract->scheme->code, contract->provider->code,
                          &figures, true);
    }
}

/* Adds what was sealed as the first or the last stage. */
static bool
add_sealed(const Hybrid *hybrid, const Side *side, GError **error)
{
    if (side->run == NULL) {
        add_unsealed(hybrid, side->rework->result);
        return true;
    }
    g_autoptr(GArray) rows = payment_rows_of_run(side->run, NULL, error);
    if (rows == NULL)
        return false;
    bridge_begin_stage(hybrid->bridge);
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        BridgeFigures figures = {row->entitlement, row->paid, row->owed, row->status};
        bridge_add_sealed(hybrid->bridge, row->scheme, row->provider, &figures,
                          side != &hybrid->before);
    }
    return true;
}

static void
add_note(Hybrid *hybrid, const GString *stuck, Cause cause)
{
    g_ptr_array_add(hybrid->bridge->notes,
                    g_strdup_printf("%s cannot be taken over without %s: what it moves is counted "
                                    "under %s",
                                    stuck->str, cause_name(cause), cause_name(cause)));
}

/* Swaps one part after the other. With all of them swapped the hybrid is the second run. */
static bool
walk(Hybrid *hybrid, GError **error)
{
    g_autoptr(GString) stuck = g_string_new(NULL);
    Cause last = CAUSE_ENGINE;
    for (guint c = 0; c < CAUSE_ENGINE; c++)
        if (!parts_agree(hybrid, c))
            last = c;
    for (guint c = 0; c < CAUSE_ENGINE; c++) {
        if (parts_agree(hybrid, c))
            continue;
        hybrid->taken |= 1U << c;
        bool is_stage = true;
        if (c == last)
            add_result(hybrid, hybrid->after.rework->result, c);
        else if (!add_stage(hybrid, c, &is_stage, error))
            return false;
        if (is_stage) {
            bridge_end_stage(hybrid->bridge, c);
            if (stuck->len > 0)
                add_note(hybrid, stuck, c);
            g_string_truncate(stuck, 0);
        } else {
            g_string_append_printf(stuck, "%s%s", stuck->len > 0 ? ", " : "", cause_name(c));
        }
    }
    return true;
}

Bridge *
hybrid_bridge(const Run *from, const Rework *before, const Run *to, const Rework *after,
              guint threads, GError **error)
{
    g_autoptr(Bridge) bridge = bridge_new(from->text, to == NULL ? WHAT_IF : to->text);
    Hybrid hybrid = {{from, before}, {to, after}, threads, 0, bridge};
    bridge_add_schemes(bridge, after->pack->rules);
    bridge_add_schemes(bridge, before->pack->rules);
    if (!add_sealed(&hybrid, &hybrid.before, error))
        return NULL;
    bridge_begin_stage(bridge);
    bridge_add_result(bridge, before->result);
    bridge_end_stage(bridge, CAUSE_ENGINE);
    if (!walk(&hybrid, error) || !add_sealed(&hybrid, &hybrid.after, error))
        return NULL;
    bridge_end_stage(bridge, CAUSE_ENGINE);
    bridge_finish(bridge);
    return g_steal_pointer(&bridge);
}
