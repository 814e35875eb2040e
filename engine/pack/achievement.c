#include "pack/achievement.h"

#include "pack/claims/submissions.h"

#include "base/poison.h"

typedef struct {
    InputFiles *inputs;
    const RowContext *context;
    Achievements *achievements;
    Codes *unknown_schemes, *unknown_providers, *indicators;
    GArray *groups; /* of guint32: the indicator code of each row, numbered by indicators */
} Reading;

/* The rows of one scheme, provider and indicator, found through a table of their own. */
typedef struct {
    guint32 submission;
    Day as_at;
    bool is_settled; /* one of its rows is accepted */
} Group;

void
achievements_free(Achievements *achievements)
{
    if (achievements == NULL)
        return;
    g_array_unref(achievements->rows);
    g_array_unref(achievements->accepted);
    g_free(achievements);
}

/* From 1 April to 31 July after it (fixtures/README.md, Why a row is not paid: outside-year). */
static bool
is_in_year(const RowContext *context, const Value *as_at)
{
    int year = context->period->year;
    return as_at->number >= year_first_day(year) && as_at->number <= year_final_day(year);
}

/* Whether a row's as_at lies in the year, but after the run's date (fixtures/README.md, How every
 * row ends: later). */
static bool
is_later(const RowContext *context, const Value *values)
{
    const Value *as_at = &values[ACHIEVEMENT_AS_AT];
    return as_at->fault == REASON_NONE && is_in_year(context, as_at) &&
           as_at->number > context->period->date;
}

/* Whether as_at is after the month in which the indicator is due (fixtures/README.md, Why a row is
 * not paid: after-due). */
static bool
is_after_due(const RowContext *context, guint32 indicator, const Value *as_at)
{
    if (indicator == CODE_NONE)
        return false;
    const Indicator *rule = rules_indicator(context->rules, indicator);
    return rule->due == DUE_MONTH && as_at->number > month_last_day(rule->due_month);
}

/* exceptions ≤ denominator, and of a share 0 ≤ numerator ≤ denominator − exceptions
 * (fixtures/README.md, Why a row is not paid: exceeds-denominator). */
static Reason
test_denominator(const Value *values, Unit unit, guint *column)
{
    int64_t denominator = values[ACHIEVEMENT_DENOMINATOR].number;
    int64_t exceptions = values[ACHIEVEMENT_EXCEPTIONS].number;
    *column = ACHIEVEMENT_EXCEPTIONS;
    if (exceptions > denominator)
        return REASON_EXCEEDS_DENOMINATOR;
    *column = ACHIEVEMENT_NUMERATOR;
    int64_t numerator = values[ACHIEVEMENT_NUMERATOR].number;
    bool is_beyond = numerator < 0 || numerator > denominator - exceptions;
    return unit == UNIT_SHARE && is_beyond ? REASON_EXCEEDS_DENOMINATOR : REASON_NONE;
}

Reason
achievement_test(const RowContext *context, const Value *values, const Parties *parties,
                 guint *column)
{
    Reason reason = values_first_fault(values, ACHIEVEMENT_COLUMNS, column);
    if (reason != REASON_NONE)
        return reason;
    int year = context->period->year;
    reason = parties_test(context, parties, year_first_day(year), year_last_day(year), column);
    if (reason != REASON_NONE)
        return reason;
    *column = ACHIEVEMENT_AS_AT;
    if (!is_in_year(context, &values[ACHIEVEMENT_AS_AT]))
        return REASON_OUTSIDE_YEAR;
    if (is_after_due(context, parties->item, &values[ACHIEVEMENT_AS_AT]))
        return REASON_AFTER_DUE;
    return test_denominator(values, rules_indicator(context->rules, parties->item)->unit, column);
}

static bool
takes_part(const Reading *reading, const Parties *parties, const Value *values)
{
    static const guint NEEDED[] = {ACHIEVEMENT_SCHEME, ACHIEVEMENT_PROVIDER, ACHIEVEMENT_INDICATOR,
                                   ACHIEVEMENT_AS_AT, ACHIEVEMENT_SUBMISSION};
    for (guint i = 0; i < G_N_ELEMENTS(NEEDED); i++)
        if (values[NEEDED[i]].fault != REASON_NONE)
            return false;
    return is_in_year(reading->context, &values[ACHIEVEMENT_AS_AT]) &&
           !is_after_due(reading->context, parties->item, &values[ACHIEVEMENT_AS_AT]);
}

/* Keeps one row that is not later. */
static void
keep_row(Reading *reading, const Value *values, RowPlaceId place)
{
    const RowContext *context = reading->context;
    Parties parties = parties_find(context, INPUT_ACHIEVEMENT, values);
    guint column;
    Reason reason = achievement_test(context, values, &parties, &column);
    AchievementRow row = {.place = place,
                          .scheme = parties.scheme,
                          .provider = parties.provider,
                          .indicator = parties.item,
                          .as_at = (Day)values[ACHIEVEMENT_AS_AT].number,
                          .submission = values[ACHIEVEMENT_SUBMISSION].is_given
                                            ? (guint32)values[ACHIEVEMENT_SUBMISSION].number
                                            : USUAL_SUBMISSION,
                          .reason = reason,
                          .state = REASONS[reason].state,
                          .takes_part = takes_part(reading, &parties, values),
                          .numerator = values[ACHIEVEMENT_NUMERATOR].number,
                          .denominator = values[ACHIEVEMENT_DENOMINATOR].number,
                          .exceptions = values[ACHIEVEMENT_EXCEPTIONS].number};
    if (row.takes_part) {
        if (row.scheme == CODE_NONE)
            row.scheme = rules_scheme_count(context->rules) +
                         codes_add(reading->unknown_schemes, values[ACHIEVEMENT_SCHEME].text);
        if (row.provider == CODE_NONE)
            row.provider = register_count(context->reg) +
                           codes_add(reading->unknown_providers, values[ACHIEVEMENT_PROVIDER].text);
    }
    guint32 code = row.takes_part
                       ? codes_add(reading->indicators, values[ACHIEVEMENT_INDICATOR].text)
                       : CODE_NONE;
    g_array_append_val(reading->achievements->rows, row);
    g_array_append_val(reading->groups, code);
}

static void
read_file(Reading *reading, guint number, Faults *faults)
{
    InputFile *file = g_ptr_array_index(reading->inputs->files, number);
    g_autoptr(RowReader) rows = row_reader_new(file->csv, faults);
    Value values[ACHIEVEMENT_COLUMNS];
    Row row;
    while (row_reader_next(rows, &row)) {
        values_read(file->columns, ACHIEVEMENT_COLUMNS, &row, values);
        file->rows++;
        if (submission_is_doubtful(&values[ACHIEVEMENT_SUBMISSION]))
            faults_add(faults, FAULT_DOUBT, file->name, document_line(file->document, row.offset),
                       file->columns[ACHIEVEMENT_SUBMISSION].name, SUBMISSION_IN_DOUBT);
        if (is_later(reading->context, values))
            file->states[STATE_LATER]++;
        else
            keep_row(reading, values, place_of(number, row.offset));
    }
    input_file_finish(file, faults);
}

/* The group of each row: its number by scheme, provider and indicator code. */
static GArray *
form_groups(const Reading *reading, GArray *groups)
{
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
    Tally places;
    bool is_new;
    tally_init(&places);
    for (guint i = 0; i < reading->achievements->rows->len; i++) {
        const AchievementRow *row = &g_array_index(reading->achievements->rows, AchievementRow, i);
        guint32 number = CODE_NONE;
        if (row->takes_part) {
            int64_t *place = tally_add(&places, (guint64)row->scheme << 32 | row->provider,
                                       g_array_index(reading->groups, guint32, i), &is_new);
            Group group = {row->submission, row->as_at, false};
            if (is_new) {
                *place = groups->len;
                g_array_append_val(groups, group);
            }
            number = (guint32)*place;
            Group *known = &g_array_index(groups, Group, number);
            if (row->submission > known->submission ||
                (row->submission == known->submission && row->as_at > known->as_at))
                *known = group;
        }
        g_array_append_val(numbers, number);
    }
    tally_clear(&places);
    return numbers;
}

/* Within a group the highest submission, and of that the latest as_at, replaces the others; of
 * several of that day the first that can be accepted counts, and the others are duplicates
 * (fixtures/README.md, Corrections). */
static void
settle_groups(const Reading *reading)
{
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(Group));
    g_autoptr(GArray) numbers = form_groups(reading, groups);
    for (guint i = 0; i < reading->achievements->rows->len; i++) {
        AchievementRow *row = &g_array_index(reading->achievements->rows, AchievementRow, i);
        if (!row->takes_part)
            continue;
        Group *group = &g_array_index(groups, Group, g_array_index(numbers, guint32, i));
        if (row->submission != group->submission || row->as_at != group->as_at) {
            row->state = STATE_SUPERSEDED;
            row->reason = REASON_NONE;
        } else if (row->state == STATE_ACCEPTED && group->is_settled) {
            row->reason = REASON_DUPLICATE;
            row->state = REASONS[REASON_DUPLICATE].state;
        } else if (row->state == STATE_ACCEPTED) {
            group->is_settled = true;
        }
    }
}

static int
compare_parties(const AchievementRow *a, const AchievementRow *b)
{
    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    if (a->provider != b->provider)
        return a->provider < b->provider ? -1 : 1;
    return (a->indicator > b->indicator) - (a->indicator < b->indicator);
}

static int
compare_accepted(gconstpointer left, gconstpointer right, gpointer user)
{
    const GArray *rows = user;
    const guint *a = left, *b = right;
    return compare_parties(&g_array_index(rows, AchievementRow, *a),
                           &g_array_index(rows, AchievementRow, *b));
}

Achievements *
achievements_read(InputFiles *inputs, const RowContext *context, Faults *faults)
{
    Achievements *achievements = g_new0(Achievements, 1);
    achievements->rows = g_array_new(FALSE, FALSE, sizeof(AchievementRow));
    achievements->accepted = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(Codes) schemes = codes_new();
    g_autoptr(Codes) providers = codes_new();
    g_autoptr(Codes) indicators = codes_new();
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(guint32));
    Reading reading = {inputs, context, achievements, schemes, providers, indicators, groups};
    for (guint i = 0; i < inputs->files->len; i++)
        if (input_file(inputs, i)->kind == INPUT_ACHIEVEMENT)
            read_file(&reading, i, faults);
    settle_groups(&reading);
    for (guint i = 0; i < achievements->rows->len; i++)
        if (g_array_index(achievements->rows, AchievementRow, i).state == STATE_ACCEPTED)
            g_array_append_val(achievements->accepted, i);
    g_array_sort_with_data(achievements->accepted, compare_accepted, achievements->rows);
    return achievements;
}

const AchievementRow *
achievements_find(const Achievements *achievements, guint32 scheme, guint32 provider,
                  guint32 indicator)
{
    const AchievementRow wanted = {.scheme = scheme, .provider = provider, .indicator = indicator};
    guint low = 0, high = achievements->accepted->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const AchievementRow *row =
            &g_array_index(achievements->rows, AchievementRow,
                           g_array_index(achievements->accepted, guint, middle));
        int order = compare_parties(row, &wanted);
        if (order == 0)
            return row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
