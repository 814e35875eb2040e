#include "report/figures/claims.h"

#include "base/poison.h"

guint
claims_months(const Result *result)
{
    const Period *period = &result->pack->period;
    return (guint)(period->month - year_first_month(period->year)) + 1;
}

bool
claims_take_part(const Result *result, const Contract *contract, guint month)
{
    Month taken = year_first_month(result->pack->period.year) + (Month)month;
    return contract_touches(result->pack->contracts, contract->key, month_first_day(taken),
                            month_last_day(taken));
}

bool
claims_were_received(const Result *result, const Contract *contract, guint month)
{
    for (guint m = 0; m < month; m++)
        if (received_is_there(result_received(result, contract->key, m)))
            return true;
    return false;
}

bool
claims_are_missing(const Result *result, const Contract *contract, guint month)
{
    return claims_take_part(result, contract, month) &&
           !received_is_there(result_received(result, contract->key, month)) &&
           claims_were_received(result, contract, month);
}

static void
clear_scheme_claims(gpointer pointer)
{
    SchemeClaims *claims = pointer;
    g_ptr_array_unref(claims->missing);
}

GArray *
claims_missing(const Result *result)
{
    guint month = claims_months(result) - 1;
    GArray *schemes = g_array_new(FALSE, FALSE, sizeof(SchemeClaims));
    g_array_set_clear_func(schemes, clear_scheme_claims);
    for (guint i = 0; i < result->contracts->len;) {
        SchemeClaims claims = {result_contract(result, i)->scheme, 0, g_ptr_array_new()};
        for (; i < result->contracts->len; i++) {
            const Contract *contract = result_contract(result, i);
            if (contract->scheme != claims.scheme)
                break;
            if (claims.scheme->payment != PAYMENT_ACTIVITY ||
                !claims_take_part(result, contract, month) ||
                !claims_were_received(result, contract, month))
                continue;
            claims.claimed_before++;
            if (claims_are_missing(result, contract, month))
                g_ptr_array_add(claims.missing, (gpointer)contract);
        }
        if (claims.missing->len > 0)
            g_array_append_val(schemes, claims);
        else
            clear_scheme_claims(&claims);
    }
    return schemes;
}

static void
add_part(SubmissionTotal *total, const SubmissionPart *part)
{
    total->submission = part->submission;
    total->rows += part->rows;
    total->unpriced += part->unpriced;
    total->money.pence += part->money.pence;
}

static const SubmissionPart *
part_at(const Result *result, guint number)
{
    return &g_array_index(result->submissions, SubmissionPart, number);
}

/* What was replaced of the month whose parts begin at first. */
static Replacement
replaced_at(const Result *result, guint first)
{
    const SubmissionPart *begun = part_at(result, first);
    Month april = year_first_month(result->pack->period.year);
    Replacement found = {
        .contract = begun->contract, .month = april + (Month)begun->month, .first_part = first};
    for (guint i = first; i < result->submissions->len; i++) {
        const SubmissionPart *part = part_at(result, i);
        if (part->contract != begun->contract || part->month != begun->month)
            break;
        if (part->is_replaced && found.before.submission != part->submission)
            found.before = (SubmissionTotal){0};
        add_part(part->is_replaced ? &found.before : &found.now, part);
        found.part_count++;
    }
    found.withdraws =
        found.now.rows < found.before.rows || found.now.money.pence < found.before.money.pence;
    return found;
}

GArray *
claims_replaced(const Result *result)
{
    GArray *replaced = g_array_new(FALSE, FALSE, sizeof(Replacement));
    for (guint i = 0; i < result->submissions->len;) {
        Replacement found = replaced_at(result, i);
        g_array_append_val(replaced, found);
        i += found.part_count;
    }
    return replaced;
}

GArray *
claims_replaced_of(const Result *result, guint32 contract)
{
    GArray *replaced = g_array_new(FALSE, FALSE, sizeof(Replacement));
    guint low = 0, high = result->submissions->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (part_at(result, middle)->contract < contract)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < result->submissions->len && part_at(result, low)->contract == contract) {
        Replacement found = replaced_at(result, low);
        g_array_append_val(replaced, found);
        low += found.part_count;
    }
    return replaced;
}

/* "12 rows, £300.00", "1 row without a price", "12 rows, £300.00, 2 unpriced". */
static Words
describe_rows(guint64 rows, guint64 unpriced, Sum money)
{
    g_autoptr(GString) text = g_string_new(NULL);
    whole_append_commas(text, rows);
    g_string_append(text, rows == 1 ? " row" : " rows");
    if (unpriced < rows) {
        g_string_append(text, ", ");
        sum_append_pounds(text, money);
    }
    if (unpriced == rows)
        g_string_append(text, " without a price");
    else if (unpriced > 0)
        g_string_append_printf(text, ", %" G_GUINT64_FORMAT " unpriced", unpriced);
    Words words;
    g_strlcpy(words.text, text->str, sizeof words.text);
    return words;
}

Words
words_submission(const SubmissionTotal *submission)
{
    return describe_rows(submission->rows, submission->unpriced, submission->money);
}

Words
words_part(const SubmissionPart *part)
{
    return describe_rows(part->rows, part->unpriced, part->money);
}

/* The file of a row that is listed; false of a contract. */
static bool
file_of(const Result *result, const ExceptionEntry *entry, guint *file)
{
    const Pack *pack = result->pack;
    if (entry->kind == EXCEPTION_CLAIM)
        *file = place_file(pack->claims->rows[entry->index].place);
    else if (entry->kind == EXCEPTION_ACHIEVEMENT)
        *file =
            place_file(g_array_index(pack->achievements->rows, AchievementRow, entry->index).place);
    return entry->kind == EXCEPTION_CLAIM || entry->kind == EXCEPTION_ACHIEVEMENT;
}

GArray *
claims_rejected_files(const Result *result)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(RejectedFile));
    const InputFiles *inputs = result->pack->inputs;
    guint next = 0; /* exceptions stand by file */
    for (guint i = 0; i < inputs->files->len; i++) {
        const InputFile *file = input_file(inputs, i);
        if (file->rows == 0 || file->states[STATE_REJECTED] < file->rows)
            continue;
        guint of = G_MAXUINT;
        while (next < result->exceptions->len &&
               (!file_of(result, result_exception(result, next), &of) || of < i))
            next++;
        RejectedFile rejected = {i, next};
        if (of == i && next < result->exceptions->len)
            g_array_append_val(files, rejected);
    }
    return files;
}

Micros
unusual_median(const Unusual *unusual)
{
    const Micros hundredth = MICROS_PER_UNIT / 100;
    Money hundredths; /* the one function that rounds, which thinks of pounds */
    return fraction_to_money(unusual->median, ROUND_HALF_UP, &hundredths)
               ? hundredths.pence * hundredth
               : 0;
}

const char *
unusual_basis(const Unusual *unusual)
{
    return unusual->is_by_list ? "by its list, from the other providers' counts"
                               : "of its other months";
}
