#include "pay/received.h"

#include "pack/claims/submissions.h"
#include "pay/risk.h"

#include "base/poison.h"

struct ReceivedNotes {
    const Pack *pack;
    RowLookup *lookup;
    Tally others;  /* rows that are not added up: contract; month and state to their number */
    GArray *parts; /* of SubmissionPart: where a later submission may have replaced something */
    Tally part_numbers; /* contract; month, submission and file to a part's number */
};

ReceivedNotes *
received_notes_new(const Pack *pack)
{
    ReceivedNotes *notes = g_new0(ReceivedNotes, 1);
    notes->pack = pack;
    notes->lookup = row_lookup_new(pack->inputs);
    notes->parts = g_array_new(FALSE, FALSE, sizeof(SubmissionPart));
    tally_init(&notes->others);
    tally_init(&notes->part_numbers);
    return notes;
}

void
received_notes_free(ReceivedNotes *notes)
{
    if (notes == NULL)
        return;
    row_lookup_free(notes->lookup);
    g_array_unref(notes->parts);
    tally_clear(&notes->others);
    tally_clear(&notes->part_numbers);
    g_free(notes);
}

/* The month of the year of a row that takes no part in submissions, since another of its fields
 * cannot be read; CLAIM_NO_MONTH where it has none. */
static guint8
month_of_row(const ReceivedNotes *notes, const Claim *claim)
{
    const Value *values = row_lookup_values(notes->lookup, claim->place);
    int year = notes->pack->period.year;
    Month month = (Month)values[ACTIVITY_MONTH].number;
    if (values[ACTIVITY_MONTH].fault != REASON_NONE || month_financial_year(month) != year)
        return CLAIM_NO_MONTH;
    return (guint8)(month - year_first_month(year));
}

/* Adds a row to its submission of the month, in its file. */
static void
note_part(ReceivedNotes *notes, guint32 contract, const Claim *claim)
{
    guint file = place_file(claim->place);
    guint64 key = (guint64)claim->month << 60 | (guint64)claim->submission << 24 | file;
    bool is_new;
    int64_t *number = tally_add(&notes->part_numbers, contract, key, &is_new);
    if (is_new) {
        SubmissionPart part = {.contract = contract,
                               .month = claim->month,
                               .submission = claim->submission,
                               .file = file,
                               .is_replaced = claim->state == STATE_SUPERSEDED};
        *number = notes->parts->len;
        g_array_append_val(notes->parts, part);
    }
    SubmissionPart *part = &g_array_index(notes->parts, SubmissionPart, *number);
    Money money;
    part->rows++;
    if (!claim_risk(notes->pack, notes->lookup, claim, 0, &money))
        part->unpriced++;
    else
        sum_add(&part->money, money);
}

void
received_note(ReceivedNotes *notes, const Claim *claim, bool is_counted)
{
    const Pack *pack = notes->pack;
    bool may_replace = claim->month != CLAIM_NO_MONTH &&
                       (claim->state == STATE_SUPERSEDED || claim->submission > USUAL_SUBMISSION ||
                        pack->claims->has_lower_ones);
    bool is_new;
    if (is_counted && !may_replace)
        return;
    guint32 contract = contracts_find(pack->contracts, claim->scheme, claim->provider);
    if (contract == CODE_NONE)
        return;
    if (may_replace)
        note_part(notes, contract, claim);
    guint8 month =
        claim->month != CLAIM_NO_MONTH || is_counted ? claim->month : month_of_row(notes, claim);
    if (!is_counted && month != CLAIM_NO_MONTH)
        (void)tally_add(&notes->others, contract, (guint64)month << 3 | claim->state, &is_new);
}

void
received_begin(Result *result)
{
    guint contracts = contracts_count(result->pack->contracts);
    /* Months that nobody claims for are not written to, and cost no memory. */
    result->received = g_new0(ReceivedMonth, (gsize)contracts * MONTHS_OF_YEAR + 1);
}

void
received_add(Result *result, guint32 contract, guint8 month, guint64 rows)
{
    result->received[contract * MONTHS_OF_YEAR + month].rows[STATE_ACCEPTED] += rows;
}

static int
compare_parts(gconstpointer left, gconstpointer right)
{
    const SubmissionPart *a = left, *b = right;
    if (a->contract != b->contract)
        return a->contract < b->contract ? -1 : 1;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    if (a->submission != b->submission)
        return a->submission < b->submission ? -1 : 1;
    return (a->file > b->file) - (a->file < b->file);
}

/* Joins sorted parts of one file that several chunks have, and keeps those of months of which
 * something was replaced. */
static void
keep_replaced(const GArray *parts, GArray *kept)
{
    guint first = 0; /* of the month at hand, in kept */
    bool is_replaced = false;
    for (guint i = 0; i < parts->len; i++) {
        const SubmissionPart *part = &g_array_index(parts, SubmissionPart, i);
        SubmissionPart *last =
            kept->len == first ? NULL : &g_array_index(kept, SubmissionPart, kept->len - 1);
        if (last != NULL && (last->contract != part->contract || last->month != part->month)) {
            g_array_set_size(kept, is_replaced ? kept->len : first);
            first = kept->len;
            is_replaced = false;
            last = NULL;
        }
        is_replaced = is_replaced || part->is_replaced;
        if (last != NULL && compare_parts(last, part) == 0) {
            last->rows += part->rows;
            last->unpriced += part->unpriced;
            last->money.pence += part->money.pence;
        } else {
            g_array_append_val(kept, *part);
        }
    }
    g_array_set_size(kept, is_replaced ? kept->len : first);
}

void
received_join(Result *result, ReceivedNotes *const *notes, gsize count)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(SubmissionPart));
    for (gsize n = 0; n < count; n++) {
        const Tally *others = &notes[n]->others;
        for (gsize e = 0; e < others->size; e++) {
            const TallyEntry *entry = &others->entries[e];
            gsize month = (gsize)(entry->first * MONTHS_OF_YEAR + (entry->second >> 3));
            if (entry->is_used)
                result->received[month].rows[entry->second & 7] += entry->times;
        }
        g_array_append_vals(parts, notes[n]->parts->data, notes[n]->parts->len);
    }
    g_array_sort(parts, compare_parts);
    keep_replaced(parts, result->submissions);
}
