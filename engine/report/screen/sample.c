#include "report/screen/sample.h"

#include <string.h>

#include "pack/claims/claims_chunks.h"
#include "pack/claims/row_lookup.h"
#include "report/figures/json.h"

#include "base/poison.h"

/* So many rows are kept before those that cannot be drawn any more are dropped. */
#define PILE 4096

const char *const SAMPLE_BY_WORDS[SAMPLE_WAYS] = {"", "provider", "scheme"};

/* A row with what its fields are got from. */
typedef struct {
    const Pack *pack;
    const Claim *claim;
    const SampleRow *row;
} Record;

#define GETTER(name, expression) FIELD_GETTER(Record, name, expression)

GETTER(row_file, figure_text(input_file(at->pack->inputs, place_file(at->claim->place))->name))
GETTER(row_line, figure_whole(at->row->line))
GETTER(row_scheme, figure_text(rules_scheme(at->pack->rules, at->claim->scheme)->code))
GETTER(row_provider, figure_text(register_provider(at->pack->reg, at->claim->provider)->code))
GETTER(row_month, figure_month(claim_month(at->claim, at->pack->period.year)))
GETTER(row_activity, figure_text(rules_activity(at->pack->rules, at->claim->activity)->code))
GETTER(row_amount, figure_money(at->row->amount))
GETTER(row_digest, figure_text(at->row->digest))

const Field SAMPLE_FIELDS[SAMPLE_FIELD_COUNT] = {
    {"file", "File", "path of the input file, below `inputs`", row_file},
    {"line", "Line", "the line at which the row starts", row_line},
    {"scheme", "Scheme", "code of the scheme", row_scheme},
    {"provider", "Provider", "code of the provider", row_provider},
    {"month", "Month", "the month of the claim", row_month},
    {"activity", "Activity", "code of the activity", row_activity},
    {"amount", "Amount", "what counts of the row × its price, before any clause", row_amount},
    {"sha256", "SHA-256", "the number by which it was drawn", row_digest},
};

typedef struct {
    const Sample *sample;
    guint count;
    bool *is_paid;  /* by contract of the pack: in the result, and not held */
    GArray **piles; /* by chunk of claims: of SampleRow */
    guint64 *rows;  /* by chunk: how many are paid */
    Sum *pounds;    /* by chunk */
} Draw;

static int
compare_rows(gconstpointer left, gconstpointer right)
{
    const SampleRow *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return strcmp(a->digest, b->digest);
}

/* Sorts rows and keeps so many of each group. */
static void
keep_least(GArray *rows, guint count)
{
    guint kept = 0, of_group = 0;
    g_array_sort(rows, compare_rows);
    for (guint i = 0; i < rows->len; i++) {
        SampleRow *row = &g_array_index(rows, SampleRow, i);
        bool is_first = i == 0 || g_array_index(rows, SampleRow, kept - 1).group != row->group;
        of_group = is_first ? 1 : of_group + 1;
        if (of_group <= count)
            g_array_index(rows, SampleRow, kept++) = *row;
    }
    g_array_set_size(rows, kept);
}

/* Whether a claim counts in a line of the result; *row receives its price and amount. */
static bool
claim_is_paid(const Draw *draw, const Claim *claim, SampleRow *row)
{
    const Pack *pack = draw->sample->result->pack;
    if (claim->state != STATE_ACCEPTED || claim->counted == 0)
        return false;
    guint32 contract = contracts_find(pack->contracts, claim->scheme, claim->provider);
    if (contract == CODE_NONE || !draw->is_paid[contract])
        return false;
    row->price = activity_price_on(rules_activity(pack->rules, claim->activity),
                                   claim_day(claim, pack->period.year))
                     ->price;
    /* It is part of a line that was worked out, so it fits. */
    bool fits = fraction_to_money(
        fraction_multiply(fraction_whole(claim->counted), fraction_micros(row->price)),
        rules_scheme(pack->rules, claim->scheme)->rounding, &row->amount);
    g_assert(fits);
    return true;
}

static guint32
group_of(SampleBy by, const Claim *claim)
{
    return by == SAMPLE_BY_PROVIDER ? claim->provider : by == SAMPLE_BY_SCHEME ? claim->scheme : 0;
}

/* Draws from one chunk of claims. */
static void
draw_chunk(gsize chunk, gpointer user)
{
    const Draw *draw = user;
    const Sample *sample = draw->sample;
    const Pack *pack = sample->result->pack;
    guint64 first, end = claims_chunk(pack->claims, chunk, &first);
    guint most = PILE;
    g_autoptr(RowLookup) lookup = row_lookup_new(pack->inputs);
    g_autoptr(GString) name = g_string_new(NULL);
    GArray *pile = draw->piles[chunk] = g_array_new(FALSE, FALSE, sizeof(SampleRow));
    for (guint64 i = first; i < end; i++) {
        const Claim *claim = &pack->claims->rows[i];
        SampleRow row = {.claim = i, .group = group_of(sample->by, claim)};
        if (!claim_is_paid(draw, claim, &row))
            continue;
        draw->rows[chunk]++;
        sum_add(&draw->pounds[chunk], row.amount);
        row.line = row_lookup_line(lookup, claim->place);
        g_string_printf(name, "%s\n%s\n%" G_GUINT64_FORMAT, sample->manifest,
                        input_file(pack->inputs, place_file(claim->place))->name, row.line);
        digest_bytes(name->str, name->len, row.digest);
        g_array_append_val(pile, row);
        if (pile->len < most)
            continue;
        keep_least(pile, draw->count);
        most = MAX(PILE, pile->len * 2);
    }
    keep_least(pile, draw->count);
}

/* Which contracts of the pack have their lines in the result. */
static bool *
paid_contracts(const Result *result)
{
    bool *is_paid = g_new0(bool, MAX(contracts_count(result->pack->contracts), 1));
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        is_paid[contract->key] = contract->status != STATUS_HOLD;
    }
    return is_paid;
}

Sample *
sample_new(const Result *result, const char *run, const char *manifest, SampleBy by, guint count)
{
    Sample *sample = g_new0(Sample, 1);
    *sample = (Sample){.result = result, .run = run, .manifest = manifest, .by = by};
    sample->rows = g_array_new(FALSE, FALSE, sizeof(SampleRow));
    gsize chunks = claims_chunks(result->pack->claims);
    g_autofree bool *is_paid = paid_contracts(result);
    g_autofree GArray **piles = g_new0(GArray *, MAX(chunks, 1));
    g_autofree guint64 *rows = g_new0(guint64, MAX(chunks, 1));
    g_autofree Sum *pounds = g_new0(Sum, MAX(chunks, 1));
    Draw draw = {sample, count, is_paid, piles, rows, pounds};
    parallel_for(result->pack->threads, chunks, draw_chunk, &draw);
    for (gsize chunk = 0; chunk < chunks; chunk++) {
        g_array_append_vals(sample->rows, piles[chunk]->data, piles[chunk]->len);
        g_array_unref(piles[chunk]);
        sample->population += rows[chunk];
        sample->pounds.pence += pounds[chunk].pence;
    }
    keep_least(sample->rows, count);
    return sample;
}

void
sample_free(Sample *sample)
{
    if (sample == NULL)
        return;
    g_array_unref(sample->rows);
    g_free(sample);
}

static Record
record_of(const Sample *sample, guint row)
{
    const Pack *pack = sample->result->pack;
    const SampleRow *at = &g_array_index(sample->rows, SampleRow, row);
    return (Record){pack, &pack->claims->rows[at->claim], at};
}

void
sample_csv(const Sample *sample, GString *text)
{
    CsvOut out = {text, false};
    csv_out_fields(&out, SAMPLE_FIELDS, SAMPLE_FIELD_COUNT, NULL);
    for (guint i = 0; i < sample->rows->len; i++) {
        Record record = record_of(sample, i);
        csv_out_fields(&out, SAMPLE_FIELDS, SAMPLE_FIELD_COUNT, &record);
    }
}

void
sample_json(const Sample *sample, GString *text)
{
    Json json = {text, 0, false};
    json_begin(&json);
    json_text(&json, "run", sample->run);
    json_text(&json, "manifest_sha256", sample->manifest);
    json_text(&json, "by", SAMPLE_BY_WORDS[sample->by]);
    json_open_object(&json, "drawn_from");
    json_whole(&json, "rows", sample->population);
    json_figure(&json, "amount", figure_sum(sample->pounds));
    json_close_object(&json);
    json_open_array(&json, "rows");
    for (guint i = 0; i < sample->rows->len; i++) {
        Record record = record_of(sample, i);
        json_open_object(&json, NULL);
        json_fields(&json, SAMPLE_FIELDS, SAMPLE_FIELD_COUNT, &record);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
}
