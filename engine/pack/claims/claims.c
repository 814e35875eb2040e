#include "pack/claims/claims.h"

#include <string.h>

#include "base/parallel.h"
#include "pack/claims/nhs_guard.h"
#include "pack/claims/patients.h"
#include "pack/claims/references.h"
#include "pack/claims/submissions.h"

#include "base/poison.h"

/* Codes that are not in the rules or the register. They get numbers above those of the known ones,
 * so that later submissions replace such rows, too. */
typedef struct {
    GMutex lock;
    Codes *schemes, *providers;
} UnknownCodes;

/* What all pieces share. */
typedef struct {
    InputFiles *inputs;
    const RowContext *context;
    Patients *patients;
    UnknownCodes unknown;
    GArray *pieces;   /* of Piece */
    NhsGuard *digits; /* by piece */
    Claim *claims;    /* of all pieces, with gaps between them */
} Reading;

/* A piece of a file, a number of whole rows, and the claims in it. */
typedef struct {
    guint file;
    gsize from, to;
    guint64 first; /* where its claims begin; no piece has more rows than lines */
    guint64 count; /* of its claims */
    guint64 rows, later;
    Tally submissions;   /* the highest ones of its claims */
    bool has_lower_ones; /* than the usual submission */
    Doubt submissions_in_doubt;
    References references;
} Piece;

void
claims_free(Claims *claims)
{
    if (claims == NULL)
        return;
    tally_clear(&claims->submissions);
    g_free(claims->rows);
    g_free(claims);
}

/* Cuts the activity files into pieces. */
static void
cut_pieces(Reading *reading)
{
    guint64 lines = 0;
    for (guint i = 0; i < reading->inputs->files->len; i++) {
        const InputFile *file = input_file(reading->inputs, i);
        if (file->kind != INPUT_ACTIVITY)
            continue;
        g_autoptr(GArray) cuts = document_cuts(file->document, csv_table_rows_from(file->csv));
        for (guint c = 1; c < cuts->len; c++) {
            Piece piece = {.file = i,
                           .from = g_array_index(cuts, gsize, c - 1),
                           .to = g_array_index(cuts, gsize, c),
                           .first = lines};
            lines += document_lines_from(file->document, piece.from, piece.to);
            g_array_append_val(reading->pieces, piece);
        }
    }
    reading->claims = g_new(Claim, MAX(lines, 1)); /* memory that is not written to costs nothing */
    reading->digits = g_new0(NhsGuard, MAX(reading->pieces->len, 1)); /* files without pieces */
    for (guint i = 0; i < reading->pieces->len; i++)
        nhs_guard_init(&reading->digits[i]);
}

/* The number of a code, which is added where it is not known. */
static guint32
number_of(GMutex *lock, Codes *unknown, guint known_count, guint32 known, Span text)
{
    if (known != CODE_NONE)
        return known;
    g_mutex_lock(lock);
    guint32 number = known_count + codes_add(unknown, text);
    g_mutex_unlock(lock);
    return number;
}

/* The place in the year of a row that later submissions can replace (fixtures/README.md,
 * Corrections); CLAIM_NO_MONTH of any other. */
static guint8
month_in_year(const RowContext *context, const Value *values)
{
    static const guint NEEDED[] = {ACTIVITY_SCHEME, ACTIVITY_PROVIDER, ACTIVITY_MONTH,
                                   ACTIVITY_SUBMISSION};
    for (guint i = 0; i < G_N_ELEMENTS(NEEDED); i++)
        if (values[NEEDED[i]].fault != REASON_NONE)
            return CLAIM_NO_MONTH;
    Month month = (Month)values[ACTIVITY_MONTH].number;
    if (month_financial_year(month) != context->period->year)
        return CLAIM_NO_MONTH;
    return (guint8)(month - year_first_month(context->period->year));
}

/* Packs a row that is not later, field by field: a claim put together elsewhere and copied in one
 * waits for its small parts to be written before it can be read in large ones. */
static void
make_claim(Reading *reading, PartiesCache *cache, const Value *values, RowPlaceId place,
           Claim *claim)
{
    const RowContext *context = reading->context;
    const Parties *parties = parties_cache_find(cache, values);
    guint column;
    Reason reason = claim_test(context, values, parties, &column);
    guint8 month = month_in_year(context, values);
    bool has_day = reason == REASON_NONE && values[ACTIVITY_DATE].is_given;
    bool has_patient = reason == REASON_NONE && values[ACTIVITY_PATIENT_REF].is_given;
    claim->patient =
        has_patient ? patients_number(reading->patients, values[ACTIVITY_PATIENT_REF].text) : 0;
    claim->place = place;
    claim->scheme = parties->scheme;
    claim->provider = parties->provider;
    claim->activity = parties->item;
    claim->submission = values[ACTIVITY_SUBMISSION].is_given
                            ? (guint32)values[ACTIVITY_SUBMISSION].number
                            : USUAL_SUBMISSION;
    claim->quantity = (guint32)values[ACTIVITY_QUANTITY].number;
    claim->counted = 0;
    claim->was_counted = 0;
    claim->received =
        values[ACTIVITY_RECEIVED].is_given ? (gint32)values[ACTIVITY_RECEIVED].number : DAY_NONE;
    claim->day =
        has_day ? (gint16)(values[ACTIVITY_DATE].number - year_first_day(context->period->year))
                : CLAIM_NO_DAY;
    claim->month = month;
    claim->reason = (unsigned)reason & 31u;
    claim->state = (unsigned)REASONS[reason].state & 7u;
    if (month == CLAIM_NO_MONTH)
        return;
    claim->scheme = number_of(&reading->unknown.lock, reading->unknown.schemes,
                              rules_scheme_count(context->rules), parties->scheme,
                              values[ACTIVITY_SCHEME].text);
    claim->provider =
        number_of(&reading->unknown.lock, reading->unknown.providers, register_count(context->reg),
                  parties->provider, values[ACTIVITY_PROVIDER].text);
}

static void
read_piece(gsize number, gpointer user)
{
    Reading *reading = user;
    /* Counted in a copy: other threads write to its neighbours in the array at the same time. */
    Piece own = g_array_index(reading->pieces, Piece, number), *piece = &own;
    const InputFile *file = input_file(reading->inputs, piece->file);
    g_autoptr(RowReader) rows = row_reader_new(file->csv, NULL);
    g_autoptr(PartiesCache) cache = parties_cache_new(reading->context);
    Value values[ACTIVITY_COLUMNS];
    Row row;
    tally_init(&piece->submissions);
    row_reader_seek(rows, piece->from, piece->to);
    while (row_reader_next(rows, &row)) {
        values_read(file->columns, ACTIVITY_COLUMNS, &row, values);
        piece->rows++;
        if (values[ACTIVITY_PATIENT_REF].is_given) {
            nhs_guard_note(&reading->digits[number], values[ACTIVITY_PATIENT_REF].text, row.offset);
            references_note(&piece->references, values[ACTIVITY_PATIENT_REF].text, row.offset);
        }
        if (submission_is_doubtful(&values[ACTIVITY_SUBMISSION]))
            doubt_note(&piece->submissions_in_doubt, row.offset);
        if (claim_is_later(reading->context, values)) {
            piece->later++;
            continue;
        }
        Claim *claim = &reading->claims[piece->first + piece->count++];
        make_claim(reading, cache, values, place_of(piece->file, row.offset), claim);
        if (!submissions_note(&piece->submissions, claim))
            piece->has_lower_ones = true;
    }
    g_array_index(reading->pieces, Piece, number) = own;
}

/* What can be said of a file once all its pieces, first … end − 1, are read. */
static void
finish_file(Reading *reading, InputFile *file, guint first, guint end, Faults *faults)
{
    if (csv_table_is_broken(file->csv)) {
        /* Pieces stopped at their first fault: list all of them, from the top. */
        g_autoptr(RowReader) rows = row_reader_new(file->csv, faults);
        Row row;
        while (row_reader_next(rows, &row))
            continue;
    }
    nhs_guard_check(file, reading->digits + first, end - first, faults);
    Doubt submissions = {0};
    References references = {0};
    for (guint i = first; i < end; i++) {
        const Piece *piece = &g_array_index(reading->pieces, Piece, i);
        file->rows += piece->rows;
        file->states[STATE_LATER] += piece->later;
        doubt_join(&submissions, &piece->submissions_in_doubt);
        references_join(&references, &piece->references);
    }
    doubt_warn(file, &submissions, ACTIVITY_SUBMISSION, SUBMISSION_IN_DOUBT, faults);
    references_check(file, &references, faults);
    input_file_finish(file, faults);
}

/* Closes the gaps between the pieces' claims. */
static Claims *
join_pieces(Reading *reading)
{
    Claims *claims = g_new0(Claims, 1);
    claims->rows = reading->claims;
    tally_init(&claims->submissions);
    for (guint i = 0; i < reading->pieces->len; i++) {
        Piece *piece = &g_array_index(reading->pieces, Piece, i);
        if (claims->count < piece->first && piece->count > 0)
            memmove(claims->rows + claims->count, claims->rows + piece->first,
                    piece->count * sizeof(Claim));
        claims->count += piece->count;
        submissions_join(&claims->submissions, &piece->submissions);
        claims->has_lower_ones = claims->has_lower_ones || piece->has_lower_ones;
        nhs_guard_clear(&reading->digits[i]);
    }
    claims->rows = g_renew(Claim, claims->rows, MAX(claims->count, 1));
    if (claims->has_lower_ones)
        submissions_note_all(&claims->submissions, claims->rows, claims->count);
    return claims;
}

Claims *
claims_read(InputFiles *inputs, const RowContext *context, guint threads, Faults *faults)
{
    Reading reading = {.inputs = inputs, .context = context, .patients = patients_new()};
    g_mutex_init(&reading.unknown.lock);
    reading.unknown.schemes = codes_new();
    reading.unknown.providers = codes_new();
    reading.pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    cut_pieces(&reading);
    parallel_for(threads, reading.pieces->len, read_piece, &reading);
    guint end = 0;
    for (guint i = 0; i < inputs->files->len; i++) {
        InputFile *file = g_ptr_array_index(inputs->files, i);
        guint first = end;
        if (file->kind != INPUT_ACTIVITY)
            continue;
        while (end < reading.pieces->len && g_array_index(reading.pieces, Piece, end).file == i)
            end++;
        finish_file(&reading, file, first, end, faults);
    }
    Claims *claims = join_pieces(&reading);
    g_free(reading.digits);
    g_array_unref(reading.pieces);
    codes_free(reading.unknown.schemes);
    codes_free(reading.unknown.providers);
    g_mutex_clear(&reading.unknown.lock);
    patients_free(reading.patients);
    return claims;
}
