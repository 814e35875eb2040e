#include "pay/trace.h"

#include "pay/activity.h"
#include "pay/asked.h"
#include "pay/indicator.h"
#include "pay/value.h"

#include "base/poison.h"

struct Trace {
    GArray *entries; /* of TraceEntry, by line, then file */
    GArray *starts;  /* of guint: a line's first entry; one more at the end */
};

typedef struct {
    const Result *result;
    Tally lines; /* keys of an activity line to its number */
    Tally rows;  /* line and file to the number of rows */
} Tracing;

static void
add_rows(Tracing *tracing, guint64 line, guint file, guint32 count)
{
    bool is_new;
    *tally_add(&tracing->rows, line, file, &is_new) += count;
}

static void
add_row(Tracing *tracing, guint64 line, RowPlaceId place)
{
    add_rows(tracing, line, place_file(place), 1);
}

/* Traces the lines of activity. */
static void
trace_activity(Tracing *tracing)
{
    const GArray *sums = tracing->result->activity_sums;
    for (guint i = 0; i < sums->len; i++) {
        const ActivitySum *sum = &g_array_index(sums, ActivitySum, i);
        const int64_t *line =
            tally_find(&tracing->lines, activity_first_key(sum->provider, sum->activity),
                       activity_second_key(sum->month, sum->price));
        if (line != NULL && !sum->is_displaced)
            add_rows(tracing, (guint64)*line, sum->file, sum->rows);
    }
}

/* Whether a line pays each or a fact, without claims. */
static bool
is_unclaimed(const Result *result, const Line *line)
{
    return line->kind == LINE_ACTIVITY &&
           !activity_is_claimed(rules_activity(result->pack->rules, line->rule));
}

/* The rows behind a line that pays each or a fact: participation, and the fact. */
static GArray *
unclaimed_places(const Result *result, const Line *line)
{
    const Contracts *contracts = result->pack->contracts;
    const ContractKey *key = result_contract(result, line->contract)->parties;
    GArray *places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    for (guint i = 0; i < key->spell_count; i++)
        g_array_append_val(places, contracts_spell(contracts, key, i)->place);
    if (line->place != PLACE_NONE)
        g_array_append_val(places, line->place);
    return places;
}

/* The rows behind a line that does not pay claims. */
static GArray *
other_places(const Result *result, const Line *line)
{
    const Contract *contract = result_contract(result, line->contract);
    if (line->kind == LINE_INSTALMENT)
        return contract_rows(result->pack, contract);
    if (line->kind == LINE_INDICATOR)
        return indicator_rows(result->pack, contract, line->rule);
    if (is_unclaimed(result, line))
        return unclaimed_places(result, line);
    if (line->kind == LINE_LIMIT)
        return clause_rows(result, line);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    if (line->place != PLACE_NONE)
        g_array_append_val(places, line->place);
    return places;
}

/* Traces the lines that do not pay claims. */
static void
trace_other(Tracing *tracing, guint number)
{
    const Result *result = tracing->result;
    const Line *line = result_line(result, number);
    if (line->kind == LINE_ACTIVITY && !is_unclaimed(result, line))
        return;
    g_autoptr(GArray) places = other_places(result, line);
    for (guint i = 0; i < places->len; i++)
        add_row(tracing, number, g_array_index(places, RowPlaceId, i));
}

static guint32
contract_provider(const Result *result, guint contract)
{
    return result_contract(result, contract)->parties->provider;
}

static void
number_lines(Tracing *tracing)
{
    const Result *result = tracing->result;
    bool is_new;
    tally_init(&tracing->lines);
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        if (line->kind != LINE_ACTIVITY)
            continue;
        guint8 month = (guint8)(line->month - year_first_month(result->pack->period.year));
        *tally_add(&tracing->lines,
                   activity_first_key(contract_provider(result, line->contract), line->rule),
                   activity_second_key(month, line->rate), &is_new) = i;
    }
}

static int
compare_entries(gconstpointer left, gconstpointer right)
{
    const TraceEntry *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->file > b->file) - (a->file < b->file);
}

/* Makes sorted entries of the sums, and notes where those of each line begin. */
static Trace *
form_trace(const Result *result, const Tally *all)
{
    Trace *trace = g_new0(Trace, 1);
    trace->entries = g_array_new(FALSE, FALSE, sizeof(TraceEntry));
    trace->starts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (gsize i = 0; i < all->size; i++) {
        const TallyEntry *sum = &all->entries[i];
        TraceEntry entry = {(guint32)sum->first, (guint32)sum->second, (guint64)sum->value};
        if (sum->is_used)
            g_array_append_val(trace->entries, entry);
    }
    g_array_sort(trace->entries, compare_entries);
    guint at = 0;
    for (guint line = 0; line <= result->lines->len; line++) {
        g_array_append_val(trace->starts, at);
        while (at < trace->entries->len &&
               g_array_index(trace->entries, TraceEntry, at).line == line)
            at++;
    }
    return trace;
}

Trace *
trace_new(const Result *result)
{
    Tracing tracing = {.result = result};
    tally_init(&tracing.rows);
    number_lines(&tracing);
    trace_activity(&tracing);
    for (guint i = 0; i < result->lines->len; i++)
        trace_other(&tracing, i);
    Trace *trace = form_trace(result, &tracing.rows);
    tally_clear(&tracing.rows);
    tally_clear(&tracing.lines);
    return trace;
}

void
trace_free(Trace *trace)
{
    if (trace == NULL)
        return;
    g_array_unref(trace->entries);
    g_array_unref(trace->starts);
    g_free(trace);
}

const TraceEntry *
trace_line(const Trace *trace, guint line, guint *count)
{
    guint first = g_array_index(trace->starts, guint, line);
    *count = g_array_index(trace->starts, guint, line + 1) - first;
    return &g_array_index(trace->entries, TraceEntry, first);
}

guint64
trace_rows(const Trace *trace, guint line)
{
    guint count;
    guint64 rows = 0;
    const TraceEntry *entries = trace_line(trace, line, &count);
    for (guint i = 0; i < count; i++)
        rows += entries[i].rows;
    return rows;
}

GArray *
trace_places(const Result *result, guint number)
{
    const Line *line = result_line(result, number);
    const Contract *contract = result_contract(result, line->contract);
    if (line->kind != LINE_ACTIVITY || is_unclaimed(result, line))
        return other_places(result, line);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    const Pack *pack = result->pack;
    const ContractKey *key = contract->parties;
    int year = pack->period.year;
    for (guint64 i = 0; i < pack->claims->count; i++) {
        const Claim *claim = &pack->claims->rows[i];
        if (claim->provider != key->provider || claim->activity != line->rule ||
            claim->scheme != key->scheme || claim->state != STATE_ACCEPTED || claim->counted == 0 ||
            claim_month(claim, year) != line->month)
            continue;
        const Price *price =
            activity_price_on(rules_activity(pack->rules, claim->activity), claim_day(claim, year));
        if (price->price == line->rate)
            g_array_append_val(places, claim->place);
    }
    return places;
}
