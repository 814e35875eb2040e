#include "pack/pack.h"

#include "pack/claims/acceptance.h"
#include "pack/claims/claims_chunks.h"
#include "pack/outside.h"
#include "pack/rules/read.h"

#include "base/poison.h"

void
pack_free(Pack *pack)
{
    if (pack == NULL)
        return;
    networks_free(pack->networks);
    achievements_free(pack->achievements);
    claims_free(pack->claims);
    decisions_free(pack->decisions);
    payments_free(pack->payments);
    facts_free(pack->facts);
    lists_free(pack->lists);
    contracts_free(pack->contracts);
    register_free(pack->reg);
    input_files_free(pack->inputs);
    rules_free(pack->rules);
    g_free(pack);
}

bool
pack_foresees_year_end(const Pack *pack)
{
    return pack->assumed != NULL && pack->period.is_year_end;
}

static InputFiles *
open_inputs(const PackSource *source, const GPtrArray *headings, Faults *faults, GError **error)
{
    if (source->inputs_dir != NULL)
        return input_files_find(source->inputs_dir, headings, faults, error);
    return input_files_open(source->input_names, source->input_paths, headings, faults, error);
}

/* From the day a scheme is due for review on, every run warns of it. */
static void
warn_of_reviews(const Pack *pack, Faults *faults)
{
    for (guint s = 0; s < rules_scheme_count(pack->rules); s++) {
        const Scheme *scheme = rules_scheme(pack->rules, s);
        if (scheme->review_from == DAY_NONE || pack->period.register_day < scheme->review_from)
            continue;
        g_autoptr(GString) day = g_string_new(NULL);
        day_append(day, scheme->review_from);
        faults_add(faults, FAULT_WARNING, NULL, 0, NULL, "the scheme %s is due for review from %s",
                   scheme->code, day->str);
    }
}

/* Counts how the claims of a chunk ended, by file. Claims stand in the order of their files. */
static void
count_chunk(gsize chunk, gpointer user)
{
    const Pack *pack = user;
    guint64 i, end = claims_chunk(pack->claims, chunk, &i);
    while (i < end) {
        guint file = place_file(pack->claims->rows[i].place);
        guint64 counts[STATE_COUNT] = {0};
        for (; i < end && place_file(pack->claims->rows[i].place) == file; i++)
            counts[pack->claims->rows[i].state]++;
        InputFile *counted = g_ptr_array_index(pack->inputs->files, file);
        for (guint s = 0; s < STATE_COUNT; s++) /* other threads count claims of the same file */
            __atomic_fetch_add(&counted->states[s], counts[s], __ATOMIC_RELAXED);
    }
}

/* Counts how the rows of claims and achievement ended, by file. */
static void
count_states(Pack *pack)
{
    GPtrArray *files = pack->inputs->files;
    parallel_for(pack->threads, claims_chunks(pack->claims), count_chunk, pack);
    for (guint i = 0; i < pack->achievements->rows->len; i++) {
        const AchievementRow *row = &g_array_index(pack->achievements->rows, AchievementRow, i);
        InputFile *file = g_ptr_array_index(files, place_file(row->place));
        file->states[row->state]++;
    }
}

/* Reads the tables in the order in which they build on each other. */
static void
read_tables(Pack *pack, const PackSource *source, Faults *faults)
{
    input_files_survey(pack->inputs, source->threads, faults);
    pack->reg = register_read(pack->inputs, pack->period.register_day, faults);
    pack->contracts = contracts_read(pack->inputs, pack->rules, pack->reg, source->ledger,
                                     source->brought, faults);
    pack->lists = lists_read(pack->inputs, pack->reg, &pack->period, faults);
    pack->facts =
        facts_read(pack->inputs, pack->rules, pack->reg, pack->lists, &pack->period, faults);
    pack->payments = payments_read(pack->inputs, pack->rules, pack->reg, pack->contracts,
                                   source->ledger, source->brought, &pack->period, faults);
    pack->decisions = decisions_read(pack->inputs, pack->rules, pack->reg, pack->contracts, faults);
    RowContext context = {pack->rules, pack->reg, pack->contracts, &pack->period};
    pack->claims = claims_read(pack->inputs, &context, source->threads, faults);
    pack->achievements = achievements_read(pack->inputs, &context, faults);
    input_files_require_register(pack->inputs, faults);
    input_files_refuse_copies(pack->inputs, faults);
}

Pack *
pack_read(const PackSource *source, Faults *faults, GError **error)
{
    g_autoptr(Pack) pack = g_new0(Pack, 1);
    pack->period = source->period;
    pack->threads = source->threads;
    pack->rules = rules_read(source->rules_dir, source->period.year, faults);
    if (faults_count(faults, FAULT_RULES) > 0 && !faults_pass(faults, error))
        return NULL;
    pack->inputs = open_inputs(source, pack->rules->headings, faults, error);
    if (pack->inputs == NULL)
        return NULL;
    if (source->left_out != NULL)
        input_files_set_left_out(pack->inputs, source->left_out);
    read_tables(pack, source, faults);
    if (!faults_pass(faults, error))
        return NULL;
    pack->networks = networks_sum(pack->achievements, pack->rules, pack->reg, pack->contracts);
    acceptance_decide(pack->claims, pack->rules, pack->facts, &pack->period, source->threads);
    count_states(pack);
    warn_of_reviews(pack, faults);
    outside_warn(pack->rules, pack->inputs, pack->contracts, faults);
    return g_steal_pointer(&pack);
}
